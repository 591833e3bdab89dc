"""The finished site as it is judged: its pages, all its files, and where they stand."""

from collections.abc import Mapping
from functools import cached_property
from urllib.parse import quote

import msgspec

from sitegen.model.pages import Facts

INDEX = "index.html"


class Site(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """What all checks need to know."""

    base_url: str  # without a slash at its end
    paths: frozenset[str]
    pages: Mapping[str, Facts]
    is_preview: bool = False

    @cached_property
    def addresses(self) -> Mapping[str, str]:
        """The absolute address of each file, by its path."""
        return {path: self._address(path) for path in self.paths | self.pages.keys()}

    def address(self, path: str) -> str:
        """Return the absolute address of a file."""
        return self.addresses.get(path) or self._address(path)

    def _address(self, path: str) -> str:
        return f"{self.base_url}/{quote(path.removesuffix(INDEX))}"


def is_indexed(page: Facts) -> bool:
    """Tell whether search engines are asked to know a page."""
    return not page.is_noindex and not page.is_redirect
