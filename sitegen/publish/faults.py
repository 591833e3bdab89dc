"""The boundary at which the operating system's errors become a MachineError in plain words."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sitegen.findings import MachineError
from sitegen.publish.manifest import STAGING

_REASONS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk quota is used up",
    errno.EACCES: "no permission",
    errno.EPERM: "no permission",
    errno.EROFS: "the disk is read-only",
    errno.EMFILE: "too many files are open",
    errno.EIO: "the disk reports a fault",
}


@contextmanager
def machine_faults(path: Path, act: str = "write") -> Iterator[None]:
    """Turn an OSError into a MachineError that names its path, or `path` for what is staged."""
    try:
        yield
    except OSError as error:
        named = Path(error.filename2 or error.filename or STAGING)
        place = path if STAGING in named.parts else named
        reason = _REASONS.get(error.errno or 0, error.strerror or str(error))
        raise MachineError(f"cannot {act} {place.as_posix()}: {reason}") from error
