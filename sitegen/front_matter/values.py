"""The kinds of value that front matter knows, read from what was written and nothing else."""

import re
from collections.abc import Callable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import yaml

from sitegen.characters import unseen
from sitegen.encoding import FaultError, shortened
from sitegen.front_matter.entries import Entry, entries_of, line_of, quoted
from sitegen.front_matter.moments import (
    DAY_PATTERN,
    MOMENT_PATTERN,
    UnreadableError,
    read_when,
)
from sitegen.model.content import When
from sitegen.schema import suggestion

UNKNOWN_KEY = "front-matter-unknown-key"
_VISIBLE = re.compile(r"[^\s\u00ad\u200b-\u200f\u2060\ufeff]")
_LINE_END = re.compile(r"[ \t]*\n\s*")
_COMMENT = re.compile(r"\s+(#.*)")
_TEXT, _LIST, _TABLE = yaml.ScalarNode, yaml.SequenceNode, yaml.MappingNode
_SHAPES = {_TEXT: "one text", _LIST: "a list", _TABLE: "a table of keys"}


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where a value stands, and where its faults go."""

    zone: ZoneInfo
    lines: list[str]  # of the file
    faults: list[FaultError]
    key: str = ""  # as findings show it: "corrections", "corrections.date"

    def at(self, key: str) -> "Place":
        """Return the place of the value of a key."""
        return Place(zone=self.zone, lines=self.lines, faults=self.faults, key=key)

    def refused(
        self, node: yaml.Node, what: str, mend: str, code: str = "front-matter-type"
    ) -> FaultError:
        """Return the fault of a value: `what` goes on after its key."""
        return FaultError(code, f"`{self.key}` {what}", mend, line_of(node))

    def comment(self, node: yaml.Node) -> str:
        """Return what YAML took away from a text, because a blank and `#` begin a comment."""
        if not isinstance(node, _TEXT) or node.style:
            return ""
        found = _COMMENT.match(self.lines[node.end_mark.line], node.end_mark.column)
        return found[1].rstrip() if found else ""


class Type(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of value."""

    example: str
    make: Callable[[Any, Place], Any]  # raises FaultError, or returns None with faults noted
    shapes: tuple[type[yaml.Node], ...] = (_TEXT,)  # what `make` takes
    schema: Mapping[str, Any]  # what JSON Schema knows of it
    is_blank_sound: bool = True  # nothing after the colon is the same as no such line

    def read(self, node: yaml.Node, place: Place) -> Any:
        """Return the value, or None with its faults noted."""
        try:
            if not isinstance(node, self.shapes):
                raise self._misshapen(node, place)
            return self.make(node, place)
        except FaultError as fault:
            place.faults.append(fault)
            return None

    def _misshapen(self, node: yaml.Node, place: Place) -> FaultError:
        mend = f"write it as {place.key}: {self.example}"
        if isinstance(node, _TEXT) and _LIST in self.shapes:
            items = ", ".join(part.strip() for part in node.value.split(","))
            mend = f"put it in brackets: {place.key}: [{shortened(items)}]"
        return place.refused(node, f"cannot be {_SHAPES[type(node)]}", mend)


def is_blank(node: yaml.Node) -> bool:
    """Tell whether nothing was said."""
    if not isinstance(node, _TEXT):
        return False
    return not _VISIBLE.search(node.value) or (not node.style and node.value in {"~", "null"})


def _name(node: yaml.ScalarNode, place: Place) -> str:
    if node.style == '"' and (name := unseen(node.value)):  # as in "\x0b"
        raise place.refused(node, f"holds {name}", "delete it", "control-character")
    return _LINE_END.sub(" ", node.value).strip(" \t\n")


def _text(node: yaml.ScalarNode, place: Place) -> str:
    if cut := place.comment(node):
        what = f"ends before “{shortened(cut, 30)}”, because a blank and `#` begin a comment"
        whole = quoted(f"{place.key}: {shortened(f'{node.value} {cut}', 300)}")
        mend = f"put quotes around it, as in {whole}, or the comment on a line of its own"
        raise place.refused(node, what, mend)
    return _name(node, place)


def _moment(node: yaml.ScalarNode, place: Place) -> When:
    try:
        return read_when(node.value, place.zone)
    except UnreadableError as error:
        why, mend = error.args
        what = f"is “{shortened(node.value)}”, {why}"
        raise place.refused(node, what, mend, "date-invalid") from error


def _day(node: yaml.ScalarNode, place: Place) -> When:
    when = _moment(node, place)
    if when.instant is None:
        return when
    mend = f"write {place.key}: {when.day}"
    raise place.refused(node, "is a day without a time of day", mend, "date-invalid")


def _anything(node: Any, place: Place) -> Any:
    """Return what JSON can say; a number only when writing it back gives the same text."""
    if isinstance(node, _LIST):
        return [_anything(item, place) for item in node.value]
    if isinstance(node, _TABLE):
        entries = entries_of(node, place.faults)
        return {key: _anything(entry.node, place) for key, entry in entries.items()}
    text = _text(node, place)
    if node.style or len(text) > 15:
        return text
    try:
        value = msgspec.json.decode(text if text not in {"", "~"} else "null")
    except msgspec.DecodeError:
        return text
    return value if value is None or msgspec.json.encode(value).decode() == text else text


def one_of(words: Mapping[str, Any]) -> Type:
    """Return the kind of value that is one of some words, each with what it stands for."""

    def make(node: yaml.ScalarNode, place: Place) -> Any:
        if node.value in words:
            return words[node.value]
        what = f"cannot be {f'“{shortened(node.value)}”' if node.value else 'empty'}"
        mend = "write " + " or ".join(f"{place.key}: {word}" for word in words)
        raise place.refused(node, what, mend)

    schema = {"enum": list(words.values())}
    return Type(example=next(iter(words)), make=make, schema=schema, is_blank_sound=False)


def _dated(example: str, make: Callable[[Any, Place], Any], pattern: str) -> Type:
    schema = {
        "type": ["string"],
        "pattern": rf"^\s*(?:{pattern})\s*$",
        "patternErrorMessage": f"write it as {example}",  # what VS Code's programs show
    }
    return Type(example=example, make=make, schema=schema, is_blank_sound=False)


_PLAIN = {"type": ["string", "number", "boolean"]}  # `title: 2024` is a text to us
TEXT = Type(example='"Ny partner i Aarhus"', make=_text, schema=_PLAIN)
NAME = Type(example="line-milthers", make=_name, schema=_PLAIN)
TRUTH = one_of({"true": True, "false": False})
DAY = _dated("2024-05-17", _day, DAY_PATTERN)
MOMENT = _dated("2024-05-17 or 2024-05-17 09:00", _moment, MOMENT_PATTERN)
ANYTHING = Type(
    example="{ key: value }", make=_anything, shapes=(_TABLE,), schema={"type": ["object"]}
)


def list_of(item: Type) -> Type:
    """Return the kind of value that is a list."""

    def make(node: yaml.SequenceNode, place: Place) -> tuple[Any, ...] | None:
        if blank := next(filter(is_blank, node.value), None):
            raise place.refused(blank, "has an empty item", "fill it in or delete it")
        values = dict.fromkeys(item.read(part, place) for part in node.value)
        return None if None in values else tuple(values)

    schema = {"type": ["array"], "items": {**item.schema, "pattern": r"\S"}}
    return Type(example=f"[{item.example}]", make=make, shapes=(_LIST,), schema=schema)


def table_of(
    made: type[msgspec.Struct], fields: Mapping[str, Type], example: str, bare: str = ""
) -> Type:
    """Return the kind of value that is a table of some keys; a text may stand for one, `bare`."""
    required = [field.name for field in msgspec.structs.fields(made) if field.required]

    def make(node: yaml.Node, place: Place) -> Any:
        is_table = isinstance(node, _TABLE)
        entries = entries_of(node, place.faults) if is_table else {bare: Entry(line_of(node), node)}
        unknown = [key for key in entries if key not in fields]
        for key in unknown:
            what = f"`{place.key}` knows no `{shortened(key, 40)}`"
            mend = suggestion(key, fields)
            place.faults.append(FaultError(UNKNOWN_KEY, what, mend, entries[key].line))
        values = {
            key: fields[key].read(entry.node, place.at(f"{place.key}.{key}"))
            for key, entry in entries.items()
            if key in fields and not is_blank(entry.node)
        }
        missing = [key for key in required if key not in values]
        if missing and not unknown:  # or it may only be misspelt
            what = f"does not say its `{missing[0]}`"
            raise place.refused(node, what, f"write it as {example}")
        return None if missing or None in values.values() else made(**values)

    schema = {
        "type": ["object", "string", "number", "boolean"] if bare else ["object"],
        "properties": {key: _optional(kind, key in required) for key, kind in fields.items()},
        "required": required,
        "additionalProperties": False,
    }
    shapes = (_TABLE, _TEXT) if bare else (_TABLE,)
    return Type(example=example, make=make, shapes=shapes, schema=schema)


def _optional(kind: Type, is_required: bool) -> Mapping[str, Any]:  # noqa: FBT001
    """Return the schema of a table's value, which may be left empty unless it is needed."""
    if is_required:
        return {**kind.schema, "pattern": kind.schema.get("pattern", r"\S")}
    return {**kind.schema, "type": [*kind.schema["type"], "null"]}
