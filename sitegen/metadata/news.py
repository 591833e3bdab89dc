"""What is known of a news article, gathered once, so that Open Graph and JSON-LD agree."""

from collections.abc import Iterator
from functools import lru_cache

import msgspec

from sitegen.addresses import Addresses, topic_slug
from sitegen.dates import machine, modified
from sitegen.model.pages import Page
from sitegen.model.stories import Registry, Story
from sitegen.typography import plain


class ShareImage(msgspec.Struct, frozen=True, kw_only=True):
    """The picture that a link to a page is shown with."""

    address: str
    width: int
    height: int
    alt: str = ""
    crops: tuple[str, ...] = ()  # the same in other proportions
    is_drawn: bool = False  # for want of a picture of the page's own


class Named(msgspec.Struct, frozen=True, kw_only=True):
    """An author or a topic."""

    name: str
    title: str = ""  # the job title of an author
    url: str = ""  # absolute; empty when it has no page


class News(msgspec.Struct, frozen=True, kw_only=True):
    """The facts of an article's page."""

    published: str
    modified: str
    authors: tuple[Named, ...]  # empty: the company is the author
    topics: tuple[Named, ...]
    is_withdrawn: bool


def news_of(page: Page, addresses: Addresses, registry: Registry) -> News | None:
    """Return the facts of an article's page, or None for any other kind of page."""
    story, article, zone = page.story, page.article, addresses.config.zone
    if page.kind != "article" or story is None or article is None or story.date is None:
        return None
    is_withdrawn = article.card.front.withdrawn is not None
    # people and topics whose only article is not listed have no page
    known = addresses if not is_withdrawn and page.mark != "expired" else None
    return News(
        published=machine(story.date, zone),
        modified=machine(modified(story, article, zone) or story.date, zone),
        authors=tuple(_authors(story, page.language, registry, known)),
        topics=tuple(_topics(story, page.language, registry, known)),
        is_withdrawn=is_withdrawn,
    )


def _authors(
    story: Story, language: str, registry: Registry, addresses: Addresses | None
) -> Iterator[Named]:
    for credit in story.authors:
        if person := registry.people.get(credit.id):
            yield Named(
                name=one_line(person.name),
                title=one_line(credit.title or person.title.get(language, "")),
                url=addresses.absolute(addresses.person(language, person.id)) if addresses else "",
            )


def _topics(
    story: Story, language: str, registry: Registry, addresses: Addresses | None
) -> Iterator[Named]:
    for tag in story.tags:
        topic = registry.topics.get(tag)
        if topic and language in topic.name:
            slug = topic_slug(topic, language)
            yield Named(
                name=one_line(topic.name[language]),
                url=addresses.absolute(addresses.topic(language, slug)) if addresses else "",
            )


@lru_cache(maxsize=1024)  # a headline is asked for several times, names on every page
def one_line(text: str) -> str:
    """Return a text as machines want it: on one line, with plain spaces, without soft hyphens."""
    return " ".join(plain(text).split())
