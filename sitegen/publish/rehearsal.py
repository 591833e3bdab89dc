"""Takes files as a publication does, writes nothing, and tells how they differ from a site."""

from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Self

from sitegen.cache import Stamp
from sitegen.findings import Findings, UsageError
from sitegen.model.pages import OutputFile
from sitegen.publish.faults import machine_faults
from sitegen.publish.manifest import ForgedManifestError, digest_of, read_manifest
from sitegen.publish.publication import Changes, Staging
from sitegen.publish.tree import survey


class Rehearsal:
    """A build that changes nothing; with a folder, it tells what would change there."""

    def __init__(self, compared: Path | None = None) -> None:
        self._compared = compared
        self._files: dict[str, str] = {}
        self.staging = Staging(None)
        self.state = b""
        self.manifest = b""
        self.files: Iterable[tuple[str, Stamp, str]] = ()
        self.listed: Collection[str] = ()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        pass

    def recall(self, known: Mapping[str, tuple[Stamp, str]]) -> None:
        """Learn nothing: what is compared is read."""

    def is_intact(self, _manifest: bytes) -> bool:
        """Tell that nothing stands anywhere."""
        return False

    def digest_at(self, _path: str) -> str:
        """Return nothing: a rehearsal has no folder of its own."""
        return ""

    def has(self, _path: str, _digest: str) -> bool:
        """Tell that every file could stay: nothing is to be written."""
        return True

    def enter(self, path: str, digest: str, *, is_staged: bool) -> None:
        """Note a file."""
        self._files[path] = digest

    def content(self, _path: str) -> bytes:
        """Return nothing: no file is kept."""
        return b""

    def presume(self, path: str) -> None:
        """Note a file whose bytes are as its name says: they are not made to compare them."""
        self._files[path] = ""

    def stage(self, file: OutputFile) -> str:
        """Note a file; returns its digest."""
        digest = digest_of(file.content)
        self.enter(file.path, digest, is_staged=False)
        return digest

    def publish(self, findings: Findings) -> Changes:
        """Return what would change in the folder, unless errors forbid to publish."""
        findings.stop_on_errors()
        if self._compared is None:
            return Changes(unchanged=len(self._files))
        old = _digests(self._compared)
        new = self._files
        both = old.keys() & new.keys()
        changed = sorted(path for path in both if new[path] and old[path] != new[path])
        return Changes(
            added=tuple(sorted(new.keys() - old.keys())),
            changed=tuple(changed),
            removed=tuple(sorted(old.keys() - new.keys())),
            unchanged=len(both) - len(changed),
        )


def _digests(folder: Path) -> dict[str, str]:
    """Return what stands in a site's folder of all that it lists; of all when it has no list."""
    if not folder.is_dir():
        return {}
    with machine_faults(folder, "read"):
        try:
            manifest = read_manifest(folder)
        except ForgedManifestError as error:
            raise UsageError(f"{folder.as_posix()} is no site of sitegen's: {error}") from error
        paths = manifest.files if manifest else survey(folder).files
        found: dict[str, str] = {}
        for path in paths:
            with suppress(FileNotFoundError, IsADirectoryError, NotADirectoryError):
                found[path] = digest_of((folder / path).read_bytes())
    return found
