"""The news to be searched: ordinary Danish stories, among as many made-up ones as are wanted."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import msgspec

from benchmarks.corpus import plan_story
from benchmarks.generators import ROOT, SITEGEN

HERE = Path(__file__).parent
SEED = "2012-03-15-faciliteringsteam"
_HEAD = re.compile(r"^== (?P<name>\S+) \| (?P<day>\S+) \| (?P<title>.*)\n(?P<summary>.*)\n\n", re.M)
_BLURB = """\
---
title: "{title}"
date: {day}
summary: "{summary}"
---

"""


class Query(msgspec.Struct, frozen=True, kw_only=True):
    """What a reader types, and the stories that must then be found."""

    kind: str
    text: str
    stories: tuple[str, ...]


class _File(msgspec.Struct, frozen=True, kw_only=True):
    query: tuple[Query, ...]


def queries() -> tuple[Query, ...]:
    """Return the queries of every file of this folder that is named queries….toml."""
    files = sorted(HERE.glob("queries*.toml"))
    return tuple(
        query
        for file in files
        for query in msgspec.toml.decode(file.read_text("utf-8"), type=_File).query
    )


def stories() -> Iterator[tuple[str, str]]:
    """Yield the ordinary stories: the name of each, and its Danish article as Markdown."""
    text = (HERE / "stories.da.txt").read_text("utf-8")
    heads = list(_HEAD.finditer(text))
    ends = [*(head.start() for head in heads[1:]), len(text)]
    for head, end in zip(heads, ends, strict=True):
        yield (
            f"{head['day']}-{head['name']}",
            _BLURB.format(**head.groupdict()) + text[head.end() : end],
        )
    for path in sorted((ROOT / "tests/data/prose").glob("*.da.md")):
        yield path.name.removesuffix(".da.md"), path.read_text("utf-8")
    seed = ROOT / "content/news" / SEED / "index.da.md"
    yield SEED, re.sub("^tags: .*\n", "", seed.read_text("utf-8"), flags=re.M)


def name_of(folder: str) -> str:
    """Return what the queries call a story: the name of its folder without the day."""
    return folder[11:]


def write_project(project: Path, articles: int) -> None:
    """Write a project of so many articles, half of them English if there is room for that."""
    project.mkdir(parents=True)
    SITEGEN.prepare(project)
    shutil.rmtree(project / "templates")
    news = project / "content/news"
    told = dict(stories())
    for name, text in told.items():
        folder = news / name
        folder.mkdir(parents=True)
        (folder / "index.da.md").write_text(text, "utf-8")
    number = (articles - len(told)) // 2
    for place in range(number):
        SITEGEN.write(project, plan_story(place, number))
