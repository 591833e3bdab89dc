"""The order of names in Danish and English lists."""

import re
import unicodedata
from functools import lru_cache

_DANISH = str.maketrans(
    {"æ": "{", "ä": "{", "ø": "|", "ö": "|", "ő": "|", "å": "}", "ü": "y", "ű": "y",
     "đ": "d", "ð": "d", "þ": "th", "œ": "|"}
)  # fmt: skip
_LATER = frozenset({"ä", "ö", "ő", "ü", "ű", "aa"})


@lru_cache(maxsize=1024)  # the same people and topics come again on many pages
def sort_key(name: str, language: str) -> tuple[str, str, str]:
    """Return a key that sorts as dictionaries do: in Danish a–z, æ, ø, å, with aa as å.

    The first part ignores accents and case, the second tells accents apart, the third case
    (Retskrivningsordbogen § 4).
    """
    text = unicodedata.normalize("NFC", name)
    letters = text.lower()
    if language == "da":
        letters = letters.replace("aa", "å").translate(_DANISH)
    units = unicodedata.normalize("NFKD", letters)
    plain = "".join(unit for unit in units if unit.isalnum() or unit in " {|}")
    accents = "".join(_accent(unit) for unit in re.findall("aa|.", text.lower()))
    return plain, accents, text


def _accent(letter: str) -> str:
    """Return what decides between letters that are otherwise equal: å before aa, e before é."""
    if letter in _LATER:
        return "1"
    return "0" if letter == "å" else unicodedata.normalize("NFD", letter)[1:] or "0"
