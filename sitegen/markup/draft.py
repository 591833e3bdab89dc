"""One article on its way from Markdown to HTML: what is known of it, and what has been found."""

import re
from collections.abc import Mapping
from functools import cached_property
from html import unescape

import msgspec

from sitegen.findings import Findings
from sitegen.markup.fences import fences
from sitegen.model.content import Heading, Reference

_SPAN = re.compile(r"(?<!`)(`+)(?!`)(?:[^\n]|\n(?!\n))+?(?<!`)\1(?!`)|<!--.*?-->", re.DOTALL)
_TARGET = re.compile(
    r"""\]\(\s*<?(?P<inline>[^)>"\n]*?)(?=[)>"\n]| '|\Z)|\]:[ \n]*<?(?P<defined>[^\s>]+)|"""
    r"""<(?P<automatic>[^\s<>]+)>|\b(?:href|src|poster)\s*=\s*["']?(?P<raw>[^"'>]*)""",
)


class Text(msgspec.Struct, frozen=True, kw_only=True):
    """Where the Markdown comes from."""

    path: str  # of the file, for findings
    first_line: int  # the file's line on which `body` begins
    language: str  # "da", "en", …
    body: str


class Draft:
    """The state of one conversion: made new for each article, so nothing leaks into the next."""

    def __init__(self, text: Text, labels: Mapping[str, str], findings: Findings) -> None:
        self.language = text.language
        self.body = text.body.replace("\r\n", "\n").replace("\r", "\n").expandtabs(4)
        self.labels = labels
        self.lines = Lines(self.body, text.first_line)
        self.headings: list[Heading] = []
        self.references: list[Reference] = []
        self.ids: set[str] = set()
        self._path = text.path
        self._findings = findings

    def fault(self, code: str, what: str, mend: str, line: int | None) -> None:
        """Note a finding in this article."""
        self._findings.add(code, what, mend, path=self._path, line=line)

    def claim_id(self, wanted: str) -> tuple[str, str] | None:
        """Note an id that the editor chose; return what is wrong with it and how to mend it."""
        if not wanted or re.search(r"\s", wanted):
            return f"{wanted!r} cannot be an id", "write it without blanks"
        if wanted in self.ids:
            return f"the id {wanted!r} stands twice", "choose another"
        self.ids.add(wanted)
        return None

    def unique_id(self, wanted: str) -> str:
        """Return the id, with a number at its end if the article has it already."""
        number, found = 1, wanted
        while found in self.ids:
            number += 1
            found = f"{wanted}-{number}"
        self.ids.add(found)
        return found


class Lines:
    """Finds the line of a piece of Markdown: asked for the n-th time, the n-th place of it."""

    def __init__(self, body: str, first_line: int) -> None:
        self._body = body
        self._first_line = first_line
        self._reached: dict[str, re.Match[str]] = {}

    def at(self, place: int) -> int:
        """Return the file's line of a place in the body."""
        return self._first_line + self._body.count("\n", 0, place)

    def of(self, text: str) -> int:
        """Return the line where `text` stands next, code aside, or for want of it stood last."""
        return self.of_pattern(re.escape(text))

    def of_pattern(self, pattern: str) -> int:
        """Return the line of the next match of `pattern`, code aside."""
        reached = self._reached.get(pattern)
        start = reached.end() if reached else 0
        found = re.compile(pattern, re.MULTILINE).search(self._prose, start) or reached
        if found is None:
            return self._first_line
        self._reached[pattern] = found
        return self.at(found.start())

    def of_target(self, target: str) -> int:
        """Return the line of the next link or picture that leads to `target`."""
        lines = self._targets.get(unescape(target).strip())
        if not lines:
            return self.of(target)
        return lines.pop(0) if len(lines) > 1 else lines[0]

    @cached_property
    def _prose(self) -> str:
        """The body with its code blanked, so that what stands there is not taken for markup."""
        lines = self._body.split("\n")
        for fence in fences(lines):
            for number in range(fence.start, fence.end):
                lines[number] = " " * len(lines[number])
        return _SPAN.sub(lambda span: re.sub(r"[^\n]", " ", span[0]), "\n".join(lines))

    @cached_property
    def _targets(self) -> dict[str, list[int]]:
        """The lines of each link target, in the order of the text."""
        found: dict[str, list[int]] = {}
        line, reached = self._first_line, 0
        for match in _TARGET.finditer(self._prose):
            line, reached = line + self._prose.count("\n", reached, match.start()), match.start()
            target = next(group for group in match.groups() if group is not None)
            found.setdefault(unescape(target).strip(), []).append(line)
        return found
