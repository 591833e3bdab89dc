"""The one model of a feed, of plain values, that all three forms are written from."""

import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from html import escape
from itertools import islice
from zoneinfo import ZoneInfo

import msgspec

from sitegen.addresses import Addresses, FeedKind, output_path, topic_slug
from sitegen.dates import day_text, instant_of, machine, modified, rfc822
from sitegen.feeds.sound import first_image, legible, sound
from sitegen.model.content import When
from sitegen.model.pages import Entry
from sitegen.model.stories import Registry, Story, Topic
from sitegen.typography import plain

NEVER = "1970-01-01T00:00:00Z"  # Atom demands a date even of a feed in which nothing stands yet


class FeedAuthor(msgspec.Struct, frozen=True, kw_only=True):
    """Who wrote an entry: a person, or the company."""

    name: str
    url: str = ""


class Translation(msgspec.Struct, frozen=True, kw_only=True):
    """An entry in another language."""

    language: str
    url: str


class FeedEntry(msgspec.Struct, frozen=True, kw_only=True):
    """An article as a feed tells it; every text is plain but `content`, which is HTML."""

    id: str
    url: str
    title: str
    summary: str
    content: str
    published: str  # as in 2012-03-15T12:00:00+01:00
    updated: str
    published_rfc822: str  # as in Thu, 15 Mar 2012 12:00:00 +0100
    authors: tuple[FeedAuthor, ...]
    tags: tuple[str, ...] = ()
    image: str = ""
    translations: tuple[Translation, ...] = ()


class FeedFile(msgspec.Struct, frozen=True, kw_only=True):
    """Where one form of a feed stands."""

    url: str
    path: str  # below output/


class Feed(msgspec.Struct, frozen=True, kw_only=True):
    """The newest articles of a language or of one of its topics, newest first."""

    id: str
    language: str
    title: str
    description: str
    home: str  # the page that lists the same articles
    author: FeedAuthor
    updated: str
    updated_rfc822: str  # empty when nothing stands in it
    atom: FeedFile
    rss: FeedFile
    json: FeedFile
    entries: tuple[FeedEntry, ...]


def feed_of(
    language: str,
    topic: Topic | None,
    entries: Iterable[Entry],
    content_of: Callable[[Entry], str],
    shown: Mapping[str, str],
    addresses: Addresses,
    registry: Registry,
) -> Feed:
    """Return the feed of a language, or of a topic in it.

    `entries` are the language's own news, newest first; `content_of` returns an article's HTML;
    `shown` holds the address of each article that readers can see, by its file.
    """
    config, zone = addresses.config, addresses.config.zone
    told = (each for each in entries if topic is None or topic.id in each.story.tags)
    chosen = tuple(islice(told, config.build.feed_size))
    latest = _latest(chosen, zone)
    slug = topic_slug(topic, language) if topic else ""
    home = addresses.topic(language, slug) if topic else addresses.front(language)
    title, description = _titles(language, topic, addresses)
    return Feed(
        id=_feed_id(language, topic, addresses),
        language=language,
        title=title,
        description=description or title,
        home=addresses.absolute(home),
        author=_company(addresses),
        updated=machine(latest, zone) if latest else NEVER,
        updated_rfc822=rfc822(latest, zone) if latest else "",
        atom=_place("atom", language, slug, addresses),
        rss=_place("rss", language, slug, addresses),
        json=_place("json", language, slug, addresses),
        entries=tuple(
            _entry(each, when, content_of, shown, addresses, registry)
            for each in chosen
            if (when := each.story.date)
        ),
    )


def _latest(entries: Iterable[Entry], zone: ZoneInfo) -> When | None:
    changes = (modified(each.story, each.article, zone) for each in entries)
    return max(filter(None, changes), key=lambda when: instant_of(when, zone), default=None)


def _titles(language: str, topic: Topic | None, addresses: Addresses) -> tuple[str, str]:
    """Return a feed's title and description."""
    site, wording = addresses.config.languages[language], addresses.wordings[language]
    if topic is None:
        return _text(wording.say("feed_title", site=site.title)), _text(site.description)
    name = topic.name[language]
    title = wording.say("feed_topic_title", site=site.title, topic=name)
    intro = topic.description.get(language) or wording.say("topic_intro", topic=name)
    return _text(title), _text(intro)


def _feed_id(language: str, topic: Topic | None, addresses: Addresses) -> str:
    """Return an id made of what never changes; a tag of RFC 4151 would need a date."""
    authority = uuid.uuid5(uuid.NAMESPACE_DNS, addresses.config.authority)
    name = f"feed/{language}/{topic.id}" if topic else f"feed/{language}"
    return uuid.uuid5(authority, name).urn


def _place(kind: FeedKind, language: str, slug: str, addresses: Addresses) -> FeedFile:
    address = addresses.feed(language, kind, slug)
    return FeedFile(url=addresses.absolute(address), path=output_path(address))


def _company(addresses: Addresses) -> FeedAuthor:
    company = addresses.config.company
    return FeedAuthor(name=_text(company.name or addresses.config.title), url=company.url)


def _entry(
    entry: Entry,
    published: When,
    content_of: Callable[[Entry], str],
    shown: Mapping[str, str],
    addresses: Addresses,
    registry: Registry,
) -> FeedEntry:
    story, article, zone = entry.story, entry.article, addresses.config.zone
    front, language = article.card.front, article.language
    url = addresses.absolute(entry.address)
    content = sound(_whole(entry, content_of(entry), addresses), url)
    return FeedEntry(
        id=addresses.feed_id(story.key, language, published.day.year),
        url=url,
        title=_text(article.title),
        summary=_text(front.summary or article.card.excerpt),
        content=content,
        published=machine(published, zone),
        updated=machine(modified(story, article, zone) or published, zone),
        published_rfc822=rfc822(published, zone),
        authors=tuple(_authors(story, language, addresses, registry)) or (_company(addresses),),
        tags=tuple(_tags(story, language, registry)),
        image=first_image(content),
        translations=tuple(_translations(entry, shown, addresses)),
    )


def _whole(entry: Entry, body: str, addresses: Addresses) -> str:
    """Return an article's HTML between its lead and its corrections."""
    article = entry.article
    front, language = article.card.front, article.language
    wording, locale = addresses.wordings[language], addresses.config.languages[language].locale
    lead = f"<p><strong>{escape(front.summary)}</strong></p>\n" if front.summary else ""
    corrections = "".join(
        f"\n<p><strong>{escape(wording.say('correction'))}</strong>"
        f" {day_text(each.date.day, locale)}: {escape(each.text)}</p>"
        for each in front.corrections
    )
    return f"{lead}{body}{corrections}"


def _authors(
    story: Story, language: str, addresses: Addresses, registry: Registry
) -> Iterator[FeedAuthor]:
    for credit in story.authors:
        if person := registry.people.get(credit.id):
            url = addresses.absolute(addresses.person(language, person.id))
            yield FeedAuthor(name=_text(person.name), url=url)


def _tags(story: Story, language: str, registry: Registry) -> Iterator[str]:
    for tag in story.tags:
        topic = registry.topics.get(tag)
        if topic and language in topic.name:
            yield _text(topic.name[language])


def _translations(
    entry: Entry, shown: Mapping[str, str], addresses: Addresses
) -> Iterator[Translation]:
    for article in entry.story.articles:
        is_told = article.path in shown and article.card.front.withdrawn is None
        if is_told and article.language != entry.article.language:
            url = addresses.absolute(shown[article.path])
            yield Translation(language=article.language, url=url)


def _text(text: str) -> str:
    """Return a text on one line, with plain spaces, that any XML file can hold."""
    return " ".join(legible(plain(text)).split())
