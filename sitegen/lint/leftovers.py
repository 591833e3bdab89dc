"""What was meant for the desk and not for readers: TODO, FIXME, XXX, lorem ipsum, [indsæt dato]."""

import re
from collections.abc import Collection

from sitegen.encoding import shortened
from sitegen.findings import Findings
from sitegen.lint.written import Written

WORDS = frozenset(
    word.encode("latin-1")
    for word in [
        "todo",
        "fixme",
        "tbd",
        "xxx",
        "xxxx",
        "lorem",
        "indsæt",
        "insert",
        "udfyld",
        "tilføj",
        "tk",
    ]
)
"""Without one of which nothing is left over."""

_LEFTOVER = re.compile(
    r"\b(?:TODO|FIXME|TBD|XXXX?)\b|\b[Ll]orem ipsum\b|"
    r"\[(?:[Ii]ndsæt|[Ii]nsert|[Uu]dfyld|[Tt]ilføj|TK)\b[^\]\n]*\]"
)


def check(written: Written, path: str, hits: Collection[bytes], findings: Findings) -> None:
    """Note each reminder that still stands in a text."""
    if WORDS.isdisjoint(hits):
        return
    for found in _LEFTOVER.finditer(written.whole):
        findings.add(
            "text-leftover",
            f"“{shortened(found[0])}” looks like a note to yourself",
            "write what is missing, or delete it",
            path=path,
            line=written.at(found.start())[1],
        )
