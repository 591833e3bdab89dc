"""Files that readers download: what each is, how large, and for which language."""

import posixpath
from collections.abc import Collection

from babel import Locale

from sitegen.typography import NO_BREAK

_SHORTER = {"jpeg": "jpg", "jfif": "jpg", "tiff": "tif"}
_UNITS = ("KB", "MB", "GB")


def format_and_size(name: str, size: int, locale: str) -> str:
    """Return "JPG, 2,4 MB", as the locale writes it."""
    ending = posixpath.splitext(name)[1].removeprefix(".").lower()
    kind = _SHORTER.get(ending, ending).upper()
    return ", ".join(filter(None, (kind, _size(size, locale))))


def _size(size: int, locale: str) -> str:
    """Return a size in the unit that makes it short: whole KB, tenths of larger ones."""
    power = 1 if size < 999_500 else 2 if size < 999_950_000 else 3
    number = max(1, round(size / 1000)) if power == 1 else round(size / 1000**power, 1)
    digits = f"{number:g}".replace(".", _decimal_sign(locale))
    return f"{digits}{NO_BREAK}{_UNITS[power - 1]}"


def _decimal_sign(locale: str) -> str:
    symbols = Locale.parse(locale).number_symbols
    sign: str = symbols.get("latn", symbols).get("decimal", ".")
    return sign


def is_for(path: str, language: str, languages: Collection[str]) -> bool:
    """Tell whether a file is for a language: all are but "fact-sheet.en.pdf", if that is one."""
    tag = _tag(path)
    return tag == language or tag not in languages


def title_of(path: str, languages: Collection[str]) -> str:
    """Return what a file is called in words: "logo-sort.da.svg" → "Logo sort"."""
    stem = posixpath.splitext(posixpath.basename(path))[0]
    if _tag(path) in languages:
        stem = posixpath.splitext(stem)[0]
    words = " ".join(stem.replace("-", " ").replace("_", " ").split())
    return words[:1].upper() + words[1:]


def _tag(path: str) -> str:
    return posixpath.splitext(posixpath.splitext(posixpath.basename(path))[0])[1].removeprefix(".")
