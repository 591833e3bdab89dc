"""Which file of the preview answers an address; what the manifest does not list is not there."""

import posixpath
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, unquote_to_bytes

import msgspec

from sitegen.publish import manifest

_NOT_FOUND = "404.html"
_TEXT = "; charset=UTF-8"
_TYPES = {
    "atom": "application/atom+xml" + _TEXT,
    "avif": "image/avif",
    "css": "text/css" + _TEXT,
    "csv": "text/csv" + _TEXT,
    "gif": "image/gif",
    "html": "text/html" + _TEXT,
    "ico": "image/x-icon",
    "ics": "text/calendar" + _TEXT,
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "js": "text/javascript" + _TEXT,
    "json": "application/json" + _TEXT,
    "md": "text/markdown" + _TEXT,
    "mjs": "text/javascript" + _TEXT,
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
    "pdf": "application/pdf",
    "png": "image/png",
    "rss": "application/rss+xml" + _TEXT,
    "svg": "image/svg+xml" + _TEXT,
    "txt": "text/plain" + _TEXT,
    "vtt": "text/vtt" + _TEXT,
    "wasm": "application/wasm",
    "webm": "video/webm",
    "webmanifest": "application/manifest+json" + _TEXT,
    "webp": "image/webp",
    "woff2": "font/woff2",
    "xml": "application/xml" + _TEXT,
    "xsl": "text/xsl" + _TEXT,
    "zip": "application/zip",
}
_FEED = "application/feed+json" + _TEXT


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

    def answer(self, address: str) -> Answer:
        """Return what an address, as the request wrote it, leads to."""
        try:
            path = unquote_to_bytes(address.encode("latin-1")).decode("utf-8")
        except (UnicodeDecodeError, UnicodeEncodeError):
            return Answer(status=400)
        if "\0" in path:
            return Answer(status=400)
        if path in {"/", self.base_path} and self.base_path:
            return Answer(status=302, location=f"{quote(self.base_path)}/")
        base = f"{self.base_path}/"
        if not path.startswith(base):
            return self._not_found("")
        return self._answer(unicodedata.normalize("NFC", path.removeprefix(base)))

    def _answer(self, path: str) -> Answer:
        if path in self.paths:
            return Answer(status=200, path=path)
        if not path or path.endswith("/"):
            index = f"{path}index.html"
            return Answer(status=200, path=index) if index in self.paths else self._not_found(path)
        if f"{path}/index.html" in self.paths:
            return Answer(status=302, location=quote(f"{self.base_path}/{path}/"))
        return self._not_found(path)

    def _not_found(self, path: str) -> Answer:
        """Return the site's own page for what is not there, in the language of the address."""
        pages = (posixpath.join(folder, _NOT_FOUND) for folder in _folders(path))
        return Answer(status=404, path=next((page for page in pages if page in self.paths), ""))

    def read(self, path: str) -> bytes | None:
        """Return the bytes of a file on the shelf, or None when it has just gone."""
        place = self.folder / path
        try:
            if place.resolve().is_relative_to(self.folder.resolve()):
                return place.read_bytes()
        except OSError:  # a build is publishing right now
            return None
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
    if posixpath.basename(path) == "feed.json":
        return _FEED
    return _TYPES.get(path.rpartition(".")[2].lower(), "application/octet-stream")


def _folders(path: str) -> Iterator[str]:
    while path:
        path = path.rpartition("/")[0]
        if path:
            yield path
    yield ""
