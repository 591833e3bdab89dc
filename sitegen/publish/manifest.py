"""The list of all that sitegen wrote into output/: what is not on it is never touched."""

import hashlib
import os
import re
from pathlib import Path
from typing import Literal

import msgspec

MANIFEST = ".sitegen.json"
STAGING = ".sitegen-staging"
LOCK = ".sitegen-lock"
OWN_NAMES = frozenset({MANIFEST, STAGING, LOCK})
"""Names at the top of output/ that no page can have."""
_UNSOUND = re.compile(r"(?:^|/)\.{0,2}(?:/|\Z)|[\\\0]|^.:", re.DOTALL)  # .., //, a drive of Windows


class Manifest(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What output/.sitegen.json says."""

    version: Literal[1]
    files: dict[str, str]  # path below output/ → digest
    preview: bool = False  # made with drafts; never to be deployed
    unfinished: bool = False  # being published, or killed at it: files of both old and new site


EMPTY = Manifest(version=1, files={})


class ForgedManifestError(Exception):
    """A manifest that sitegen cannot have written."""


def digest_of(content: bytes) -> str:
    """Return the digest by which the manifest knows a file's bytes."""
    return hashlib.blake2b(content, digest_size=16).hexdigest()


def read_manifest(output: Path) -> Manifest | None:
    """Return the manifest of a folder, or None when it has none."""
    path = output / MANIFEST
    if path.is_symlink():
        raise ForgedManifestError("it is a link")
    try:
        manifest = msgspec.json.decode(path.read_bytes(), type=Manifest)
    except FileNotFoundError:
        return None
    except (IsADirectoryError, msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ForgedManifestError("it cannot be read") from error
    for listed in manifest.files:
        if not is_sound(listed):
            raise ForgedManifestError(f"it lists {listed!r}")
    return manifest


def standing(output: Path, path: str) -> tuple[str, bool]:
    """Return the digest of a file, empty when it is missing; is it what the manifest lists?"""
    try:
        digest = digest_of((output / path).read_bytes())
        manifest = read_manifest(output) or EMPTY
    except (OSError, ForgedManifestError):
        return "", False
    return digest, manifest.files.get(path) == digest


def encode(manifest: Manifest) -> bytes:
    """Return the manifest's bytes, which depend on nothing but what it lists."""
    return msgspec.json.format(msgspec.json.encode(manifest, order="sorted"), indent=1) + b"\n"


def seal(output: Path, manifest: Manifest, *, is_lasting: bool = True) -> None:
    """Put a manifest in place, by way of staging, once all written before it is on the disk.

    What need not last, as it is made anew at need, waits for no disk.
    """
    if is_lasting and hasattr(os, "sync"):
        os.sync()
    draft = output / STAGING / MANIFEST
    with draft.open("wb") as file:
        file.write(encode(manifest))
        file.flush()
        if is_lasting:
            os.fsync(file.fileno())
    draft.replace(output / MANIFEST)


def is_sound(path: str) -> bool:
    """Tell whether a path names a place below output/, on any system, that pages may have."""
    return not _UNSOUND.search(path) and path.partition("/")[0].casefold() not in OWN_NAMES
