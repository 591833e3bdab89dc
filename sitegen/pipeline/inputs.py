"""Tells what a page is made of by hashes, so that one made of the same is not made again.

Making a page is a pure function of what is hashed here; values of the model are hashed whole, so
a field that somebody adds to them later counts by itself.
"""

import hashlib
from collections.abc import Callable, Iterable
from operator import attrgetter
from typing import Any

import msgspec

from sitegen.link import Places, image_paths, lead_of
from sitegen.model.content import Reference
from sitegen.model.pages import INPUTS, Entry, Group, Page
from sitegen.model.stories import Article, Story

SIZE = 12  # bytes of each hash
_encode = msgspec.msgpack.Encoder().encode


def hash_of(data: bytes) -> bytes:
    """Return a hash of some bytes."""
    return hashlib.blake2b(data, digest_size=SIZE).digest()


def hash_of_values(*values: object) -> bytes:
    """Return a hash of plain values and values of the model."""
    return hash_of(_encode(values))


def changed(before: bytes, after: bytes) -> str:
    """Return the names of the inputs that differ, as in "article, links"; empty: nobody knows."""
    if len(before) != len(after):
        return ""
    slices = [slice(start, start + SIZE) for start in range(0, SIZE * len(INPUTS), SIZE)]
    parts = zip(INPUTS, slices, strict=True)
    return ", ".join(name for name, part in parts if before[part] != after[part])


def _fields_but(kind: type[msgspec.Struct], *others: str) -> Callable[[Any], Any]:
    """Return what gets all fields of a value but those that are hashed in a way of their own."""
    return attrgetter(*(name for name in kind.__struct_fields__ if name not in others))


_plain_fields = _fields_but(
    Page, "story", "article", "person", "topic", "entries", "more", "newer", "older", "groups",
    "people",
)  # fmt: skip
_plain_group = _fields_but(Group, "entries")
_plain_story = _fields_but(Story, "articles")
_plain_article = _fields_but(Article, "card")


class Inputs:
    """Makes the hashes of a site's pages; what many pages share is hashed once."""

    def __init__(self, settings: bytes, places: Places) -> None:
        self._settings = settings  # a hash of all that every page depends on
        self._places = places
        self._stories: dict[int, bytes] = {}  # by identity: the plan keeps them all alive
        self._entries: dict[int, bytes] = {}
        self._articles: dict[int, bytes] = {}
        self._unseen = places.hidden.keys() | places.expired.keys()
        self._hidden = frozenset(places.hidden.values())

    def of(self, page: Page, templates: bytes) -> bytes:
        """Return the hashes of what a page is made of, in the order of `INPUTS`."""
        beside = filter(None, (page.newer, page.older))
        stories = [self._entry(entry) for entry in (*page.entries, *page.more, *beside)]
        ends = (len(page.entries), len(page.more), page.newer is None)  # else they could be mixed
        groups = [self._group(group, stories) for group in page.groups]
        named = page.person and page.person.id, page.topic and page.topic.id
        people = [person.id for person in page.people]  # the registry is among the settings
        if page.story:
            stories.append(self._translations(page.story, page.article))
        return b"".join(
            (
                self._settings,
                templates,
                hash_of(_encode((_plain_fields(page), ends, groups, named, people))),
                self._article(page.article) if page.article else bytes(SIZE),
                hash_of(b"".join(stories)),
                self._links(page),
            )
        )

    def of_feed(self, entries: Iterable[Entry], templates: bytes, *rest: object) -> bytes:
        """Return the hashes of what a feed is made of."""
        chosen = tuple(entries)
        links = b"".join(self._links_of(each.story, each.article) for each in chosen)
        return b"".join(
            (
                self._settings,
                templates,
                hash_of_values(*rest),
                bytes(SIZE),
                hash_of(b"".join(map(self._entry, chosen))),
                hash_of(links),
            )
        )

    def _group(self, group: Group, stories: list[bytes]) -> tuple[Any, ...]:
        stories.extend(map(self._entry, group.entries))
        return _plain_group(group), len(group.entries)

    def _entry(self, entry: Entry) -> bytes:
        found = self._entries.get(id(entry))
        if found is None:
            story, article = self._translations(entry.story, None), self._article(entry.article)
            found = hash_of(story + article + _encode((entry.address, entry.mark)))
            self._entries[id(entry)] = found
        return found

    def _translations(self, story: Story, own: Article | None) -> bytes:
        """Return a hash of a story, and of its articles in other languages than one's own."""
        said = self._stories.get(id(story))
        if said is None:
            said = self._stories[id(story)] = _encode(_plain_story(story))
        others = (self._article(each) for each in story.articles if each is not own)
        return hash_of(said + b"".join(others))

    def _article(self, article: Article) -> bytes:
        """Return a hash of an article: its card by key, and whether readers may see it."""
        found = self._articles.get(id(article))
        if found is None:
            is_unseen = article.path in self._unseen
            said = article.card.body, is_unseen, _plain_article(article)
            found = self._articles[id(article)] = hash_of(_encode(said))
        return found

    def _links(self, page: Page) -> bytes:
        links = bytes(SIZE)
        if page.article and page.story:
            links = self._links_of(page.story, page.article)
        if lead := lead_of(page):
            pictures = [self._places.media.get(path) for path in image_paths(lead)]
            links = hash_of(_encode(pictures))
        downloads = self._places.downloads.get(page.address)
        return hash_of(links + _encode(downloads)) if downloads else links

    def _links_of(self, story: Story, article: Article) -> bytes:
        """Return a hash of what the places are like to which an article refers."""
        found = [self._reference(each) for each in article.card.references]
        pictures = [self._places.media.get(path) for path in image_paths(story)]
        return hash_of(_encode((found, pictures))) if found or pictures else bytes(SIZE)

    def _reference(self, reference: Reference) -> tuple[Any, ...]:
        path, address, places = reference.path, reference.address, self._places
        card = places.cards.get(path)
        return (
            places.articles.get(path),
            places.expired.get(path),
            path in places.hidden,
            places.media.get(path),
            places.originals.get(path),
            card and card.body,
            path.removeprefix("content/files/") in places.files,
            address in places.addresses,
            address in self._hidden,
        )
