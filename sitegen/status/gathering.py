"""Reads a site as a build would, and holds its languages against each other."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from sitegen.cache import Cache, DamagedCacheError, open_cache
from sitegen.findings import Finding, UsageError
from sitegen.model.stories import Story
from sitegen.pipeline import Order, Progress
from sitegen.pipeline.stories import read_stories
from sitegen.pipeline.translating import Agreement, compare
from sitegen.schedule import Moment
from sitegen.schema import suggestion
from sitegen.settings import Config
from sitegen.status.values import Status, row_of, status_of


class Desk(msgspec.Struct, frozen=True, kw_only=True):
    """All that is known of the site's languages at one moment."""

    root: Path
    config: Config
    moment: Moment
    stories: tuple[Story, ...]
    unread: dict[str, frozenset[str]]  # by story: the languages whose file cannot be read
    bases: frozenset[str]  # the sidecars that there are
    agreement: Agreement
    findings: tuple[Finding, ...]


def read_desk(order: Order, progress: Progress) -> Desk:
    """Return what is known; raises SiteError when nobody can tell which stories there are."""
    try:
        with open_cache(order.cache_folder) as cache:
            return _desk(order, cache, progress)
    except DamagedCacheError:  # it has been removed
        return read_desk(msgspec.structs.replace(order, use_cache=False), progress)


def _desk(order: Order, cache: Cache, progress: Progress) -> Desk:
    told, findings = read_stories(order, cache, progress)
    sources, stories, moment = told.sources, told.stories, told.moment
    agreement = compare(order, sources, stories, moment, cache, findings)
    unread: dict[str, set[str]] = {}
    for source in sources.project.sources:
        if source.path not in told.cards:
            unread.setdefault(source.story, set()).add(source.language)
    return Desk(
        root=order.root,
        config=sources.config,
        moment=moment,
        stories=stories,
        unread={story: frozenset(languages) for story, languages in unread.items()},
        bases=frozenset(sources.project.bases),
        agreement=agreement,
        findings=findings.found,
    )


def status(desk: Desk, stories: Iterable[Story], languages: Sequence[str]) -> Status:
    """Return what some stories are in some languages."""
    days = desk.config.translations.days
    rows = (
        row_of(story, desk.agreement.outline(story), desk.moment, days, unread_of(desk, story))
        for story in stories
    )
    return status_of(rows, languages)


def unread_of(desk: Desk, story: Story) -> frozenset[str]:
    """Return the languages of which a story has a file that nobody can read."""
    folders = {story.key, *(article.card.source.story for article in story.articles)}
    return frozenset().union(*(desk.unread.get(folder, frozenset()) for folder in folders))


def chosen(desk: Desk, names: Collection[str]) -> tuple[Story, ...]:
    """Return the stories of these names, all without any; raises UsageError for an unknown one.

    A story is named by its folder, with or without `content/` and `news/` before it, or by a
    file of it.
    """
    by_name = {name: story for story in desk.stories for name in _names(story)}
    found: dict[str, Story] = {}
    for name in names:
        plain = name.strip("/").removeprefix("./").removeprefix("content/")
        story = by_name.get(plain)
        if story is None:
            near = suggestion(plain, [each for each in by_name if not each.endswith(".md")])
            raise UsageError(f"there is no story {name!r}; {near}")
        found[story.key] = story
    return tuple(found.values()) if names else desk.stories


def _names(story: Story) -> Iterator[str]:
    keys = {story.key, *(article.card.source.story for article in story.articles)}
    files = (article.path.removeprefix("content/") for article in story.articles)
    for name in (*keys, *files):
        yield name
        yield name.removeprefix("news/")


def heard(desk: Desk, stories: Collection[Story]) -> tuple[Finding, ...]:
    """Return what is wrong with translations, of these stories, and what keeps files unread."""
    paths = {article.path for story in stories for article in story.articles}
    return tuple(
        each
        for each in desk.findings
        if (each.severity == "error" and not each.code.startswith("translation-"))
        or each.code.startswith("basis-")
        or (each.code.startswith("translation-") and each.path in paths)
    )
