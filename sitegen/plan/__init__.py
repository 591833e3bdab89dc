"""Chooses every page of the site, from cards alone: what stands where, and what it shows."""

import unicodedata
from collections.abc import Iterator, Sequence

import msgspec

from sitegen.addresses import Addresses
from sitegen.findings import Findings
from sitegen.model.pages import Entry, Page
from sitegen.model.stories import Article, Registry, Story
from sitegen.plan import articles, lists, subjects
from sitegen.plan.editions import Newsroom, alternates, article_address, nearest, open_newsroom
from sitegen.schedule import Moment

__all__ = ["Plan", "plan"]


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """All pages, and what must not be seen."""

    pages: tuple[Page, ...]
    entries: dict[str, tuple[Entry, ...]]  # each language's own news, newest first, for feeds
    articles: dict[str, str]  # the address of each article that is shown, by its file
    hidden: dict[str, str]  # likewise of drafts and what is not yet due
    hidden_articles: tuple[Article, ...]


def plan(
    stories: Sequence[Story],
    registry: Registry,
    addresses: Addresses,
    moment: Moment,
    findings: Findings,
) -> Plan:
    """Return the site as it is at `moment`."""
    newsroom = open_newsroom(stories, moment, addresses)
    lead = _pinned(newsroom, moment, findings)
    pages = tuple(_pages(newsroom, registry, addresses, lead))
    _check_collisions(pages, findings)
    by_path = {article.path: story for story in stories for article in story.articles}
    return Plan(
        pages=pages,
        entries={name: edition.own for name, edition in newsroom.editions.items()},
        articles={showing.article.path: showing.address for showing in newsroom.shown},
        hidden={
            article.path: article_address(by_path[article.path], article, addresses)
            for article in newsroom.hidden
        },
        hidden_articles=newsroom.hidden,
    )


def _pages(
    newsroom: Newsroom, registry: Registry, addresses: Addresses, lead: str
) -> Iterator[Page]:
    yield lists.gateway(newsroom, addresses)
    yield from lists.front_pages(newsroom, addresses, lead)
    yield from articles.article_pages(newsroom, registry, addresses)
    yield from lists.news_lists(newsroom, addresses)
    yield from lists.years(newsroom, addresses)
    yield from subjects.topics(newsroom, registry, addresses)
    yield from subjects.people(newsroom, registry, addresses)
    yield from subjects.press(newsroom, addresses)
    yield from articles.redirects(newsroom)
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
        showing.story.key: showing
        for showing in newsroom.shown
        if showing.is_listed and moment.is_pinned(showing.story)
    }
    for other in list(pinned.values())[1:]:
        lead = next(iter(pinned.values()))
        findings.add(
            "pinned-twice",
            f"this story and {lead.article.path} are both pinned",
            "remove `pinned_until` from one of them",
            path=other.article.path,
            line=other.article.card.lines.get("pinned_until"),
        )
    return next(iter(pinned), "")


def _check_collisions(pages: Sequence[Page], findings: Findings) -> None:
    """Two sources of one address are an error that names both."""
    taken: dict[str, Page] = {}
    for page in pages:
        first = taken.setdefault(_folded(page.address), page)
        if first is page:
            continue
        # the finding belongs where an editor can mend it: in the article, not in the list
        mine, other = (page, first) if page.article else (first, page)
        findings.add(
            "address-taken",
            f"the address {mine.address} is also that of {_owner(other)}",
            "give one of them another `slug`, or remove the alias",
            path=mine.article.path if mine.article else "",
            line=_line(mine),
        )


def _folded(address: str) -> str:
    return unicodedata.normalize("NFC", address).casefold().rstrip("/")


def _owner(page: Page) -> str:
    if page.article:
        return page.article.path
    return f"the site's own page “{page.title}”"


def _line(page: Page) -> int | None:
    if page.article is None:
        return None
    lines = page.article.card.lines
    keys = ("aliases",) if page.kind == "redirect" else ("slug", "title")
    return next((lines[key] for key in keys if key in lines), None)
