"""Headings: their levels, and ids that keep æ, ø and å."""

import re
import unicodedata
from xml.etree.ElementTree import Element

from markdown.blockprocessors import HashHeaderProcessor, SetextHeaderProcessor

from sitegen.markup.draft import Draft
from sitegen.markup.plain_text import text_of
from sitegen.model.content import Heading

_TAGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def finish(root: Element, draft: Draft) -> None:
    """Check the levels, give every heading an id of its own, and note it; returns nothing."""
    reached = 1
    for block in root:
        is_box = block.tag == "aside"
        previous = 2 if is_box else reached
        for heading in [element for element in block.iter() if element.tag in _TAGS]:
            text = text_of(heading)
            if not (is_box and heading is block[0]):
                previous = _check(heading, text, previous, draft)
            if not heading.get("id"):
                heading.set("id", draft.unique_id(slug(text)))
            level, name = int(heading.tag[1]), heading.get("id", "")
            draft.headings.append(Heading(level=level, id=name, text=text))
        reached = reached if is_box else previous


def slug(text: str) -> str:
    """Return an id made of the text: small letters of any alphabet, digits and hyphens."""
    return re.sub(r"[\W_]+", "-", unicodedata.normalize("NFC", text).lower()).strip("-") or "x"


def _check(heading: Element, text: str, previous: int, draft: Draft) -> int:
    """Return the heading's level; one that is wrong is a finding."""
    level, what, mend = int(heading.tag[1]), "", ""
    underlined = rf"|[^\n]+\n[ >]*{'=' if level == 1 else '-'}+ *$" if level <= 2 else ""
    line = draft.lines.of(rf"^(?:[ >*+\d.-]*#{{{level}}}[ \u00a0]+\S{underlined})")
    if level == 1:
        what, mend = "a heading with one # is the article's title", f"write ## {text}"
        level, heading.tag = 2, "h2"
    elif level > previous + 1:
        what = f"the heading jumps from level {previous} to level {level}"
        mend = f"write {'#' * (previous + 1)} {text}"
    if what:
        draft.fault("heading-level", what, mend, line)
    return level


class HashHeadings(HashHeaderProcessor):
    """Leaves `#hashtag` and `#1 i Danmark` in the text, and the sharp in `## Om C#`."""

    RE = re.compile(r"(?:^|\n)(?P<level>#{1,6})[ \u00a0]+(?P<header>\S[^\n]*?)(?: #+)?(?:\n|$)")


class UnderlinedHeadings(SetextHeaderProcessor):
    """Makes no heading of an item of a list with a rule or an empty item below it."""

    RE = re.compile(r"^(?! {0,3}(?:[-*+]|\d{1,3}\.)[ \u00a0]).*?\n(?:=+|--+)[ ]*(?:\n|$)", re.M)
