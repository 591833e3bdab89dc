"""A build's way into output/: staging, then one short act in which every page is old or new."""

import shutil
from contextlib import ExitStack, suppress
from io import FileIO
from pathlib import Path
from typing import Self

import msgspec

from sitegen.findings import Findings, UsageError
from sitegen.model.pages import OutputFile
from sitegen.publish.faults import machine_faults
from sitegen.publish.guard import refuse_foreign
from sitegen.publish.ledger import Ledger, folders_above
from sitegen.publish.lock import locked
from sitegen.publish.manifest import EMPTY, STAGING, Manifest, digest_of, read_manifest, seal
from sitegen.publish.tree import Standing, move_in, survey, sweep


class Changes(msgspec.Struct, frozen=True, kw_only=True):
    """What a publication did to output/: sorted paths below it."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: int = 0


class Publication:
    """A build's hold on output/; leaving it without `publish` leaves output/ as it was."""

    def __init__(self, root: Path, output: Path, *, is_preview: bool = False) -> None:
        self._root = root
        self._output = output
        self._staging = output / STAGING
        self._is_preview = is_preview
        self._ledger = Ledger()
        self._staged: set[str] = set()
        self._old = EMPTY
        self._standing = Standing({}, frozenset())
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        with ExitStack() as stack, machine_faults(self._output):
            refuse_foreign(self._root, self._output)
            stack.enter_context(locked(self._output))
            if self._staging.exists():  # a killed build's
                shutil.rmtree(self._staging)
            stack.callback(shutil.rmtree, self._staging, ignore_errors=True)
            self._staging.mkdir()
            self._old = read_manifest(self._output) or EMPTY
            self._standing = survey(self._output)
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *error: object) -> None:
        self._stack.close()

    def stage(self, file: OutputFile) -> str:
        """Write a file where `publish` finds it, unless output/ has it; returns its digest."""
        digest = digest_of(file.content)
        if not self.keep(file.path, digest):
            self._ledger.enter(file.path, digest)
            self._staged.add(file.path)
            place = self._staging / file.path
            with machine_faults(self._output / file.path):
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(file.content)
        return digest

    def keep(self, path: str, digest: str) -> bool:
        """Take over the file that stands at `path`; False when it has not those bytes."""
        if not self._standing.files.get(path) or self._old.files.get(path, digest) != digest:
            return False
        with suppress(OSError), FileIO(f"{self._output}/{path}") as standing:
            if digest_of(standing.readall()) == digest:
                self._ledger.enter(path, digest)
                return True
        return False

    def publish(self, findings: Findings) -> Changes:
        """Make all that was staged or kept the site, and return what that changed."""
        self._judge_foreign(findings)
        findings.stop_on_errors()
        old, new, standing = self._old.files, self._ledger.files, self._standing.files
        stale = sorted(old.keys() - new.keys())
        with machine_faults(self._output):
            if self._staged or stale:
                # A killed build must leave a list of all that the next one may touch.
                self._seal({**old, **new}, is_unfinished=True)
                self._move(stale)
            self._seal(new)
        return Changes(
            added=tuple(sorted(self._staged - standing.keys())),
            changed=tuple(sorted(self._staged & standing.keys())),
            removed=tuple(path for path in stale if path in standing),
            unchanged=len(new) - len(self._staged),
        )

    def _move(self, stale: list[str]) -> None:
        """Bring the new pages in; old ones go after them, unless they are in the way."""
        in_the_way = [path for path in stale if self._ledger.claims(path)]
        sweep(self._output, in_the_way, self._standing)
        move_in(self._staging, self._output)
        sweep(self._output, sorted({*stale} - {*in_the_way}), self._standing)

    def _seal(self, files: dict[str, str], *, is_unfinished: bool = False) -> None:
        """Put a manifest in place, unless it says what the one there says."""
        preview = self._is_preview or (is_unfinished and self._old.preview)
        manifest = Manifest(version=1, files=files, preview=preview, unfinished=is_unfinished)
        if manifest != self._old:
            seal(self._output, manifest)
            self._old = manifest

    def _judge_foreign(self, findings: Findings) -> None:
        """Warn of what sitegen did not write, once of a whole folder; refuse to overwrite it."""
        old, new = self._old.files, self._ledger.files
        foreign = sorted(self._standing.files.keys() - old.keys() - (new.keys() - self._staged))
        for path in filter(self._ledger.claims, foreign):
            place = (self._output / path).as_posix()
            what = "is in the way of a page, and sitegen did not write it; move it"
            raise UsageError(f"{place} {what}")
        shared = {folder for path in (*old, *new) if foreign for folder in folders_above(path)}
        shown = self._output.absolute()
        if shown.is_relative_to(self._root.absolute()):
            shown = shown.relative_to(self._root.absolute())
        for path in foreign:
            alone = [folder for folder in folders_above(path) if folder not in shared]
            findings.add(
                "output-foreign-file",
                f"sitegen did not write this {'folder' if alone else 'file'}, and leaves it alone",
                "delete it, or move it to content/files/ if the site shall have it",
                path=f"{shown.as_posix()}/{alone[-1]}/" if alone else f"{shown.as_posix()}/{path}",
            )
