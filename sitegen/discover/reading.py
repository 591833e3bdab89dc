"""Reads one file: only a regular one, only inside the project, and never half of it."""

import errno
import os
import stat
import unicodedata
from pathlib import Path

from sitegen.findings import Findings, MachineError

_ATTEMPTS = 10
_CHUNK = 1 << 20
_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)  # or opening a pipe would wait for its other end
    | getattr(os, "O_NOFOLLOW", 0)  # the links were followed already
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)
_MACHINE = {errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EIO}


class RefusedError(Exception):
    """A file that is not to be read, with the finding's code and words."""

    def __init__(self, code: str, what: str, mend: str) -> None:
        super().__init__(what)
        self.code, self.what, self.mend = code, what, mend


def read(root: Path, path: str, findings: Findings) -> bytes | None:
    """Return the content of one file of the project, or None with a finding."""
    return read_within(root, path, path, findings)


def read_within(folder: Path, path: str, shown: str, findings: Findings) -> bytes | None:
    """Return the content of a file below `folder`; findings call it `shown`."""
    try:
        return _read_steady(real_path(folder, path))
    except RefusedError as error:
        findings.add(error.code, error.what, error.mend, path=shown)
    except OSError as error:
        report_unreadable(error, shown, findings)
    return None


def report_unreadable(error: OSError, path: str, findings: Findings) -> None:
    """Note why the system did not give a file, or raise MachineError when no file is at fault."""
    reason = error.strerror or str(error)
    if error.errno in _MACHINE:
        raise MachineError(f"{path}: {reason}") from error
    mends = {
        errno.ENOENT: "put it back, or delete the link that leads to it",
        errno.ELOOP: "delete the link, which leads back to itself",
        errno.EACCES: f"allow reading it, for example with: chmod u+rX '{path}'",
        errno.EPERM: f"allow reading it, for example with: chmod u+rX '{path}'",
    }
    mend = mends.get(error.errno or 0, "see that the disk is there, and save the file again")
    findings.add("file-unreadable", f"this cannot be read ({reason})", mend, path=path)


def real_path(folder: Path, path: str) -> str:
    """Return where a file below `folder` really is; raises RefusedError when that is elsewhere."""
    if _is_plain(str(folder), path):
        return f"{folder}/{path}"
    try:
        real = os.path.realpath(folder / path, strict=True)
    except FileNotFoundError:
        real = os.path.realpath(folder / _name_on_disk(folder, path), strict=True)
    check_inside(real, os.path.realpath(folder), path)
    return real


def _is_plain(place: str, path: str) -> bool:
    """Tell whether no part of the path is a link or leads upwards, which is cheap to ask."""
    parts = path.split("/")
    if "" in parts or ".." in parts or "\\" in path or ":" in path:
        return False
    try:
        for part in parts:
            place = f"{place}/{part}"
            if stat.S_ISLNK(os.lstat(place).st_mode):
                return False
    except (OSError, ValueError):
        return False
    return True


def check_inside(real: str, folder: str, path: str) -> None:
    """Raise RefusedError when the real path is not in `folder`, or is hidden there."""
    mend = "copy the file itself here, and delete the link"
    inside = os.path.relpath(real, folder)
    if inside.startswith("..") or Path(inside).is_absolute():
        raise RefusedError("file-outside", "this leads out of the project", mend)
    is_hidden = any(part.startswith(".") and part != "." for part in Path(inside).parts)
    if is_hidden and Path(inside) != Path(path):
        raise RefusedError("file-outside", "this leads to a hidden file", mend)


def _name_on_disk(folder: Path, path: str) -> str:
    """Return the path as the disk spells it: å may be one character there, or two."""
    found = folder
    for part in Path(path).parts:
        names = sorted(os.listdir(found)) if found.is_dir() else []  # noqa: PTH208 - names only
        found = found / next((n for n in names if unicodedata.normalize("NFC", n) == part), part)
    return str(found.relative_to(folder))


def _read_steady(real: str) -> bytes:
    """Return the content of a file as it was at one moment, though somebody may be saving it."""
    for _ in range(_ATTEMPTS):
        content = _read_once(real)
        if content is not None:
            return content
    mend = "wait until it is saved, and build again"
    raise RefusedError("file-unreadable", "this keeps changing while it is read", mend)


def _read_once(real: str) -> bytes | None:
    """Return the content of a file, or None when it changed meanwhile."""
    descriptor = os.open(real, _FLAGS)
    try:
        before = os.fstat(descriptor)
        if not stat.S_ISREG(before.st_mode):
            mend = "rename or delete it, so that an ordinary file can have its name"
            raise RefusedError("file-kind", "this is no ordinary file", mend)
        content = b"".join(iter(lambda: os.read(descriptor, _CHUNK), b""))
        after = os.fstat(descriptor)
    finally:
        os.close(descriptor)
    is_steady = _version(before) == _version(after) == _version(Path(real).stat())
    return content if is_steady else None


def _version(status: os.stat_result) -> tuple[int, int, int]:
    return status.st_ino, status.st_size, status.st_mtime_ns
