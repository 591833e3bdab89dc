"""Takes away all that sitegen wrote, and nothing else."""

import shutil
from contextlib import suppress
from pathlib import Path

from sitegen.findings import UsageError
from sitegen.publish.faults import machine_faults
from sitegen.publish.guard import refuse_foreign
from sitegen.publish.lock import Lock
from sitegen.publish.manifest import EMPTY, LOCK, MANIFEST, STAGING, read_manifest
from sitegen.publish.tree import survey, sweep

_CACHE = ".sitegen"


def clean(root: Path, output: Path, *, patience: float = 10.0) -> tuple[str, ...]:
    """Remove a site and its project's cache; returns the removed paths below `output`."""
    refuse_foreign(root, output)
    cache = root / _CACHE
    if cache.is_symlink():
        raise UsageError(f"cannot remove {cache.as_posix()}: it is a link")
    with machine_faults(cache):
        removed = _clean_output(output, patience) if output.is_dir() else ()
        if cache.is_dir():
            shutil.rmtree(cache)
    return removed


def _clean_output(output: Path, patience: float) -> tuple[str, ...]:
    with Lock(output / LOCK, patience):
        standing = survey(output)
        listed = (read_manifest(output) or EMPTY).files
        sweep(output, listed, standing)
        if (output / STAGING).is_dir():
            shutil.rmtree(output / STAGING)
        (output / MANIFEST).unlink(missing_ok=True)  # last, so that a second try knows what is ours
    with suppress(OSError):  # what sitegen did not write stays
        output.rmdir()
    return tuple(path for path in sorted(listed) if path in standing.files)
