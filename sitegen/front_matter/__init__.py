"""Front matter: the lines between two `---` that head an article, and the Markdown below them."""

import re
from typing import cast
from zoneinfo import ZoneInfo

import frontmatter
import msgspec

from sitegen.findings import Findings
from sitegen.front_matter.encoding import decode
from sitegen.front_matter.entries import Entry
from sitegen.front_matter.faults import Fault, report
from sitegen.front_matter.fences import NotFencedError, StrictHandler
from sitegen.front_matter.keys import KEYS, read_values
from sitegen.model.content import FrontMatter, Kind

__all__ = ["KEYS", "Split", "read_front_matter"]

_MERGE_MARK = re.compile(r"^(<{7}|>{7}|\|{7})( .*)?$", re.MULTILINE)
_SPLIT_ANYWAY = "front-matter-unknown-key"  # nothing else depends on such a key


class Split(msgspec.Struct, frozen=True, kw_only=True):
    """An article's file, taken apart."""

    front: FrontMatter
    lines: dict[str, int]  # the file's line of each top-level key
    body: str  # the Markdown below the closing `---`, with `\n` at the end of each line
    first_line: int  # the file's line on which the body begins


def read_front_matter(
    content: bytes, path: str, zone: ZoneInfo, kind: Kind, findings: Findings
) -> Split | None:
    """Return the file taken apart, or None with every fault of it among the findings."""
    faults: list[Fault] = []
    split = _split(content, zone, kind, faults)
    report(faults, path, findings)
    return None if any(fault.code != _SPLIT_ANYWAY for fault in faults) else split


def _split(content: bytes, zone: ZoneInfo, kind: Kind, faults: list[Fault]) -> Split | None:
    text = decode(content)
    if isinstance(text, Fault):
        faults.append(text)
        return None
    if conflict := _MERGE_MARK.search(text):
        what, mend = "two versions meet here", "keep one and delete the lines `<<<`, `===`, `>>>`"
        line = _line(text, conflict.start())
        faults.append(Fault(line=line, code="merge-conflict", what=what, mend=mend))
        return None
    first_line = _line(text, len(text) - len(text.lstrip()))
    try:
        parsed, body = frontmatter.parse(text, handler=StrictHandler(first_line, faults))
    except NotFencedError as error:
        faults.append(error.fault)
        return None
    entries = cast("dict[str, Entry]", parsed)
    front = read_values(entries, kind, zone, first_line, faults)
    if front is None:
        return None
    start = _body_start(text, body)
    lines = {key: entry.line for key, entry in entries.items()}
    return Split(front=front, lines=lines, body=text[start:], first_line=_line(text, start))


def _line(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


def _body_start(text: str, body: str) -> int:
    """Return where the body begins: the package strips it, but its indentation has a meaning."""
    whole = text.rstrip()
    if not body:
        return len(text)
    return whole.rfind("\n", 0, len(whole) - len(body)) + 1
