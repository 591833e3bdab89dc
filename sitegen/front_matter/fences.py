"""Where the front matter begins and ends: the `---` lines, and what editors write instead."""

import re
from typing import Any

from frontmatter.default_handlers import YAMLHandler

from sitegen.front_matter.encoding import FORBIDDEN, unprintable
from sitegen.front_matter.entries import Entry, read_entries
from sitegen.front_matter.explain import KEY_LINE
from sitegen.front_matter.faults import Fault, shortened
from sitegen.front_matter.keys import KEYS

_FENCE = re.compile(r"-{3,}[^\S\n]*")
_DASHES = re.compile(r"(?!\s)(?=.*[^-\s])[-\u2010-\u2015\u2212\u2e3a\u2e3b\s]+|--\s*|-\s-[-\s]*")
_OTHER_FORMATS = {"+++": "TOML", "{": "JSON"}
_EXAMPLE = "begin it with the lines `---`, `title: …`, `date: 2024-05-17` and `---`"


class NotFencedError(Exception):
    """There is no front matter to read; the package would swallow a ValueError here."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.what)
        self.fault = fault


class StrictHandler(YAMLHandler):
    """Splits and reads the front matter of one file, and says what is wrong with it."""

    FM_BOUNDARY = re.compile(rf"^{_FENCE.pattern}$", re.MULTILINE)

    def __init__(self, first_line: int, faults: list[Fault]) -> None:
        super().__init__()
        self._first_line = first_line
        self._faults = faults

    def split(self, text: str) -> tuple[str, str]:
        """Return the YAML and the Markdown; raises NotFencedError when there is no YAML."""
        lines = text.split("\n")
        fault = _beginning(lines, self._first_line) or _ending(lines, self._first_line)
        if fault:
            raise NotFencedError(fault)
        front, body = super().split(text)
        self._faults.extend(_stranded(body, self._first_line + front.count("\n")))
        return front, body

    def load(self, fm: str, **_: object) -> dict[str, Any]:
        """Return the entries by key, each with its line."""
        text = FORBIDDEN.sub(" ", fm)
        faults: list[Fault] = []
        entries = read_entries(text, self._first_line, faults)
        lines = text.split("\n")
        prose = _first_prose(lines, self._first_line)
        if prose and _is_read_wrongly(prose, entries, faults):
            faults = [_unclosed(prose)]
            above = "\n".join(lines[: prose - self._first_line])
            entries = read_entries(above, self._first_line, faults)
        unseen = _unseen(fm, self._first_line)
        if unseen:  # what YAML makes of its line is of no interest
            faults = [unseen, *(fault for fault in faults if fault.line != unseen.line)]
        self._faults.extend(faults)
        return dict(entries)


def _unseen(text: str, number: int) -> Fault | None:
    """Return one fault for all characters that nobody can see, at the line of the first."""
    found = FORBIDDEN.findall(text)
    if not found:
        return None
    position = text.index(found[0])
    before = shortened(text[:position].rpartition("\n")[2][-20:])
    more = f", and {len(found) - 1} more below" if len(found) > 1 else ""
    what = f"{unprintable(found[0])} stands after “{before}”{more}"
    line = number + text.count("\n", 0, position)
    return Fault(line=line, code="control-character", what=what, mend="delete it")


def _is_read_wrongly(prose: int, entries: dict[str, Entry], faults: list[Fault]) -> bool:
    """Tell whether YAML took the line for a key or stumbled there; a quoted text may hold it."""
    lines = [entry.line for entry in entries.values()]
    return prose in lines or any(fault.line >= prose for fault in faults)


def _beginning(lines: list[str], number: int) -> Fault | None:
    """Return what is wrong with a text that does not begin with a fence."""
    first = lines[0].strip()
    if _FENCE.fullmatch(lines[0]):
        return None
    code = "front-matter-missing"
    if not first:
        return Fault(line=number, code=code, what="the file is empty", mend=_EXAMPLE)
    if _DASHES.fullmatch(first):
        what, mend = (
            f"the first line is “{shortened(first, 20)}”",
            "write three plain hyphens there: ---",
        )
    elif first.startswith(tuple(_OTHER_FORMATS)):
        name = next(name for mark, name in _OTHER_FORMATS.items() if first.startswith(mark))
        what, mend = f"the front matter is {name}", "write it as YAML, between two lines `---`"
    elif KEY_LINE.match(lines[0]) and any(map(_FENCE.fullmatch, lines)):
        what, mend = "the `---` above the front matter is missing", "add a line `---` above this"
    elif _has_later_front_matter(lines):
        what = "text stands above the front matter"
        mend = "move it below the second `---`; the file must begin with `---`"
    else:
        what, mend = "the file does not begin with front matter", _EXAMPLE
    return Fault(line=number, code=code, what=what, mend=mend)


def _has_later_front_matter(lines: list[str]) -> bool:
    fences = [number for number, line in enumerate(lines[:-1]) if _FENCE.fullmatch(line)]
    return len(fences) > 1 and KEY_LINE.match(lines[fences[0] + 1]) is not None


def _ending(lines: list[str], number: int) -> Fault | None:
    """Return what is wrong with front matter that no fence closes."""
    for offset, line in enumerate(lines[1:], start=1):
        if _FENCE.fullmatch(line):
            return None
        if _DASHES.fullmatch(line) or line.rstrip() == "...":
            return Fault(
                line=number + offset,
                code="front-matter-open",
                what=f"the front matter is closed by “{shortened(line.strip(), 20)}”",
                mend="write three plain hyphens there: ---",
            )
    return _unclosed(_first_prose(lines, number) or number)


def _unclosed(line: int) -> Fault:
    return Fault(
        line=line,
        code="front-matter-open",
        what="the front matter is not closed before the article's text",
        mend="add a line `---` between the two",
    )


def _first_prose(lines: list[str], number: int) -> int | None:
    """Return the line of the first text that follows a blank line and cannot be front matter."""
    for offset in range(2, len(lines)):
        line = lines[offset]
        is_new = bool(line.strip()) and not lines[offset - 1].strip()
        if is_new and not line.startswith((" ", "\t", "- ", "]", "}")) and not _is_key(line):
            return number + offset
    return None


def _is_key(line: str) -> bool:
    return KEY_LINE.match(line) is not None or re.match(r"#( |$)", line) is not None


def _stranded(body: str, fence: int) -> list[Fault]:
    """Return a fault when the closing fence came too early: keys go on right below it."""
    above, closing, _ = body.removeprefix("\n").partition("\n---")
    key = KEY_LINE.match(above)
    if not (key and closing) or key[1] not in KEYS or "\n\n" in above:
        return []
    what = f"`{key[1]}` stands below the `---` that closes the front matter"
    mend = "delete that `---`"
    return [Fault(line=fence, code="front-matter-syntax", what=what, mend=mend)]
