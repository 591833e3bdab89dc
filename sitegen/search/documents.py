"""The articles of an index: their numbers, and the files that say where each stands."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from zlib import crc32

import msgspec

FORMAT = 1
"""To be raised with every change of what the files say or how terms are made."""
FIRST_DAY = dt.date(2000, 1, 1).toordinal()
ARTICLES_A_SHARD = 16
FEWEST_SHARDS = 16
MOST_SHARDS = 1024
FEWEST_PLACES = 16
CLASSES = 4
"""A value is an article's number times this, plus its class: 3 headline, 2 summary, 1 text."""

_encode = msgspec.json.Encoder().encode


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """An article as search knows it."""

    address: str  # below the language's front page
    title: str
    day: dt.date
    body: str  # the key of its terms
    names: tuple[str, ...] = ()  # the terms of its authors and topics, sorted


class Scheme(msgspec.Struct, frozen=True, kw_only=True):
    """How an index is laid out; it changes when a site has grown a good deal."""

    shards: int
    buckets: int  # files of documents
    places: int  # numbers for each day

    @property
    def folder(self) -> str:
        """The folder of an index that is laid out so: others are never mistaken for it."""
        return f"{FORMAT}-{self.shards}-{self.buckets}-{self.places}"


def scheme_of(days: Iterable[dt.date]) -> Scheme:
    """Return the layout for articles of these days."""
    each = sorted(days)
    most = max((len(list(same)) for _, same in groupby(each)), default=0)
    size = _power_of_two(len(each) // ARTICLES_A_SHARD)
    return Scheme(
        shards=min(max(size, FEWEST_SHARDS), MOST_SHARDS),
        buckets=size,
        places=max(_power_of_two(4 * most), FEWEST_PLACES),
    )


def _power_of_two(least: int) -> int:
    return 1 << max(0, least - 1).bit_length()


def number(documents: Iterable[Document], scheme: Scheme) -> dict[int, Document]:
    """Return the documents by number, newest first; those of a day lie near each other."""
    numbers: dict[int, Document] = {}
    for document in sorted(documents, key=lambda each: each.address):
        start = (document.day.toordinal() - FIRST_DAY) * scheme.places
        place = crc32(document.address.encode()) % scheme.places
        while start + place in numbers:  # taken by another of that day
            place = (place + 1) % scheme.places
        numbers[start + place] = document
    return dict(sorted(numbers.items(), reverse=True))


def directory(scheme: Scheme) -> bytes:
    """Return what the search page reads first."""
    return _encode(
        {
            "folder": scheme.folder,
            "shards": scheme.shards,
            "buckets": scheme.buckets,
            "places": scheme.places,
        }
    )


def document_files(documents: Mapping[int, Document], scheme: Scheme) -> Iterator[bytes]:
    """Yield the files that say, by number, where an article stands and what its headline is."""
    buckets: list[dict[str, tuple[str, str]]] = [{} for _ in range(scheme.buckets)]
    for place, document in documents.items():
        buckets[place % scheme.buckets][str(place)] = document.address, document.title
    yield from map(_encode, buckets)
