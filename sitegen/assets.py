"""Publishes the theme's assets under names that browsers may keep for ever."""

import hashlib
import posixpath
import re
from collections.abc import Mapping

import msgspec

from sitegen.addresses import FAVICON, Addresses, output_path
from sitegen.model.pages import OutputFile

FAVICON_NAME = "favicon.ico"
STYLESHEET = "site.css"
BRAND = "brand.css"
"""What a site adds to the theme's style sheet, such as other colours; browsers get one file."""

_STRING_OR_COMMENT = re.compile(
    r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|/\*.*?(?:\*/|\Z)""", re.DOTALL
)
_INDENT = re.compile(r"\s*\n\s*")
_URL = re.compile(r"url\(\s*[\"']?([^\"')#?]+)([^\"')]*)[\"']?\s*\)")


class Assets(msgspec.Struct, frozen=True, kw_only=True):
    """The published files, and where each asset is found."""

    files: tuple[OutputFile, ...]
    hrefs: Mapping[str, str]  # by name below templates/assets


def branded(assets: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the assets with what `brand.css` says at the end of the style sheet."""
    found = {name: content for name, content in assets.items() if name != BRAND}
    if BRAND in assets:
        found[STYLESHEET] = found.get(STYLESHEET, b"") + b"\n" + assets[BRAND]
    return found


def publish_assets(assets: Mapping[str, bytes], addresses: Addresses) -> Assets:
    """Return every asset under the hash of its content; style sheets last, as they name others."""
    files: dict[str, OutputFile] = {}
    hrefs: dict[str, str] = {}
    for name in sorted(assets, key=lambda name: (name.endswith(".css"), name)):
        if name == FAVICON_NAME:
            continue
        content = _with_hashed_urls(name, assets[name], hrefs)
        address = addresses.asset(posixpath.basename(name), digest(content))
        hrefs[name] = addresses.href(address)
        files[address] = OutputFile(path=output_path(address), content=content)
    if FAVICON_NAME in assets:
        files[FAVICON] = OutputFile(path=output_path(FAVICON), content=assets[FAVICON_NAME])
    return Assets(files=tuple(files.values()), hrefs=hrefs)


def digest(content: bytes) -> str:
    """Return the hash that names a file by its content."""
    return hashlib.sha256(content).hexdigest()


def _with_hashed_urls(name: str, content: bytes, hrefs: Mapping[str, str]) -> bytes:
    """Return a style sheet whose `url(…)` name the published files, without what is for authors."""
    if not name.endswith(".css"):
        return content

    def replaced(match: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(name), match[1].strip()))
        return f'url("{hrefs[target]}{match[2]}")' if target in hrefs else match[0]

    text = _without_notes(content.decode("utf-8", "surrogateescape"))
    return _URL.sub(replaced, text).encode("utf-8", "surrogateescape")


def _without_notes(style: str) -> str:
    """Return a style sheet without comments and indents: readers pay for each of them."""
    said = _STRING_OR_COMMENT.sub(lambda found: found[1] or " ", style)
    return _INDENT.sub("\n", said).lstrip()
