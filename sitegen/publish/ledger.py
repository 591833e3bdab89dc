"""Notes what a new site consists of, and refuses paths that cannot stand together."""

import unicodedata
from collections.abc import Iterator

from sitegen.publish.manifest import is_sound


class Ledger:
    """The paths of a site in the making and their digests; a path that it refuses is our fault."""

    def __init__(self) -> None:
        self.files: dict[str, str] = {}
        self._folded: dict[str, str] = {}  # what some disk takes for the path → the path
        self._folders: dict[str, str] = {}  # likewise folders → a file in them

    def enter(self, path: str, digest: str) -> None:
        """Note a file; raises ValueError when its path is unsound or taken."""
        if not is_sound(path):
            raise ValueError(f"no path below output/: {path!r}")
        folded = _fold(path)
        taken = self._claims(folded)
        if taken:
            raise ValueError(f"two pages claim one place in output/: {taken!r} and {path!r}")
        self.files[path] = digest
        self._folded[folded] = path
        if folded.rpartition("/")[0] not in self._folders:
            self._folders.update(dict.fromkeys(folders_above(folded), path))

    def claims(self, path: str) -> str | None:
        """Return a file that cannot stand together with something at `path`, if there is one."""
        return self._claims(_fold(path))

    def _claims(self, folded: str) -> str | None:
        if folded in self._folders:
            return self._folders[folded]
        if folded in self._folded:
            return self._folded[folded]
        if folded.rpartition("/")[0] in self._folders:
            return None  # what is a folder lies in folders
        above = folders_above(folded)
        return next((self._folded[place] for place in above if place in self._folded), None)


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
