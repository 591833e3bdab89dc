"""Checks that every link of every page leads to a file of the site, and to a place on its page."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from urllib.parse import SplitResult, unquote, urljoin, urlsplit

import msgspec

from sitegen.model.pages import Facts
from sitegen.verify.faults import Faults
from sitegen.verify.site import INDEX, Site

_TEMPLATE = "mend the template that writes it, or the config.toml that it takes it from"
_SHOWN_ANYWHERE = "404.html"
_EVERYWHERE = {"", "top"}  # fragments that every page has
_PORTS = {"https": ":443", "http": ":80"}
_FOREIGN = re.compile(r"(?:mailto|tel):(?!//)|https?://(?P<host>[a-z0-9.-]+)(?=[/?#]|\Z)")
_SAME_EVERYWHERE = ("/", "https://", "http://")


class Place(msgspec.Struct, frozen=True):
    """Where a link leads on the site, or why it leads nowhere."""

    path: str  # of the file, below output/
    fragment: str = ""
    what: str = ""
    mend: str = _TEMPLATE


def check_links(site: Site, faults: Faults) -> None:
    """Note every link to what is not on the site."""
    check_links_of(site.pages, site, faults, sound={*_plain_links(site)})


def check_links_of(paths: Iterable[str], site: Site, faults: Faults, sound: set[str]) -> None:
    """Note every link of some pages to what is not on the site.

    `sound` are links that are known to lead somewhere, whichever page has them.
    """
    own_host = _host(urlsplit(site.base_url))
    for path in paths:
        page = site.pages[path]
        for link in [link for link in page.links if link not in sound]:
            foreign = _FOREIGN.match(link)
            if (foreign and foreign["host"] != own_host) or _is_here(link, page):
                continue
            if _is_sound(link, path, site, faults) and link.startswith(_SAME_EVERYWHERE):
                sound.add(link)


def _is_here(link: str, page: Facts) -> bool:
    return link.startswith("#") and link[1:] in page.ids


def _plain_links(site: Site) -> Iterator[str]:
    """Yield the links that lead to a file as most do: its own address, with or without host."""
    origin = len(site.base_url) - len(urlsplit(site.base_url).path)
    for path, address in site.addresses.items():
        if path in site.paths and path.isascii():
            yield address
            yield address[origin:]


def _is_sound(link: str, path: str, site: Site, faults: Faults) -> bool:
    place = resolve(link.strip(), path, site)
    if place is None:
        return True
    if place.what:
        faults.add("output-link-broken", path, place.what, place.mend, sign=link)
        return False
    fragment = place.fragment.partition(":~:")[0]
    target = site.pages.get(place.path)
    if fragment in _EVERYWHERE or target is None or fragment in target.ids:
        return True
    what = f"the link {link!r} leads to a heading or place that {place.path} does not have"
    mend = f"give something there the id {fragment!r}, or take the # and what follows away"
    faults.add("output-anchor-broken", path, what, mend, sign=f"{link} {place.path}")
    return False


def resolve(link: str, page: str, site: Site) -> Place | None:
    """Return what a link of a page means to a browser; None when it leads to another site."""
    if not link:
        return Place(page, what="the page has a link or picture without an address")
    try:
        written, target = urlsplit(link), urlsplit(urljoin(site.address(page), link))
    except ValueError:
        return Place(page, what=f"the link {link!r} cannot be read")
    base = urlsplit(site.base_url)
    if target.scheme not in _PORTS or _host(target) != _host(base):
        return None
    base_path, path = _decoded(f"{base.path}/"), _decoded(target.path)
    if path.startswith(base_path):
        place = Place(_file(path.removeprefix(base_path)), unquote(target.fragment))
        return _checked(place, link, page, site)
    if written.netloc and (path == "/" or _file(path[1:]) not in site.paths):
        return None  # a neighbour on our host
    what = f"the link {link!r} leads out of the site, past the path that `base_url` has"
    return Place(page, what=what, mend="begin it with the site's base path")


def _checked(place: Place, link: str, page: str, site: Site) -> Place:
    """Return a place, or why the link to it fails."""
    written = urlsplit(link)
    is_relative = not written.scheme and written.path[:1] not in {"", "/"}
    if is_relative and page.rpartition("/")[2] == _SHOWN_ANYWHERE:
        what = f"the link {link!r} works at one address only, and this page is shown at any"
        return Place(page, what=what, mend="begin it with a slash and the site's base path")
    if place.path in site.paths:
        return place
    if f"{place.path}/{INDEX}" in site.paths:
        what = f"the link {link!r} lacks the slash at its end"
        return Place(page, what=what, mend=f"write it as {link + '/'!r}")
    what = f"the link {link!r} leads to {place.path}, which is not on the site"
    return Place(place.path, what=what)


def _file(path: str) -> str:
    return f"{path}{INDEX}" if path.endswith("/") or not path else path


def _host(parts: SplitResult) -> str:
    return parts.netloc.lower().removesuffix(_PORTS.get(parts.scheme, ""))


def _decoded(path: str) -> str:
    return unicodedata.normalize("NFC", unquote(path))
