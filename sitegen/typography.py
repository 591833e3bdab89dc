"""The small print of good setting: quotation marks and spaces at which no line may break."""

import re
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
_QUOTES = {"da": "””’’", "en": "“”‘’"}
_STRAIGHT = re.compile(
    r"[\"'](?:(?P<apostrophe>(?<=\w')(?=\w)|(?<=')(?=\d0(?:s|er|['’])|\d\d(?:[).,;]|\Z)))|"
    r"(?P<opening>(?<![^\s(\[{<–—/-].)(?=\S)|(?<=[\"'”“’‘»«„‚].)(?=\w))|"
    r"(?P<closing>(?<=[^\s\d¼½¾].))|)"  # after a figure it may stand for inches or feet
)


def plain(text: str) -> str:
    """Return the text for titles, meta and feeds: plain spaces and no soft hyphens."""
    return text.replace(NO_BREAK, " ").replace("\u202f", " ").replace("\u00ad", "")


def no_break(text: str, language: str) -> str:
    """Return the text, as long as before, with no-break spaces in quantities, dates and times."""
    return _spaces(language).sub(NO_BREAK, text)


def quotes(text: str, language: str) -> str:
    """Return the text, as long as before, with its straight quotes in the language's own form."""
    if '"' not in text and "'" not in text:
        return text
    form = _QUOTES.get(language.partition("-")[0], _QUOTES["en"])
    pairs = {'"': form[:2], "'": form[2:]}
    opened = {'"': 0, "'": 0}

    def typographic(match: re.Match[str]) -> str:
        mark, role = match[0], match.lastgroup
        if role == "apostrophe":
            return "’"
        if role == "opening":
            opened[mark] += 1
            return pairs[mark][0]
        if role == "closing" or opened[mark]:
            opened[mark] = max(0, opened[mark] - 1)
            return pairs[mark][1]
        return mark

    return _STRAIGHT.sub(typographic, text)


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
def _spaces(language: str) -> re.Pattern[str]:
    """Return what finds the space in "88 km", "2 mio. kr.", "kl. 9", "15. marts", "March 15"."""
    names = [re.escape(name) for name in month_names(language)] or ["(?!)"]
    month = rf"(?i:(?=(?:{'|'.join(names)})(?!\w)))"
    after_month = "|".join(rf"(?<=\b{name} )" for name in names)
    return re.compile(  # what stands at most spaces is ruled out first: this sees every word
        rf" (?:(?<=[\d.] )(?:"
        rf"(?<=\d )(?:(?=(?:{_SCALES}|{_MONEY}|{_MEASURES})(?!\w))|{month})|"
        rf"(?<=\d\. ){month}|"
        rf"(?<=[\s{NO_BREAK}]mi[oa]\. )(?=(?:{_MONEY})(?!\w))|"
        rf"(?<=\bkl\. )(?=\d))|"
        rf"(?=\d)(?:(?<=\bkl )(?=\d{{1,2}}[.:]\d\d)|"
        rf"(?=\d{{1,2}}(?![\d.:]))(?:{after_month}))|"
        rf"(?<=\d(?:st|nd|rd|th) ){month})"
    )
