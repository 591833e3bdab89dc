"""Notes what a new site consists of, and refuses paths that cannot stand together."""

import unicodedata
from collections.abc import Collection, Iterator

from sitegen.publish.manifest import is_sound


class Ledger:
    """The paths of a site in the making and their digests; a path that it refuses is our fault.

    Those that stood `together` before are only looked at beside those that did not.
    """

    def __init__(self, together: Collection[str] = ()) -> None:
        self.files: dict[str, str] = {}
        self._together = together
        self._old = _Places()
        self._waiting: list[str] = []  # have yet to find their way into that
        self._new = _Places()

    def enter(self, path: str, digest: str) -> None:
        """Note a file; raises ValueError when its path is unsound or taken."""
        is_old = path in self._together
        if not is_old and not is_sound(path):
            raise ValueError(f"no path below output/: {path!r}")
        taken = self.claims(path)
        if taken:
            raise ValueError(f"two pages claim one place in output/: {taken!r} and {path!r}")
        self.files[path] = digest
        if is_old:
            self._waiting.append(path)
        else:
            self._new.add(path)

    def claims(self, path: str) -> str | None:
        """Return a file that cannot stand together with something at `path`, if there is one."""
        if path in self.files:
            return path
        if found := self._new.claims(path):
            return found
        if path in self._together:
            return None
        while self._waiting:
            self._old.add(self._waiting.pop())
        return self._old.claims(path)


class _Places:
    """The places that files take: their own, and those of the folders above them."""

    def __init__(self) -> None:
        self._files: dict[str, str] = {}  # what some disk takes for the path → the path
        self._folders: dict[str, str] = {}  # likewise folders → a file in them

    def add(self, path: str) -> None:
        """Take the places of a file."""
        folded = _fold(path)
        self._files[folded] = path
        if folded.rpartition("/")[0] not in self._folders:
            self._folders.update(dict.fromkeys(folders_above(folded), path))

    def claims(self, path: str) -> str | None:
        """Return a file whose places cannot be shared with something at `path`."""
        if not self._files:
            return None
        folded = _fold(path)
        found = self._folders.get(folded) or self._files.get(folded)
        if found or folded.rpartition("/")[0] in self._folders:
            return found  # what is a folder lies in folders
        above = folders_above(folded)
        return next((self._files[place] for place in above if place in self._files), None)


def folders_above(path: str) -> Iterator[str]:
    """Yield the folders that a path lies in, the nearest first."""
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path


def _fold(path: str) -> str:
    """Return what all paths have in common that some disk takes for one."""
    if path.isascii():
        return path.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())
