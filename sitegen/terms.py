"""Turns running text into the terms by which it is found: folded, without little words, stemmed.

templates/assets/search.js and stem.*.js do the same to what a reader types.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

import msgspec
import Stemmer

STEMMED = {"da": "danish", "en": "english"}
"""Languages that templates/assets has a stemmer for; words of others are found as they stand."""


class Joining(msgspec.Struct, frozen=True, kw_only=True):
    """How a language writes several words as one."""

    joints: tuple[str, ...] = ()  # what may stand between them
    short: tuple[str, ...] = ()  # words of two letters that others often begin with, folded


JOINED = {"da": Joining(joints=("s", "e"), short=("bi", "by", "el", "is", "ol", "so"))}
"""The languages that do so."""

_COMMON = (
    *zip("æøåéüöä”“’»«–…\u00a0", ("ae", *"oaeuoa", *" " * 8), strict=True),
    ("\u00ad", ""),
)
"""What makes most texts ASCII, which is quick to part into words."""
_OTHERS = str.maketrans({"œ": "o", "ß": "ss", "ð": "d", "þ": "th", "ł": "l", "đ": "d", "ı": "i"})
_MARKS = re.compile("[\u0300-\u036f]+")
_GROUPED = re.compile(r"[.,](?=[0-9]{3}(?![0-9]))(?<=[0-9].)")
_WORD = re.compile(r"[^\W_]+")
_BLANKS = bytes(code if chr(code).isalnum() and code < 128 else 32 for code in range(256))
_MEMORY = 1 << 16  # words whose stems are kept at hand: most come again


def words_of(text: str) -> list[str]:
    """Return the folded words of a text: "På Ærø, 1.600" → "pa", "aero", "1600"."""
    text = text.lower()
    for sign, plain in _COMMON:
        text = text.replace(sign, plain)
    if not text.isascii():
        text = _MARKS.sub("", unicodedata.normalize("NFKD", text)).lower().translate(_OTHERS)
        for sign, plain in _COMMON:
            text = text.replace(sign, plain)
    text = _GROUPED.sub("", text.replace("aa", "a").replace("oe", "o"))
    if text.isascii():
        return text.encode().translate(_BLANKS).decode().split()
    return _WORD.findall(text)


def terms_of(text: str, language: str, ignored: tuple[str, ...] = ()) -> str:
    """Return what a text is found by, parted by blanks; some may stand there more than once.

    `ignored` are the little words, folded. Single letters say nothing either, single digits do.
    """
    terms = _terms(language, ignored)
    return " ".join(filter(None, map(terms.__getitem__, dict.fromkeys(words_of(text)))))


def stem(word: str, language: str) -> str:
    """Return the stem of a folded word: the same for all its forms, and for the stem itself."""
    return _stemmer(language)(word)


class _Terms(dict[str, str]):
    """The terms of folded words, so far as they were asked for; empty for those without."""

    def __init__(self, language: str, ignored: tuple[str, ...]) -> None:
        super().__init__()
        self._stem = _stemmer(language)
        self._ignored = frozenset(ignored)

    def __missing__(self, word: str) -> str:
        if len(self) >= _MEMORY:
            self.clear()
        is_said = (len(word) > 1 or word.isdigit()) and word not in self._ignored
        term = self[word] = self._stem(word) if is_said else ""
        return term


_terms = lru_cache(_Terms)


@lru_cache
def _stemmer(language: str) -> Callable[[str], str]:
    name = STEMMED.get(language)
    if name is None:
        return str
    stem_once: Callable[[str], str] = Stemmer.Stemmer(name, 0).stemWord

    def stem_fully(word: str) -> str:
        """Danish makes "tilfreds" of "tilfredse", and of that "tilfred"."""
        while (shorter := stem_once(word)) != word:
            word = shorter
        return word

    return stem_fully
