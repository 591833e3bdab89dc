"""Takes files as a publication does, writes nothing, and tells how they differ from a site."""

from contextlib import suppress
from pathlib import Path
from typing import Self

from sitegen.findings import Findings, UsageError
from sitegen.model.pages import OutputFile
from sitegen.publish.faults import machine_faults
from sitegen.publish.manifest import ForgedManifestError, digest_of, read_manifest
from sitegen.publish.publication import Changes
from sitegen.publish.tree import survey


class Rehearsal:
    """A build that changes nothing; with a folder, it tells what would change there."""

    def __init__(self, compared: Path | None = None) -> None:
        self._compared = compared
        self._files: dict[str, str] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        pass

    def stage(self, file: OutputFile) -> None:
        """Note a file."""
        self._files[file.path] = digest_of(file.content) if self._compared else ""

    def publish(self, findings: Findings) -> Changes:
        """Return what would change in the folder, unless errors forbid to publish."""
        findings.stop_on_errors()
        if self._compared is None:
            return Changes(unchanged=len(self._files))
        old = _digests(self._compared)
        new = self._files
        both = old.keys() & new.keys()
        changed = sorted(path for path in both if old[path] != new[path])
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
    with machine_faults(folder):
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
