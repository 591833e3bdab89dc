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
    stamps: dict[
        str, Stamp
    ]  # by path, from the project's root where it is in there; of folders b""


def state_of_sources(root: Path, theme: Path) -> State | None:
    """Return the state of all that a site is made of; None when some of it cannot be looked at."""
    digest = hashlib.blake2b(digest_size=16)
    changed, inside = 0, f"{root}{os.sep}"
    try:
        stamps = {path.removeprefix(inside): stamp for path, stamp in sorted(_stamps(root, theme))}
    except OSError:
        return None
    for path, stamp in stamps.items():
        digest.update(path.encode("utf-8", "surrogateescape") + b"\0" + stamp)
        if stamp:
            changed = max(changed, last_change(stamp))
    return State(hash=digest.digest(), changed=changed, stamps=stamps)


def _stamps(root: Path, theme: Path) -> Iterator[tuple[str, Stamp]]:
    """Yield each file and folder; what a folder holds says more than when it was changed."""
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
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                    yield entry.path, b""
                else:
                    yield entry.path, stamp_of(entry.stat())
