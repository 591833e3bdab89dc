"""Starts a new story: a file in every language, ready to be written."""

import datetime as dt
import json
from pathlib import Path

import msgspec

from sitegen.addresses import slugify
from sitegen.findings import UsageError
from sitegen.model.content import ArticleType


class NewStory(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a story before it is written."""

    title: str
    languages: tuple[str, ...]
    date: dt.date
    type: ArticleType = "news"


def start_story(root: Path, story: NewStory) -> tuple[Path, ...]:
    """Write the files of a new story and return them; an existing story is never touched."""
    slug = slugify(story.title)
    if not slug:
        raise UsageError(f"no address can be made of the title {story.title!r}; use letters a–z")
    folder = root / "content" / "news" / f"{story.date.isoformat()}-{slug}"
    alike = sorted(folder.parent.glob(f"{folder.name}*"))
    if taken := [path for path in alike if path.name.split(".")[0] == folder.name]:
        name = taken[0].relative_to(root).as_posix()
        raise UsageError(f"{name} exists already; choose a new title")
    folder.mkdir(parents=True)
    paths = tuple(folder / f"index.{language}.md" for language in story.languages)
    for path, language in zip(paths, story.languages, strict=True):
        path.write_text(_text(story, language), encoding="utf-8", newline="\n")
    return paths


def _text(story: NewStory, language: str) -> str:
    """Return an article's first lines; shared keys stand in the first language only."""
    lines = ["---", f"title: {json.dumps(story.title, ensure_ascii=False)}"]
    if language == story.languages[0]:
        lines.append(f"date: {story.date.isoformat()}")
        if story.type != "news":
            lines.append(f"type: {story.type}")
    return "\n".join([*lines, "summary:", "draft: true", "---", "", ""])
