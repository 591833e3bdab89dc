"""Judges the finished site by small facts read off its pages, before anything is published."""

from collections.abc import Collection, Iterable

from sitegen.findings import Findings
from sitegen.model.pages import Facts, OutputFile
from sitegen.verify.facts import facts_of
from sitegen.verify.faults import Faults
from sitegen.verify.leaks import NOTHING_HIDDEN, Hidden, check_leaks, leaks_of, shingles, text_of
from sitegen.verify.links import check_links
from sitegen.verify.pages import check_pages
from sitegen.verify.places import Places
from sitegen.verify.sitemap import check_sitemap
from sitegen.verify.translations import check_translations

__all__ = ["Hidden", "facts_of", "leaks_of", "shingles", "text_of", "verify"]


def verify(
    facts: Iterable[Facts],
    paths: Collection[str],
    sitemaps: Iterable[OutputFile],
    base_url: str,
    findings: Findings,
    *,
    hidden: Hidden = NOTHING_HIDDEN,
    leaks: Iterable[tuple[str, str]] = (),
    is_preview: bool = False,
) -> None:
    """Add a finding for all that is wrong with the finished site, once for all pages that share it.

    `facts` are those of the pages made from templates, `paths` those of every file, `leaks` what
    `leaks_of` saw, by path. A preview is not meant for search engines: what only they see is not
    judged in it.
    """
    pages = {page.path: page for page in facts}
    places = Places(base_url, frozenset(paths))
    faults = Faults()
    check_links(pages, places, faults)
    check_pages(pages, places, faults, is_preview=is_preview)
    check_translations(pages, places, faults, is_preview=is_preview)
    if not is_preview:
        check_sitemap(pages, places, sitemaps, faults)
    check_leaks(pages, places, hidden, leaks, faults)
    faults.report(findings)
