"""YAML as an editor means it: each key with its line and what stands after it, nothing guessed.

No value is converted here: `no`, `012` and `12:30` stay the texts that they are.
"""

import re
from itertools import pairwise
from typing import Any, NamedTuple

import yaml

from sitegen.characters import unseen
from sitegen.encoding import FaultError, shortened

KEY_LINE = re.compile(r"([^\W\d][\w-]*)\s*:(?:\s|$)")
"""The beginning of a top-level `key: value`."""

_CRAMPED = re.compile(r"([^\W\d]\w*):(?=[^\s/:])")  # title:A, but not https://…
_SYNTAX = "front-matter-syntax"
LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # the quick one where it is installed
MAX_DEPTH = 20
MAX_LENGTH = 20_000


class Entry(NamedTuple):
    """What stands after a key."""

    line: int  # of the key
    node: Any  # a yaml.Node; None: it cannot be read, and the fault is noted already


def read_entries(text: str, faults: list[FaultError]) -> dict[str, Entry]:
    """Return what each key of a YAML text says; one faulty key does not hide the others."""
    if len(text) > MAX_LENGTH:
        what = f"the front matter is {len(text) // 1000} kB long"
        mend = "close it with `---` above the article's text"
        raise FaultError("front-matter-open", what, mend, 1)
    try:
        return entries_of(_composed(text), faults)
    except (yaml.YAMLError, FaultError):
        return _read_apart(text, faults)


def line_of(part: yaml.Node | yaml.Event) -> int:
    """Return the line of the text on which a part of the YAML begins."""
    return part.start_mark.line + 1 if part.start_mark else 1


def entries_of(table: yaml.Node | None, faults: list[FaultError]) -> dict[str, Entry]:
    """Return the entries of a table; raises FaultError when it is none."""
    entries: dict[str, Entry] = {}
    if table and not isinstance(table, yaml.MappingNode):
        mend = "write a word and a colon before each value, such as title: Ny partner"
        raise FaultError(_SYNTAX, "there is no key here", mend, line_of(table))
    for key, node in table.value if table else ():
        if not isinstance(key, yaml.ScalarNode):
            mend = "write it as key: value"
            raise FaultError(_SYNTAX, "a key is no plain word", mend, line_of(key))
        if name := unseen(key.value):  # as in "\x0b"
            faults.append(
                FaultError("control-character", f"a key holds {name}", "delete it", line_of(key))
            )
            continue
        _put(entries, key.value, Entry(line_of(key), node), faults)
    return entries


def _put(entries: dict[str, Entry], key: str, entry: Entry, faults: list[FaultError]) -> None:
    """Add an entry, or a fault when the key is taken."""
    first = entries.setdefault(key, entry)
    if first is not entry:
        what = f"`{shortened(key)}` stands twice, here and in line {first.line}"
        code = "front-matter-duplicate-key"
        faults.append(FaultError(code, what, "delete one of the two", entry.line))


def _composed(text: str) -> yaml.Node | None:
    """Return the tree of a YAML text, after a look at whether it could outgrow the text."""
    depth = 0
    for event in yaml.parse(text, Loader=LOADER):
        if isinstance(event, yaml.NodeEvent) and (event.anchor or getattr(event, "tag", None)):
            raise yaml.YAMLError("a text begins with `*`, `&` or `!`")
        if isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        depth += isinstance(event, yaml.CollectionStartEvent)
        if depth > MAX_DEPTH:
            what = f"lists or tables stand {depth} deep in each other"
            raise FaultError(_SYNTAX, what, "write it with fewer levels", line_of(event))
    return yaml.compose(text, Loader=LOADER)


def _read_apart(text: str, faults: list[FaultError]) -> dict[str, Entry]:
    """Return the entries of a faulty text, read key by key, with a fault for each faulty one."""
    entries: dict[str, Entry] = {}
    lines = text.split("\n")
    starts = [n for n, line in enumerate(lines) if KEY_LINE.match(line) or _CRAMPED.match(line)]
    for start, end in pairwise([*dict.fromkeys([0, *starts]), len(lines)]):
        block = "\n".join(lines[start:end])
        for key, entry in _read_block(block, start + 1, faults).items():
            _put(entries, key, entry, faults)
    return entries


def _read_block(block: str, line: int, faults: list[FaultError]) -> dict[str, Entry]:
    """Return the entry of one top-level key and the lines below it."""
    if cramped := _CRAMPED.match(block):
        block = block.replace(":", ": ", 1)  # read on as it was meant
        mend = f"write {shortened(block.partition(chr(10))[0])}"
        what = f"a blank is missing after `{cramped[1]}:`"
        faults.append(FaultError(_SYNTAX, what, mend, line))
    try:
        return entries_of(_composed("\n" * (line - 1) + block), faults)
    except FaultError as fault:
        faults.append(fault)
    except yaml.YAMLError as error:
        faults.append(_line_fault(block, line) or _value_fault(block, line, error))
    key = KEY_LINE.match(block)
    return {key[1]: Entry(line, None)} if key else {}


def quoted(line: str) -> str:
    """Return the line with its value in quotes, as in `title: "Ny partner: ACME"`."""
    key, value = _parts(line)
    if '"' in value or "\\" in value:
        doubled = value.replace("'", "''")
        return f"{key}: '{doubled}'"
    return f'{key}: "{value}"'


def _parts(block: str) -> tuple[str, str]:
    key, _, value = block.strip().partition("\n")[0].partition(":")
    return key, value.strip()


def _line_fault(block: str, first: int) -> FaultError | None:
    """Return what is wrong at the left edge of a line, if anything is."""
    for number, line in enumerate(block.split("\n"), start=first):
        if re.match(r" *\t", line):
            what = "a tab stands at the beginning of the line"
            return FaultError(_SYNTAX, what, "use the space bar there", number)
        is_key = number == first and (KEY_LINE.match(line) or _CRAMPED.match(line))
        if line.strip() and not is_key and not line.startswith((" ", "-", "#", "]", "}")):
            what = f"“{shortened(line, 40)}” is no `key: value`"
            mend = "begin it with two blanks if it goes on with the line above"
            return FaultError(_SYNTAX, what, mend, number)
    return None


def _value_fault(block: str, line: int, error: yaml.YAMLError) -> FaultError:
    key, value = _parts(block)
    closing = {"[": "]", "{": "}"}.get(value[:1])
    what = f"the lines of `{key}` cannot be read"
    mend = "put texts in quotes, and a blank behind each colon and hyphen"
    if value[:1] in {'"', "'"} and "end of stream" in str(error):
        what = f"the quotation mark after `{key}:` has no other one at the end of the text"
        mend = f"write {key}: {shortened(value)}{value[0]}"
    elif closing and closing not in block:
        what = f"`{key}` has no `{closing}` at its end"
        mend = f"write {key}: {shortened(value)}{closing}"
    elif value and "\n" not in block.strip() and len(value) <= 300:
        what = f"the text of `{key}` has a sign, such as a colon, with a meaning of its own here"
        mend = f"put it in quotes: {quoted(block)}"
    return FaultError(_SYNTAX, what, mend, line)
