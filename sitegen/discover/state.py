"""Tells whether any source may have changed, without reading or judging one."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import msgspec

from sitegen.cache import Stamp, last_change, stamp_of

_FOLDERS = ("content", "templates")
_FILES = ("config.toml", "published.txt", "gone.txt")


class State(msgspec.Struct, frozen=True, kw_only=True):
    """What all sources of a site were like at one moment."""

    hash: bytes
    changed: int  # when the youngest was last changed, in nanoseconds of the disk's time


def state_of_sources(root: Path, theme: Path) -> State | None:
    """Return the state of all that a site is made of; None when some of it cannot be looked at."""
    try:
        stamps = sorted(_stamps(root, theme))
    except OSError:
        return None
    said = "\0".join(path for path, _ in stamps).encode("utf-8", "surrogateescape")
    digest = hashlib.blake2b(said + b"".join(stamp for _, stamp in stamps), digest_size=16)
    changed = max((last_change(stamp) for _, stamp in stamps), default=0)
    return State(hash=digest.digest(), changed=changed)


def _stamps(root: Path, theme: Path) -> Iterator[tuple[str, Stamp]]:
    for name in _FILES:
        path = root / name
        if os.path.lexists(path):
            yield str(path), stamp_of(path.stat())
    waiting = [str(root / name) for name in _FOLDERS if (root / name).is_dir()]
    if theme.is_dir():
        waiting.append(str(theme))
    seen: set[str] = set()
    while waiting:
        folder = waiting.pop()
        if folder in seen:
            continue
        seen.add(folder)
        with os.scandir(folder) as entries:
            for entry in entries:
                yield entry.path, stamp_of(entry.stat())
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
