"""Reads one file: only a regular one, only inside the project, and never half of it."""

import errno
import os
import stat
import unicodedata
from pathlib import Path

from sitegen.encoding import FaultError
from sitegen.findings import Findings, MachineError

PUBLIC_ALTHOUGH_HIDDEN = ".well-known"
# without O_NONBLOCK, opening a pipe would wait for its other end
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_MACHINE = {errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EIO}


def read(root: Path, path: str, findings: Findings) -> bytes | None:
    """Return the content of one file of the project, or None with a finding."""
    try:
        return read_steady(_real_path(root, path))
    except (FaultError, OSError) as error:
        report(error, path, findings)
        return None


def report(error: FaultError | OSError, path: str, findings: Findings) -> None:
    """Note why a file cannot be used, or raise MachineError when no file is at fault."""
    if isinstance(error, FaultError):
        error.report(path, findings)
        return
    reason = error.strerror or str(error)
    if error.errno in _MACHINE:
        raise MachineError(f"{path}: {reason}") from error
    mends = {
        errno.ENOENT: "put it back, or delete the link that leads to it",
        errno.ELOOP: "delete the link, which leads back to itself",
        errno.EACCES: f"allow reading it, for example with: chmod u+rX '{path}'",
    }
    mend = mends.get(error.errno or 0, "see that the disk is there, and save the file again")
    findings.add("file-unreadable", f"this cannot be read ({reason})", mend, path=path)


def check_inside(real: str, folder: str) -> None:
    """Raise FaultError when a real path is not in the real `folder`, or is hidden there."""
    mend = "put a copy of the file here, and delete the link"
    if not Path(real).is_relative_to(folder):
        raise FaultError(
            "file-outside", "this is a link to a file outside of the site's folder", mend
        )
    inside = Path(real).relative_to(folder).parts
    if any(part.startswith(".") and part != PUBLIC_ALTHOUGH_HIDDEN for part in inside):
        raise FaultError("file-outside", "this is a link to a hidden file", mend)


def _real_path(root: Path, path: str) -> str:
    if _is_plain(str(root), path):
        return f"{root}/{path}"
    try:
        real = os.path.realpath(root / path, strict=True)
    except FileNotFoundError:
        real = os.path.realpath(root / _name_on_disk(root, path), strict=True)
    check_inside(real, os.path.realpath(root))
    return real


def _is_plain(place: str, path: str) -> bool:
    """Tell whether a path is there and no part of it leads elsewhere, which is cheap to ask."""
    for part in path.split("/"):
        place = f"{place}/{part}"
        if part in {"", ".."} or os.path.islink(place):  # noqa: PTH114 - a third of the time
            return False
    return os.path.lexists(place)


def _name_on_disk(root: Path, path: str) -> str:
    """Return the path as the disk spells it: å may be one character there, or two."""
    found = root
    for part in Path(path).parts:
        names = sorted(os.listdir(found)) if found.is_dir() else []  # noqa: PTH208 - names only
        found = found / next((n for n in names if unicodedata.normalize("NFC", n) == part), part)
    return str(found.relative_to(root))


def read_steady(place: str) -> bytes:
    """Return the content of a file as it was at one moment, though somebody may be saving it."""
    for _ in range(10):
        content = _read_once(place)
        if content is not None:
            return content
    mend = "wait until it is saved, and build again"
    raise FaultError("file-unreadable", "this keeps changing while it is read", mend)


def _read_once(place: str) -> bytes | None:
    """Return the content of a file, or None when it changed meanwhile."""
    descriptor = os.open(place, _FLAGS)
    try:
        before = os.fstat(descriptor)
        if not stat.S_ISREG(before.st_mode):
            mend = "rename or delete it, so that an ordinary file can have its name"
            raise FaultError("file-kind", "this is no ordinary file", mend)
        portion = before.st_size + 1  # of what is not growing, all
        content = b"".join(iter(lambda: os.read(descriptor, portion), b""))
        after = os.fstat(descriptor)
    finally:
        os.close(descriptor)
    is_steady = _version(before) == _version(after) == _version(Path(place).stat())
    return content if is_steady else None


def _version(status: os.stat_result) -> tuple[int, int, int]:
    return status.st_ino, status.st_size, status.st_mtime_ns
