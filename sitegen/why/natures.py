"""Tells what each file of a site is, what it comes from, and what it shows."""

from collections.abc import Collection, Iterable, Iterator
from itertools import chain

import msgspec

from sitegen.addresses import FAVICON, ROBOTS, SITEMAP, output_path
from sitegen.link import FILES, image_paths
from sitegen.model.pages import Entry, Page
from sitegen.model.stories import Article, Story
from sitegen.pipeline.hosting import hosting_files
from sitegen.pipeline.making import Press
from sitegen.pipeline.syndication import Subject, feed_paths, subjects

COPIED = frozenset({"file"})
"""Kinds that are copied from one file as they are."""


class Nature(msgspec.Struct, frozen=True, kw_only=True):
    """What a file of the site is."""

    kind: str
    sources: tuple[str, ...] = ()  # the file that it is written in
    templates: tuple[str, ...] = ()  # its own, then all that this may use
    shows: tuple[str, ...] = ()  # the articles of other stories and languages that it shows
    links: tuple[str, ...] = ()  # files and addresses that its text links to
    target: str = ""  # where it leads, without showing anything


def natures(press: Press, known: Collection[str]) -> dict[str, Page | Subject | Nature]:
    """Return what stands at each path below output/."""
    work = press.work
    found: dict[str, Page | Subject | Nature] = dict(_others(press))
    for file in hosting_files(work, press.surroundings.assets):
        kind = "robots" if file.path == output_path(ROBOTS) else "host"
        found[file.path] = Nature(kind=kind, sources=("config.toml",))
    if not work.order.is_preview:
        parts = (path for path in known if path.startswith("sitemap-") and "/" not in path)
        found.update((path, Nature(kind="sitemap")) for path in (output_path(SITEMAP), *parts))
    for language in work.sources.languages:
        index = output_path(work.sources.addresses.search_file(language, ""))
        folder, _, ending = index.rpartition("/")
        parts = (path for path in known if path.startswith(folder) and path.endswith(ending))
        found.update((path, Nature(kind="index")) for path in parts)
    for subject in subjects(work):
        found.update((path, subject) for path in feed_paths(subject, work))
    found.update((output_path(page.address), page) for page in work.site.pages)
    return found


def _others(press: Press) -> Iterator[tuple[str, Nature]]:
    """Yield what is neither page nor feed."""
    project, addresses = press.work.sources.project, press.work.sources.addresses
    for name in project.files:
        yield name, Nature(kind="file", sources=(f"{FILES}{name}",))
    for source, target in chain(press.places.media.items(), press.places.originals.items()):
        for address in (target.address, *(each.address for each in target.sources)):
            yield output_path(address), Nature(kind="media", sources=(source,))
    yield from _downloads(press)
    for share in press.shares.values():
        yield output_path(share.address), Nature(kind="share", sources=("config.toml",))
    if output_path(FAVICON) not in project.files:
        yield output_path(FAVICON), Nature(kind="icon", sources=("config.toml",))
    base = addresses.href("")
    for name, href in press.surroundings.assets.items():
        source = project.template_paths.get(f"assets/{name}", "")
        nature = Nature(kind="asset" if source else "icon", sources=(source or "config.toml",))
        yield output_path(href.removeprefix(base)), nature


def _downloads(press: Press) -> Iterator[tuple[str, Nature]]:
    """Yield the press kit of each article that has one."""
    base = press.surroundings.addresses.href("")
    for page in press.work.site.pages:
        for file in press.places.downloads.get(page.address, ()) if page.article else ():
            if page.kind == "article" and page.article and file.name.endswith(".zip"):
                path = output_path(file.href.removeprefix(base))
                yield path, Nature(kind="kit", sources=(page.article.path,))


def describe(path: str, found: Page | Subject | Nature, press: Press) -> Nature:
    """Return the nature of what stands at a path."""
    if isinstance(found, Nature):
        return found
    if isinstance(found, Subject):
        return Nature(
            kind="feed",
            sources=("content/topics.toml",) if found.topic else (),
            templates=_templates(press, f"feeds/{path.rpartition('.')[2]}.xml"),
            shows=_once(_paths(found.entries)),
        )
    return Nature(
        kind=found.kind,
        sources=_once(_sources(found, press)),
        templates=_templates(press, found.template),
        shows=_once(_shown(found)),
        links=_once(_links(found.article, found.story, press)) if found.article else (),
        target=found.target,
    )


def _once(paths: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(paths))


def _templates(press: Press, name: str) -> tuple[str, ...]:
    paths = press.work.sources.project.template_paths
    return tuple(paths[each] for each in (name, *press.theme.parts(name)) if each in paths)


def _sources(page: Page, press: Press) -> Iterator[str]:
    """Yield where a page is written."""
    if page.article:
        yield page.article.path
    if page.person:
        yield "content/people.toml"
    if page.topic:
        yield "content/topics.toml"
    if page.kind == "tombstone":
        expired = press.work.site.expired.items()
        yield from (path for path, address in expired if address == page.address)
        yield from ["gone.txt"] if page.address in press.work.sources.promise.gone else []


def _shown(page: Page) -> Iterator[str]:
    others = page.story.articles if page.story else ()
    yield from (each.path for each in others if each is not page.article)
    beside = filter(None, (page.newer, page.older))
    grouped = (entry for group in page.groups for entry in group.entries)
    yield from _paths(chain(page.entries, page.more, beside, grouped))


def _paths(entries: Iterable[Entry]) -> Iterator[str]:
    return (entry.article.path for entry in entries)


def _links(article: Article, story: Story | None, press: Press) -> Iterator[str]:
    for each in article.card.references:
        if each.path != article.path:
            yield each.path or each.address
    if story:
        yield from (path for path in image_paths(story) if path in press.places.media)
