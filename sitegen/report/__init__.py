"""What a run has to say, in the words and the format that somebody asked for.

The page in Markdown is told by `report.digest`, which has to read the site for it.
"""

from sitegen.report.annotations import annotations
from sitegen.report.documents import Report, Status, as_json, document
from sitegen.report.lines import counted, summary, text_lines
from sitegen.report.sarif import as_sarif, help_of

__all__ = [
    "Report",
    "Status",
    "annotations",
    "as_json",
    "as_sarif",
    "counted",
    "document",
    "help_of",
    "summary",
    "text_lines",
]
