"""Checks what pages say of themselves (language, heading, title, address) and of each other."""

from collections.abc import Iterator

from sitegen.model.pages import Facts
from sitegen.verify.faults import Faults
from sitegen.verify.site import Site, is_indexed

X_DEFAULT = "x-default"
_SET = (
    "every page of a translation names the same set, itself in it, and a page without one names "
    "none; mend the template's hreflang"
)


def check_pages(site: Site, faults: Faults) -> None:
    """Note every page that has not one language, one heading, a title and address of its own."""
    titles: dict[tuple[str, str], str] = {}
    for path, page in sorted(site.pages.items()):
        _check_outline(page, faults)
        if site.is_preview or not is_indexed(page):
            continue
        _check_canonical(page, site.address(path), faults)
        first = titles.setdefault((page.language, page.title), path)
        if first != path:
            what = f"the title {page.title!r} is also that of {first}"
            mend = "give one of them another title: search results show it alone"
            sign = f"{page.language} {page.title}"
            faults.add("output-title-duplicate", path, what, mend, sign=sign)


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


def _check_canonical(page: Facts, own: str, faults: Faults) -> None:
    if page.canonical != own:
        named = f"names {page.canonical!r} as its own address"
        what = f"the page {named if page.canonical else 'does not name its own address'}"
        mend = f'write <link rel="canonical" href="{own}"> in its head'
        faults.add("output-canonical", page.path, what, mend, sign=what[:20])


def check_translations(site: Site, faults: Faults) -> None:
    """Note every hreflang set that is not whole, mutual and of pages in the languages it says."""
    targets = {site.address(path): page for path, page in site.pages.items()}
    for path, page in site.pages.items():
        if not page.alternates:
            continue
        for what in _set_faults(page, site.address(path)):
            faults.add("output-hreflang", path, f"the page's hreflang set {what}", _SET)
        for language, url in page.alternates:
            why = _objection(page, language, targets.get(url), is_preview=site.is_preview)
            if why:
                what = f"the page names {url!r} as its {language!r} version, which {why}"
                faults.add("output-hreflang", path, what, _SET, sign=why)


def _set_faults(page: Facts, own: str) -> Iterator[str]:
    languages = [language for language, _ in page.alternates]
    if not {(page.language, own), (X_DEFAULT, own)} & {*page.alternates}:
        yield f"lacks the page itself, in {page.language!r}"
    if X_DEFAULT not in languages:
        yield "has no x-default, for readers of other languages"
    for language in sorted({one for one in languages if languages.count(one) > 1}):
        yield f"has {language!r} twice"
    if {url for _, url in page.alternates} == {own}:
        yield "names no page but itself"


def _objection(page: Facts, language: str, target: Facts | None, *, is_preview: bool) -> str:
    """Return why a page cannot stand in another's set; empty when it can."""
    if target is None:
        return "is no page of this site"
    if not is_preview and not is_indexed(target):
        return "is hidden from search engines"
    if language not in {X_DEFAULT, target.language}:
        return f"is in {target.language!r}"
    if {*target.alternates} != {*page.alternates}:
        return "names another set"
    return ""
