"""What the path of a Markdown file says: its kind, its story, its language, perhaps its day."""

import datetime as dt
import re
from collections.abc import Sequence
from typing import cast, get_args

from sitegen.encoding import FaultError
from sitegen.findings import Findings
from sitegen.model.content import Kind, Source

ENDINGS = (".md", ".markdown", ".mdown", ".mkd")
_TAG = re.compile(r"[a-z]{2,3}([-_]([a-z]{2,4}|[0-9]{3}))?", re.IGNORECASE)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9])")
_INDEX = "index"
_COPY = re.compile(
    r"^(kopi af|copy of) +(?=.)|(?<=.)( -)? +\(?(kopi|copy|[0-9]{1,2})\)?( \(?[0-9]{1,2}\)?)?$",
    re.IGNORECASE,
)


class Naming:
    """The rules of one site: its languages, and the one of files without a suffix."""

    def __init__(self, languages: Sequence[str], default: str, findings: Findings) -> None:
        self._tags = {_folded(tag): tag for tag in languages}
        self._default = default
        tags = "|".join(map(re.escape, self._tags))
        self._behind = re.compile(rf"(.+\.({tags}))([\W_].*)", re.IGNORECASE)
        self._findings = findings

    def source(self, path: str) -> Source:
        """Return what a path below content/ says; raises FaultError when no article is there."""
        *folders, file = path.split("/")[1:]
        name, _, ending = file.rpartition(".")
        if ending.casefold() != "md":
            what, mend = "an article's file must end in .md", f"rename it to {name}.md"
            raise FaultError("file-misplaced", what, mend)
        stem, language = self._named(name)
        is_index = stem.casefold() == _INDEX
        if not folders or folders[0] not in get_args(Kind) or (is_index and len(folders) == 1):
            example = "content/news/2024-05-17-new-partner/index.da.md"
            mend = f"put it in a folder of its own, as in {example}"
            raise FaultError("file-misplaced", "no article can stand here", mend)
        story = "/".join(folders if is_index else (*folders, stem))
        return Source(
            path=path,
            kind=cast("Kind", folders[0]),
            story=story,
            language=language,
            folder_day=self._folder_day(story),
        )

    def _named(self, name: str) -> tuple[str, str]:
        """Return the name without its language, and the language."""
        stem, dot, suffix = name.rpartition(".")
        if dot and _folded(suffix) in self._tags:
            return stem, self._tags[_folded(suffix)]
        behind = self._behind.fullmatch(name)
        if behind and not _TAG.fullmatch(behind[2] + behind[3]):
            what = f"“{behind[3].strip()}” stands behind the language, as in the name of a copy"
            mend = f"delete the file if it is one; the article itself is {behind[1]}.md"
            raise FaultError("file-copy", what, mend)
        if dot:
            is_language = stem.casefold() == _INDEX or bool(_TAG.fullmatch(suffix))  # or v1.2.md
        else:
            stem, _, suffix = name.replace("_", "-").partition("-")
            is_language = stem.casefold() == _INDEX and _folded(suffix) in self._tags
        if not is_language:
            return name, self._default
        what = f"`{suffix}` at the end of the name is no language of this site"
        names = " or ".join(f"{stem}.{tag}.md" for tag in self._tags.values())
        raise FaultError("language-unknown", what, f"name the file {names}")

    def _folder_day(self, story: str) -> dt.date | None:
        """Return the day at the head of the story's name."""
        found = _DAY.match(story.rpartition("/")[2])
        if not found:
            return None
        try:
            return dt.date.fromisoformat(found[0])
        except ValueError:
            what = f"the name begins with {found[0]}, a day that does not exist"
            mend = "rename it, such as 2024-05-17-new-partner"
            self._findings.add("date-invalid", what, mend, path=f"content/{story}")
            return None


def original_of(source: Source) -> str:
    """Return the story of which the name says that this is a copy, or else its own story."""
    parts = (_COPY.sub("", part) for part in source.story.split("/"))
    return "/".join(parts).removesuffix(f"/{_INDEX}")


def _folded(tag: str) -> str:
    return tag.replace("_", "-").casefold()
