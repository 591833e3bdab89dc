"""Walks a folder: every regular file in it once, without scratch files and without loops."""

import os
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from sitegen.discover.reading import PUBLIC_ALTHOUGH_HIDDEN, check_inside, report
from sitegen.encoding import FaultError
from sitegen.findings import Findings

_SCRATCH = (
    "~", ".swp", ".swo", ".swx", ".tmp", ".temp", ".orig", ".bak", ".rej", ".old",
    ".save", ".part", ".crdownload",
)  # fmt: skip
_LITTER = {"4913", "thumbs.db", "desktop.ini", "icon\r"}
_CONFLICT = re.compile(
    r"conflicted copy|case conflict|\[conflict\]|sync-conflict-|modstridende kopi|konfliktkopi"
    r"|\.sb-[0-9a-f]{8}-"
)
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


def is_ignored(name: str) -> bool:
    """Tell whether a name is hidden, or the scratch file of an editor, a system or a copier."""
    if name.startswith((".", "~$")) and name != PUBLIC_ALTHOUGH_HIDDEN:
        return True
    folded = name.casefold()
    return (
        folded.endswith(_SCRATCH)
        or folded in _LITTER
        or (name.startswith("#") and name.endswith("#"))
        or _CONFLICT.search(folded) is not None
    )


def is_basis(name: str) -> bool:
    """Tell whether a name is that of the sidecar of a translation, which is hidden, too."""
    return name.startswith(".") and name.endswith(".md") and ".basis." in name


def walk(
    folder: Path, boundary: Path, shown: str, findings: Findings
) -> Iterator[tuple[str, "os.DirEntry[str]"]]:
    """Return each file below `folder`, with its path as findings show it (NFC).

    Of what is hidden only the sidecars of translations are among them.
    """
    real_boundary = os.path.realpath(boundary)
    folders = [(str(folder), shown)] if os.path.lexists(folder) else []
    seen: dict[str, str] = {}  # each path as some disks fold it → the name that it ends in
    while folders:
        place, above = folders.pop()
        try:
            if not seen:  # the first folder may itself be a link
                check_inside(os.path.realpath(place, strict=True), real_boundary)
            with os.scandir(place) as found:
                entries = sorted(found, key=lambda entry: entry.name)
        except (FaultError, OSError) as error:
            report(error, above, findings)
            continue
        for entry in entries:
            if is_ignored(entry.name):
                if is_basis(entry.name) and entry.is_file(follow_symlinks=False):
                    yield f"{above}/{unicodedata.normalize('NFC', entry.name)}", entry
                continue
            path = f"{above}/{unicodedata.normalize('NFC', entry.name)}"
            try:
                _check(entry, path, seen, real_boundary)
            except (FaultError, OSError) as error:
                report(error, _CONTROLS.sub("\ufffd", path), findings)
                continue
            if entry.is_dir():
                folders.append((entry.path, path))
            else:
                yield path, entry


def _check(entry: "os.DirEntry[str]", path: str, seen: dict[str, str], boundary: str) -> None:
    """Raise what keeps a file or folder from being read."""
    if _CONTROLS.search(entry.name):
        mend = "rename the file with letters and digits"
        raise FaultError("file-encoding", "the name is no readable text", mend)
    twin = seen.setdefault(path.casefold(), entry.name)
    if twin is not entry.name:
        what = f"many disks have room for only one of this and {twin!r}"
        if path.endswith(f"/{unicodedata.normalize('NFC', twin)}"):
            what = "this name exists twice, once with its accented letters in two parts"
        raise FaultError("file-twice", what, "delete or rename one of them")
    if entry.is_symlink():
        check_inside(os.path.realpath(entry.path, strict=True), boundary)
    if entry.is_dir():
        if entry.is_symlink():  # it could lead round in a circle
            mend = "copy the folder itself here, and delete the link"
            raise FaultError("file-kind", "this is a link to a folder", mend)
        if path.casefold().endswith(".md"):
            what = "this is a folder with the name of an article"
            raise FaultError("file-kind", what, "take .md out of its name, or delete it")
    elif not entry.is_file():
        what = "this is a pipe, socket or device"
        raise FaultError("file-kind", what, "rename or delete it")
