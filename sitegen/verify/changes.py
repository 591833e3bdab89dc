"""Proves that a site which was sound is so still, looking only at what has changed in it.

It says no at the first doubt; the whole site is judged then, and that alone makes findings.
"""

from collections.abc import Collection, Iterable

import msgspec

from sitegen.model.pages import Facts, OutputFile
from sitegen.verify.faults import Faults
from sitegen.verify.links import check_links_of
from sitegen.verify.pages import check_pages_alone, check_translations_of
from sitegen.verify.site import Pages, Site, is_indexed
from sitegen.verify.sitemap import check_sitemap


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a site that was sound."""

    before: Pages
    paths: Collection[str]  # of all files that there were
    fresh: Collection[str]  # the pages that were made anew, or are new
    is_mapped: bool  # the sitemap is as it was


def stays_sound(change: Change, site: Site, sitemaps: Iterable[OutputFile]) -> bool:
    """Tell whether nothing is wrong with a site in which nothing else has changed."""
    if not site.paths.issuperset(change.paths):
        return False  # who knows what led to a file that is gone
    new = [path for path in change.fresh if path not in change.before]
    both = [path for path in change.fresh if path in change.before]
    if not all(_keeps(change.before[path], site.pages[path]) for path in both):
        return False
    faults = Faults()
    check_links_of(change.fresh, site, faults, sound=set())
    check_pages_alone(change.fresh, site, faults)
    if new or not change.is_mapped:
        check_translations_of(new, site, faults)
        check_sitemap(site, sitemaps, faults)
    return not faults and ((not new and _keep_titles(change, site)) or _are_titles_own(site))


def _keeps(before: Facts, after: Facts) -> bool:
    """Tell whether a page gives to others all that it gave them: places, a language, a set."""
    given = msgspec.structs.replace(after, links=before.links, ids=before.ids, title=before.title)
    return given == before and {*before.ids} <= {*after.ids}


def _keep_titles(change: Change, site: Site) -> bool:
    return all(change.before[path].title == site.pages[path].title for path in change.fresh)


def _are_titles_own(site: Site) -> bool:
    """Tell whether no two pages of a language have one title."""
    pages = [page for page in site.pages.briefs.values() if is_indexed(page)]
    return site.is_preview or len({(page.language, page.title) for page in pages}) == len(pages)
