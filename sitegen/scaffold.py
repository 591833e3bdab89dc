"""Starts a new story: a file in every language, ready to be written."""

import datetime as dt
import json
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import msgspec

from sitegen.addresses import slugify
from sitegen.characters import unseen
from sitegen.discover import text_at
from sitegen.findings import Findings, UsageError
from sitegen.model.content import ArticleType
from sitegen.registry import PEOPLE, read_registry
from sitegen.schema import suggestion
from sitegen.settings import PATH, Config, key_line

SCHEMA = "front-matter.schema.json"
"""Where `sitegen schema front-matter` is kept by those whose editors know what to do with it."""


class NewStory(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a story before it is written."""

    title: str
    languages: tuple[str, ...]
    date: dt.date
    type: ArticleType = "news"
    author: str = ""  # an id of people.toml; empty: the company


def author_of(root: Path, config: Config, signature: str) -> str:
    """Return who writes new stories: whom config.toml names, else who signs with that name."""
    text = text_at(root, PEOPLE)
    people = read_registry(text, "", tuple(config.languages), Findings()).people
    if (author := config.new.author) and author not in people:
        findings = Findings()
        line = key_line(text_at(root, PATH), ("new", "author"))
        what = f"`author` is {author!r}, who is not in {PEOPLE}"
        findings.add("author-unknown", what, suggestion(author, people), path=PATH, line=line)
        findings.stop_on_errors()
    here = (each for each in people.values() if not (each.left or each.erased))
    signed = (each.id for each in here if _alike(each.name) == _alike(signature))
    return author or next(signed, "")


def _alike(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def start_story(root: Path, story: NewStory) -> tuple[Path, ...]:
    """Write the files of a new story and return them; an existing story is never touched."""
    if what := unseen(story.title):
        raise UsageError(f"the title {story.title!r} holds {what}; type it anew")
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
    has_schema = (root / SCHEMA).is_file()
    for path, language in zip(paths, story.languages, strict=True):
        lines = ["---", *_lines(story, language, has_schema=has_schema), "---", "", ""]
        path.write_text("\n".join(lines), encoding="utf-8", newline="\n")
    return paths


def _lines(story: NewStory, language: str, *, has_schema: bool) -> Iterator[str]:
    """Yield the front matter; shared keys stand in the first language only."""
    is_first = language == story.languages[0]
    if has_schema:
        yield f"# yaml-language-server: $schema=../../../{SCHEMA}"
    yield f"title: {json.dumps(story.title, ensure_ascii=False)}"
    if is_first:
        yield f"date: {story.date.isoformat()}"
        yield from [f"type: {story.type}"] if story.type != "news" else []
        yield from [f"authors: [{story.author}]"] if story.author else []
        yield "tags: []"
    yield "summary:"
    yield from ["image:"] if is_first else []
    yield "image_alt:"
    yield from ["image_credit:"] if is_first else []
    yield "draft: true"
