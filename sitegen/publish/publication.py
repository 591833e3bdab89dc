"""A build's way into output/: staging, then one short act in which every page is old or new."""

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from io import FileIO
from pathlib import Path
from typing import Self

from sitegen.findings import Findings, UsageError
from sitegen.model.pages import OutputFile
from sitegen.publish.destination import Changes
from sitegen.publish.faults import machine_faults
from sitegen.publish.guard import refuse_foreign
from sitegen.publish.ledger import Ledger
from sitegen.publish.lock import Lock
from sitegen.publish.manifest import (
    EMPTY,
    LOCK,
    MANIFEST,
    STAGING,
    Manifest,
    digest_of,
    encode,
    read_manifest,
)
from sitegen.publish.tree import Standing, folders_above, move_in, survey, sweep

NEW = "new"
REPLACEMENTS = "replacements"
"""The two folders of the staging folder."""


class Publication:
    """A build's hold on output/; leaving it without `publish` leaves output/ as it was."""

    def __init__(
        self, root: Path, output: Path, *, is_preview: bool = False, patience: float = 10.0
    ) -> None:
        self._root = root
        self._output = output
        self._staging = output / STAGING
        self._is_preview = is_preview
        self._patience = patience  # seconds to wait for another build
        self._ledger = Ledger()
        self._staged: dict[str, str] = {}  # path → its name in the staging folder
        self._folders: set[str] = set()
        self._old = EMPTY
        self._standing = Standing({}, frozenset())
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        with ExitStack() as stack, machine_faults(self._output):
            refuse_foreign(self._root, self._output)
            stack.enter_context(_new_folders_go_if_empty(self._output))
            stack.enter_context(Lock(self._output / LOCK, self._patience))
            self._old = read_manifest(self._output) or EMPTY
            self._standing = survey(self._output)
            stack.enter_context(_fresh_folder(self._staging))
            self._make_folder(NEW)
            self._make_folder(REPLACEMENTS)
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *error: object) -> None:
        self._stack.close()

    def stage(self, file: OutputFile) -> str:
        """Write a file where `publish` finds it, unless output/ has it; returns its digest."""
        digest = digest_of(file.content)
        self._ledger.enter(file.path, digest)
        if not self._stands(file, digest):
            with machine_faults(self._output / file.path):
                self._write(file)
        return digest

    def _stands(self, file: OutputFile, digest: str) -> bool:
        """Tell whether output/ has a file already; what someone altered there, it has not."""
        return (
            self._old.files.get(file.path, digest) == digest
            and self._standing.files.get(file.path) == len(file.content)
            and self._read(file.path) == file.content
        )

    def keep(self, path: str, digest: str) -> bool:
        """Take over the file that stands at `path`; False when it has not those bytes."""
        content = self._read(path) if self._standing.files.get(path, -1) >= 0 else None
        if content is None or digest_of(content) != digest:
            return False
        self._ledger.enter(path, digest)
        return True

    def publish(self, findings: Findings) -> Changes:
        """Make all that was staged or kept the site, and return what that changed."""
        foreign = self._foreign()
        self._refuse_to_overwrite(foreign)
        self._report(foreign, findings)
        findings.stop_on_errors()
        with machine_faults(self._output):
            return self._publish()

    def _publish(self) -> Changes:
        new = self._ledger.files
        stale = sorted(self._old.files.keys() - new.keys())
        if self._staged or stale:
            # A killed build must leave a list of all that the next one may touch.
            self._seal({**self._old.files, **new}, is_unfinished=True)
            in_the_way = [path for path in stale if self._ledger.claims(path)]
            sweep(self._output, in_the_way, self._standing)
            self._move_in()
            sweep(self._output, sorted({*stale} - {*in_the_way}), self._standing)
        self._seal(new)
        standing = self._standing.files
        return Changes(
            added=tuple(sorted(self._staged.keys() - standing.keys())),
            changed=tuple(sorted(self._staged.keys() & standing.keys())),
            removed=tuple(path for path in stale if path in standing),
            unchanged=len(new) - len(self._staged),
        )

    def _seal(self, files: dict[str, str], *, is_unfinished: bool = False) -> None:
        """Put a manifest in place, once all that was written before it is on the disk."""
        preview = self._is_preview or (is_unfinished and self._old.preview)
        manifest = Manifest(version=1, files=files, preview=preview, unfinished=is_unfinished)
        if manifest == self._old:
            return
        if hasattr(os, "sync"):
            os.sync()
        draft = self._staging / MANIFEST
        with draft.open("wb") as file:
            file.write(encode(manifest))
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self._output / MANIFEST)
        self._old = manifest

    def _read(self, path: str) -> bytes | None:
        """Return the bytes that stand at a path; None when they cannot be read."""
        with suppress(OSError), FileIO(f"{self._output}/{path}") as file:
            return file.readall()
        return None

    def _write(self, file: OutputFile) -> None:
        """Stage what replaces a file beside others, and what is new in a tree of its own."""
        if file.path in self._standing.files:
            name = f"{REPLACEMENTS}/{len(self._staged)}"
        else:
            name = f"{NEW}/{file.path}"
            self._make_folder(name.rpartition("/")[0])
        Path(f"{self._staging}/{name}").write_bytes(file.content)
        self._staged[file.path] = name

    def _make_folder(self, folder: str) -> None:
        if folder not in self._folders:
            (self._staging / folder).mkdir(parents=True, exist_ok=True)
            self._folders.add(folder)

    def _move_in(self) -> None:
        for path, name in self._staged.items():
            if path in self._standing.files:
                (self._staging / name).replace(self._output / path)
        move_in(self._staging / NEW, self._output)

    def _foreign(self) -> list[str]:
        """Return what stands in output/ and is neither the old site's nor the new one's."""
        ours = self._old.files.keys() | (self._ledger.files.keys() - self._staged.keys())
        return sorted(self._standing.files.keys() - ours)

    def _refuse_to_overwrite(self, foreign: list[str]) -> None:
        blocking = next(filter(self._ledger.claims, foreign), None)
        if blocking:
            place = (self._output / blocking).as_posix()
            raise UsageError(
                f"{place} is in the way of a page, and sitegen did not write it; move it"
            )

    def _report(self, foreign: list[str], findings: Findings) -> None:
        """Warn of what sitegen did not write; of a whole folder of it, once."""
        if not foreign:
            return
        paths = (*self._old.files, *self._ledger.files)
        shared = {folder for path in paths for folder in folders_above(path)}
        for path in foreign:
            alone = [folder for folder in folders_above(path) if folder not in shared]
            findings.add(
                "output-foreign-file",
                f"sitegen did not write this {'folder' if alone else 'file'}, and leaves it alone",
                "delete it, or move it to content/files/ if the site shall have it",
                path=self._shown(alone[-1] + "/" if alone else path),
            )

    def _shown(self, path: str) -> str:
        place = self._output.resolve()
        root = self._root.resolve()
        if place.is_relative_to(root):
            place = place.relative_to(root)
        return f"{place.as_posix()}/{path}"


@contextmanager
def _new_folders_go_if_empty(folder: Path) -> Iterator[None]:
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    try:
        yield
    finally:
        with suppress(OSError):  # the site is in it
            for place in missing:
                place.rmdir()


@contextmanager
def _fresh_folder(folder: Path) -> Iterator[None]:
    """Make a folder, empty even when a killed build left one, and take it away at the end."""
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir()
    try:
        yield
    finally:
        shutil.rmtree(folder, ignore_errors=True)
