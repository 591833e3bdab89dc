"""Sets the text of an article: quotation marks and no-break spaces, across emphasis and links."""

import re
from typing import Literal, NamedTuple
from xml.etree.ElementTree import Element

from sitegen.typography import no_break, quotes

_BLOCKS = frozenset(
    {"aside", "blockquote", "caption", "dd", "div", "dl", "dt", "figcaption", "figure", "li", "ol"}
    | {"h2", "h3", "h4", "h5", "h6", "hr", "p", "pre", "table", "tbody", "td", "th", "thead", "tr"}
    | {"ul"}
)
_VERBATIM = frozenset({"code", "img", "kbd", "samp", "var"})
_ADDRESS = re.compile(r"https?://\S+|\S+@\S+")
_STASHED = re.compile("(\x02[^\x03]*\x03)")  # raw HTML is left as it was typed
_OBJECT = "\ufffc"  # stands for code, pictures and addresses, which quotes may enclose
_MARKS = re.compile("[\"'0-9]")


class _Slot(NamedTuple):
    """A piece of text in the tree."""

    element: Element
    place: Literal["text", "tail"]
    text: str
    language: str


def finish(root: Element, language: str) -> None:
    """Set every run of text of the tree; returns nothing."""
    run: list[_Slot | None] = []
    _collect(root, language, run)
    _set(run)


def set_text(text: str, language: str) -> str:
    """Return a text as it is set, as long as before."""
    return no_break(quotes(text, language), language)


def _collect(element: Element, language: str, run: list[_Slot | None]) -> None:
    """Add the texts of an element to the run, and set the run wherever a block begins or ends."""
    is_block = element.tag in _BLOCKS
    inner = element.get("lang", language)
    if is_block:
        _set(run)
    if element.tag in _VERBATIM or _ADDRESS.fullmatch(element.text or ""):
        run.append(None)
    else:
        if element.text:
            run.append(_Slot(element, "text", element.text, inner))
        for child in element:
            _collect(child, inner, run)
            if child.tail:
                run.append(_Slot(child, "tail", child.tail, inner))
    if is_block:
        _set(run)


def _set(run: list[_Slot | None]) -> None:
    """Set the texts of a run as one, so that a quote sees what stands around it; empty the run."""
    joined = "".join(_STASHED.sub("", slot.text) if slot else _OBJECT for slot in run)
    if _MARKS.search(joined):
        languages = {slot.language for slot in run if slot}
        texts = {language: set_text(joined, language) for language in languages}
        reached = 0
        for slot in run:
            if slot is None:
                reached += 1
                continue
            parts = _STASHED.split(slot.text)
            for number in range(0, len(parts), 2):
                end = reached + len(parts[number])
                parts[number], reached = texts[slot.language][reached:end], end
            setattr(slot.element, slot.place, "".join(parts))
    run.clear()
