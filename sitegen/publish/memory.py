"""What a process that publishes again and again remembers of its folder, so as not to look anew."""

from contextlib import suppress
from pathlib import Path

from sitegen.cache import Stamp, stamp_of
from sitegen.publish.manifest import MANIFEST, Manifest
from sitegen.publish.tree import Standing


class Memory:
    """One folder as it was left: that holds until another build has put its manifest there."""

    def __init__(self) -> None:
        self._kept: tuple[Path, Stamp, Manifest, Standing] | None = None

    def recall(self, output: Path) -> tuple[Manifest, Standing] | None:
        """Return the manifest of a folder and what stands there, or None when that must be seen."""
        if self._kept and self._kept[:2] == (output, _stamp(output)):
            return self._kept[2:]
        return None

    def keep(self, output: Path, manifest: Manifest, standing: Standing) -> None:
        """Remember a folder as it is now."""
        self._kept = output, _stamp(output), manifest, standing

    def forget(self) -> None:
        """Remember nothing: the folder is being changed."""
        self._kept = None


def _stamp(output: Path) -> Stamp:
    with suppress(OSError):
        return stamp_of((output / MANIFEST).lstat())
    return b"none"
