"""Dates and times as editors write them: 15. marts, March 15, 14-12-2023, kl. 14.05, 2:05 p.m."""

import re

_DAY = re.compile(
    r"(?:st|nd|rd|th)?\.?(?:\s*(?:[-–&]|og|and|til|to)\s*([0-9]{1,2})(?:st|nd|rd|th)?\.?)?"
    r"\s+(?:of\s+)?([^\W\d_]+)"
)
_SECOND_DAY = re.compile(r"\s*(?:[-–&]|and|to)\s*([0-9]{1,2})(?:st|nd|rd|th)?(?![\w.,:]*[0-9])")
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?![0-9])")
_NUMERIC = re.compile(
    r"([0-9]{1,2})(?:/([0-9]{1,2})[/-]|\.([0-9]{1,2})\.|-([0-9]{1,2})-)([0-9]{4}|[0-9]{2})(?![0-9])"
)
_CLOCK = re.compile(r"([0-9]{1,2})(?:[.:]([0-9]{2}))?")
_MERIDIEM = re.compile(r"\s?([ap])(?:m\b|\.\s?m\b\.?)|\s(noon\b)", re.IGNORECASE)
_OCLOCK = re.compile(r"\so['’]clock\b")
_RANGE_MERIDIEM = re.compile(
    r"\s*(?:[-–]|to|until|and)\s*([0-9]{1,2})(?:[.:][0-9]{2})?\s?([ap])\.?\s?m\b", re.IGNORECASE
)
_ON_THE_CLOCK = re.compile(r"\bkl(?:\.|okken)?\s*\Z", re.IGNORECASE)
_HALF = re.compile(r"\s?(?:[apAP]\.?\s?[mM]\b|noon|o['’]c)|\s*(?:[-–]|to|until|and)\s*[0-9]")
_UNTIL = re.compile(r"\s*(?:[-–]|til|to|og|and)\s*(?:kl\.\s*)?")

NO_DATE: tuple[int, int, tuple[str, ...]] = (0, 0, ())


def date_at(
    text: str, start: int, end: int, months: dict[str, int], *, leads: bool
) -> tuple[int, int, tuple[str, ...]]:
    """Return the days of a number before or, where `leads`, behind a month's name.

    Before them stand where it begins and where it ends.
    """
    day = int(text[start:end])
    if not 0 < day <= 31:
        return NO_DATE
    found = _DAY.match(text, end)
    if found and (month := months.get(found[2])):
        days = (day, int(found[1])) if found[1] else (day,)
        return start, found.end(), tuple(_date(month, each) for each in days)
    begin, month = month_before(text, start, months) if leads else (0, 0)
    if not month:
        return NO_DATE
    second = _SECOND_DAY.match(text, end)
    days = (day, int(second[1])) if second else (day,)
    return begin, (second.end() if second else end), tuple(_date(month, each) for each in days)


def month_before(text: str, start: int, months: dict[str, int]) -> tuple[int, int]:
    """Return the place and number of the month whose name stands right before, or twice 0."""
    if not text[start - 1 : start].isspace():
        return 0, 0
    begin = 1 + max(text.rfind(mark, max(0, start - 14), start - 1) for mark in " \n(")
    month = months.get(text[begin : start - 1].rstrip("."), 0)
    return (begin, month) if month else (0, 0)


def numeric_date_at(text: str, start: int) -> tuple[int, tuple[str, ...], str]:
    """Return where 2024-05-17, 17/5/2024, 17.05.2024 or 17-5-24 ends, its day, its year."""
    if found := _ISO.match(text, start):
        readings = slashed(found[3], found[2])[:1] if _is(found[2], found[3]) else ()
        return found.end(), readings, found[1]
    found = _NUMERIC.match(text, start)
    readings = slashed(found[1], found[2] or found[3] or found[4]) if found else ()
    if not found or not readings:
        return 0, (), ""
    return found.end(), readings, found[5] if len(found[5]) == 4 else ""


def slashed(first: str, second: str) -> tuple[str, ...]:
    """Return what 24/12 means as a date: the day first, or the month, where that can be."""
    pairs = ((second, first), (first, second))
    return tuple(_date(int(month), int(day)) for month, day in pairs if _is(month, day))


def _is(month: str, day: str) -> bool:
    return 0 < int(month) <= 12 and 0 < int(day) <= 31


def _date(month: int, day: int) -> str:
    return f"d{month:02}-{day:02}"


def time_at(
    text: str, start: int, token: str, last_time: int, *, is_english: bool
) -> tuple[int, int, tuple[str, ...]]:
    """Return where a time begins and ends, and what it can mean; thrice nothing if it is none.

    `last_time` is where a time before it ended, of which it may be the end.
    """
    end = start + len(token)
    told = _told(text, start)
    follows = last_time > 0 and bool(_UNTIL.fullmatch(text[last_time:start]))
    may_be_half = is_english and _HALF.match(text, end) is not None
    if not (told or follows or may_be_half or ":" in token):
        return NO_DATE
    clock = _CLOCK.fullmatch(token)
    if not clock or int(clock[1]) > 24 or int(clock[2] or 0) > 59:
        return NO_DATE
    hour, minute = int(clock[1]), clock[2] or "00"
    if half := _MERIDIEM.match(text, end):
        mark = half[1] or ("p" if hour == 12 else "")
        return start, half.end(), (_time(_hours(hour, mark), minute),)
    if later := _RANGE_MERIDIEM.match(text, end):
        own = _hours(hour, later[2])
        own = hour if own > _hours(int(later[1]), later[2]) else own
        return start, end, (_time(own, minute),)
    sharp = _OCLOCK.match(text, end)
    if told or follows or sharp or ":" in token:
        readings = _on_either_half(hour, minute, is_english=is_english)
        return start - told, sharp.end() if sharp else end, readings
    return NO_DATE


def _told(text: str, start: int) -> int:
    """Return how long the "kl. " before a time is."""
    before = text[start - 9 if start > 9 else 0 : start]
    if "k" not in before and "K" not in before:
        return 0
    found = _ON_THE_CLOCK.search(before)
    return len(found[0]) if found else 0


def _on_either_half(hour: int, minute: str, *, is_english: bool) -> tuple[str, ...]:
    """Return the readings of an hour: English may count only to twelve and not say which half."""
    late = (_time(hour + 12, minute),) if is_english and 0 < hour < 12 else ()
    return (_time(hour, minute), *late)


def dotted_time(token: str) -> tuple[str, ...]:
    """Return the time that 14.05 may mean without a word to say so."""
    hour, dot, minute = token.partition(".")
    if dot and len(minute) == 2 and minute.isdigit() and hour.isdigit() and int(hour) <= 24:
        return (_time(int(hour), minute),) if int(minute) <= 59 else ()
    return ()


def _hours(hour: int, half: str) -> int:
    """Return the hour of 24 for one of twelve."""
    return hour % 12 + (12 if half.lower() == "p" else 0) if half else hour


def _time(hour: int, minute: str) -> str:
    return f"t{hour:02}:{minute}"
