"""Turns running text into the terms by which it is found: folded, without little words, stemmed.

templates/assets/search.js and stem.*.js do the same to what a reader types.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache

import Stemmer

STEMMED = {"da": "danish", "en": "english"}
"""Languages that templates/assets has a stemmer for; words of others are found as they stand."""
JOINTS = {"da": ("s", "e"), "nb": ("s", "e"), "nn": ("s", "e"), "sv": ("s",)}
"""Languages that write several words as one, and what they may put between them."""

_LETTERS = str.maketrans(
    {"æ": "ae", "ø": "o", "œ": "o", "ß": "ss", "ð": "d", "þ": "th", "ł": "l", "đ": "d", "ı": "i",
     "\u00ad": ""}
)  # fmt: skip
_MARKS = re.compile("[\u0300-\u036f]+")
_GROUPED = re.compile(r"[.,](?=[0-9]{3}(?![0-9]))(?<=[0-9].)")
_WORD = re.compile(r"[^\W_]+")
_MEMORY = 1 << 16  # words of a language whose stems are kept at hand


def folded(text: str) -> str:
    """Return the text in the letters by which it is compared: "På Ærø, 1.600" → "pa aero, 1600"."""
    text = text.lower().translate(_LETTERS)
    if not text.isascii():
        text = _MARKS.sub("", unicodedata.normalize("NFKD", text)).lower().translate(_LETTERS)
    text = text.replace("aa", "a").replace("oe", "o")
    return _GROUPED.sub("", text)


def words_of(text: str) -> list[str]:
    """Return the folded words of a text; single letters say nothing, single digits do."""
    return [word for word in _WORD.findall(folded(text)) if len(word) > 1 or word.isdigit()]


def terms_of(text: str, language: str, ignored: Iterable[str] = ()) -> set[str]:
    """Return what a text is found by; `ignored` are the little words, folded."""
    words = {word for word in _WORD.findall(folded(text)) if len(word) > 1 or word.isdigit()}
    return set(map(_stem_of(language), words.difference(ignored)))


def stem(word: str, language: str) -> str:
    """Return the stem of a folded word: the same for all its forms, and for the stem itself."""
    return _stem_of(language)(word)


@lru_cache
def _stem_of(language: str) -> Callable[[str], str]:
    name = STEMMED.get(language)
    if name is None:
        return str
    stem_once: Callable[[str], str] = Stemmer.Stemmer(name, 0).stemWord

    def stem_fully(word: str) -> str:
        """Danish makes "tilfreds" of "tilfredse", and of that "tilfred"."""
        while (shorter := stem_once(word)) != word:
            word = shorter
        return word

    return lru_cache(_MEMORY)(stem_fully)
