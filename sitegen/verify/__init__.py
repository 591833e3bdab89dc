"""Judges the finished site by small facts read off its pages, before anything is published."""

from collections.abc import Collection, Iterable
from urllib.parse import urlsplit

from sitegen.findings import Findings
from sitegen.model.pages import Facts, OutputFile
from sitegen.verify.facts import facts_of
from sitegen.verify.faults import Faults
from sitegen.verify.leaks import NOTHING_HIDDEN, Hidden, check_leaks, leaks_of, shingles, text_of
from sitegen.verify.links import check_links
from sitegen.verify.pages import check_pages, check_translations
from sitegen.verify.site import Site
from sitegen.verify.sitemap import check_sitemap

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
    site = Site(
        base_url=urlsplit(base_url.rstrip("/")).geturl(),
        paths=frozenset(paths),
        pages={page.path: page for page in facts},
        is_preview=is_preview,
    )
    faults = Faults()
    check_links(site, faults)
    check_pages(site, faults)
    check_translations(site, faults)
    check_sitemap(site, sitemaps, faults)
    check_leaks(site, hidden, leaks, faults)
    faults.report(findings)
