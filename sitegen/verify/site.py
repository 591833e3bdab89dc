"""The finished site as it is judged: its pages, all its files, and where they stand."""

from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from urllib.parse import quote, urlsplit

import msgspec

from sitegen.model.pages import Facts

INDEX = "index.html"


class Brief(msgspec.Struct, frozen=True, kw_only=True):
    """The few facts that are compared between pages."""

    language: str
    title: str
    canonical: str
    is_noindex: bool
    is_redirect: bool
    alternates: tuple[tuple[str, str], ...]


class Pages(Mapping[str, Facts]):
    """The facts of all pages by path, kept encoded: all of them at once would fill the memory."""

    def __init__(self, encoded: Mapping[str, bytes]) -> None:
        self._encoded = encoded
        self._facts = msgspec.msgpack.Decoder(Facts)

    def __getitem__(self, path: str) -> Facts:
        return self._facts.decode(self._encoded[path])

    def __iter__(self) -> Iterator[str]:
        return iter(self._encoded)

    def __len__(self) -> int:
        return len(self._encoded)

    def __contains__(self, path: object) -> bool:
        return path in self._encoded

    @cached_property
    def briefs(self) -> Mapping[str, Brief]:
        """What is compared of each page."""
        decode = msgspec.msgpack.Decoder(Brief).decode
        return {path: decode(facts) for path, facts in self._encoded.items()}


class Site(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """What all checks need to know."""

    base_url: str  # without a slash at its end
    paths: frozenset[str]
    pages: Pages
    is_preview: bool = False

    @cached_property
    def addresses(self) -> Mapping[str, str]:
        """The absolute address of each file, by its path."""
        return {path: self._address(path) for path in self.paths | self.pages.keys()}

    @cached_property
    def places(self) -> Mapping[str, str]:
        """The path of each file, by its absolute address."""
        return {address: path for path, address in self.addresses.items()}

    def address(self, path: str) -> str:
        """Return the absolute address of a file."""
        return self.addresses.get(path) or self._address(path)

    def _address(self, path: str) -> str:
        return f"{self.base_url}/{quote(path.removesuffix(INDEX))}"


def site_of(
    pages: Pages, paths: Collection[str], base_url: str, *, is_preview: bool = False
) -> Site:
    """Return the site with these pages, made from templates, and these files of every kind."""
    return Site(
        base_url=urlsplit(base_url.rstrip("/")).geturl(),
        paths=frozenset(paths),
        pages=pages,
        is_preview=is_preview,
    )


def is_indexed(page: Facts | Brief) -> bool:
    """Tell whether search engines are asked to know a page."""
    return not page.is_noindex and not page.is_redirect
