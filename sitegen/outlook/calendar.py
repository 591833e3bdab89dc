"""What is ahead as an iCalendar file (RFC 5545), for the editors' calendars."""

import datetime as dt
import hashlib
import re
from collections.abc import Iterator

from sitegen.outlook.looking import Outlook
from sitegen.outlook.moments import WORDS, Change, Coming

_LONGEST = 75  # bytes of a line
_UNPRINTED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
# A calendar without any component is against the standard, and some programs refuse it.
_EMPTY = (
    "BEGIN:VTIMEZONE", "TZID:UTC", "BEGIN:STANDARD", "DTSTART:19700101T000000",
    "TZOFFSETFROM:+0000", "TZOFFSETTO:+0000", "END:STANDARD", "END:VTIMEZONE",
)  # fmt: skip


def as_calendar(outlook: Outlook) -> bytes:
    """Return a calendar with an event for each story that appears, disappears or leads no more."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//sitegen//next//EN",
        f"NAME:{_text(outlook.config.title)}",
        f"X-WR-CALNAME:{_text(outlook.config.title)}",
        *_components(outlook),
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode()


def _components(outlook: Outlook) -> Iterator[str]:
    if not outlook.coming:
        yield from _EMPTY
    for moment in outlook.coming:
        for change in moment.changes:
            yield from _event(moment, change, outlook)


def _event(moment: Coming, change: Change, outlook: Outlook) -> Iterator[str]:
    first, addresses = change.articles[0], outlook.addresses
    languages = ", ".join(article.language for article in change.articles)
    said = "\n".join(
        f"{article.language}: {article.title}\n{addresses.absolute(article.address)}"
        for article in change.articles
    )
    yield "BEGIN:VEVENT"
    yield f"UID:{_uid(change)}@{outlook.config.authority}"
    yield f"DTSTAMP:{_utc(outlook.now)}"
    yield f"DTSTART:{_utc(moment.at)}"
    yield f"SUMMARY:{_text(f'{WORDS[change.kind].capitalize()}: {first.title} ({languages})')}"
    yield f"DESCRIPTION:{_text(said)}"
    yield f"URL:{addresses.absolute(first.address)}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _uid(change: Change) -> str:
    """Return what names an event for ever: another date moves it, and makes no second one."""
    languages = (article.language for article in change.articles)
    key = "\0".join((change.kind, change.story, *languages))
    return hashlib.sha256(key.encode()).hexdigest()[:32]


def _utc(moment: dt.datetime) -> str:
    return f"{moment.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"


def _text(text: str) -> str:
    """Return a text with its backslashes, semicolons, commas and line ends escaped."""
    escaped = re.sub(r"([\\;,])", r"\\\1", _UNPRINTED.sub("", text))
    return escaped.replace("\n", "\\n")


def _folded(line: str) -> str:
    """Return a line cut into parts that each begin with a blank, and never within a letter."""
    parts, length = [""], 0
    for letter in line:
        size = len(letter.encode())
        if length + size > _LONGEST:
            parts.append(" ")
            length = 1
        parts[-1] += letter
        length += size
    return "\r\n".join(parts)
