"""Reads TOML: what it says, where that stands, and what its parser has to say, in plain words."""

import re
import tomllib
from collections.abc import Callable
from typing import Any

from sitegen.characters import FORBIDDEN, unseen
from sitegen.findings import Findings

MAX_DEPTH = 20
_BARE_MONTH = re.compile(r"\s*([\w-]+)\s*=\s*([0-9]{4}-[0-9]{2})\s*")

_LONG_NUMBER = re.compile("[0-9_]{4000}")

_Path = tuple[str, ...]


def read_toml(text: str, path: str, code: str, findings: Findings) -> dict[str, Any] | None:
    """Return what a TOML text says, or None with a finding under `code`.

    Characters that nobody sees are left out of it, each text that has any with a finding.
    """

    def note(at: _Path, name: str) -> None:
        what, line = f"`{FORBIDDEN.sub('', at[-1])}` holds {name}", key_line(text, at)
        findings.add("control-character", what, "delete it", path=path, line=line)

    try:
        values: dict[str, Any] = _seen(tomllib.loads(text), (), note)
    except RecursionError:
        what = f"lists or tables stand more than {MAX_DEPTH} deep in each other"
        findings.add(code, what, "write it with fewer levels", path=path)
    except ValueError as error:  # of which TOMLDecodeError is one, and a number without end another
        line = _fault_line(error, text)
        findings.add(code, *_fault(error, text.split("\n")[line - 1]), path=path, line=line)
    else:
        return values
    return None


def _seen(value: Any, at: _Path, note: Callable[[_Path, str], None], depth: int = 0) -> Any:
    """Return a value without the characters that nobody sees; raises RecursionError."""
    if depth > MAX_DEPTH:
        raise RecursionError
    if isinstance(value, str) and (name := unseen(value)):
        note(at, name)
        return FORBIDDEN.sub("", value)
    if isinstance(value, list):
        return [_seen(item, at, note, depth + 1) for item in value]
    if isinstance(value, dict):
        return {
            _seen(key, (*at, key), note): _seen(item, (*at, key), note, depth + 1)
            for key, item in value.items()
        }
    return value


def _fault(error: ValueError, line: str) -> tuple[str, str]:
    """Return what is wrong with a line of a TOML text and how to mend it."""
    reason = re.sub(r" \(at .*\)$", "", str(error))
    if "overwrite" in reason or "Cannot declare" in reason:
        return "what this line says is said already", "delete one of the two"
    if month := _BARE_MONTH.fullmatch(line):
        return "the month stands without quotes", f'write {month[1]} = "{month[2]}"'
    if "Exceeds the limit" in reason:
        return "this number is too long", "put it in quotes"
    return f"this line cannot be read ({reason})", 'write it as name = "text", with the quotes'


def _fault_line(error: ValueError, text: str) -> int:
    """Return the line that a TOML error names; the text's last line when it names the end."""
    if found := re.search(r"line (\d+)", str(error)):
        return int(found[1])
    number = _LONG_NUMBER.search(text)
    return text.count("\n", 0, number.start() if number else len(text.rstrip())) + 1


def key_line(text: str, at: tuple[str, ...]) -> int | None:
    """Return the line of a TOML key, the line of its table when the key is not there, or None."""
    table: tuple[str, ...] = ()
    best: int | None = None
    for number, line in enumerate(text.split("\n"), start=1):
        header = re.match(r"\s*\[+\s*([^\]]+?)\s*\]+", line)
        if header:
            table = tuple(part.strip().strip("\"'") for part in header[1].split("."))
            if at == table[: len(at)]:
                return number
            if table == at[: len(table)]:
                best = number
            continue
        key = re.match(r"\s*([A-Za-z0-9_.\"'-]+)\s*=", line)
        if key:
            path = (*table, *(part.strip("\"'") for part in key[1].split(".")))
            if path == at[: len(path)]:
                return number
    return best
