"""Tells what a page is made of by hashes, so that one made of the same is not made again.

Making a page is a pure function of what is hashed here; values of the model are hashed whole, so
a field that somebody adds to them later counts by itself.
"""

import hashlib
from collections.abc import Iterable
from typing import Any

import msgspec

from sitegen.link import Places, image_paths, resolve, site_address
from sitegen.model.content import Reference
from sitegen.model.pages import INPUTS, Entry, Group, Page
from sitegen.model.stories import Article, Person, Story, Topic

SIZE = 12  # bytes of each hash
_encode = msgspec.msgpack.Encoder().encode


def hash_of(*parts: bytes) -> bytes:
    """Return a hash of some bytes."""
    digest = hashlib.blake2b(digest_size=SIZE)
    for part in parts:
        digest.update(len(part).to_bytes(4, "big") + part)
    return digest.digest()


def hash_of_values(*values: object) -> bytes:
    """Return a hash of plain values and values of the model."""
    return hash_of(*map(_encode, values))


def changed(before: bytes, after: bytes) -> str:
    """Return the names of the inputs that differ, as in "article, links"; empty: nobody knows."""
    if len(before) != len(after):
        return ""
    slices = [slice(start, start + SIZE) for start in range(0, SIZE * len(INPUTS), SIZE)]
    parts = zip(INPUTS, slices, strict=True)
    return ", ".join(name for name, part in parts if before[part] != after[part])


class Inputs:
    """Makes the hashes of a site's pages; what many pages share is hashed once."""

    def __init__(self, settings: bytes, places: Places) -> None:
        self._settings = settings  # a hash of all that every page depends on
        self._places = places
        self._stories: dict[int, bytes] = {}  # by identity: the plan keeps them all alive
        self._entries: dict[int, bytes] = {}
        self._unseen = places.hidden.keys() | places.expired.keys()
        self._hidden = frozenset(places.hidden.values())

    def of(self, page: Page, templates: bytes) -> bytes:
        """Return the hashes of what a page is made of, in the order of `INPUTS`."""
        stories: list[bytes] = []
        rest = [self._part(getattr(page, name), stories) for name in page.__struct_fields__]
        if page.story:
            stories.append(self._translations(page.story, page.article))
        return b"".join(
            (
                self._settings,
                templates,
                hash_of(_encode(rest)),
                hash_of(_encode(self._article(page.article) if page.article else ())),
                hash_of(*stories),
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
                hash_of(*map(self._entry, chosen)),
                hash_of(links),
            )
        )

    def _part(self, value: Any, stories: list[bytes]) -> Any:
        """Return what stands for a field of a page; the stories in it go to their own list."""
        match value:
            case Story() | Article():
                return None  # they have hashes of their own
            case Entry():
                stories.append(self._entry(value))
            case (Entry(), *_):
                stories.extend(map(self._entry, value))
            case (Group(), *_):
                return [self._group(group, stories) for group in value]
            case Person() | Topic():
                return value.id  # the registry is among the settings
            case (Person(), *_):
                return [person.id for person in value]
            case _:
                return value
        return len(stories)

    def _group(self, group: Group, stories: list[bytes]) -> list[Any]:
        return [self._part(getattr(group, name), stories) for name in group.__struct_fields__]

    def _entry(self, entry: Entry) -> bytes:
        found = self._entries.get(id(entry))
        if found is None:
            story, article = self._translations(entry.story, None), self._article(entry.article)
            found = hash_of(story, _encode((article, entry.address, entry.mark)))
            self._entries[id(entry)] = found
        return found

    def _translations(self, story: Story, own: Article | None) -> bytes:
        """Return a hash of a story, and of its articles in other languages than one's own."""
        said = self._stories.get(id(story))
        if said is None:
            fields = (name for name in story.__struct_fields__ if name != "articles")
            said = self._stories[id(story)] = _encode([getattr(story, name) for name in fields])
        others = [self._article(each) for each in story.articles if each is not own]
        return hash_of(said, _encode(others))

    def _article(self, article: Article) -> tuple[Any, ...]:
        """Return what stands for an article: its card by key, and whether readers may see it."""
        fields = (name for name in article.__struct_fields__ if name != "card")
        said = (getattr(article, name) for name in fields)
        return article.card.body, article.path in self._unseen, *said

    def _links(self, page: Page) -> bytes:
        if page.article is None or page.story is None:
            return bytes(SIZE)
        return self._links_of(page.story, page.article)

    def _links_of(self, story: Story, article: Article) -> bytes:
        """Return a hash of what the places are like to which an article refers."""
        found = [self._reference(article.path, each) for each in article.card.references]
        pictures = [self._places.media.get(path) for path in image_paths(story)]
        return hash_of(_encode((found, pictures))) if found or pictures else bytes(SIZE)

    def _reference(self, source: str, reference: Reference) -> tuple[Any, ...]:
        path, _ = resolve(source, reference.target)
        places = self._places
        card = places.cards.get(path)
        address = site_address(reference.target)
        return (
            places.articles.get(path),
            places.expired.get(path),
            path in places.hidden,
            places.media.get(path),
            card and card.body,
            path.removeprefix("content/files/") in places.files,
            address in places.addresses,
            address in self._hidden,
        )
