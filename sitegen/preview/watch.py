"""Notices that a source has changed, by the system's events or by looking again and again."""

import asyncio
import os
import re
from collections.abc import Callable, Collection, Iterable
from itertools import chain
from pathlib import Path

import msgspec
from watchfiles import awatch

Found = Callable[[Collection[Path]], None]
"""Called with the sources that have changed."""

_FILES = frozenset({"config.toml", "published.txt", "gone.txt"})
# What editors and systems leave beside a file while it is saved.
_NOISE = re.compile(r"~$|^\.#|^#.*#$|\.sw[a-z]$|^4913$|\.tmp$|___jb_...___$|^\.DS_Store$|^\.git$")
_STEP = 12  # milliseconds without a change after which a save is over
_LONGEST = 200  # milliseconds for which changes are gathered at most
_REST = 0.3  # seconds between two looks
_SHARE = 30  # … and at least so many times as long as a look takes: 3 % of a core


class Watched(msgspec.Struct, frozen=True, kw_only=True):
    """What a site is made from."""

    root: Path
    folders: tuple[Path, ...]

    def sources(self, paths: Iterable[Path]) -> set[Path]:
        """Return those of the paths that a build may depend on."""
        return {path for path in paths if self._is_source(path)}

    def _is_source(self, path: Path) -> bool:
        if any(_NOISE.search(part) for part in path.parts[-3:]):
            return False
        is_file = path.parent == self.root and path.name in _FILES
        return is_file or any(path.is_relative_to(folder) for folder in self.folders)


def watched(root: Path, theme: Path) -> Watched:
    """Return what the project at `root` is made from, with the theme wherever that lies."""
    root = root.resolve()
    folders = dict.fromkeys([root / "content", root / "templates", theme.resolve()])
    return Watched(root=root, folders=tuple(folders))


async def watch(sources: Watched, found: Found, *, is_polling: bool = False) -> None:
    """Call `found` once no change can be missed, and after each change, until cancelled."""
    try:
        while not is_polling:
            await _listen(sources, found)
    except* OSError:  # the system watches no more folders, or none on this disk
        pass
    await _look_again(sources, found)


async def _listen(sources: Watched, found: Found) -> None:
    """Listen until one of the folders comes or goes, with which the system's watch is lost."""
    over = asyncio.Event()

    async def follow(places: list[Path], *, is_deep: bool) -> None:
        async for batch in awatch(
            *places,
            watch_filter=None,
            force_polling=False,  # watchfiles' own loses the second of two saves in one second
            debounce=_LONGEST,
            step=_STEP,
            stop_event=over,
            recursive=is_deep,
            ignore_permission_denied=True,
        ):
            changed = sources.sources(Path(path) for _, path in batch)
            if not changed.isdisjoint(sources.folders):
                over.set()
            elif changed:
                found(changed)

    standing = [folder for folder in sources.folders if folder.is_dir()]
    async with asyncio.TaskGroup() as group:
        group.create_task(follow(standing, is_deep=True))
        group.create_task(follow([sources.root], is_deep=False))
        await asyncio.sleep(0)  # both listen now; what happened before is not known
        found(sources.folders)


async def _look_again(sources: Watched, found: Found) -> None:
    loop = asyncio.get_running_loop()
    before = await asyncio.to_thread(snapshot, sources)
    found(sources.folders)
    while True:
        started = loop.time()
        after = await asyncio.to_thread(snapshot, sources)
        if changed := {path for path, _ in before.items() ^ after.items()}:
            found(changed)
        before = after
        await asyncio.sleep(max(_REST, (loop.time() - started) * _SHARE))


def snapshot(sources: Watched) -> dict[Path, tuple[int, ...]]:
    """Return the sources with numbers of which one is another when, perhaps, the file is."""
    tops = [sources.root / name for name in _FILES]
    below = (
        Path(parent, name)
        for folder in sources.folders
        for parent, _, names in os.walk(folder)  # links are not followed, so that this ends
        for name in names
    )
    paths = sources.sources(chain(tops, below))
    return {path: numbers for path in paths if (numbers := _numbers(path))}


def _numbers(path: Path) -> tuple[int, ...]:
    try:
        about = path.stat()
    except OSError:  # it has gone meanwhile
        return ()
    # A modification time may be old or stay the same.
    return about.st_size, about.st_mtime_ns, about.st_ctime_ns, about.st_ino
