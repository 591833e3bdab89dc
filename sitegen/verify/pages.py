"""Checks what pages say of themselves (language, heading, title, address) and of each other."""

from collections.abc import Iterable, Iterator

from sitegen.model.pages import Facts
from sitegen.verify.faults import Faults
from sitegen.verify.site import Brief, Site, is_indexed

X_DEFAULT = "x-default"

Alternates = tuple[tuple[str, str], ...]

_SET = (
    "every page of a translation names the same set, itself in it, and a page without one names "
    "none; mend the template's hreflang"
)


def check_pages(site: Site, faults: Faults) -> None:
    """Note every page that has not one language, one heading, a title and address of its own."""
    check_pages_alone(site.pages, site, faults)
    titles: dict[tuple[str, str], str] = {}
    for path, page in sorted(site.pages.briefs.items()):
        if site.is_preview or not is_indexed(page):
            continue
        first = titles.setdefault((page.language, page.title), path)
        if first != path:
            what = f"the title {page.title!r} is also that of {first}"
            mend = "give one of them another title: search results show it alone"
            sign = f"{page.language} {page.title}"
            faults.add("output-title-duplicate", path, what, mend, sign=sign)


def check_pages_alone(paths: Iterable[str], site: Site, faults: Faults) -> None:
    """Note what is wrong with pages, whatever others there are."""
    for path in paths:
        page = site.pages[path]
        _check_outline(page, faults)
        if not site.is_preview and is_indexed(page):
            _check_canonical(page, site.address(path), faults)


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
    check_translations_of(site.pages, site, faults)


def check_translations_of(paths: Iterable[str], site: Site, faults: Faults) -> None:
    """Note what is wrong with the hreflang sets of some pages."""
    judged: dict[Alternates, list[tuple[str, str]]] = {(): []}
    for path in paths:
        page = site.pages.briefs[path]
        if page.alternates not in judged:
            judged[page.alternates] = [*_set_faults(page.alternates, site)]
        for what, sign in (*_own_faults(page, site.address(path)), *judged[page.alternates]):
            faults.add("output-hreflang", path, what, _SET, sign=sign)


def _own_faults(page: Brief, own: str) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a page's place in its set."""
    if not page.alternates:
        return
    if (page.language, own) not in page.alternates and (X_DEFAULT, own) not in page.alternates:
        yield f"the page's hreflang set lacks the page itself, in {page.language!r}", ""
    if {url for _, url in page.alternates} == {own}:
        yield "the page's hreflang set names no page but itself", ""


def _set_faults(alternates: Alternates, site: Site) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a set, whichever page names it, and the sign that pages share."""
    languages = [language for language, _ in alternates]
    if X_DEFAULT not in languages:
        yield "the page's hreflang set has no x-default, for readers of other languages", ""
    for language in sorted({one for one in languages if languages.count(one) > 1}):
        yield f"the page's hreflang set has {language!r} twice", ""
    for language, url in alternates:
        target = site.pages.briefs.get(site.places.get(url, ""))
        why = _objection(alternates, language, target, is_preview=site.is_preview)
        if why:
            yield f"the page names {url!r} as its {language!r} version, which {why}", why


def _objection(
    alternates: Alternates, language: str, target: Brief | None, *, is_preview: bool
) -> str:
    """Return why a page cannot stand in a set; empty when it can."""
    if target is None:
        return "is no page of this site"
    if not is_preview and not is_indexed(target):
        return "is hidden from search engines"
    if language not in {X_DEFAULT, target.language}:
        return f"is in {target.language!r}"
    if target.alternates != alternates and {*target.alternates} != {*alternates}:
        return "names another set"
    return ""
