"""The status of a site as values: a row for each story, a telling for each of its languages."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import Literal

import msgspec

from sitegen.model.stories import Story
from sitegen.schedule import Moment
from sitegen.translations import STANDINGS, Outline, Standing, lag, standing

Publication = Literal["public", "draft", "scheduled", "expired", "withdrawn"]
State = Standing | Literal["unreadable"]
STATES: tuple[State, ...] = (*STANDINGS, "unreadable")


class Telling(msgspec.Struct, frozen=True, kw_only=True):
    """A story in one language."""

    state: State
    publication: Publication | None = None  # None: there is no article
    behind: tuple[str, ...] = ()  # the languages that have changed since
    file: str = ""
    error_from: dt.date | None = None  # when being behind begins to stop the build


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A story in each language."""

    story: str
    languages: dict[str, Telling]


class Coverage(msgspec.Struct, frozen=True, kw_only=True):
    """How much of the site a language has."""

    stories: int
    told: int
    percent: int
    states: dict[str, int]  # how many stories are in each state


class Status(msgspec.Struct, frozen=True, kw_only=True):
    """All stories, and what they amount to."""

    coverage: dict[str, Coverage]
    stories: tuple[Row, ...]


def row_of(
    story: Story, outline: Outline, moment: Moment, days: int, unread: Collection[str]
) -> Row:
    """Return what a story is in each language; `unread` are those with a file nobody can read."""
    return Row(
        story=story.key,
        languages={
            language: Telling(state="unreadable")
            if language in unread
            else _telling(story, outline, moment, days, language)
            for language in moment.languages
        },
    )


def _telling(story: Story, outline: Outline, moment: Moment, days: int, language: str) -> Telling:
    article = story.article(language)
    if article is None:
        return Telling(state="missing")
    behind = lag(story, outline, language, days, moment.zone)
    state: Publication = moment.state(story, article)
    if article.card.front.withdrawn and state == "public":
        state = "withdrawn"
    return Telling(
        state=standing(outline, language),
        publication=state,
        behind=outline.ahead(language),
        file=article.path,
        error_from=behind.due.date() if behind and behind.due else None,
    )


def status_of(rows: Iterable[Row], languages: Sequence[str]) -> Status:
    """Return the status that some stories amount to, in some languages."""
    rows = tuple(
        Row(story=row.story, languages={name: row.languages[name] for name in languages})
        for row in rows
    )
    return Status(
        coverage={language: _coverage(rows, language) for language in languages}, stories=rows
    )


def _coverage(rows: Sequence[Row], language: str) -> Coverage:
    """Return how much a language has; never 100 per cent while something is missing."""
    states = Counter(row.languages[language].state for row in rows)
    told = len(rows) - states["missing"]
    return Coverage(
        stories=len(rows),
        told=told,
        percent=100 * told // len(rows) if rows else 100,
        states={state: states[state] for state in STATES},
    )
