"""Walks a folder: every regular file in it once, without scratch files and without loops."""

import os
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from sitegen.discover.reading import RefusedError, check_inside, report_unreadable
from sitegen.findings import Findings

_SCRATCH = (
    "~", ".swp", ".swo", ".swx", ".tmp", ".temp", ".orig", ".bak", ".rej", ".part", ".crdownload",
)  # fmt: skip
_LITTER = {"4913", "thumbs.db", "desktop.ini", "icon\r"}
_CONFLICT = re.compile(r"conflicted copy|sync-conflict-|modstridende kopi|konfliktkopi")
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_PUBLIC_ALTHOUGH_HIDDEN = ".well-known"


def is_ignored(name: str) -> bool:
    """Tell whether a name is hidden, or the scratch file of an editor, a system or a copier."""
    folded = name.casefold()
    return (
        (name.startswith((".", "~$")) and name != _PUBLIC_ALTHOUGH_HIDDEN)
        or folded.endswith(_SCRATCH)
        or folded in _LITTER
        or (name.startswith("#") and name.endswith("#"))
        or _CONFLICT.search(folded) is not None
    )


def walk(
    folder: Path, boundary: Path, shown: str, findings: Findings
) -> Iterator[tuple[str, "os.DirEntry[str]"]]:
    """Return each file below `folder`, with its path as findings show it (NFC)."""
    if not os.path.lexists(folder):
        return
    yield from _Walk(os.path.realpath(folder), os.path.realpath(boundary), findings).files(
        str(folder), shown
    )


class _Walk:
    """One walk, which remembers what it has seen."""

    def __init__(self, folder: str, boundary: str, findings: Findings) -> None:
        self._folder = folder
        self._boundary = boundary
        self._findings = findings
        self._seen: set[str] = set()
        self._linked: set[str] = set()

    def files(self, folder: str, shown: str) -> Iterator[tuple[str, "os.DirEntry[str]"]]:
        """Return the files, folder by folder; their order is the system's."""
        if Path(folder).is_symlink() and not self._leads_inside(folder, shown):
            return
        folders = [(folder, shown)]
        while folders:
            folder, shown = folders.pop()
            for entry in self._entries(folder, shown):
                path = self._path(entry.name, shown)
                if path is None or (
                    entry.is_symlink() and not self._leads_inside(entry.path, path)
                ):
                    continue
                if entry.is_dir():
                    if self._is_new_folder(entry, path):
                        folders.append((entry.path, path))
                elif entry.is_file():
                    yield path, entry
                else:
                    self._refuse_kind(path, "a pipe, socket or device")

    def _entries(self, folder: str, shown: str) -> "list[os.DirEntry[str]]":
        try:
            with os.scandir(folder) as entries:
                return list(entries)
        except OSError as error:
            report_unreadable(error, shown, self._findings)
            return []

    def _path(self, name: str, shown: str) -> str | None:
        """Return the path of a name as the model spells it, or None when it is not to be read."""
        if is_ignored(name):
            return None
        if _CONTROLS.search(name):
            visible = _CONTROLS.sub("\ufffd", name)
            what, mend = "the name is no readable text", "rename the file with letters and digits"
            self._findings.add("file-encoding", what, mend, path=f"{shown}/{visible}")
            return None
        path = f"{shown}/{name if name.isascii() else unicodedata.normalize('NFC', name)}"
        if path in self._seen:
            what = "this name exists twice, once with its accented letters in two parts"
            self._findings.add("story-duplicate", what, "delete or rename one of them", path=path)
            return None
        self._seen.add(path)
        return path

    def _leads_inside(self, link: str, path: str) -> bool:
        """Tell whether a link leads to something in the project, with a finding when not."""
        try:
            real = os.path.realpath(link, strict=True)
            check_inside(real, self._boundary, path)
        except RefusedError as error:
            self._findings.add(error.code, error.what, error.mend, path=path)
        except OSError as error:
            report_unreadable(error, path, self._findings)
        else:
            return True
        return False

    def _is_new_folder(self, entry: "os.DirEntry[str]", path: str) -> bool:
        """Tell whether to go into a folder; a linked one could otherwise be read for ever."""
        if path.casefold().endswith(".md"):
            self._refuse_kind(path, "a folder with the name of an article")
            return False
        if not entry.is_symlink():
            return True
        real = os.path.realpath(entry.path)
        is_read_already = f"{self._folder}/".startswith(f"{real}/") or any(
            f"{real}/".startswith(f"{known}/") for known in (self._folder, *self._linked)
        )
        if is_read_already:
            self._refuse_kind(path, "a link to a folder that is read already")
        self._linked.add(real)
        return not is_read_already

    def _refuse_kind(self, path: str, kind: str) -> None:
        self._findings.add("file-kind", f"this is {kind}", "rename or delete it", path=path)
