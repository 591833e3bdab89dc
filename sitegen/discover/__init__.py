"""Reads the project's files; no other room opens any of them."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from sitegen.discover.naming import Naming
from sitegen.discover.reading import read, read_within, report_unreadable
from sitegen.discover.walking import walk
from sitegen.findings import Findings
from sitegen.front_matter.encoding import decode
from sitegen.front_matter.faults import Fault, report
from sitegen.model.content import Source

__all__ = ["Project", "discover", "read", "read_config_text", "read_line"]

_ARTICLE_ENDINGS = (".md", ".markdown", ".mdown", ".mkd")
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
    published: tuple[str, ...]  # the addresses of published.txt
    gone: tuple[str, ...]


def read_config_text(root: Path, findings: Findings) -> str | None:
    """Return the text of config.toml, or None with a finding."""
    if not (root / "config.toml").exists():
        findings.add(
            "config-missing",
            "there is no config.toml here",
            "go to the folder of the site, or make one with `sitegen init`",
            path="config.toml",
        )
        return None
    return _text(root, "config.toml", "config.toml", findings)


def read_line(root: Path, path: str, number: int) -> str:
    """Return a line of a text of the project, to show it under a finding; empty if it is gone."""
    content = read(root, path, Findings())
    text = "" if content is None else decode(content)
    lines = text.split("\n") if isinstance(text, str) else []
    return lines[number - 1] if 0 < number <= len(lines) else ""


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
        people=_optional_text(root, _REGISTRIES[0], findings),
        topics=_optional_text(root, _REGISTRIES[1], findings),
        published=_lines(root, "published.txt", findings),
        gone=_lines(root, "gone.txt", findings),
    )


def _content(
    root: Path, naming: Naming, findings: Findings
) -> tuple[list[Source], dict[str, int], dict[str, int]]:
    """Return the articles, the media beside them, and the files that are copied as they are."""
    sources: list[Source] = []
    media: dict[str, int] = {}
    files: dict[str, int] = {}
    for path, entry in walk(root / "content", root, "content", findings):
        if not path.startswith(_FILES) and path.casefold().endswith(_ARTICLE_ENDINGS):
            source = _article(path, naming, findings)
            if source:
                sources.append(source)
        elif path not in _REGISTRIES:
            try:
                size = entry.stat().st_size
            except OSError as error:
                report_unreadable(error, path, findings)
                continue
            if path.startswith(_FILES):
                files[path.removeprefix(_FILES)] = size
            else:
                media[path] = size
    return sources, media, files


def _article(path: str, naming: Naming, findings: Findings) -> Source | None:
    if path.casefold().endswith(".md"):
        return naming.source(path)
    what, mend = "an article's file must end in .md", f"rename it to {Path(path).stem}.md"
    findings.add("file-misplaced", what, mend, path=path)
    return None


def _templates(
    root: Path, theme: Path, findings: Findings
) -> tuple[dict[str, str], dict[str, bytes], dict[str, str]]:
    """Return the text of each template, the bytes of each asset, and where each comes from."""
    templates: dict[str, str] = {}
    assets: dict[str, bytes] = {}
    places = dict(_template_places(root, theme, findings))
    for name, (folder, shown) in sorted(places.items()):
        if name.startswith(_ASSETS):
            content = read_within(*folder, shown, findings)
            if content is not None:
                assets[name.removeprefix(_ASSETS)] = content
        else:
            text = _text(*folder, shown, findings)
            if text is not None:
                templates[name] = text
    return templates, assets, {name: shown for name, (_, shown) in sorted(places.items())}


def _template_places(
    root: Path, theme: Path, findings: Findings
) -> Iterator[tuple[str, tuple[tuple[Path, str], str]]]:
    """Return for each template the folder it may not leave, its path in there, and its name."""
    own = root / "templates"
    if theme.resolve() != own.resolve():
        for shown, _ in walk(theme, theme, "theme", findings):
            name = shown.removeprefix("theme/")
            yield name, ((theme, name), shown)
    for shown, _ in walk(own, root, "templates", findings):
        yield shown.removeprefix("templates/"), ((root, shown), shown)


def _text(folder: Path, path: str, shown: str, findings: Findings) -> str | None:
    content = read_within(folder, path, shown, findings)
    text = None if content is None else decode(content)
    if isinstance(text, Fault):
        report([text], shown, findings)
        return None
    return text


def _optional_text(root: Path, path: str, findings: Findings) -> str:
    is_there = (root / path).is_symlink() or (root / path).exists()
    return (_text(root, path, path, findings) or "") if is_there else ""


def _lines(root: Path, path: str, findings: Findings) -> tuple[str, ...]:
    """Return the lines of a list of addresses, each once; a merge may have doubled some."""
    lines = [line.strip() for line in _optional_text(root, path, findings).split("\n")]
    for number, line in enumerate(lines, start=1):
        if line.startswith(("<<<<<<<", ">>>>>>>")):
            what, mend = "two versions meet here", "keep the addresses and delete the marks"
            findings.add("merge-conflict", what, mend, path=path, line=number)
            break
    return tuple(dict.fromkeys(line for line in lines if line and not line.startswith("#")))
