"""Checks that pages which call each other translations all agree on it."""

from collections.abc import Mapping

from sitegen.model.pages import Facts
from sitegen.verify.faults import Faults
from sitegen.verify.pages import is_indexed
from sitegen.verify.places import Places

X_DEFAULT = "x-default"
CODE = "output-hreflang"
_MEND = "every page of a translation names the same set, itself in it; mend the template's hreflang"


def check_translations(
    pages: Mapping[str, Facts], places: Places, faults: Faults, *, is_preview: bool
) -> None:
    """Note every hreflang set that is not whole, mutual and of pages in the languages it says."""
    targets = {places.address(path): page for path, page in pages.items()}
    for page in pages.values():
        if page.alternates:
            _check_set(page, places.address(page.path), faults)
            for language, url in page.alternates:
                why = _objection(page, language, url, targets, is_preview=is_preview)
                if why:
                    what = f"the page names {url!r} as its {language!r} version, which {why}"
                    faults.add(CODE, page.path, what, _MEND, sign=why)


def _check_set(page: Facts, own: str, faults: Faults) -> None:
    languages = [language for language, _ in page.alternates]
    addresses = {url for _, url in page.alternates}
    if not {(page.language, own), (X_DEFAULT, own)} & {*page.alternates}:
        what = f"the page's hreflang set lacks the page itself, in {page.language!r}"
        faults.add(CODE, page.path, what, _MEND)
    if X_DEFAULT not in languages:
        what = "the page's hreflang set has no x-default"
        faults.add(CODE, page.path, what, "name the page for readers of other languages too")
    for language in sorted({one for one in languages if languages.count(one) > 1}):
        faults.add(CODE, page.path, f"the page's hreflang set has {language!r} twice", _MEND)
    if addresses == {own}:
        what = "the page has no translation, but a hreflang set"
        faults.add(CODE, page.path, what, "leave the set out where there is one language only")


def _objection(
    page: Facts, language: str, url: str, targets: Mapping[str, Facts], *, is_preview: bool
) -> str:
    """Return why a page cannot stand in another's set; empty when it can."""
    if not url.startswith(("https://", "http://")):
        return "is no absolute address"
    if url not in targets:
        return "is no page of this site"
    target = targets[url]
    if not is_preview and not is_indexed(target):
        return "is hidden from search engines"
    if language not in {X_DEFAULT, target.language}:
        return f"is in {target.language!r}"
    if target.alternates != page.alternates and {*target.alternates} != {*page.alternates}:
        return "names another set"
    return ""
