"""What the target of a link means: a file of the project, a place in it, an address of the site."""

import posixpath
import unicodedata
from urllib.parse import quote, unquote

import msgspec

from sitegen.model.content import Reference

CONTENT = "content"


def placed(reference: Reference, source: str) -> Reference:
    """Return a reference of the file `source` with what its target means."""
    path, fragment = resolve(source, reference.target)
    address = site_address(reference.target)
    return msgspec.structs.replace(reference, path=path, fragment=fragment, address=address)


def resolve(source: str, target: str) -> tuple[str, str]:
    """Return the project path that a relative target means, and its fragment.

    The path is empty when the target is a site path or leads out of content/.
    """
    path, _, fragment = target.partition("#")
    path = _decoded(path.partition("?")[0])
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(source), path))
    inside = not path.startswith("/") and joined.startswith(f"{CONTENT}/")
    return (joined if inside else ""), _decoded(fragment)


def site_address(target: str) -> str:
    """Return the address that a path of the site means; empty for another target."""
    path = target.partition("#")[0].partition("?")[0]
    return quote(_decoded(path)) if target.startswith("/") else ""


def _decoded(text: str) -> str:
    """Return a part of an address as file names and headings are told: in one form of Unicode."""
    return unicodedata.normalize("NFC", unquote(text))
