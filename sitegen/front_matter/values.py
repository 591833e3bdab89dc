"""The kinds of value that front matter knows, read from what was written and nothing else."""

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import msgspec

from sitegen.front_matter.encoding import FORBIDDEN, unprintable
from sitegen.front_matter.entries import Node, Scalar, Sequence, Table
from sitegen.front_matter.explain import quoted_line
from sitegen.front_matter.faults import Fault, shortened
from sitegen.front_matter.moments import UnreadableError, read_when
from sitegen.schema import suggestion

_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,15})?")
_CONSTANTS: dict[str, bool | None] = {
    "": None,
    "~": None,
    "null": None,
    "true": True,
    "false": False,
}


class Place(NamedTuple):
    """Where a value stands, and where its faults go."""

    key: str  # as findings show it: "corrections", "date in `corrections`"
    zone: ZoneInfo
    faults: list[Fault]

    def refuse(self, node: Node, what: str, mend: str, code: str = "front-matter-type") -> None:
        """Note that the value cannot be used, and return nothing in its place."""
        self.faults.append(Fault(line=node.line, code=code, what=what, mend=mend))


class Type(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of value."""

    words: str  # what documentation and findings call it
    example: str
    read: Callable[[Node, Place], Any]  # None when the value is refused
    is_blank_sound: bool = True  # nothing after the colon is the same as no such line


def is_blank(node: Node) -> bool:
    """Tell whether nothing was said."""
    if not isinstance(node, Scalar) or node.cut:
        return False
    return not _visible(node.text) or (not node.is_quoted and node.text in {"~", "null"})


def _visible(text: str) -> str:
    return re.sub(r"[\s\u00ad\u200b-\u200f\u2060\ufeff]", "", text)


def _refuse_kind(node: Node, place: Place, kind: Type) -> None:
    found = {Scalar: "one text", Sequence: "a list", Table: "a table of keys"}[type(node)]
    what = f"`{place.key}` is {found}, not {kind.words}"
    place.refuse(node, what, f"write it as {place.key}: {kind.example}")


def _read_name(node: Node, place: Place) -> str | None:
    if not isinstance(node, Scalar):
        _refuse_kind(node, place, TEXT)
        return None
    found = FORBIDDEN.search(node.text)
    if found:
        what = f"`{place.key}` holds {unprintable(found[0])}"
        place.refuse(node, what, "delete it", code="control-character")
        return None
    return re.sub(r"[ \t]*\n\s*", " ", node.text).strip(" \t\n")


def _read_text(node: Node, place: Place) -> str | None:
    if isinstance(node, Scalar) and node.cut:
        cut = shortened(node.cut, 30)
        what = f"`{place.key}` ends before “{cut}”, because a blank and `#` begin a comment"
        quoted = quoted_line(f"{place.key}: {node.text} {node.cut}") or "the whole text"
        mend = f"put quotes around it, as in {quoted}, or the comment on a line of its own"
        place.refuse(node, what, mend)
        return None
    return _read_name(node, place)


def _read_truth(node: Node, place: Place) -> bool | None:
    text = node.text if isinstance(node, Scalar) and not node.is_quoted else ""
    if text in {"true", "false"}:
        return text == "true"
    if not isinstance(node, Scalar):
        _refuse_kind(node, place, TRUTH)
        return None
    what = f"`{place.key}` is “{shortened(node.text)}”, not true or false"
    meant = _TRUTHS.get(node.text.lower())
    place.refuse(node, what, f"write {place.key}: {meant}" if meant else "write one of them")
    return None


_TRUTHS = dict.fromkeys(("yes", "on", "ja", "y", "j", "1", "true", "sand"), "true") | dict.fromkeys(
    ("no", "off", "nej", "n", "0", "false", "falsk"), "false"
)


def _read_moment(node: Node, place: Place) -> Any:
    return _read_date(node, place, MOMENT)


def _read_day(node: Node, place: Place) -> Any:
    when = _read_date(node, place, DAY)
    if when is None or when.instant is None:
        return when
    what = f"`{place.key}` is a day without a time of day"
    place.refuse(node, what, f"write {place.key}: {when.day}", code="date-invalid")
    return None


def _read_date(node: Node, place: Place, kind: Type) -> Any:
    if not isinstance(node, Scalar):
        _refuse_kind(node, place, kind)
        return None
    try:
        return read_when(node.text, place.zone)
    except UnreadableError as error:
        what = f"`{place.key}` is “{shortened(node.text)}”, {error.what}"
        place.refuse(node, what, error.mend or f"write {kind.example}", code="date-invalid")
        return None


TEXT = Type(words="text", example='"Ny partner i Aarhus"', read=_read_text)
NAME = Type(words="a name", example="line-milthers", read=_read_name)
TRUTH = Type(words="true or false", example="true", read=_read_truth, is_blank_sound=False)
DAY = Type(words="a day", example="2024-05-17", read=_read_day, is_blank_sound=False)
MOMENT = Type(
    words="a day or a moment",
    example="2024-05-17 or 2024-05-17 09:00",
    read=_read_moment,
    is_blank_sound=False,
)


def choice(*words: str) -> Type:
    """Return the kind of value that is one of some words."""

    def read(node: Node, place: Place) -> str | None:
        text = _read_name(node, place)
        if text is None or text in words:
            return text
        place.refuse(node, f"`{place.key}` cannot be “{shortened(text)}”", suggestion(text, words))
        return None

    return Type(
        words=f"one of {', '.join(words)}", example=words[0], read=read, is_blank_sound=False
    )


def list_of(item: Type, words: str) -> Type:
    """Return the kind of value that is a list, in which nothing stands twice."""

    def read(node: Node, place: Place) -> tuple[Any, ...] | None:
        if not isinstance(node, Sequence):
            _refuse_single(node, place, kind)
            return None
        read_items: list[Any] = []
        for part in node.items:
            if is_blank(part):
                place.refuse(part, f"an item of `{place.key}` is empty", "fill it in or delete it")
                continue
            value = item.read(part, place)
            if value is not None and value in read_items:
                place.refuse(part, f"{_shown(part)} stands twice in `{place.key}`", "delete one")
            read_items.append(value)
        is_whole = None not in read_items and len(read_items) == len(node.items)
        return tuple(read_items) if is_whole else None

    kind = Type(words=words, example=f"[{item.example}]", read=read)
    return kind


def _refuse_single(node: Node, place: Place, kind: Type) -> None:
    if not isinstance(node, Scalar):
        _refuse_kind(node, place, kind)
        return
    items = shortened(", ".join(part.strip() for part in node.text.split(",")))
    what = f"`{place.key}` is one text, not {kind.words}"
    place.refuse(node, what, f"put it in brackets: {place.key}: [{items}]")


def _shown(node: Node) -> str:
    return f"“{shortened(node.text)}”" if isinstance(node, Scalar) else "the same"


def table_of(
    made: Callable[..., Any],
    fields: Mapping[str, Type],
    example: str,
    optional: tuple[str, ...] = (),
) -> Type:
    """Return the kind of value that is a table of some keys, made into a value of the model."""

    def read(node: Node, place: Place) -> Any:
        if not isinstance(node, Table):
            _refuse_kind(node, place, kind)
            return None
        values: dict[str, Any] = {}
        for key, entry in node.entries.items():
            if key in fields and not is_blank(entry.node):
                inner = place._replace(key=f"{place.key}.{key}")
                values[key] = fields[key].read(entry.node, inner)
            elif key not in fields:
                what = f"`{place.key}` knows no `{shortened(key, 40)}`"
                mend = suggestion(key, fields)
                entry_at = msgspec.structs.replace(entry.node, line=entry.line)
                place.refuse(entry_at, what, mend, code="front-matter-unknown-key")
                values[key] = None
        is_misspelt = not values.keys() <= fields.keys()
        for key in fields:
            if not (key in values or key in optional or is_misspelt):
                what = f"`{place.key}` does not say its `{key}`"
                place.refuse(node, what, f"write it as {example}")
                values[key] = None
        return None if None in values.values() else made(**values)

    kind = Type(words=f"a table of {', '.join(fields)}", example=example, read=read)
    return kind


def either(name: Type, table: Type, made: Callable[[str], Any], words: str) -> Type:
    """Return the kind of value that is a bare name or a table that says more."""

    def read(node: Node, place: Place) -> Any:
        if isinstance(node, Table):
            return table.read(node, place)
        text = name.read(node, place)
        return None if text is None else made(text)

    return Type(words=words, example=name.example, read=read)


def _read_anything(node: Node, place: Place) -> Any:
    if not isinstance(node, Table):
        _refuse_kind(node, place, ANYTHING)
        return None
    before = len(place.faults)
    value = _plain(node, place)
    return value if len(place.faults) == before else None


def _plain(node: Node, place: Place) -> Any:
    """Return what JSON can say; a number only when writing it back gives the same text."""
    if isinstance(node, Sequence):
        return [_plain(item, place) for item in node.items]
    if isinstance(node, Table):
        return {key: _plain(entry.node, place) for key, entry in node.entries.items()}
    text = _read_text(node, place)
    if text is None or node.is_quoted:
        return text
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if not _NUMBER.fullmatch(text):
        return text
    number = float(text) if "." in text else int(text)
    return number if str(number) == text else text


ANYTHING = Type(words="a table of keys", example="{ key: value }", read=_read_anything)
