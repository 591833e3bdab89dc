"""Chooses every page of the site, from cards alone: what stands where, and what it shows."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile
from types import MappingProxyType

import msgspec

from sitegen.addresses import Addresses
from sitegen.findings import Findings
from sitegen.model.pages import Entry, Page, Promise
from sitegen.model.stories import Article, Registry, Story
from sitegen.plan import articles, lists, subjects
from sitegen.plan.collisions import check_collisions
from sitegen.plan.editions import PRESS, Newsroom, Showing, alternates, nearest, open_newsroom
from sitegen.schedule import Moment

__all__ = ["Plan", "plan"]

NO_PROMISE = Promise()
NONE_AHEAD: Mapping[str, tuple[str, ...]] = MappingProxyType({})


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """All pages, and what must not be seen."""

    pages: tuple[Page, ...]
    entries: dict[str, tuple[Entry, ...]]  # each language's own news, newest first, for feeds
    articles: dict[str, str]  # the address of each article that is shown, by its file
    hidden: dict[str, str]  # likewise of drafts and what is not yet due
    expired: dict[str, str]  # likewise of those whose place a tombstone has taken
    hidden_articles: tuple[Article, ...]
    fresh: tuple[Entry, ...] = ()  # the entries of the last two days


def plan(
    stories: Sequence[Story],
    registry: Registry,
    addresses: Addresses,
    moment: Moment,
    findings: Findings,
    *,
    promise: Promise = NO_PROMISE,
    ahead: Mapping[str, tuple[str, ...]] = NONE_AHEAD,
) -> Plan:
    """Return the site as it is at `moment`, with a page at each address that is promised.

    `ahead` are the languages that have changed since an article was made from them, by its file.
    A topic or person that no news is left of keeps a page without any; what is gone leaves a
    tombstone, unless something else stands there.
    """
    newsroom = open_newsroom(stories, moment, addresses)
    lead = _pinned(newsroom, moment, findings)
    ahead = ahead if addresses.config.translations.notice else NONE_AHEAD
    pages = tuple(_pages(newsroom, registry, addresses, lead, promise, ahead))
    check_collisions(pages, newsroom, findings)
    pages += tuple(articles.gravestones(promise.gone, pages, newsroom, addresses))
    return Plan(
        pages=pages,
        entries={name: edition.own for name, edition in newsroom.editions.items()},
        articles=_addresses(*newsroom.shown, *(each for each in newsroom.hidden if _heads(each))),
        hidden=_addresses(*(each for each in newsroom.hidden if not _heads(each))),
        expired=_addresses(*newsroom.tombstones),
        hidden_articles=tuple(showing.article for showing in newsroom.hidden),
        fresh=tuple(_fresh(newsroom, moment)),
    )


def _fresh(newsroom: Newsroom, moment: Moment) -> Iterator[Entry]:
    for edition in newsroom.editions.values():
        yield from takewhile(lambda entry: moment.is_fresh(entry.story), edition.own)


def _addresses(*showings: Showing) -> dict[str, str]:
    return {showing.article.path: showing.address for showing in showings}


def _heads(showing: Showing) -> bool:
    """Tell whether an article heads the press page, which is there without it, too."""
    return showing.story.key == PRESS


def _pages(
    newsroom: Newsroom,
    registry: Registry,
    addresses: Addresses,
    lead: str,
    promise: Promise,
    ahead: Mapping[str, tuple[str, ...]],
) -> Iterator[Page]:
    known = articles.People(registry)
    yield lists.gateway(newsroom, addresses)
    yield from lists.front_pages(newsroom, addresses, lead)
    yield from articles.article_pages(newsroom, known, addresses, ahead)
    yield from articles.standin_pages(newsroom, known, addresses)
    yield from lists.news_lists(newsroom, addresses)
    yield from lists.years(newsroom, addresses)
    yield from subjects.topics(newsroom, registry, addresses, promise.published)
    yield from subjects.people(newsroom, registry, known, addresses, promise.published)
    yield from subjects.press(newsroom, addresses)
    yield from articles.redirects(newsroom, addresses)
    yield from articles.tombstones(newsroom, addresses)
    yield from _service_pages(newsroom, addresses)


def _service_pages(newsroom: Newsroom, addresses: Addresses) -> Iterator[Page]:
    """Yield the search and error pages."""
    default = addresses.config.default_language
    for language in newsroom.editions:
        everywhere = {other: addresses.search(other) for other in newsroom.editions}
        yield Page(
            kind="search",
            language=language,
            address=addresses.search(language),
            template="search.html",
            title=addresses.wordings[language].say("search_title"),
            alternates=alternates(everywhere, addresses),
        )
    for language in ("", *newsroom.editions):
        title = addresses.wordings[language or default].say("not_found_title")
        yield Page(
            kind="not_found",
            language=language or default,
            address=addresses.not_found(language),
            template="not_found.html",
            title=title,
            nearest=nearest(language or default, {}, addresses),
        )


def _pinned(newsroom: Newsroom, moment: Moment, findings: Findings) -> str:
    """Return the key of the story that is pinned now; two at once are a finding."""
    pinned = {
        showing.story.key: _teller(showing.story)
        for showing in newsroom.shown
        if showing.is_listed and moment.is_pinned(showing.story)
    }
    lead = next(iter(pinned), "")
    for key, teller in pinned.items():
        if key != lead:
            findings.add(
                "pinned-twice",
                f"this story and {pinned[lead].path} are both pinned",
                "remove `pinned_until` from one of them",
                path=teller.path,
                line=teller.card.lines.get("pinned_until"),
            )
    return lead


def _teller(story: Story) -> Article:
    """Return the article that says that the story is pinned."""
    said = (each for each in story.articles if each.card.front.pinned_until)
    return next(said, story.articles[0])
