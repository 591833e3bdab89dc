"""Lends a folder for a second copy of a site, and tells where the two differ."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sitegen.publish.lock import locked
from sitegen.publish.manifest import EMPTY, MANIFEST, read_manifest


@contextmanager
def room_for_twin(folder: Path) -> Iterator[Path]:
    """Lend a place below `folder`, to one process at a time; nothing stays of it."""
    place = folder / "site"
    with locked(folder):
        shutil.rmtree(place, ignore_errors=True)  # a killed build's
        try:
            yield place
        finally:
            shutil.rmtree(place, ignore_errors=True)
    with suppress(OSError):  # gone already, unless a killed build had left it
        folder.rmdir()


def differing(site: Path, twin: Path) -> Iterator[str]:
    """Yield the files of either, manifest included, that have not the same bytes in both."""
    listed = {path for each in (site, twin) for path in (read_manifest(each) or EMPTY).files}
    for path in sorted({*listed, MANIFEST}):
        content = _content(site / path)
        if content is None or content != _content(twin / path):
            yield path


def _content(path: Path) -> bytes | None:
    with suppress(OSError):
        return path.read_bytes()
    return None
