"""Sets the text of an article: quotation marks and no-break spaces, across emphasis and links."""

import re
from typing import Literal, NamedTuple
from xml.etree.ElementTree import Element

from markdown.util import BLOCK_LEVEL_ELEMENTS

from sitegen.markup.draft import Draft
from sitegen.typography import no_break, quotes

_BLOCKS = frozenset({*BLOCK_LEVEL_ELEMENTS, "caption"})
_ADDRESS = re.compile(r"https?://\S+|[^\s@]+@\S+")
_STASHED = re.compile("(\x02[^\x03]*\x03)")  # raw HTML is left as it was typed
OBJECT = "\ufffc"  # stands for code, pictures and addresses, which quotes may enclose
_MARKS = re.compile("[\"'0-9]")


class _Slot(NamedTuple):
    """A piece of text in the tree."""

    element: Element
    place: Literal["text", "tail"]
    text: str
    language: str


def finish(root: Element, draft: Draft) -> None:
    """Set every run of text of the tree; returns nothing."""
    _collect(root, draft.language, [])


def typeset(text: str, language: str) -> str:
    """Return a whole run of text, as long as before, as it is set in the language."""
    return no_break(quotes(text, language), language) if _MARKS.search(text) else text


def _collect(element: Element, language: str, run: list[_Slot | None]) -> None:
    """Add the texts of an element to the run, and set the run wherever a block begins or ends."""
    is_block = element.tag in _BLOCKS
    inner = element.get("lang", language)
    if is_block:
        _set(run)
    if element.tag in {"code", "img"} or _ADDRESS.fullmatch(element.text or ""):
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
    joined = "".join(_STASHED.sub("", slot.text) if slot else OBJECT for slot in run)
    if _MARKS.search(joined):
        languages = {slot.language for slot in run if slot}
        texts = {each: typeset(joined, each) for each in languages}
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
