"""Keeps a second build out of a folder, by a lock that dies with the process that holds it."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from sitegen.findings import MachineError
from sitegen.publish.manifest import LOCK

_PAUSE = 0.05  # seconds between two tries
_TRIES = 200  # before another build is taken to hang

if sys.platform == "win32":
    import msvcrt

    def _seize(descriptor: int) -> bool:
        os.lseek(descriptor, 1 << 20, os.SEEK_SET)  # what is locked cannot be read: not the pid
        with suppress(PermissionError):
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
            return True
        return False

    def _release(descriptor: int, path: Path) -> None:
        os.close(descriptor)
        with suppress(OSError):  # it is open in another build by now
            path.unlink()

else:
    import fcntl

    def _seize(descriptor: int) -> bool:
        # Not flock: worker processes would inherit it, and keep it when the build is killed.
        with suppress(BlockingIOError, PermissionError):
            fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        return False

    def _release(descriptor: int, path: Path) -> None:
        with suppress(OSError):
            path.unlink()
        os.close(descriptor)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold a folder that one process at a time can hold; what was missing goes if left empty."""
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    try:
        descriptor = _wait(folder / LOCK)
        try:
            yield
        finally:
            _release(descriptor, folder / LOCK)
    finally:
        with suppress(OSError):  # the site is in it
            for place in missing:
                place.rmdir()


def _wait(path: Path) -> int:
    for _ in range(_TRIES):
        descriptor = _open(path)
        if descriptor is not None:
            return descriptor
        time.sleep(_PAUSE)
    raise MachineError(f"another build is running{_holder(path)}")


def _open(path: Path) -> int | None:
    """Return the descriptor of a lock file that is ours now; None when it is another build's."""
    path.parent.mkdir(parents=True, exist_ok=True)
    # A build that ends takes the file away, and its folder when it failed: between any two steps.
    with suppress(FileNotFoundError), ExitStack() as stack:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o666)
        stack.callback(os.close, descriptor)
        if _seize(descriptor) and os.path.samestat(os.fstat(descriptor), path.stat()):
            stack.pop_all()
            with suppress(OSError):  # a full disk shows when it matters
                os.ftruncate(descriptor, 0)
                os.write(descriptor, str(os.getpid()).encode())
            return descriptor
    return None


def _holder(path: Path) -> str:
    with suppress(OSError):
        pid = path.read_text("ascii", errors="replace")
        return f" (pid {pid})" if pid.isdigit() else ""
    return ""
