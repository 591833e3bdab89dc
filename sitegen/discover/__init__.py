"""Reads the project's files; no other room opens any of them."""

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from sitegen.cache import Stamp, stamp_of
from sitegen.discover.naming import ENDINGS, Naming, original_of
from sitegen.discover.reading import read, read_steady, report
from sitegen.discover.walking import is_basis, walk
from sitegen.encoding import FaultError, decode
from sitegen.findings import Findings
from sitegen.model.content import Source

__all__ = [
    "PUBLISHED",
    "Portion",
    "Project",
    "discover",
    "is_basis",
    "read",
    "read_basis_file",
    "read_config_text",
    "read_line",
    "read_published",
    "text_at",
]

PUBLISHED = "published.txt"
_REGISTRIES = ("content/people.toml", "content/topics.toml")
_FILES = "content/files/"
_ASSETS = "assets/"
Entry = os.DirEntry[str] | Path
_TEXTS = (".css", ".js", ".svg")
_THEME = "theme"
_WORDING = "wording/"
_OF_THEME = re.compile(rf"""["']{_THEME}/([a-z_/]+\.(?:html|xml))["']""")


class Project(msgspec.Struct, frozen=True, kw_only=True):
    """All that stands in the project's folders; of articles and media only their names."""

    sources: tuple[Source, ...]  # sorted by path
    stamps: dict[str, Stamp]  # of every file of content/, by path from the project's root
    bases: dict[str, Stamp]  # of the sidecars of translations, by path
    media: dict[str, int]  # path from the project's root → size, of other files of content/
    files: dict[str, int]  # path below content/files → size
    templates: dict[str, str]  # "article.html", "wording/da.toml" → text
    assets: dict[str, bytes]  # below templates/assets, as in "site.css"
    template_paths: dict[str, str]  # "article.html", "assets/site.css" → path for findings
    people: str | None  # the text of content/people.toml; None when it cannot be read
    topics: str | None
    published: str  # the text of published.txt
    gone: str


def read_config_text(root: Path, findings: Findings) -> str | None:
    """Return the text of config.toml, or None with a finding."""
    path = "config.toml"
    if not (root / path).exists():
        what = "there is no config.toml here"
        mend = "go to the folder of the site, or name it, as in sitegen build -C my-site"
        findings.add("config-missing", what, mend, path=path)
        return None
    return _text(root, path, findings)


def read_line(root: Path, path: str, number: int) -> str:
    """Return a line of a text of the project, to show it under a finding; empty if it is gone."""
    lines = text_at(root, path).split("\n")
    return lines[number - 1] if 0 < number <= len(lines) else ""


def text_at(root: Path, path: str) -> str:
    """Return a text of the project; empty for one that cannot be read, which is found elsewhere."""
    return _text(root, path, Findings()) or ""


def read_basis_file(root: Path, path: str) -> bytes:
    """Return the content of the sidecar of a translation; nothing when it cannot be read."""
    try:
        return read_steady(f"{root}/{path}")
    except (FaultError, OSError):
        return read(root, path, Findings()) or b""


def read_published(root: Path, findings: Findings) -> str:
    """Return the text of published.txt; empty when there is none."""
    return _text(root, PUBLISHED, findings) or ""


class Portion(msgspec.Struct, frozen=True, kw_only=True):
    """A part of content/ that is looked at, as all else there is known to be as it was."""

    articles: tuple[str, ...]  # their paths
    files: dict[str, int]  # as in Project


def discover(
    root: Path,
    theme: Path,
    languages: Sequence[str],
    default_language: str,
    findings: Findings,
    portion: Portion | None = None,
) -> Project:
    """Return what stands in the project; its own templates shadow the theme's."""
    naming = Naming(languages, default_language, findings)
    entries: Iterable[tuple[str, Entry]]
    if portion is None:
        entries = walk(root / "content", root, "content", findings)
    else:
        entries = [(path, root / path) for path in portion.articles]
    sources, media, files, stamps, bases = _content(entries, naming, findings)
    files = portion.files if portion else files
    sources = list(_without_copies(sources, findings))
    if not sources:
        what, mend = (
            "there is no article in content/",
            'begin one with sitegen new "My first article"',
        )
        findings.add("content-empty", what, mend, path="content")
    templates, assets, paths = _templates(root, theme, findings)
    return Project(
        sources=tuple(sorted(sources)),
        stamps=stamps,
        bases=bases,
        media=dict(sorted(media.items())),
        files=dict(sorted(files.items())),
        templates=templates,
        assets=assets,
        template_paths=paths,
        people=_text(root, _REGISTRIES[0], findings),
        topics=_text(root, _REGISTRIES[1], findings),
        published=read_published(root, findings),
        gone=_text(root, "gone.txt", findings) or "",
    )


_Stamps = dict[str, Stamp]


def _content(
    entries: Iterable[tuple[str, Entry]], naming: Naming, findings: Findings
) -> tuple[list[Source], dict[str, int], dict[str, int], _Stamps, _Stamps]:
    """Return the articles, the media beside them, the files to be copied, and all their stamps.

    Last come the stamps of sidecars, of which nothing is published.
    """
    sources: list[Source] = []
    stamps: _Stamps = {}
    bases: _Stamps = {}
    media: dict[str, int] = {}
    files: dict[str, int] = {}
    for path, entry in entries:
        is_file = path.startswith(_FILES)
        try:
            if is_basis(entry.name):
                if not is_file:
                    bases[path] = stamp_of(entry.stat())
                continue
            if not is_file and path.casefold().endswith(ENDINGS):
                sources.append(naming.source(path))
            elif path not in _REGISTRIES:
                (files if is_file else media)[path.removeprefix(_FILES)] = entry.stat().st_size
            stamps[path] = stamp_of(entry.stat())
        except (FaultError, OSError) as error:
            report(error, path, findings)
    return sources, media, files, stamps, bases


def _without_copies(sources: Sequence[Source], findings: Findings) -> Iterator[Source]:
    """Yield the articles that are no copy of another one's file or folder."""
    stories = {source.story for source in sources}
    for source in sources:
        original = original_of(source)
        if original == source.story or original not in stories:
            yield source
            continue
        is_folder = source.path.startswith(f"content/{source.story}/")
        findings.add(
            "file-copy",
            f"the name is that of a copy of content/{original}",
            "delete it if it is one, or give it a name of its own",
            path=f"content/{source.story}" if is_folder else source.path,
        )


def _templates(
    root: Path, theme: Path, findings: Findings
) -> tuple[dict[str, str], dict[str, bytes], dict[str, str]]:
    """Return the text of each template, the bytes of each asset, and where each comes from.

    A template of the theme that one of the site asks for by name, as in "theme/article.html", is
    there under that name too, so that the site's own article.html can extend it; and so is each
    wording of which the site has its own.
    """
    own = root / "templates"
    folders = [(own, root, "templates")]
    if theme.resolve() != own.resolve():
        folders.insert(0, (theme, theme, _THEME))
    places = {
        path.removeprefix(f"{shown}/"): (entry.path, path)
        for folder, boundary, shown in folders
        for path, entry in walk(folder, boundary, shown, findings)
    }
    texts, assets, paths = _contents(places, findings)
    asked = {name for text in texts.values() for name in _OF_THEME.findall(text)}
    wordings = (name for name in texts if name.startswith(_WORDING))
    asked |= {name for name in wordings if paths[name] == f"templates/{name}"}
    shadowed = {
        f"{_THEME}/{name}": (f"{theme}/{name}", f"{_THEME}/{name}")
        for name in asked
        if (theme / name).is_file()
    }
    more, _, more_paths = _contents(shadowed, findings)
    return texts | more, assets, paths | more_paths


def _contents(
    places: Mapping[str, tuple[str, str]], findings: Findings
) -> tuple[dict[str, str], dict[str, bytes], dict[str, str]]:
    """Return the texts, assets and paths of what stands at some places, all by name."""
    texts: dict[str, str] = {}
    assets: dict[str, bytes] = {}
    for name, (place, path) in sorted(places.items()):
        try:
            content = read_steady(place)
            if not name.startswith(_ASSETS):
                texts[name] = decode(content)
                continue
            if name.endswith(_TEXTS):
                decode(content)  # it may hold a merge conflict
            assets[name.removeprefix(_ASSETS)] = content
        except (FaultError, OSError) as error:
            report(error, path, findings)
    return texts, assets, {name: path for name, (_, path) in sorted(places.items())}


def _text(root: Path, path: str, findings: Findings) -> str | None:
    """Return the text of a file, empty when there is none; None when it cannot be read."""
    content = read(root, path, findings) if os.path.lexists(root / path) else b""
    try:
        return None if content is None else decode(content)
    except FaultError as fault:
        fault.report(path, findings)
        return None
