"""What the pipeline may do with its finished files: publish them, or rehearse that for `check`."""

from typing import Protocol, Self

import msgspec

from sitegen.findings import Findings
from sitegen.model.pages import OutputFile
from sitegen.publish.ledger import Ledger
from sitegen.publish.manifest import digest_of


class Changes(msgspec.Struct, frozen=True, kw_only=True):
    """What a publication did to output/: sorted paths below it."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: int = 0


class Destination(Protocol):
    """Where the pipeline brings its files: a Publication, or a Rehearsal of one."""

    def __enter__(self) -> Self: ...
    def __exit__(self, *error: object) -> None: ...

    def stage(self, file: OutputFile) -> str:
        """Take a finished file; returns its digest."""

    def keep(self, path: str, digest: str) -> bool:
        """Take over the file that stands at `path`; False when it has not those bytes."""

    def publish(self, findings: Findings) -> Changes:
        """Make all that was staged or kept the site, and return what that changed."""


class Rehearsal:
    """Takes files as a Publication does, and writes nothing."""

    def __init__(self) -> None:
        self._ledger = Ledger()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        pass

    def stage(self, file: OutputFile) -> str:
        """Note a file; returns its digest."""
        digest = digest_of(file.content)
        self._ledger.enter(file.path, digest)
        return digest

    def keep(self, path: str, digest: str) -> bool:
        """Note a file whose bytes nobody needs; returns True."""
        self._ledger.enter(path, digest)
        return True

    def publish(self, findings: Findings) -> Changes:
        """Return that nothing changed, unless errors forbid to publish."""
        findings.stop_on_errors()
        return Changes(unchanged=len(self._ledger.files))
