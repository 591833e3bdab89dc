"""Typed values from what TOML or YAML gave, with every fault reported and not only the first."""

import difflib
from collections.abc import Callable, Collection, Mapping
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

import msgspec

Fault = Literal["unknown", "missing", "type"]
Report = Callable[[Fault, tuple[str, ...], str, str], None]
"""Called with the fault, the path of keys to it, what is wrong and how to mend it."""

S = TypeVar("S", bound=msgspec.Struct)


def fill(
    kind: type[S], values: Mapping[str, Any], report: Report, at: tuple[str, ...] = ()
) -> S | None:
    """Return a `kind` made from `values`, or None when one of them is at fault."""
    fields = {field.encode_name: field for field in msgspec.structs.fields(kind)}
    types = get_type_hints(kind)
    sound = True
    made: dict[str, Any] = {}
    for key in values:
        if key not in fields:
            sound = False
            report("unknown", (*at, key), f"unknown key `{key}`", suggestion(key, fields))
    for key, field in fields.items():
        if key not in values:
            if field.required:
                sound = False
                report("missing", (*at, key), f"`{key}` is missing", "")
            continue
        value = _convert(values[key], types[field.name], report, (*at, key))
        sound = sound and value is not None
        made[field.name] = value
    return kind(**made) if sound else None


def suggestion(word: str, known: Collection[str]) -> str:
    """Return a "did you mean" for a misspelt word, or the words that are possible."""
    folded = {each.casefold(): each for each in sorted(known, reverse=True)}
    near = difflib.get_close_matches(word.casefold(), folded, n=1, cutoff=0.6)
    if near:
        return f"did you mean `{folded[near[0]]}`?"
    first, rest = sorted(known)[:_MOST], len(known) - _MOST
    more = f" and {rest} more" if rest > 0 else ""
    return f"known are {', '.join(first)}{more}" if known else "none is known yet"


_MOST = 30  # words that a suggestion lists


def _convert(value: Any, kind: Any, report: Report, at: tuple[str, ...]) -> Any:
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct) and isinstance(value, Mapping):
        return fill(kind, value, report, at)
    if get_origin(kind) is dict and isinstance(value, Mapping):
        member = get_args(kind)[1]
        made = {key: _convert(item, member, report, (*at, key)) for key, item in value.items()}
        return None if None in made.values() else made
    try:
        return msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        mend = _choices(kind) or _expectation(error)
        report("type", at, f"`{at[-1]}` cannot be {_shown(value)}", mend)
        return None


def _choices(kind: Any) -> str:
    """Return the words that are possible where only a few are."""
    words = get_args(kind) if get_origin(kind) is Literal else ()
    return f"write {' or '.join(words)}" if words else ""


def _shown(value: Any) -> str:
    """Return a value as its file says it, or the beginning of it."""
    text = repr(value) if isinstance(value, str) else str(value)
    text = text.lower() if isinstance(value, bool) else text
    return text if len(text) <= 60 else text[:59] + "…"


_NAMES = {
    "str": "text",
    "array": "a list, such as [a, b]",
    "object": "a table of keys",
    "bool": "true or false",
    "int": "a whole number, such as 20",
    "date": "a day, such as 2024-05-17",
}


def _expectation(error: msgspec.ValidationError) -> str:
    """Return msgspec's words for what was expected, in an editor's words."""
    words, _, place = str(error).partition(" - at ")
    _, found, rest = words.partition("Expected `")
    if not found:
        return words[:1].lower() + words[1:]
    names = [name for name in rest.split("`", 1)[0].split(" | ") if name != "null"]
    expected = " or ".join(_NAMES.get(name, name) for name in names)
    return f"write {expected} for every item of it" if place else f"write {expected}"
