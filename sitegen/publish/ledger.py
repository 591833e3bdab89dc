"""Notes what a new site consists of, and refuses paths that cannot stand together."""

from sitegen.publish.manifest import is_sound
from sitegen.publish.tree import fold, folders_above


class Ledger:
    """The paths of a site in the making and their digests; a path that it refuses is our fault."""

    def __init__(self) -> None:
        self.files: dict[str, str] = {}
        self._folded: dict[str, str] = {}
        self._folders: dict[str, str] = {}

    def enter(self, path: str, digest: str) -> None:
        """Note a file; raises ValueError when its path is unsound or taken."""
        if not is_sound(path):
            raise ValueError(f"no path below output/: {path!r}")
        folded = fold(path)
        taken = self._taken_by(folded)
        if taken:
            raise ValueError(f"two pages claim one place in output/: {taken!r} and {path!r}")
        self.files[path] = digest
        self._folded[folded] = path
        for folder in folders_above(folded):
            if folder in self._folders:
                break
            self._folders[folder] = path

    def claims(self, path: str) -> bool:
        """Tell whether something at `path` would stand in the way of the new site."""
        return self._taken_by(fold(path)) is not None

    def _taken_by(self, folded: str) -> str | None:
        """Return the page that stands at a place, below it, or where it needs a folder."""
        if folded in self._folders:
            return self._folders[folded]
        places = (folded, *folders_above(folded))
        return next((self._folded[place] for place in places if place in self._folded), None)
