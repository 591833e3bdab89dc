"""YAML as an editor means it: texts, lists and tables with their lines, and nothing guessed.

No value is converted here: `no`, `012` and `12:30` stay the texts that they are.
"""

import re
from collections.abc import Iterator
from typing import NoReturn

import msgspec
import yaml
from frontmatter.default_handlers import SafeLoader

from sitegen.front_matter.explain import CRAMPED, KEY_LINE, explain, quoted_line
from sitegen.front_matter.faults import Fault, shortened

MAX_DEPTH = 20
MAX_LENGTH = 50_000
_COMMENT = re.compile(r"[^\S\n]+(#[^\n]*)")
SYNTAX = "front-matter-syntax"
_QUOTE = "put it in quotes"


class Scalar(msgspec.Struct, frozen=True, kw_only=True):
    """A text, as written."""

    text: str
    line: int
    is_quoted: bool
    cut: str = ""  # what a `#` after a blank took away as a comment


class Sequence(msgspec.Struct, frozen=True, kw_only=True):
    """A list."""

    items: "tuple[Node, ...]"
    line: int


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """Keys with their values."""

    entries: "dict[str, Entry]"
    line: int


Node = Scalar | Sequence | Table


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """The value of a key, and the line on which the key stands."""

    line: int
    node: Node
    is_sound: bool = True  # False: the value cannot be read, and the fault is noted already


class _RefusedError(Exception):
    """Something that YAML allows and front matter does not."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.what)
        self.fault = fault


def read_entries(text: str, first_line: int, faults: list[Fault]) -> dict[str, Entry]:
    """Return what each key of a YAML text says; one faulty key does not hide the others."""
    if len(text) > MAX_LENGTH:
        what = f"the front matter is {len(text) // 1000} kB long"
        mend = "close it with `---` above the article's text"
        faults.append(Fault(line=first_line, code="front-matter-open", what=what, mend=mend))
        return {}
    found: list[Fault] = []
    try:
        entries = _Reading(text, first_line, found).document()
    except (yaml.YAMLError, _RefusedError):
        return _read_apart(text, first_line, faults)
    faults.extend(found)
    return entries


class _Reading:
    """One pass over the events of a YAML text, which never builds more than is written there."""

    def __init__(self, text: str, first_line: int, faults: list[Fault]) -> None:
        self._text = text
        self._first_line = first_line
        self._faults = faults
        self._events: Iterator[yaml.Event] = yaml.parse(text, Loader=SafeLoader)

    def document(self) -> dict[str, Entry]:
        """Return the entries of the only document there may be."""
        next(self._events)
        if isinstance(next(self._events), yaml.StreamEndEvent):
            return {}
        event = next(self._events)
        root = self._node(event, 1)
        next(self._events)
        if not isinstance(next(self._events), yaml.StreamEndEvent):
            self._refuse(event, "the front matter has two parts", "keep one of them")
        if not isinstance(root, Table):
            kind = "a list" if isinstance(root, Sequence) else "a plain text"
            mend = "write a key on each line, such as title: Ny partner"
            self._refuse(event, f"the front matter is {kind}", mend)
        return root.entries

    def _line(self, event: yaml.Event) -> int:
        return self._first_line + (event.start_mark.line if event.start_mark else 0)

    def _refuse(self, event: yaml.Event, what: str, mend: str) -> NoReturn:
        raise _RefusedError(Fault(line=self._line(event), code=SYNTAX, what=what, mend=mend))

    def _node(self, event: yaml.Event, depth: int) -> Node:
        if depth > MAX_DEPTH:
            self._refuse(
                event,
                f"lists or tables stand {depth} deep in each other",
                "write it with fewer levels",
            )
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            self._refuse(event, "a text begins with `*` or `&`", _QUOTE)
        if getattr(event, "tag", None):
            self._refuse(event, "a text begins with `!`", _QUOTE)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if isinstance(event, yaml.SequenceStartEvent):
            return Sequence(items=tuple(self._items(depth)), line=self._line(event))
        return Table(entries=self._entries(depth), line=self._line(event))

    def _scalar(self, event: yaml.ScalarEvent) -> Scalar:
        is_quoted = bool(event.style)  # plain is "" from libyaml and None from pure Python
        end = event.end_mark.index if event.end_mark else 0
        comment = None if is_quoted else _COMMENT.match(self._text, end)
        return Scalar(
            text=event.value,
            line=self._line(event),
            is_quoted=is_quoted,
            cut=comment[1].rstrip() if comment else "",
        )

    def _items(self, depth: int) -> Iterator[Node]:
        for event in self._events:
            if isinstance(event, yaml.SequenceEndEvent):
                return
            yield self._node(event, depth + 1)

    def _entries(self, depth: int) -> dict[str, Entry]:
        entries: dict[str, Entry] = {}
        for event in self._events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self._node(event, depth + 1)
            if not isinstance(key, Scalar) or (key.text == "<<" and not key.is_quoted):
                self._refuse(event, "a key is no plain word", "write it as key: value")
            if not key.text.isprintable():
                self._refuse(event, "a key holds an invisible character", "write it anew")
            node = self._node(next(self._events), depth + 1)
            _put(entries, key.text, Entry(line=key.line, node=node), self._faults)
        return entries


def _put(entries: dict[str, Entry], key: str, entry: Entry, faults: list[Fault]) -> None:
    """Add an entry, or a fault when the key is taken."""
    first = entries.setdefault(key, entry)
    if first is not entry:
        what = f"`{key}` stands twice, here and in line {first.line}"
        code = "front-matter-duplicate-key"
        faults.append(Fault(line=entry.line, code=code, what=what, mend="delete one of the two"))


def _read_apart(text: str, first_line: int, faults: list[Fault]) -> dict[str, Entry]:
    """Return the entries of a faulty text, read key by key, with a fault for each faulty one."""
    entries: dict[str, Entry] = {}
    for offset, block in _blocks(text):
        line = first_line + offset
        if cramped := CRAMPED.match(block):
            block = block.replace(":", ": ", 1)  # noqa: PLW2901 - read on as it was meant
            mend = f"write {shortened(block.partition(chr(10))[0])}"
            what = f"a blank is missing after `{cramped[1]}:`"
            faults.append(Fault(line=line, code=SYNTAX, what=what, mend=mend))
        try:
            found = _Reading(block, line, faults).document()
        except _RefusedError as error:
            faults.append(_advised(block, error.fault))
            found = _unread(block, line)
        except yaml.YAMLError as error:
            faults.append(explain(block, line, error))
            found = _unread(block, line)
        for key, entry in found.items():
            _put(entries, key, entry, faults)
    return entries


def _unread(block: str, line: int) -> dict[str, Entry]:
    key = KEY_LINE.match(block)
    nothing = Scalar(text="", line=line, is_quoted=False)
    return {key[1]: Entry(line=line, node=nothing, is_sound=False)} if key else {}


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """Return each top-level key with the lines below it, and how many lines stand above."""
    lines = text.split("\n")
    starts = [n for n, line in enumerate(lines) if KEY_LINE.match(line) or CRAMPED.match(line)]
    if not starts or any(line.strip() for line in lines[: starts[0]]):
        starts.insert(0, 0)
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        yield start, "\n".join(lines[start:end])


def _advised(block: str, fault: Fault) -> Fault:
    """Return the fault of a refused text with the very line that would be right."""
    begins_so = re.match(r"[\w-]+\s*:\s*[*&!]", block)
    quoted = quoted_line(block) if begins_so and fault.mend == _QUOTE else ""
    return msgspec.structs.replace(fault, mend=f"{_QUOTE}: {quoted}") if quoted else fault
