"""Tells what file of the site a link means, by the rules that browsers follow."""

import unicodedata
from typing import Literal
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit

import msgspec

INDEX = "index.html"
_SHOWN_ANYWHERE = "404.html"
_PORTS = {"https": ":443", "http": ":80"}

Fault = Literal["", "unreadable", "outside", "missing", "slash", "relative"]


class Place(msgspec.Struct, frozen=True):
    """Where a link leads on the site."""

    path: str  # of the file, below output/; where a fault is, as near as can be told
    fragment: str = ""
    fault: Fault = ""  # why it leads to no file


class Places:
    """The files of a site, and the address below which they stand."""

    def __init__(self, base_url: str, paths: frozenset[str]) -> None:
        base = urlsplit(base_url)
        self._host = _host(base)
        self._origin = f"{base.scheme}://{base.netloc}"
        self._base_path = base.path.rstrip("/")
        self._base = _normal(f"{self._base_path}/")
        self._paths = paths
        self._addresses: dict[str, str] = {}
        self._known: dict[str, Place | None] = {}  # links that mean the same on every page

    def address(self, path: str) -> str:
        """Return the absolute address of a file."""
        if path not in self._addresses:
            folder = quote(path.removesuffix(INDEX))
            self._addresses[path] = f"{self._origin}{self._base_path}/{folder}"
        return self._addresses[path]

    def path(self, address: str) -> str:
        """Return the file that answers a site path without base path, there or not."""
        return self._file(_normal(address).removeprefix("/")).path

    def resolve(self, link: str, page: str) -> Place | None:
        """Return what a link of a page means, or None when it leads to another site."""
        if not is_same_everywhere(link):
            return self._resolve(link, page)
        if link not in self._known:
            self._known[link] = self._resolve(link, page)
        return self._known[link]

    def _resolve(self, link: str, page: str) -> Place | None:
        try:
            written = urlsplit(link.strip())
            target = urlsplit(urljoin(self.address(page), link.strip()))
        except ValueError:
            return Place(link, fault="unreadable")
        if target.scheme not in _PORTS or _host(target) != self._host:
            return None
        path = _normal(target.path)
        if not path.startswith(self._base):
            return None if self._is_neighbour(written, path) else Place(path, fault="outside")
        place = self._file(path.removeprefix(self._base), unquote(target.fragment))
        is_relative = not written.scheme and written.path[:1] not in {"", "/"}
        if is_relative and page.rpartition("/")[2] == _SHOWN_ANYWHERE:
            return Place(place.path, fault="relative")
        return place

    def _is_neighbour(self, written: SplitResult, path: str) -> bool:
        """Tell whether a link means another site on our host, and no page of ours without base."""
        is_ours = path != "/" and not self._file(path.removeprefix("/")).fault
        return bool(written.netloc) and not is_ours

    def _file(self, path: str, fragment: str = "") -> Place:
        if path.endswith("/") or not path:
            path += INDEX
        if path in self._paths:
            return Place(path, fragment)
        return Place(path, fragment, "slash" if f"{path}/{INDEX}" in self._paths else "missing")


def is_same_everywhere(link: str) -> bool:
    """Tell whether a link means the same on every page."""
    return link.startswith(("/", "https://", "http://"))


def _host(parts: SplitResult) -> str:
    return parts.netloc.lower().removesuffix(_PORTS.get(parts.scheme, ""))


def _normal(path: str) -> str:
    """Return a path as the file system knows it: decoded, without `.` and `..`."""
    kept: list[str] = []
    segments = unicodedata.normalize("NFC", unquote(path)).split("/")
    for segment in segments[1:]:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in {".", ".."}:
        kept.append("")
    return "/" + "/".join(kept)
