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

_LETTERS = str.maketrans(
    {"æ": "ae", "ø": "o", "œ": "o", "ß": "ss", "ð": "d", "þ": "th", "ł": "l", "đ": "d", "ı": "i"}
)
_SOFT_HYPHEN = "\u00ad"
_MARKS = re.compile("[\u0300-\u036f]+")
_GROUPED = re.compile(r"[.,](?=[0-9]{3}(?![0-9]))(?<=[0-9].)")
_WORD = re.compile(r"[^\W_]+")
_SHORT = {"da": re.compile(r"^([^aeiouy]*[aeiouy]+)e(?:ns?|rs?|ts?|rnes?)$")}
"""Forms of words so short that Snowball leaves them as they are: "byer", "søen", "træerne"."""
_MEMORY = 1 << 16  # words whose stems are kept at hand: most come again


def _slowly_folded(text: str) -> str:
    plain = _MARKS.sub("", unicodedata.normalize("NFKD", text.replace(_SOFT_HYPHEN, "")))
    return plain.lower().translate(_LETTERS)


def _folded_byte(code: int) -> int:
    """Return what a byte of usual text becomes: 0 for a letter that is not so simple."""
    sign = bytes([code]).decode("cp1252", "replace")
    plain = _slowly_folded(sign)
    if not sign.isalnum():
        return ord(" ")
    return ord(plain) if plain.isascii() and len(plain) == 1 else 0


_USUAL = bytes(map(_folded_byte, range(256)))


def words_of(text: str) -> list[str]:
    """Return the folded words of a text: "På Ærø, 1.600" → "pa", "aero", "1600"."""
    text = unicodedata.normalize("NFC", text).lower().replace("aa", "a").replace("oe", "o")
    text = _GROUPED.sub("", text.replace("æ", "ae").replace("ø", "o"))
    try:
        usual = text.encode("cp1252").translate(_USUAL, _SOFT_HYPHEN.encode("cp1252"))
    except UnicodeEncodeError:
        usual = b"\0"
    return usual.decode().split() if b"\0" not in usual else _WORD.findall(_slowly_folded(text))


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
        word = _SHORT[language].sub(r"\1", word) if language in _SHORT else word
        while (shorter := stem_once(word)) != word:
            word = shorter
        return word

    return stem_fully
