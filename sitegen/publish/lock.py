"""Keeps a second build out of a folder, by a lock that dies with the process that holds it."""

import os
import sys
import time
from contextlib import suppress
from pathlib import Path

from sitegen.findings import MachineError

_PAUSE = 0.05  # seconds between two tries

if sys.platform == "win32":
    import msvcrt

    _FAR = 1 << 20  # locked bytes cannot be read by others, so not those that hold the pid

    def _seize(descriptor: int) -> bool:
        try:
            os.lseek(descriptor, _FAR, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
            os.lseek(descriptor, 0, os.SEEK_SET)
        except PermissionError:
            return False
        return True

    def _release(descriptor: int, path: Path) -> None:
        os.close(descriptor)
        with suppress(OSError):  # it is open in another build by now
            path.unlink()

else:
    import fcntl

    def _seize(descriptor: int) -> bool:
        # Not flock: worker processes would inherit it, and keep it when the build is killed.
        try:
            fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError):
            return False
        return True

    def _release(descriptor: int, path: Path) -> None:
        with suppress(OSError):
            path.unlink()
        os.close(descriptor)


class Lock:
    """A file that one process at a time can hold; it and missing folders above are made."""

    def __init__(self, path: Path, patience: float) -> None:
        self._path = path
        self._tries = int(patience / _PAUSE) + 1
        self._descriptor = -1

    def __enter__(self) -> None:
        for left in reversed(range(self._tries)):
            if self._try():
                return
            if left:
                time.sleep(_PAUSE)
        raise MachineError(f"another build is running{self._holder()}")

    def __exit__(self, *error: object) -> None:
        _release(self._descriptor, self._path)

    def _try(self) -> bool:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        try:
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o666)
        except FileNotFoundError:  # a build that failed has just taken its new folder away
            return False
        try:
            # The file that was locked may be one that its last holder has taken away meanwhile.
            if _seize(descriptor) and os.path.samestat(os.fstat(descriptor), self._path.stat()):
                self._descriptor = descriptor
                with suppress(OSError):  # a full disk shows when it matters
                    os.ftruncate(descriptor, 0)
                    os.write(descriptor, str(os.getpid()).encode())
                return True
        except FileNotFoundError:
            return False
        finally:
            if self._descriptor != descriptor:
                os.close(descriptor)
        return False

    def _holder(self) -> str:
        with suppress(OSError):
            pid = self._path.read_text("ascii", errors="replace")
            return f" (pid {pid})" if pid.isdigit() else ""
        return ""
