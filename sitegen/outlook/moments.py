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
States = dict[str, State]  # of each article, by file

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
    before = _states(stories, now)
    for at in moments(stories, now.zone, now.now):
        then, last = _at(now, at), _at(now, at - JUST_BEFORE)
        after = _states(stories, then)
        changes = [
            change
            for story in stories
            for change in _changes(story, before, after, addresses, last, then)
        ]
        before = after
        if all(change.kind == "unpinned" for change in changes) and looks_alike(last, then):
            continue
        yield Coming(at=at.astimezone(dt.UTC), changes=tuple(changes))


def _at(moment: Moment, now: dt.datetime) -> Moment:
    return msgspec.structs.replace(moment, now=now)


def _states(stories: Sequence[Story], moment: Moment) -> States:
    return {
        article.path: moment.state(story, article)
        for story in stories
        for article in story.articles
    }


def _changes(
    story: Story, before: States, after: States, addresses: Addresses, last: Moment, then: Moment
) -> Iterator[Change]:
    def change(kind: Kind, articles: Sequence[Article]) -> Change:
        told = tuple(_told(story, article, addresses) for article in articles)
        return Change(kind=kind, story=story.key, articles=told)

    turned = [each for each in story.articles if before[each.path] != after[each.path]]
    if opening := [each for each in turned if after[each.path] == "public"]:
        yield change("opens", opening)
    if closing := [each for each in turned if after[each.path] == "expired"]:
        yield change("expires", closing)
    if last.is_pinned(story) and not then.is_pinned(story):
        led = [
            each for each in story.articles if _is_led(before[each.path], after[each.path], each)
        ]
        if led:
            yield change("unpinned", led)


def _is_led(before: State, after: State, article: Article) -> bool:
    """Tell whether an article stands on the front page on both sides of a moment."""
    return before == after == "public" and article.card.front.withdrawn is None


def _told(story: Story, article: Article, addresses: Addresses) -> Affected:
    return Affected(
        language=article.language,
        title=plain(article.title),
        address=article_address(story, article, addresses),
        path=article.path,
    )
