"""Judges the finished site by small facts read off its pages, before anything is published."""

from collections.abc import Collection, Iterable

from sitegen.findings import Findings
from sitegen.model.pages import OutputFile
from sitegen.verify.changes import Change, stays_sound
from sitegen.verify.facts import facts_of
from sitegen.verify.faults import Faults
from sitegen.verify.leaks import NOTHING_HIDDEN, Hidden, check_leaks, leaks_of, shingles, text_of
from sitegen.verify.links import check_links
from sitegen.verify.pages import check_pages, check_translations
from sitegen.verify.site import Pages, Site, site_of
from sitegen.verify.sitemap import check_sitemap

__all__ = [
    "Change", "Hidden", "Pages", "Site", "facts_of", "leaks_of", "shingles", "site_of",
    "stays_sound", "text_of", "verify",
]  # fmt: skip


def verify(
    site: Site,
    sitemaps: Collection[OutputFile],
    findings: Findings,
    *,
    change: Change | None = None,
    hidden: Hidden = NOTHING_HIDDEN,
    leaks: Iterable[tuple[str, str]] = (),
) -> bool:
    """Add a finding for all that is wrong with the finished site, once for all pages that share it.

    `leaks` are what `leaks_of` saw, by path; `change` is what became of a site with which nothing
    was wrong. Of a preview is not judged what only search engines see. Tells whether all is well.
    """
    faults = Faults()
    if change is None or not stays_sound(change, site, sitemaps):
        check_links(site, faults)
        check_pages(site, faults)
        check_translations(site, faults)
        check_sitemap(site, sitemaps, faults)
    check_leaks(site, hidden, leaks, faults)
    faults.report(findings)
    return not faults
