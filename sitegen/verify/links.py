"""Checks that every link of every page leads to a file of the site, and to a place on its page."""

from collections.abc import Mapping

from sitegen.model.pages import Facts
from sitegen.verify.faults import Faults
from sitegen.verify.places import Fault, Place, Places, is_same_everywhere

_TEMPLATE = "mend the template that writes it, or the config.toml that it takes it from"
_EVERYWHERE = {"", "top"}  # fragments that every page has


def check_links(pages: Mapping[str, Facts], places: Places, faults: Faults) -> None:
    """Note every link to what is not on the site."""
    sound: set[str] = set()
    for path, page in pages.items():
        for link in page.links:
            if link in sound:
                continue
            if _check_link(path, link, places, pages, faults) and is_same_everywhere(link):
                sound.add(link)


def _check_link(
    path: str, link: str, places: Places, pages: Mapping[str, Facts], faults: Faults
) -> bool:
    """Tell whether a link is sound."""
    if not link.strip():
        what = "the page has a link or picture without an address"
        faults.add("output-link-broken", path, what, _TEMPLATE)
        return False
    place = places.resolve(link, path)
    if place is None:
        return True
    if place.fault:
        what, mend = _words(link, place, place.fault)
        faults.add("output-link-broken", path, what, mend, sign=link)
        return False
    fragment = place.fragment.partition(":~:")[0]
    target = pages.get(place.path)
    if fragment in _EVERYWHERE or target is None or fragment in target.ids:
        return True
    what = f"the link {link!r} leads to a heading or place that {place.path} does not have"
    mend = f"give something there the id {fragment!r}, or take the # and what follows away"
    faults.add("output-anchor-broken", path, what, mend, sign=f"{link} {place.path}")
    return False


def _words(link: str, place: Place, fault: Fault) -> tuple[str, str]:
    """Return what is wrong with a link, and how to mend it."""
    if fault == "unreadable":
        return f"the link {link!r} cannot be read", _TEMPLATE
    if fault == "outside":
        what = f"the link {link!r} leads out of the site, past the path that `base_url` has"
        return what, "begin it with the site's base path"
    if fault == "slash":
        return f"the link {link!r} lacks the slash at its end", f"write it as {link + '/'!r}"
    if fault == "relative":
        what = f"the link {link!r} works at one address only, and this page is shown at any"
        return what, "begin it with a slash and the site's base path"
    return f"the link {link!r} leads to {place.path}, which is not on the site", _TEMPLATE
