"""Finds the moments at which a site will change by itself, and what changes then."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from typing import Literal

import msgspec

from sitegen.addresses import Addresses
from sitegen.model.stories import Article, Story
from sitegen.plan.editions import article_address
from sitegen.schedule import Moment, State, moments
from sitegen.typography import plain

Kind = Literal["opens", "expires", "unpinned"]
WORDS: dict[Kind, str] = {
    "opens": "appears", "expires": "disappears", "unpinned": "leads no more",
}  # fmt: skip

JUST_BEFORE = dt.timedelta(microseconds=1)


class Affected(msgspec.Struct, frozen=True, kw_only=True):
    """An article of which something becomes."""

    language: str
    title: str
    address: str
    path: str  # its file


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """What becomes of one story."""

    kind: Kind
    story: str
    articles: tuple[Affected, ...]


class Coming(msgspec.Struct, frozen=True, kw_only=True):
    """A moment at which the site changes, unless somebody edits it before."""

    at: dt.datetime  # in UTC
    changes: tuple[Change, ...]


def coming(
    stories: Sequence[Story],
    now: Moment,
    addresses: Addresses,
    looks_alike: Callable[[Moment, Moment], bool],
) -> Iterator[Coming]:
    """Yield the moments after `now`, in order.

    A story that is pinned no more may still lead, by its date: whether the site `looks_alike` on
    both sides of a moment is asked where no more than that happens.
    """
    touched: dict[dt.datetime, list[Story]] = {}
    for story in stories:
        for at in moments([story], now.zone, now.now):
            touched.setdefault(at, []).append(story)
    for at in sorted(touched):
        then, last = _at(now, at), _at(now, at - JUST_BEFORE)
        changes = [
            change for story in touched[at] for change in _changes(story, last, then, addresses)
        ]
        is_certain = any(change.kind != "unpinned" for change in changes)
        if is_certain or (changes and not looks_alike(last, then)):
            yield Coming(at=at.astimezone(dt.UTC), changes=tuple(changes))


def _at(moment: Moment, now: dt.datetime) -> Moment:
    return msgspec.structs.replace(moment, now=now)


def _changes(story: Story, last: Moment, then: Moment, addresses: Addresses) -> Iterator[Change]:
    """Yield what becomes of a story between two moments, of which the second is its own."""
    turns = [(each, last.state(story, each), then.state(story, each)) for each in story.articles]
    led = last.is_pinned(story) and not then.is_pinned(story)
    becomes: dict[Kind, list[Article]] = {
        "opens": [each for each, old, new in turns if old != new == "public"],
        "expires": [each for each, old, new in turns if old != new == "expired"],
        "unpinned": [each for each, old, new in turns if led and old == new and _leads(each, new)],
    }
    for kind, articles in becomes.items():
        if articles:
            told = tuple(_told(story, article, addresses) for article in articles)
            yield Change(kind=kind, story=story.key, articles=told)


def _leads(article: Article, state: State) -> bool:
    """Tell whether an article may stand on a front page."""
    return state == "public" and article.card.front.withdrawn is None


def _told(story: Story, article: Article, addresses: Addresses) -> Affected:
    return Affected(
        language=article.language,
        title=plain(article.title),
        address=article_address(story, article, addresses),
        path=article.path,
    )
