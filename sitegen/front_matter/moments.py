"""Days and moments as front matter writes them: 2024-05-17, or 2024-05-17 09:00."""

import datetime as dt
import re
from zoneinfo import ZoneInfo

from sitegen.model.content import When

DAY_PATTERN = "(?:19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}"
MOMENT_PATTERN = (
    rf"({DAY_PATTERN})(?:(?:[Tt]|[ \t]+)([0-9]{{2}}:[0-9]{{2}}(?::[0-9]{{2}})?)(?:\.[0-9]+)?"
    r"[ \t]*([Zz]|[+-][0-9]{2}(?::?[0-9]{2})?)?)?"
)
_ISO = re.compile(MOMENT_PATTERN)
_MONTHS = {"jan": 1, "feb": 2, "mar": 3, "apr": 4, "maj": 5, "may": 5, "jun": 6, "jul": 7,
    "aug": 8, "sep": 9, "okt": 10, "oct": 10, "nov": 11, "dec": 12}  # fmt: skip
_EXAMPLE = "write it as 2024-05-17"


class UnreadableError(Exception):
    """A text that is no day and no moment: why not, and what to write."""


def read_when(text: str, zone: ZoneInfo) -> When:
    """Return the day, and the moment if one is given; a moment without zone is in `zone`."""
    found = _ISO.fullmatch(text)
    if not found:
        raise UnreadableError("which is no date", _advice(text))
    day, clock, offset = found[1], found[2], (found[3] or "").upper()
    try:
        whole_day = dt.date.fromisoformat(day)
    except ValueError as error:
        raise UnreadableError("a day that does not exist", "mend the day or the month") from error
    if not clock:
        return When(day=whole_day)
    try:
        moment = dt.datetime.fromisoformat(f"{day} {clock}{offset}")
    except ValueError:
        moment = None
    if not moment or clock >= "24":  # newer Pythons take 24:00 for the next day
        mend = "write one between 00:00 and 23:59"
        raise UnreadableError("a time that does not exist", mend)
    instant = (moment if offset else moment.replace(tzinfo=zone)).astimezone(dt.UTC)
    local = instant.astimezone(zone)
    if not offset and local.replace(tzinfo=None) != moment:
        what = "but the clocks were put forward over that time"
        raise UnreadableError(what, "write an hour later")
    return When(day=local.date(), instant=instant)


def _advice(text: str) -> str:
    """Return how to write a date that was written in another way, if it can be told."""
    words = re.findall(r"[0-9]+|[^\W\d_]{3,}", text.lower())
    parts = [str(_MONTHS.get(word[:3], word)) for word in words]
    if words and words[0].isalpha():  # May 17th, 2024
        parts[:2] = parts[1::-1]
    if parts and len(parts[0]) != 4:  # 17.5.2024
        parts[:3] = parts[2::-1]
    try:
        year, month, day, hour, minute, *_ = (int(part[:9]) for part in [*parts, "0", "0"])
        meant = f"{dt.date(year, month, day)} {dt.time(hour, minute):%H:%M}"
    except ValueError:
        return _EXAMPLE
    meant = meant if parts[3:] else meant[:10]
    return f"write {meant}" if _ISO.fullmatch(meant) else _EXAMPLE
