"""Which file of the preview answers an address; what the manifest does not list is not there."""

import mimetypes
import posixpath
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote, unquote_to_bytes

import msgspec

from sitegen.publish import manifest

_TYPES = mimetypes.MimeTypes(()).types_map[True] | {  # Python's own list, not the machine's
    ".atom": "application/atom+xml",
    ".avif": "image/avif",
    ".ics": "text/calendar",
    ".js": "text/javascript",
    ".md": "text/markdown",
    ".mjs": "text/javascript",
    ".rss": "application/rss+xml",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
}

_STOOD_IN_FOR, _PLAIN = (".avif", ".webp"), (".jpg", ".png")
"""Previews make no picture in the formats that only make it smaller (see `pipeline/pictures`)."""


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What an address leads to."""

    status: int
    path: str = ""  # of the file, below the folder; empty: there is none
    location: str = ""  # of a redirect


class Shelf(msgspec.Struct, frozen=True, kw_only=True):
    """The pages and files that can be served."""

    folder: Path
    paths: frozenset[str] = frozenset()
    base_path: str = ""  # in front of every address, as in "/nyheder"
    early: Mapping[str, bytes] = {}  # files that no page names before the next build has ended

    def answer(self, address: str) -> Answer:
        """Return what an address, as the request wrote it, leads to."""
        raw = unquote_to_bytes(address.encode("latin-1", "replace"))
        base, asked = f"{self.base_path}/", raw.decode("utf-8", "replace")
        if self.base_path and asked in {"/", self.base_path}:
            return Answer(status=302, location=quote(base))
        path = unicodedata.normalize("NFC", asked.removeprefix(base))
        index = posixpath.join(path, "index.html")
        if not asked.startswith(base):
            return self._missing("")
        if stored := path if path in self.early else self._stored(path):
            return Answer(status=200, path=stored)
        if index not in self.paths:
            return self._missing(path)
        if path and not path.endswith("/"):
            return Answer(status=302, location=quote(f"{base}{path}/"))
        return Answer(status=200, path=index)

    def _stored(self, path: str) -> str:
        """Return the file for a path; a plain picture stands in for those in other formats."""
        stem, ending = posixpath.splitext(path)
        plain = [f"{stem}{each}" for each in _PLAIN] if ending in _STOOD_IN_FOR else []
        return next((each for each in (path, *plain) if each in self.paths), "")

    def _missing(self, path: str) -> Answer:
        """Return the site's own page for what is not there, in the language of the address."""
        pages = (f"{path.partition('/')[0]}/404.html", "404.html")
        return Answer(status=404, path=next((page for page in pages if page in self.paths), ""))

    def read(self, path: str) -> bytes | None:
        """Return the bytes of a file on the shelf, or None when it has just gone."""
        if path in self.early:
            return self.early[path]
        try:
            return (self.folder / path).read_bytes()
        except OSError:  # a build is publishing right now
            return None


def restock(folder: Path, base_path: str) -> Shelf:
    """Return all that the last sound build left in `folder`."""
    try:
        listed = manifest.read_manifest(folder)
    except (manifest.ForgedManifestError, OSError):  # the next build refuses it, and says why
        listed = None
    paths = frozenset(listed.files) if listed else frozenset()
    return Shelf(folder=folder, paths=paths, base_path=base_path)


def content_type(path: str) -> str:
    """Return the media type of a file, by its name alone."""
    kind = _TYPES.get(posixpath.splitext(path)[1].lower(), "application/octet-stream")
    is_text = kind.startswith("text/") or kind.endswith(("json", "xml"))
    return f"{kind}; charset=UTF-8" if is_text else kind
