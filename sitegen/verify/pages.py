"""Checks what each page says of itself: its language, heading, title and own address."""

from collections.abc import Mapping

from sitegen.model.pages import Facts
from sitegen.verify.faults import Faults
from sitegen.verify.places import Places


def check_pages(
    pages: Mapping[str, Facts], places: Places, faults: Faults, *, is_preview: bool
) -> None:
    """Note every page that has not one language, one heading, a title and address of its own."""
    titles: dict[tuple[str, str], str] = {}
    for path, page in sorted(pages.items()):
        _check_outline(page, faults)
        if is_indexed(page) and not is_preview:
            _check_canonical(page, places, faults)
            first = titles.setdefault((page.language, page.title), path)
            if first != path:
                what = f"the title {page.title!r} is also that of {first}"
                mend = "give one of them another title: search results show it alone"
                sign = f"{page.language} {page.title}"
                faults.add("output-title-duplicate", path, what, mend, sign=sign)


def is_indexed(page: Facts) -> bool:
    """Tell whether search engines are asked to know a page."""
    return not page.is_noindex and not page.is_redirect


def _check_outline(page: Facts, faults: Faults) -> None:
    if not page.language:
        mend = 'write <html lang="…"> in the template'
        faults.add("output-lang", page.path, "the page does not say its language", mend)
    if not page.title:
        mend = "write a <title> in the template's head"
        faults.add("output-title-missing", page.path, "the page has no title", mend)
    if page.h1 != 1 and not page.is_redirect:
        count = f"{page.h1} headings" if page.h1 else "no heading"
        mend = "write the page's title in <h1>, and all other headings in <h2> or lower"
        faults.add("output-heading", page.path, f"the page has {count} of level 1", mend)


def _check_canonical(page: Facts, places: Places, faults: Faults) -> None:
    own = places.address(page.path)
    if page.canonical != own:
        what = "the page does not name its own address"
        if page.canonical:
            what = f"the page names {page.canonical!r} as its own address"
        mend = f'write <link rel="canonical" href="{own}"> in its head'
        faults.add("output-canonical", page.path, what, mend, sign=what[:20])
