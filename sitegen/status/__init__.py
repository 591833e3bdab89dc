"""What each language of each story is: told, missing, behind another, out or not yet out.

`gathering` reads the site, `values` is what it makes of it, `worklist` what translators are to
follow, `accepting` what is written down when languages agree, `telling` says it all.
"""

from sitegen.status.accepting import accepted_texts
from sitegen.status.gathering import Desk, chosen, heard, read_desk, status
from sitegen.status.telling import (
    as_markdown,
    as_values,
    cell,
    coverage_line,
    work_as_lines,
    work_as_markdown,
)
from sitegen.status.worklist import worklist

__all__ = [
    "Desk",
    "accepted_texts",
    "as_markdown",
    "as_values",
    "cell",
    "chosen",
    "coverage_line",
    "heard",
    "read_desk",
    "status",
    "work_as_lines",
    "work_as_markdown",
    "worklist",
]  # fmt: skip
