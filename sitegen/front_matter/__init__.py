"""Front matter: the lines between two `---` that head an article, and the Markdown below them."""

import re
from typing import Any
from zoneinfo import ZoneInfo

import frontmatter
import msgspec
from frontmatter.default_handlers import YAMLHandler

from sitegen.characters import FORBIDDEN, unseen
from sitegen.encoding import FaultError, decode, shortened
from sitegen.findings import Findings
from sitegen.front_matter.entries import KEY_LINE, Entry, read_entries
from sitegen.front_matter.keys import KEYS, read_values
from sitegen.front_matter.values import Place
from sitegen.model.content import FrontMatter, Kind

__all__ = ["KEYS", "Split", "read_front_matter"]

_FENCE = re.compile(r"-{3,}[^\S\n]*")
_DASH = r"\u2010-\u2015\u2212\u2e3a\u2e3b"
_NEARLY = re.compile(rf"(?:[-{_DASH}]\s*){{2,}}|[{_DASH}]|\.\.\.")
_NO_LIST_OR_COMMENT = re.compile(r"(?!\s|- |[\]}]|#( |$))")
_HYPHENS = "write three plain hyphens there: ---"
_MISSING, _OPEN = "front-matter-missing", "front-matter-open"


class Split(msgspec.Struct, frozen=True, kw_only=True):
    """An article's file, taken apart."""

    front: FrontMatter | None  # without the values at fault; None: there is no title
    lines: dict[str, int]  # the file's line of each top-level key
    body: str  # the Markdown below the closing `---`, with `\n` at the end of each line
    first_line: int  # the file's line on which the body begins


def read_front_matter(
    content: bytes, path: str, zone: ZoneInfo, kind: Kind, findings: Findings
) -> Split | None:
    """Return the file taken apart, or None when it cannot be; each fault is a finding."""
    faults: list[FaultError] = []
    try:
        return _split(decode(content), zone, kind, faults)
    except FaultError as error:
        faults.append(error)
        return None
    finally:
        for fault in faults:
            fault.report(path, findings)


def _split(text: str, zone: ZoneInfo, kind: Kind, faults: list[FaultError]) -> Split:
    blank_lines = _line(text, len(text) - len(text.lstrip())) - 1
    parsed: Any = frontmatter.parse(text, handler=StrictHandler(blank_lines, faults))
    entries, body = parsed
    start = _body_start(text, body)
    place = Place(zone=zone, lines=text.split("\n"), faults=faults)
    return Split(
        front=read_values(entries, kind, place),
        lines={key: entry.line for key, entry in entries.items()},
        body=text[start:],
        first_line=_line(text, start),
    )


def _line(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


def _body_start(text: str, body: str) -> int:
    """Return where the body begins: the package strips it, but its indentation has a meaning."""
    whole = text.rstrip()
    if not body:
        return len(text)
    return whole.rfind("\n", 0, len(whole) - len(body)) + 1


class StrictHandler(YAMLHandler):
    """Takes apart only what is sound; the package's own handler takes any slip for body text."""

    FM_BOUNDARY = re.compile(rf"^{_FENCE.pattern}$", re.MULTILINE)

    def __init__(self, blank_lines: int, faults: list[FaultError]) -> None:
        super().__init__()
        self._blank_lines = blank_lines  # above the text, where the package cuts them off
        self._faults = faults

    def split(self, text: str) -> tuple[str, str]:
        """Return the YAML and the Markdown; raises FaultError, as a ValueError is swallowed."""
        _check_fences(text.split("\n"), self._blank_lines + 1)
        front, body = super().split(text)
        _check_end(body, self._blank_lines + front.count("\n") + 1)
        return front, body

    def load(self, fm: str, **_: object) -> dict[str, Entry]:
        """Return the entries by key, with their lines in the file."""
        text = "\n" * self._blank_lines + fm
        if found := FORBIDDEN.search(text):
            above = text[: found.start()]
            before = shortened(above.rpartition("\n")[2][-20:])
            what = f"{unseen(found[0])} stands after “{before}”"
            line = above.count("\n") + 1
            self._faults.append(FaultError("control-character", what, "delete it", line))
            return {}
        return read_entries(text, self._faults)


def _check_fences(lines: list[str], first: int) -> None:
    """Raise what is wrong with the fences of a text that begins on line `first` of the file."""
    if not _FENCE.fullmatch(lines[0]):
        if _NEARLY.fullmatch(lines[0].rstrip()):
            what = f"the first line is “{shortened(lines[0].rstrip(), 20)}”"
            raise FaultError(_MISSING, what, _HYPHENS, first)
        what = "the file does not begin with its front matter, which says title and date"
        mend = "put the lines `---`, `title: …`, `date: 2024-05-17` and `---` above all other text"
        raise FaultError(_MISSING, what, mend, first)
    above, quotes, prose = lines[0], 0, first
    for number, line in enumerate(lines[1:], start=first + 1):
        if _FENCE.fullmatch(line):
            return
        if _NEARLY.fullmatch(line.rstrip()):
            what = f"the front matter is closed by “{shortened(line.rstrip(), 20)}”"
            raise FaultError(_OPEN, what, _HYPHENS, number)
        if not (above.strip() or quotes % 2) and _is_prose(line):
            prose = number
            break
        above, quotes = line, quotes + line.count('"')
    what = "the front matter is not closed before the article's text"
    raise FaultError(_OPEN, what, "add a line `---` between the two", prose)


def _is_prose(line: str) -> bool:
    """Tell whether a line, below a blank one, can only be the article's text."""
    return bool(line and _NO_LIST_OR_COMMENT.match(line) and not KEY_LINE.match(line))


def _check_end(body: str, fence: int) -> None:
    """Raise when the closing fence came too early: keys go on in the lines right below it."""
    above, closing, _ = body.removeprefix("\n").partition("\n---")
    lines = above.split("\n") if closing and "\n\n" not in above else []
    keys = [key[1] for key in map(KEY_LINE.match, lines) if key and key[1] in KEYS]
    if keys:
        what = f"`{keys[0]}` stands below the `---` that closes the front matter"
        raise FaultError("front-matter-syntax", what, "delete that `---`", fence)
