"""The small print of good setting: quotation marks and spaces at which no line may break."""

import re
from collections.abc import Iterator
from functools import cache

from babel import Locale, UnknownLocaleError

NO_BREAK = "\u00a0"

_SCALES = r"mio\.|mia\.|millioner|milliarder|million|billion|mn|bn|tusind|thousand"
_MONEY = r"kr\.?|kroner|øre|euro|dollars?|pounds|[€$£]|DKK|EUR|USD|GBP|SEK|NOK"
_MEASURES = (
    r"procentpoint|procent|promille|pct\.?|per cent|percent|[%‰]|"
    r"km/t|km/h|km[²³]?|cm[²³]?|mm[²³]?|m[²³]?|ha|kg|mg|g|tons?|[cmd]?l|"
    r"[kMGT]?B|[kMGT]?Wh?|[kMG]?Hz|[kMGT]?bit/s|°C?|p\.m\.|a\.m\.|pm|am"
)
_DIGIT = re.compile("[0-9]")
_UNITS = re.compile(
    rf" (?:(?<=\d )(?=(?:{_SCALES}|{_MONEY}|{_MEASURES})(?!\w))|"
    rf"(?<=[\s{NO_BREAK}]mi[oa]\. )(?=(?:{_MONEY})(?!\w))|"
    r"(?<=\bkl\. )(?=\d)|(?<=\bkl )(?=\d{1,2}[.:]\d\d))",
)

_QUOTES = {"da": "””’’", "en": "“”‘’"}
_STRAIGHT = re.compile("[\"']")
_BEFORE_OPENING = frozenset(" \t\n\u00a0\u202f([{<-–—/")
_OTHER_QUOTES = frozenset("\"'”“’‘»«„‚")


def plain(text: str) -> str:
    """Return the text for titles, meta and feeds: plain spaces and no soft hyphens."""
    return text.replace(NO_BREAK, " ").replace("\u202f", " ").replace("\u00ad", "")


def no_break(text: str, language: str) -> str:
    """Return the text, as long as before, with no-break spaces in quantities, dates and times."""
    if not _DIGIT.search(text):
        return text
    text = _UNITS.sub(NO_BREAK, text)
    dates = _dates(language)
    return dates.sub(NO_BREAK, text) if dates else text


def quotes(text: str, language: str) -> str:
    """Return the text, as long as before, with its straight quotes in the language's own form."""
    if '"' not in text and "'" not in text:
        return text
    marks = dict(_quotation_marks(text, _QUOTES.get(language.partition("-")[0], _QUOTES["en"])))
    return "".join(marks.get(place, character) for place, character in enumerate(text))


@cache
def month_names(language: str) -> tuple[str, ...]:
    """Return the names of the months, written out and shortened; none for an unknown language."""
    try:
        months = Locale.parse(language, sep="-").months["format"]
    except (UnknownLocaleError, ValueError):
        return ()
    names = {name for width in ("wide", "abbreviated") for name in months[width].values()}
    return tuple(sorted(names | {name.rstrip(".") for name in names}, key=lambda n: (-len(n), n)))


@cache
def _dates(language: str) -> re.Pattern[str] | None:
    """Return what finds the space in "15. marts", "15th March" and "March 15"."""
    names = [re.escape(name) for name in month_names(language)]
    if not names:
        return None
    after_day = r"(?:(?<=\d )|(?<=\d\. )|(?<=\d(?:st|nd|rd|th) ))"
    day_first = rf"{after_day}(?i:(?=(?:{'|'.join(names)})(?!\w)))"
    after_month = "|".join(rf"(?<=\b{name} )" for name in names)
    return re.compile(rf" (?:{day_first}|(?=\d{{1,2}}(?![\d.:]))(?:{after_month}))")


def _quotation_marks(text: str, form: str) -> Iterator[tuple[int, str]]:
    """Yield the place of each straight mark that is a quote or an apostrophe, and its form."""
    opened = {'"': 0, "'": 0}
    pairs = {'"': form[:2], "'": form[2:]}
    for match in _STRAIGHT.finditer(text):
        mark, place = match[0], match.start()
        before, after = text[place - 1 : place], text[place + 1 : place + 2]
        if mark == "'" and after.isalnum() and (before.isalnum() or _is_decade(text, place)):
            yield place, "’"
        elif _opens(before, after):
            opened[mark] += 1
            yield place, pairs[mark][0]
        elif opened[mark] or _closes(before):
            opened[mark] = max(0, opened[mark] - 1)
            yield place, pairs[mark][1]


def _opens(before: str, after: str) -> bool:
    if before in _OTHER_QUOTES:
        return after.isalnum()
    return (not before or before in _BEFORE_OPENING) and bool(after) and not after.isspace()


def _closes(before: str) -> bool:
    """A mark after a figure, with nothing to close, stands for inches or feet."""
    return bool(before) and not before.isspace() and not before.isdigit()


def _is_decade(text: str, place: int) -> bool:
    return bool(re.match(r"\d0(?:s|er|’|')", text[place + 1 : place + 5]))
