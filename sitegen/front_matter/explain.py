"""What is wrong with lines that YAML cannot read, in an editor's words, and how to write them."""

import re
from collections.abc import Callable

import yaml

from sitegen.front_matter.faults import Fault, shortened

KEY_LINE = re.compile(r"([A-Za-z_][\w-]*)\s*:(?:\s|$)")
"""The beginning of a top-level `key: value`."""
CRAMPED = re.compile(r"([A-Za-z_]\w*):(?=[^\s/:])")
"""A key without the blank after its colon, as in `title:A`, but not `https://…`."""

_BRACKETS = {"[": "]", "{": "}"}
_Diagnosis = tuple[int, str, str]  # lines below the key, what is wrong, how to mend it


def explain(block: str, line: int, error: yaml.YAMLError) -> Fault:
    """Return the fault of one top-level key and the lines below it."""
    for diagnose in _DIAGNOSES:
        found = diagnose(block, error)
        if found:
            break
    else:
        found = 0, f"the lines of `{_parts(block)[0]}` are no YAML", "check blanks and colons"
    offset, what, mend = found
    return Fault(line=line + offset, code="front-matter-syntax", what=what, mend=mend)


def quoted_line(block: str) -> str:
    """Return `title: "Ny partner: ACME"`, or nothing when the value is not on one line."""
    key, value = _parts(block)
    if not value or "\n" in block.strip() or len(value) > 300:
        return ""
    if '"' in value or "\\" in value:
        doubled = value.replace("'", "''")
        return f"{key}: '{doubled}'"
    return f'{key}: "{value}"'


def _parts(block: str) -> tuple[str, str]:
    key, _, value = block.strip().partition("\n")[0].partition(":")
    return key, value.strip()


def _stray_line(block: str, _: yaml.YAMLError) -> _Diagnosis | None:
    """A line at the left edge that is neither a key nor an item of a list."""
    for number, line in enumerate(block.split("\n")):
        if number == 0 and (KEY_LINE.match(line) or CRAMPED.match(line)):
            continue
        if line.strip() and not line.startswith((" ", "\t", "-", "#", "]", "}")):
            mend = "indent it by two blanks if it goes on with the line above"
            return number, f"“{shortened(line, 40)}” is no `key: value`", mend
    return None


def _tab(block: str, error: yaml.YAMLError) -> _Diagnosis | None:
    for number, line in enumerate(block.split("\n")):
        if re.match(r" *\t", line):
            return number, "a tab stands at the beginning of the line", "use blanks there"
    return None


def _open_quote(block: str, error: yaml.YAMLError) -> _Diagnosis | None:
    key, value = _parts(block)
    if value[:1] not in {'"', "'"} or "end of stream" not in str(error):
        return None
    what = f"the quotation mark after `{key}:` has no other one at the end of the text"
    return 0, what, f"write {key}: {shortened(value)}{value[0]}"


def _open_bracket(block: str, _: yaml.YAMLError) -> _Diagnosis | None:
    key, value = _parts(block)
    closing = _BRACKETS.get(value[:1])
    if not closing or closing in block:
        return None
    return 0, f"`{key}` has no `{closing}` at its end", f"write {key}: {shortened(value)}{closing}"


def _unquoted(block: str, _: yaml.YAMLError) -> _Diagnosis | None:
    quoted = quoted_line(block)
    if not quoted:
        return None
    what = f"the text of `{_parts(block)[0]}` has signs that mean something else in YAML"
    return 0, what, f"put it in quotes: {quoted}"


_DIAGNOSES: tuple[Callable[[str, yaml.YAMLError], _Diagnosis | None], ...] = (
    _stray_line,
    _tab,
    _open_quote,
    _open_bracket,
    _unquoted,
)
