"""What stands in output/, and the two ways in which it is changed."""

import os
import unicodedata
from collections.abc import Iterable
from pathlib import Path

import msgspec

from sitegen.publish.ledger import folders_above
from sitegen.publish.manifest import OWN_NAMES


class Standing(msgspec.Struct, frozen=True):
    """All that is in output/ but sitegen's own notes, links not followed."""

    files: dict[str, bool]  # path → whether it is a regular file, and no link or device
    folders: frozenset[str]


def survey(output: Path) -> Standing:
    """Return what stands in a folder."""
    files: dict[str, bool] = {}
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
                files[path] = entry.is_file(follow_symlinks=False)
    return Standing(files, frozenset(folders))


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
