"""What the path of a Markdown file says: its kind, its story, its language, perhaps its day."""

import datetime as dt
import re
from collections.abc import Sequence
from typing import cast

from sitegen.findings import Findings
from sitegen.model.content import Kind, Source

KINDS = ("news", "pages")
_TAG = re.compile(r"[a-z]{2,3}([-_]([a-z]{2,4}|[0-9]{3}))?", re.IGNORECASE)
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?![0-9])")
_INDEX = "index"


class Naming:
    """The rules of one site: its languages, and the one of files without a suffix."""

    def __init__(self, languages: Sequence[str], default: str, findings: Findings) -> None:
        self._tags = {_folded(tag): tag for tag in languages}
        self._default = default
        self._findings = findings

    def source(self, path: str) -> Source | None:
        """Return what a path below content/ says, or None with a finding."""
        parts = path.split("/")[1:]
        if len(parts) < 2 or parts[0] not in KINDS:
            self._misplaced(path)
            return None
        named = self._named(path, parts[-1].rpartition(".")[0])
        if named is None:
            return None
        stem, language = named
        is_index = stem.casefold() == _INDEX
        if is_index and len(parts) == 2:
            self._misplaced(path)
            return None
        story = "/".join(parts[:-1] if is_index else (*parts[:-1], stem))
        return Source(
            path=path,
            kind=cast("Kind", parts[0]),
            story=story,
            language=language,
            folder_day=self._folder_day(story),
        )

    def _named(self, path: str, name: str) -> tuple[str, str] | None:
        """Return the name without its language, and the language; None when there is no such."""
        stem, dot, suffix = name.rpartition(".")
        if not dot:
            base, _, end = name.replace("_", "-").partition("-")
            if base.casefold() == _INDEX and _folded(end) in self._tags:
                self._unknown(path, base, end)
                return None
            return name, self._default
        language = self._tags.get(_folded(suffix))
        if language:
            return stem, language
        if stem.casefold() == _INDEX or _TAG.fullmatch(suffix):
            self._unknown(path, stem, suffix)
            return None
        return name, self._default  # the dot of v1.2.md

    def _unknown(self, path: str, stem: str, suffix: str) -> None:
        names = " or ".join(f"{stem}.{tag}.md" for tag in self._tags.values())
        self._findings.add(
            "language-unknown",
            f"`{suffix}` at the end of the name is no language of this site",
            f"name the file {names}",
            path=path,
        )

    def _misplaced(self, path: str) -> None:
        self._findings.add(
            "file-misplaced",
            "no article can stand here",
            "put it in a folder of its own, as in content/news/2024-05-17-new-partner/index.da.md",
            path=path,
        )

    def _folder_day(self, story: str) -> dt.date | None:
        """Return the day at the head of the story's name."""
        found = _DAY.match(story.rpartition("/")[2])
        if not found:
            return None
        try:
            return dt.date(*(int(part) for part in found.groups()))
        except ValueError:
            what = f"the name begins with {found[0]}, a day that does not exist"
            mend = "rename it, such as 2024-05-17-new-partner"
            self._findings.add("date-invalid", what, mend, path=f"content/{story}")
            return None


def _folded(tag: str) -> str:
    return tag.replace("_", "-").casefold()
