"""How a file is known without reading it: size, times and place on the disk, as in git's index."""

import os
import struct
import sys
from hashlib import blake2b
from pathlib import Path

Stamp = bytes
"""Size, time of writing, time of any change (both in nanoseconds) and inode, packed."""

_PACKED = struct.Struct("<qqqQ")
TICK = 10_000_000
"""Nanoseconds within which a disk may give two changes one time, and so hide the second."""


def stamp_of(status: os.stat_result) -> Stamp:
    """Return the stamp of a file: as long as it stays, so do the file's bytes."""
    inode = status.st_ino & 0xFFFF_FFFF_FFFF_FFFF
    return _PACKED.pack(status.st_size, status.st_mtime_ns, status.st_ctime_ns, inode)


def last_change(stamp: Stamp) -> int:
    """Return when the file was last changed, in nanoseconds as its disk tells the time.

    That is no time which anybody could set, but on Windows, which tells none of that kind.
    """
    _, written, changed, _ = _PACKED.unpack(stamp)
    return int(written if sys.platform == "win32" else changed)


def is_settled(stamp: Stamp, now: int) -> bool:
    """Tell whether a later change would show: git's rule for files younger than its index."""
    return last_change(stamp) + TICK <= now


def content_digest(content: bytes) -> bytes:
    """Return the digest by which the cache knows a source."""
    return blake2b(content, digest_size=16).digest()


def disk_time(place: Path) -> int:
    """Return the time in nanoseconds as the disk tells it, by writing a file there."""
    with place.open("wb", buffering=0) as file:
        file.write(b".")
        return os.fstat(file.fileno()).st_mtime_ns
