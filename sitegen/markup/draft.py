"""One article on its way from Markdown to HTML: what is known of it, and what has been found."""

import re
from collections import defaultdict, deque
from collections.abc import Mapping
from functools import cached_property
from html import unescape
from itertools import count

import msgspec

from sitegen.findings import Findings
from sitegen.markup.code import FENCED
from sitegen.model.content import Heading, Reference

_UNREAD = re.compile(
    rf"{FENCED}|(?<!`)(?P<ticks>`+)(?!`)(?:[^\n]|\n(?!\n))+?(?<!`)(?P=ticks)(?!`)|<!--.*?-->",
    re.DOTALL | re.MULTILINE,
)
_TARGET = re.compile(
    r"""\]\(\s*<?([^)>"\n]*?)(?=[)>"\n]| '|\Z)|\]: *<?([^\s>]+)|"""
    r"""<([^\s<>]+)>|\b(?:href|src|poster)\s*=\s*["']?([^"'>]*)""",
)
Fault = tuple[str, str]  # what is wrong, and how to mend it


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
        body = text.body.replace("\r\n", "\n").replace("\r", "\n")
        self.body = body.expandtabs(4) if "\t" in body else body
        self.lines = Lines(self.body, text.first_line)
        self.labels = labels
        self.headings: list[Heading] = []
        self.references: list[Reference] = []
        self.ids: set[str] = set()
        self._numbers: defaultdict[str, count[int]] = defaultdict(lambda: count(2))
        self._path = text.path
        self._findings = findings

    def fault(self, code: str, what: str, mend: str, line: int) -> None:
        """Note a finding in this article."""
        self._findings.add(code, what, mend, path=self._path, line=line)

    def region(self, label: str) -> dict[str, str]:
        """Return the attributes of what scrolls: keyboards reach it, and it has a name (R97)."""
        name = self.labels.get(label, "")
        return {**({"aria-label": name, "role": "region"} if name else {}), "tabindex": "0"}

    def claim_id(self, wanted: str) -> Fault | None:
        """Note an id that the editor chose; return what is wrong with it and how to mend it."""
        if wanted in self.ids:
            return f"the id {wanted!r} stands twice", "choose another"
        self.ids.add(wanted)
        return None

    def unique_id(self, wanted: str) -> str:
        """Return the id, with a number at its end if the article has it already."""
        found = wanted
        while found in self.ids:
            found = f"{wanted}-{next(self._numbers[wanted])}"
        self.ids.add(found)
        return found

    @cached_property
    def opened_tags(self) -> frozenset[str]:
        """The names of the tags that the editor opens somewhere, in small letters."""
        return frozenset(re.findall(r"<([a-z][^\s/<>]*)", self.body.lower()))


class Lines:
    """Finds the line of a piece of Markdown: asked for the n-th time, the n-th place of it."""

    def __init__(self, body: str, first_line: int) -> None:
        self._body = body
        self._first_line = first_line
        self._found: dict[str, deque[int]] = {}

    def at(self, place: int) -> int:
        """Return the file's line of a place in the body."""
        return self._first_line + self._body.count("\n", 0, place)

    def of(self, pattern: str) -> int:
        """Return the line where the pattern matches next, code aside, or else matched last."""
        if pattern not in self._found:
            found, line, reached = deque[int](), self._first_line, 0
            for match in re.finditer(pattern, self.prose, re.MULTILINE):
                line += self._body.count("\n", reached, reached := match.start())
                found.append(line)
            self._found[pattern] = found
        return _next(self._found[pattern] or deque([self._first_line]))

    def of_target(self, target: str) -> int:
        """Return the line of the next link or picture that leads to `target`."""
        lines = self._targets.get(unescape(target).strip())
        return _next(lines) if lines else self.of(re.escape(target))

    @cached_property
    def prose(self) -> str:
        """The body with code and comments blanked, so that nothing there is taken for markup."""
        if not any(mark in self._body for mark in ("`", "~~~", "<!--")):
            return self._body
        return _UNREAD.sub(lambda unread: re.sub(r"[^\n]", " ", unread[0]), self._body)

    @cached_property
    def _targets(self) -> Mapping[str, deque[int]]:
        """The lines of each link target, in the order of the text."""
        found: dict[str, deque[int]] = defaultdict(deque)
        for number, line in enumerate(self.prose.split("\n"), self._first_line):
            for match in _TARGET.finditer(line):
                target = next(group for group in match.groups() if group is not None)
                found[unescape(target).strip()].append(number)
        return found


def _next(lines: deque[int]) -> int:
    return lines.popleft() if len(lines) > 1 else lines[0]
