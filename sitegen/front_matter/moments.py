"""Days and moments as front matter writes them: 2024-05-17, or 2024-05-17 09:00."""

import calendar
import datetime as dt
import re
from zoneinfo import ZoneInfo

from sitegen.model.content import When

_ISO = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})"
    r"(?:(?:[Tt]|[ \t]+)([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.[0-9]+)?)?"
    r"[ \t]*(Z|z|[+-][0-9]{2}(?::?[0-9]{2})?)?)?"
)
_DAY_FIRST = re.compile(r"([0-9]{1,2})[-./]([0-9]{1,2})[-./]([0-9]{4})")
_YEAR_FIRST = re.compile(r"([0-9]{4})[-./]?([0-9]{1,2})[-./]?([0-9]{1,2})")
_NAMED = re.compile(r"([0-9]{1,2})\.?\s+([^\W\d]{3,9})\.?,?\s+([0-9]{4})")
_NAMED_FIRST = re.compile(r"([^\W\d]{3,9})\.?\s+([0-9]{1,2})(?:st|nd|rd|th)?,?\s+([0-9]{4})")
_CLOCK = re.compile(r"[,T\s]+(?:kl\.?|at)?\s*([0-9]{1,2})[.:]([0-9]{2})(?:[.:][0-9]{2})?\s*")
_MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_MONTH_NAMES = {"may": "maj", "oct": "okt"}
FIRST_YEAR, LAST_YEAR = 1900, 2199


class UnreadableError(Exception):
    """A text that is no day and no moment."""

    def __init__(self, what: str, mend: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.mend = mend


def read_when(text: str, zone: ZoneInfo) -> When:
    """Return the day, and the moment if one is given; a moment without zone is in `zone`."""
    found = _ISO.fullmatch(text)
    if not found:
        raise UnreadableError("which is no date", _advice(text))
    year, month, day = (int(part) for part in found.groups()[:3])
    _check_day(year, month, day)
    if found[4] is None:
        return When(day=dt.date(year, month, day))
    hour, minute, second = (int(part or 0) for part in found.groups()[3:6])
    if hour > 23 or minute > 59 or second > 59:
        raise UnreadableError("but the clock goes from 00:00 to 23:59")
    moment = dt.datetime(year, month, day, hour, minute, second, tzinfo=_offset(found[7]) or zone)
    instant = moment.astimezone(dt.UTC)
    if found[7] is None and instant.astimezone(zone).replace(tzinfo=None) != moment.replace(
        tzinfo=None
    ):
        raise UnreadableError(
            "but the clocks were put forward over that time", "write an hour later"
        )
    return When(day=instant.astimezone(zone).date(), instant=instant)


def _check_day(year: int, month: int, day: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise UnreadableError(f"but the year must be between {FIRST_YEAR} and {LAST_YEAR}")
    if not 1 <= month <= 12:
        raise UnreadableError("but there are twelve months", "write the year, the month, the day")
    last = calendar.monthrange(year, month)[1]
    if not 1 <= day <= last:
        raise UnreadableError(
            "a day that does not exist", f"that month ends on {year}-{month:02}-{last}"
        )


def _offset(text: str | None) -> dt.tzinfo | None:
    if text is None or text in {"Z", "z"}:
        return dt.UTC if text else None
    digits = text[1:].replace(":", "").ljust(4, "0")
    hours, minutes = int(digits[:2]), int(digits[2:])
    if hours > 14 or minutes > 59:
        raise UnreadableError("but no zone is that far from UTC", "leave the zone away")
    offset = dt.timedelta(hours=hours, minutes=minutes)
    return dt.timezone(-offset if text[0] == "-" else offset)


def _advice(text: str) -> str:
    """Return how to write a date that was written in another way, if it can be told."""
    clock = _CLOCK.search(text)
    time = f" {int(clock[1]):02}:{clock[2]}" if clock and int(clock[1]) < 24 else ""
    day = _meant(text[: clock.start()] if clock else text)
    return f"write {day}{time}" if day else ""


def _meant(text: str) -> dt.date | None:
    text = text.strip()
    year = month = day = ""
    if found := _YEAR_FIRST.fullmatch(text):
        year, month, day = found.groups()
    elif found := _DAY_FIRST.fullmatch(text):
        day, month, year = found.groups()
    elif found := _NAMED.fullmatch(text):
        day, month, year = found[1], _number(found[2]), found[3]
    elif found := _NAMED_FIRST.fullmatch(text):
        month, day, year = _number(found[1]), found[2], found[3]
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None


def _number(month: str) -> str:
    """Return the number of a Danish or English month, or nothing."""
    short = month[:3].lower()
    short = _MONTH_NAMES.get(short, short)
    return str(_MONTHS.index(short) + 1) if short in _MONTHS else ""
