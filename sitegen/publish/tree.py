"""What stands in output/, and the two ways in which it is changed."""

import hashlib
import os
import unicodedata
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import msgspec

from sitegen.cache import Stamp, stamp_of
from sitegen.publish.ledger import folders_above
from sitegen.publish.manifest import MANIFEST, OWN_NAMES


class Standing(msgspec.Struct, frozen=True):
    """All that is in output/ but sitegen's own notes, links not followed."""

    files: dict[str, Stamp | None]  # by path; None: it is no regular file, but a link or device
    folders: frozenset[str]


def survey(output: Path) -> Standing:
    """Return what stands in a folder."""
    files: dict[str, Stamp | None] = {}
    folders: set[str] = set()
    waiting = [""]
    while waiting:
        above = waiting.pop()
        for entry in os.scandir(f"{output}/{above}"):
            # Some disks give å back as two characters.
            path = unicodedata.normalize("NFC", above + entry.name)
            if path in OWN_NAMES:
                continue
            if entry.is_dir(follow_symlinks=False):
                folders.add(path)
                waiting.append(f"{above}{entry.name}/")
            else:
                is_regular = entry.is_file(follow_symlinks=False)
                files[path] = stamp_of(entry.stat()) if is_regular else None
    return Standing(files, frozenset(folders))


def restated(
    output: Path, standing: Standing, written: Iterable[str], removed: Iterable[str]
) -> Standing:
    """Return what stands in a folder after some files were written and others removed."""
    files = {**standing.files}
    for path in removed:
        files.pop(path, None)
    for path in written:
        files[path] = stamp_of((output / path).stat())
    return Standing(files, standing.folders)


def state_of(output: Path, standing: Standing) -> bytes:
    """Return a hash of all that stands in a folder, and of the manifest beside it."""
    digest = hashlib.blake2b(digest_size=16)
    with suppress(OSError):
        digest.update(stamp_of((output / MANIFEST).stat()))
    for path, stamp in sorted(standing.files.items()):
        digest.update(path.encode("utf-8", "surrogateescape") + b"\0" + (stamp or b""))
    return digest.digest()


def move_in(source: Path, target: Path) -> None:
    """Rename all that `source` holds into `target`, a folder at once where there is none yet."""
    with os.scandir(source) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            place = target / entry.name
            is_folder = place.is_dir() and not place.is_symlink()
            if is_folder and entry.is_dir():
                move_in(source / entry.name, place)
                continue
            if is_folder:
                place.rmdir()
            # A file or link in a folder's way makes this fail, and so keeps us below output/.
            (source / entry.name).replace(place)


def sweep(output: Path, paths: Iterable[str], standing: Standing) -> None:
    """Remove the files that stand at `paths`, and each folder that this leaves empty."""
    doubtful: set[str] = set()
    for path in paths:
        doubtful.update(folders_above(path))
        if path in standing.files:
            (output / path).unlink(missing_ok=True)
    for folder in sorted(doubtful & standing.folders, key=len, reverse=True):
        place = output / folder
        if not any(place.iterdir()):
            place.rmdir()
