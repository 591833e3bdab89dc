"""Takes away all that sitegen wrote, and nothing else."""

import shutil
from contextlib import suppress
from pathlib import Path

from sitegen.findings import UsageError
from sitegen.publish.faults import machine_faults
from sitegen.publish.guard import CACHE, refuse_foreign
from sitegen.publish.lock import locked
from sitegen.publish.manifest import EMPTY, MANIFEST, STAGING, read_manifest
from sitegen.publish.tree import survey, sweep


def clean(root: Path, output: Path) -> None:
    """Remove a site and its project's cache."""
    refuse_foreign(root, output)
    cache = root / CACHE
    if cache.is_symlink():
        raise UsageError(f"cannot remove {cache.as_posix()}: it is a link")
    with machine_faults(cache):
        if output.is_dir():
            with locked(output):
                sweep(output, (read_manifest(output) or EMPTY).files, survey(output))
                shutil.rmtree(output / STAGING, ignore_errors=True)
                (output / MANIFEST).unlink(missing_ok=True)  # last: a second try needs its list
            with suppress(OSError):  # what sitegen did not write stays
                output.rmdir()
        if cache.is_dir():
            shutil.rmtree(cache)
