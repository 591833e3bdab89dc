"""Reads the project's files; no other room opens any of them."""

import os
from collections.abc import Sequence
from pathlib import Path

import msgspec

from sitegen.discover.naming import ENDINGS, Naming
from sitegen.discover.reading import read, read_steady, report
from sitegen.discover.walking import walk
from sitegen.findings import Findings
from sitegen.front_matter.encoding import FaultError, decode
from sitegen.model.content import Source

__all__ = [
    "PUBLISHED",
    "Project",
    "discover",
    "read",
    "read_config_text",
    "read_line",
    "read_published",
]

PUBLISHED = "published.txt"
_REGISTRIES = ("content/people.toml", "content/topics.toml")
_FILES = "content/files/"
_ASSETS = "assets/"


class Project(msgspec.Struct, frozen=True, kw_only=True):
    """All that stands in the project's folders; of articles and media only their names."""

    sources: tuple[Source, ...]  # sorted by path
    media: dict[str, int]  # path from the project's root → size, of other files of content/
    files: dict[str, int]  # path below content/files → size
    templates: dict[str, str]  # "article.html", "wording/da.toml" → text
    assets: dict[str, bytes]  # below templates/assets, as in "site.css"
    template_paths: dict[str, str]  # "article.html", "assets/site.css" → path for findings
    people: str  # the text of content/people.toml; empty when there is none
    topics: str
    published: str  # the text of published.txt
    gone: str


def read_config_text(root: Path, findings: Findings) -> str | None:
    """Return the text of config.toml, or None with a finding."""
    path = "config.toml"
    if not (root / path).exists():
        what = "there is no config.toml here"
        mend = "go to the folder of the site, or name it with -C"
        findings.add("config-missing", what, mend, path=path)
        return None
    return _text(root, path, findings)


def read_line(root: Path, path: str, number: int) -> str:
    """Return a line of a text of the project, to show it under a finding; empty if it is gone."""
    lines = (_text(root, path, Findings()) or "").split("\n")
    return lines[number - 1] if 0 < number <= len(lines) else ""


def read_published(root: Path, findings: Findings) -> str:
    """Return the text of published.txt; empty when there is none."""
    return _text(root, PUBLISHED, findings) or ""


def discover(
    root: Path, theme: Path, languages: Sequence[str], default_language: str, findings: Findings
) -> Project:
    """Return what stands in the project; its own templates shadow the theme's."""
    sources, media, files = _content(root, Naming(languages, default_language, findings), findings)
    if not sources:
        what, mend = "there is no article in content/", "begin one with `sitegen new`"
        findings.add("content-empty", what, mend, path="content")
    templates, assets, paths = _templates(root, theme, findings)
    return Project(
        sources=tuple(sorted(sources)),
        media=dict(sorted(media.items())),
        files=dict(sorted(files.items())),
        templates=templates,
        assets=assets,
        template_paths=paths,
        people=_text(root, _REGISTRIES[0], findings) or "",
        topics=_text(root, _REGISTRIES[1], findings) or "",
        published=read_published(root, findings),
        gone=_text(root, "gone.txt", findings) or "",
    )


def _content(
    root: Path, naming: Naming, findings: Findings
) -> tuple[list[Source], dict[str, int], dict[str, int]]:
    """Return the articles, the media beside them, and the files that are copied as they are."""
    sources: list[Source] = []
    media: dict[str, int] = {}
    files: dict[str, int] = {}
    for path, entry in walk(root / "content", root, "content", findings):
        is_file = path.startswith(_FILES)
        try:
            if not is_file and path.casefold().endswith(ENDINGS):
                sources.append(naming.source(path))
            elif path not in _REGISTRIES:
                (files if is_file else media)[path.removeprefix(_FILES)] = entry.stat().st_size
        except (FaultError, OSError) as error:
            report(error, path, findings)
    return sources, media, files


def _templates(
    root: Path, theme: Path, findings: Findings
) -> tuple[dict[str, str], dict[str, bytes], dict[str, str]]:
    """Return the text of each template, the bytes of each asset, and where each comes from."""
    own = root / "templates"
    folders = [(own, root, "templates")]
    if theme.resolve() != own.resolve():
        folders.insert(0, (theme, theme, "theme"))
    places = {
        path.removeprefix(f"{shown}/"): (entry.path, path)
        for folder, boundary, shown in folders
        for path, entry in walk(folder, boundary, shown, findings)
    }
    texts: dict[str, str] = {}
    assets: dict[str, bytes] = {}
    for name, (place, path) in sorted(places.items()):
        try:
            content = read_steady(place)
            if name.startswith(_ASSETS):
                assets[name.removeprefix(_ASSETS)] = content
            else:
                texts[name] = decode(content)
        except (FaultError, OSError) as error:
            report(error, path, findings)
    return texts, assets, {name: path for name, (_, path) in sorted(places.items())}


def _text(root: Path, path: str, findings: Findings) -> str | None:
    """Return the text of a file; None when there is none, or none that can be read."""
    content = read(root, path, findings) if os.path.lexists(root / path) else None
    try:
        return None if content is None else decode(content)
    except FaultError as fault:
        fault.report(path, findings)
        return None
