"""Where things stand in a TOML text, and what its parser has to say, in plain words."""

import re
import tomllib
from typing import Any


def read_toml(text: str) -> dict[str, Any]:
    """Return what a TOML text says; what else the library raises becomes its TOMLDecodeError."""
    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise tomllib.TOMLDecodeError("Too many brackets within each other") from error
    except tomllib.TOMLDecodeError:
        raise
    except ValueError as error:  # a number that Python refuses to read
        raise tomllib.TOMLDecodeError("Number too long") from error


def toml_fault(error: tomllib.TOMLDecodeError) -> tuple[str, str]:
    """Return what is wrong with a TOML text and how to mend it, without the place."""
    reason = re.sub(r" \(at .*\)$", "", str(error))
    if "overwrite" in reason or "Cannot declare" in reason:
        return "what this line says is said already", "delete one of the two"
    return f"this line cannot be read ({reason})", 'write it as name = "text", with the quotes'


def toml_fault_line(error: tomllib.TOMLDecodeError, text: str) -> int:
    """Return the line that a TOML error names; the text's last line when it names the end."""
    found = re.search(r"line (\d+)", str(error))
    return int(found[1]) if found else max(1, len(text.rstrip().splitlines()))


def key_line(text: str, at: tuple[str, ...]) -> int | None:
    """Return the line of a TOML key, the line of its table when the key is not there, or None."""
    table: tuple[str, ...] = ()
    best: int | None = None
    for number, line in enumerate(text.splitlines(), start=1):
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
