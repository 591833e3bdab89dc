"""Tells what is ahead as a table for editors, or as values for JSON."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import msgspec

from sitegen.outlook.looking import Outlook
from sitegen.outlook.moments import WORDS, Coming

NOTHING = "nothing will change by itself"
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def as_lines(outlook: Outlook) -> Iterator[str]:
    """Yield a row for each article at each moment, and what to do about it."""
    if not outlook.coming:
        yield NOTHING
        return
    rows = [row for moment in outlook.coming for row in _rows(moment, outlook)]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=False))
        yield "  ".join((*cells, row[3]))


def _rows(moment: Coming, outlook: Outlook) -> Iterator[tuple[str, str, str, str]]:
    when = local_text(moment.at, outlook)
    for change in moment.changes:
        for article in change.articles:
            yield when, WORDS[change.kind], article.language, article.title
            when = ""


def local_text(moment: dt.datetime, outlook: Outlook) -> str:
    """Return "Sat 2024-06-01 00:00" on the site's clocks; with seconds when there are any."""
    local = moment.astimezone(outlook.config.zone)
    clock = f"{local:%H:%M:%S}".removesuffix(":00") if local.second else f"{local:%H:%M}"
    return f"{_DAYS[local.weekday()]} {local.date()} {clock}"


def as_values(outlook: Outlook) -> dict[str, Any]:
    """Return the same for JSON: each moment in UTC and on the site's clocks."""
    zone = outlook.config.zone
    return {
        "now": outlook.now.astimezone(dt.UTC),
        "timezone": outlook.config.timezone,
        "moments": [
            {
                "at": moment.at,
                "local": moment.at.astimezone(zone).isoformat(),
                "changes": msgspec.to_builtins(moment.changes),
            }
            for moment in outlook.coming
        ],
    }
