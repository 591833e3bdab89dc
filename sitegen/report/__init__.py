"""What a run has to say, in the words and the format that somebody asked for."""

from sitegen.report.annotations import annotations
from sitegen.report.digest import digest
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
    "digest",
    "document",
    "help_of",
    "summary",
    "text_lines",
]
