"""What a site will show and hide by itself, and when; and what it tells in each language today."""

from sitegen.outlook.calendar import as_calendar
from sitegen.outlook.coverage import Coverage
from sitegen.outlook.looking import Outlook, look_ahead
from sitegen.outlook.moments import WORDS, Affected, Change, Coming
from sitegen.outlook.telling import as_lines, as_values, local_text

__all__ = [
    "WORDS",
    "Affected",
    "Change",
    "Coming",
    "Coverage",
    "Outlook",
    "as_calendar",
    "as_lines",
    "as_values",
    "local_text",
    "look_ahead",
]
