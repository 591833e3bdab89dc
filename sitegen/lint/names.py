"""Names as pairs of capitalised words, and what tells a misprint from an inflected form."""

import re
from collections.abc import Iterable
from itertools import pairwise

Pair = tuple[str, str]

_SPEECH = (
    r"(?:siger|sagde|fortæller|fortalte|forklarer|forklarede|mener|tilføjer|understreger|vurderer|"
    r"oplyser|udtaler|lyder det fra|spørger|says|said|tells|told|explains|explained|adds|added|"
    r"notes|noted|stresses|thinks|asks)"
)
_ENDINGS = frozenset("enrst")
_GENITIVE = re.compile(r"['’]s?$")
_SHORTEST = 4
_SOUNDS = (
    ("sj", "sh"),
    ("tj", "ch"),
    ("ks", "x"),
    ("k", "c"),
    ("j", "i"),
    ("y", "i"),
    ("w", "v"),
    ("ii", "i"),
)


def pairs_of(names: Iterable[str]) -> set[Pair]:
    """Return each two capitalised words that stand together, without the mark of a genitive."""
    found: set[Pair] = set()
    for name in names:
        words = [_GENITIVE.sub("", word) for word in name.split(" ")]
        found.update(pairwise(words))
    return found


def near(pairs: Iterable[Pair], others: Iterable[Pair]) -> list[tuple[Pair, Pair]]:
    """Return each pair with each of the others that differs from it by one letter of one word."""
    by_word: dict[tuple[int, str], list[Pair]] = {}
    for other in others:
        by_word.setdefault((0, other[0]), []).append(other)
        by_word.setdefault((1, other[1]), []).append(other)
    found = []
    for pair in pairs:
        for place in (0, 1):
            found += [
                (pair, other)
                for other in by_word.get((place, pair[place]), ())
                if is_near(pair[1 - place], other[1 - place])
            ]
    return found


def is_near(one: str, other: str) -> bool:
    """Tell whether two words differ by one letter, or by two that changed places."""
    if one == other or min(len(one), len(other)) < _SHORTEST or abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    rests = one[start:], other[start:]
    if len(one) != len(other):
        long, short = sorted(rests, key=len, reverse=True)
        return long[1:] == short
    swapped = rests[0][:2] == rests[1][:2][::-1] and rests[0][2:] == rests[1][2:]
    return rests[0][1:] == rests[1][1:] or swapped


def is_ending(one: str, other: str) -> bool:
    """Tell whether one word is the other with an ending, as in a genitive or plural."""
    short, long = sorted((one, other), key=len)
    return long[:-1] == short and long[-1] in _ENDINGS


def is_spelling(one: str, other: str) -> bool:
    """Tell whether two words only write the same sounds in the ways of two languages."""
    return _sounds(one) == _sounds(other)


def _sounds(word: str) -> str:
    word = word.casefold().replace("'", "").replace("’", "")
    for letters, sound in _SOUNDS:
        word = word.replace(letters, sound)
    return word


def speaks(name: str, text: str) -> bool:
    """Tell whether a text has somebody of that name say something: it is a whole name then."""
    whole = rf"{re.escape(name)}(?=[,.;:!?”“\"«»)]|\s*\n|\Z)"
    before = rf"\b{_SPEECH}\s+(?:[^\W\d_]+\s+){{0,3}}?{whole}"
    after = rf"{re.escape(name)}\s+{_SPEECH}\b"
    return bool(re.search(f"{before}|{after}", text))
