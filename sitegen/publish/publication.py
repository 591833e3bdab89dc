"""A build's way into output/: staging, then one short act in which every page is old or new."""

import os
import shutil
from collections.abc import Collection, Iterator, Mapping
from contextlib import ExitStack, suppress
from io import FileIO
from pathlib import Path
from typing import Self

import msgspec

from sitegen.cache import Stamp
from sitegen.findings import Findings, UsageError
from sitegen.model.pages import OutputFile
from sitegen.publish.faults import machine_faults
from sitegen.publish.guard import refuse_foreign
from sitegen.publish.ledger import Ledger, folders_above
from sitegen.publish.lock import locked
from sitegen.publish.manifest import (
    EMPTY,
    STAGING,
    Manifest,
    digest_of,
    encode,
    read_manifest,
    seal,
)  # fmt: skip
from sitegen.publish.memory import Memory
from sitegen.publish.tree import Standing, move_in, restated, state_of, survey, sweep


class Changes(msgspec.Struct, frozen=True, kw_only=True):
    """What a publication did to output/: sorted paths below it."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: int = 0


class Staging(msgspec.Struct, frozen=True):
    """Where finished files wait, written by whatever process made them."""

    output: Path | None  # None: nowhere, as in a rehearsal

    def write(self, file: OutputFile) -> None:
        """Put a file where `publish` finds it."""
        if self.output is None:
            return
        place = f"{self.output}/{STAGING}/{file.path}"
        with machine_faults(self.output / file.path):
            os.makedirs(os.path.dirname(place), exist_ok=True)  # noqa: PTH103, PTH120 - a third
            with FileIO(place, "w") as staged:
                left = memoryview(file.content)
                while left:
                    left = left[staged.write(left) :]


class Publication:
    """A build's hold on output/; leaving it without `publish` leaves output/ as it was."""

    def __init__(
        self,
        root: Path,
        output: Path,
        *,
        is_preview: bool = False,
        memory: Memory | None = None,
    ) -> None:
        self._root = root
        self._output = output
        self._is_preview = is_preview
        self._memory = memory
        self._known: Mapping[str, tuple[Stamp, str]] = {}
        self._ledger = Ledger()
        self._staged: set[str] = set()
        self._digests: dict[str, str] = {}
        self._old = EMPTY
        self._standing = Standing({}, frozenset())
        self._stack = ExitStack()
        self.staging = Staging(output)

    def __enter__(self) -> Self:
        with ExitStack() as stack, machine_faults(self._output):
            if not self._recalled():
                refuse_foreign(self._root, self._output)
            stack.enter_context(locked(self._output))
            staging = self._output / STAGING
            if staging.exists():  # a killed build's
                shutil.rmtree(staging)
            stack.callback(shutil.rmtree, staging, ignore_errors=True)
            staging.mkdir()
            self._old, self._standing = self._recalled() or (
                read_manifest(self._output) or EMPTY,
                survey(self._output),
            )
            self._open_ledger()
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *error: object) -> None:
        self._stack.close()

    def _recalled(self) -> tuple[Manifest, Standing] | None:
        return self._memory.recall(self._output) if self._memory else None

    def _open_ledger(self) -> None:
        self._ledger = Ledger(() if self._old.unfinished else self._old.files.keys())

    def recall(self, known: Mapping[str, tuple[Stamp, str]]) -> None:
        """Learn the stamp and digest of files as an earlier build left them."""
        self._known = known

    @property
    def state(self) -> bytes:
        """What stands in output/, manifest included: unchanged as long as all of that is."""
        return state_of(self._output, self._standing)

    @property
    def manifest(self) -> bytes:
        """A digest of what the manifest lists."""
        return digest_of(encode(self._old)).encode()

    def is_intact(self, manifest: bytes) -> bool:
        """Tell whether all files that a manifest lists stand there, whenever they were put there.

        Each is read that is not known by its stamp.
        """
        listed = self._old.files
        return (
            manifest == self.manifest
            and listed.keys() == self._standing.files.keys()
            and all(self.digest_at(path) == digest for path, digest in listed.items())
        )

    @property
    def files(self) -> Iterator[tuple[str, Stamp, str]]:
        """The path, stamp and digest of each file of the site, once it is published."""
        for path, digest in self._old.files.items():
            if stamp := self._standing.files.get(path):
                yield path, stamp, digest

    @property
    def listed(self) -> Collection[str]:
        """The paths of all that sitegen once wrote."""
        return self._old.files.keys()

    def digest_at(self, path: str) -> str:
        """Return the digest of a file that sitegen once wrote; empty when it has changed since."""
        if path not in self._digests:
            self._digests[path] = self._digest(path)
        return self._digests[path]

    def has(self, path: str, digest: str) -> bool:
        """Tell whether a file has these bytes already."""
        return self.digest_at(path) == digest

    def _digest(self, path: str) -> str:
        stamp, listed = self._standing.files.get(path), self._old.files.get(path)
        if not stamp:
            return ""
        known = self._known.get(path)
        if known and known[0] == stamp:
            found = known[1]
        else:
            with suppress(OSError), FileIO(f"{self._output}/{path}") as standing:
                found = digest_of(standing.readall())
        return found if found == (listed or found) else ""

    def enter(self, path: str, digest: str, *, is_staged: bool) -> None:
        """Note a file of the new site: one that is staged, or one that may stay as it is."""
        self._ledger.enter(path, digest)
        if is_staged:
            self._staged.add(path)

    @property
    def is_whole(self) -> bool:
        """Tell whether the new site has just the files that the old one has."""
        return self._ledger.files.keys() == self._old.files.keys()

    def restart(self) -> None:
        """Forget all that was staged or kept: the site will be made in another way."""
        with machine_faults(self._output):
            shutil.rmtree(self._output / STAGING)
            (self._output / STAGING).mkdir()
        self._staged.clear()
        self._open_ledger()

    def content(self, path: str) -> bytes:
        """Return the bytes of a file of the new site."""
        place = f"{STAGING}/{path}" if path in self._staged else path
        with machine_faults(self._output / path):
            return (self._output / place).read_bytes()

    def presume(self, path: str) -> None:
        """Leave out a file that whoever serves the site stands in for."""

    def stage(self, file: OutputFile) -> str:
        """Write a file where `publish` finds it, unless output/ has it; returns its digest."""
        digest = digest_of(file.content)
        is_new = self.digest_at(file.path) != digest
        self.enter(file.path, digest, is_staged=is_new)
        if is_new:
            self.staging.write(file)
        return digest

    def publish(self, findings: Findings) -> Changes:
        """Make all that was staged or kept the site, and return what that changed."""
        self._judge_foreign(findings)
        findings.stop_on_errors()
        old, new, standing = self._old.files, self._ledger.files, {**self._standing.files}
        stale = sorted(old.keys() - new.keys())
        if self._memory:
            self._memory.forget()
        with machine_faults(self._output):
            if self._staged or stale:
                # A killed build must leave a list of all that the next one may touch.
                self._seal({**old, **new}, is_unfinished=True)
                self._move(stale)
            self._seal(new)
            self._standing = restated(self._output, self._standing, self._staged, stale)
        if self._memory and new.keys() == standing.keys():  # and so no folder came or went
            self._memory.keep(self._output, self._old, self._standing)
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
        move_in(self._output / STAGING, self._output)
        sweep(self._output, sorted({*stale} - {*in_the_way}), self._standing)

    def _seal(self, files: dict[str, str], *, is_unfinished: bool = False) -> None:
        """Put a manifest in place, unless it says what the one there says."""
        preview = self._is_preview or (is_unfinished and self._old.preview)
        manifest = Manifest(version=1, files=files, preview=preview, unfinished=is_unfinished)
        if manifest != self._old:
            seal(self._output, manifest, is_lasting=self._memory is None)
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
