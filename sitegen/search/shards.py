"""A part of an index: the terms that begin with some letters, and the articles that have them."""

from collections.abc import Iterator, Mapping
from operator import sub

import msgspec

from sitegen.search.documents import CLASSES
from sitegen.terms import Joining

KEY = 3
"""Terms that begin with the same letters, this many, stand in the same shard."""

_encode = msgspec.json.Encoder().encode
Values = dict[str, list[int]]
"""By term, the values of the articles that have it: see `documents.CLASSES`; the largest first."""


class Shard(msgspec.Struct, frozen=True, kw_only=True):
    """Terms as they stand in texts, and as later parts of longer ones ("hold" in "landshold")."""

    words: Values = {}
    parts: Values = {}  # a value stands here once for each longer term that has the part


def shard_of(term: str, shards: int) -> int:
    """Return the number of the shard that a term belongs to."""
    found = 0
    for letter in term[:KEY]:
        found = (found * 31 + ord(letter)) % 65_536
    return found % shards


def parts_of(term: str, words: Mapping[str, object], joining: Joining) -> set[str]:
    """Return what may stand behind the first word of a compound, if that is a known word.

    All words that it may begin with are in its own shard, so no other decides what its parts are.
    """
    found: set[str] = set()
    for end in range(KEY - 1, len(term) - KEY + 1):
        if (term[:end] in words) if end >= KEY else (term[:end] in joining.short):
            rest = term[end:]
            found.add(rest)
            if rest[0] in joining.joints and len(rest) > KEY:
                found.add(rest[1:])
    return found


def shard_file(shard: Shard) -> bytes:
    """Return a shard as the search page reads it."""
    words = {
        term: values[0] if len(values) == 1 else _steps(values)
        for term, values in sorted(shard.words.items())
    }
    parts = {
        term: values[0] if len(values) == 1 else _steps(_once(values))
        for term, values in sorted(shard.parts.items())
    }
    return _encode({"words": words, "parts": parts})


def _steps(values: list[int]) -> list[int]:
    """Return the first value, and how far each other lies below the one before."""
    return [values[0], *map(sub, values, values[1:])]


def _once(values: list[int]) -> list[int]:
    """Return the highest value of each article."""
    return list({value // CLASSES: value for value in reversed(values)}.values())[::-1]


def revised(values: Values, gone: Values, new: Values) -> Values:
    """Return the values without those that are gone and with those that are new."""
    after = {**values}
    for term in gone.keys() | new.keys():
        kept = [*after.get(term, ()), *new.get(term, ())]
        for value in gone.get(term, ()):
            kept.remove(value)
        kept.sort(reverse=True)
        if kept:
            after[term] = kept
        else:
            after.pop(term, None)
    return after


def contributed(shard: Shard, joining: Joining) -> Iterator[tuple[str, list[int]]]:
    """Yield every part that the terms of a shard have, with the values of the term."""
    for term, values in shard.words.items():
        if len(term) >= 2 * KEY - 1 and not term[0].isdigit():
            for part in parts_of(term, shard.words, joining):
                yield part, values
