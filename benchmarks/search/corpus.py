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


def story_names() -> frozenset[str]:
    """Return what the queries call the ordinary stories: their slugs."""
    return frozenset(_slug(folder) for folder, _ in stories())


def write_project(project: Path, articles: int) -> None:
    """Write a project of so many articles; the made-up ones are told in Danish and English."""
    project.mkdir(parents=True)
    SITEGEN.prepare(project)
    shutil.rmtree(project / "templates")
    told = dict(stories())
    for name, text in told.items():
        folder = project / "content/news" / name
        folder.mkdir(parents=True)
        slug = f"---\nslug: {_slug(name)}\n"
        (folder / "index.da.md").write_text(text.replace("---\n", slug, 1), "utf-8")
    number = max(0, articles - len(told)) // 2
    for place in range(number):
        SITEGEN.write(project, plan_story(place, number))


def _slug(folder: str) -> str:
    return folder[len("2000-01-01-") :]
