"""Days and moments in the site's zone, as readers and machines write them."""

import datetime as dt
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import DateTimePattern, get_date_format

from sitegen.model.content import When
from sitegen.model.stories import Article, Story
from sitegen.typography import NO_BREAK

NOON = dt.time(12)

_NEAR = 16_384  # the dates of so many stories are remembered


@lru_cache(maxsize=_NEAR)
def instant_of(when: When, zone: ZoneInfo) -> dt.datetime:
    """Return the moment that machine formats give; a bare day is 12:00, so no zone shifts it."""
    moment = when.instant or dt.datetime.combine(when.day, NOON, zone)
    local = moment.astimezone(zone)
    # moments of one zone are compared by their clocks, which lies when clocks are put back
    return local.replace(tzinfo=dt.timezone(local.utcoffset() or dt.timedelta()))


def opening(when: When, zone: ZoneInfo) -> dt.datetime:
    """Return the moment at which a publication date takes effect: a bare day begins at 00:00."""
    return when.instant or dt.datetime.combine(when.day, dt.time(), zone).astimezone(dt.UTC)


def closing(when: When, zone: ZoneInfo) -> dt.datetime:
    """Return the moment at which an expiry date takes effect: a bare day ends at 24:00."""
    if when.instant is not None:
        return when.instant
    return dt.datetime.combine(when.day + dt.timedelta(1), dt.time(), zone).astimezone(dt.UTC)


@lru_cache(maxsize=_NEAR)
def machine(when: When, zone: ZoneInfo) -> str:
    """Return "2012-03-15T12:00:00+01:00"."""
    return instant_of(when, zone).isoformat(timespec="seconds")


def rfc822(when: When, zone: ZoneInfo) -> str:
    """Return "Thu, 15 Mar 2012 12:00:00 +0100", in English whatever the language, for RSS."""
    moment = instant_of(when, zone)
    days = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    return (
        f"{days[moment.weekday()]}, {moment.day:02} {months[moment.month - 1]} {moment.year:04} "
        f"{moment:%H:%M:%S %z}"
    )


@lru_cache(maxsize=_NEAR)
def day_text(day: dt.date, locale: str) -> str:
    """Return "15. marts 2012" or "15 March 2012", with spaces at which no line breaks."""
    return _pattern(locale).apply(day, Locale.parse(locale)).replace(" ", NO_BREAK)


@cache
def _pattern(locale: str) -> DateTimePattern:
    return get_date_format("long", locale=Locale.parse(locale))


def revised(story: Story, article: Article, zone: ZoneInfo) -> When | None:
    """Return when an article last changed for its readers: by `updated` or a correction."""
    front = article.card.front
    said = [correction.date for correction in front.corrections]
    said += [front.updated] if front.updated else []
    latest = max(said, key=lambda when: instant_of(when, zone), default=None)
    if latest and story.date and instant_of(latest, zone) <= instant_of(story.date, zone):
        return None
    return latest


def modified(story: Story, article: Article, zone: ZoneInfo) -> When | None:
    """Return the date of change that machines are told: of birth, revision or withdrawal."""
    withdrawn = article.card.front.withdrawn
    said = (story.date, revised(story, article, zone), withdrawn.date if withdrawn else None)
    return max(filter(None, said), key=lambda when: instant_of(when, zone), default=None)
