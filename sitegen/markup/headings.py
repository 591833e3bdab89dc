"""Headings: their levels, and ids that keep æ, ø and å."""

import re
import unicodedata
from collections.abc import Iterable
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockprocessors import HashHeaderProcessor
from markdown.treeprocessors import Treeprocessor

from sitegen.markup.draft import Draft
from sitegen.markup.plain_text import text_of
from sitegen.model.content import Heading

TAGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def extend(converter: Markdown, draft: Draft) -> None:
    """Let only `#` and a blank make a heading, and check the levels; returns nothing."""
    blocks = converter.parser.blockprocessors
    blocks.register(_HashHeadings(converter.parser), "hashheader", 70)
    converter.treeprocessors.register(_Levels(draft), "heading_levels", 30)


def finish(root: Element, draft: Draft) -> None:
    """Give every heading of the tree an id of its own, and note it; returns nothing."""
    for element in root.iter():
        if element.tag in TAGS:
            text = text_of(element)
            if not element.get("id"):
                element.set("id", draft.unique_id(slug(text)))
            heading = Heading(level=int(element.tag[1]), id=element.get("id", ""), text=text)
            draft.headings.append(heading)


def slug(text: str) -> str:
    """Return an id made of the text: small letters of any alphabet, digits and hyphens."""
    return re.sub(r"[\W_]+", "-", unicodedata.normalize("NFC", text).lower()).strip("-") or "x"


class _HashHeadings(HashHeaderProcessor):
    """Leaves `#hashtag` and `#1 i Danmark` in the text, and the sharp in `## Om C#`."""

    RE = re.compile(r"(?:^|\n)(?P<level>#{1,6})[ \u00a0]+(?P<header>(?=\S)[^\n]*)(?:\n|$)")

    def run(self, parent: Element, blocks: list[str]) -> None:
        super().run(parent, blocks)
        text = parent[-1].text or ""
        closed = text.rstrip("#")
        if closed.endswith(" "):
            parent[-1].text = closed.rstrip()


class _Levels(Treeprocessor):
    """Reports headings that are a level 1, or jump a level; runs while their text is Markdown."""

    def __init__(self, draft: Draft) -> None:
        super().__init__()
        self._draft = draft

    def run(self, root: Element) -> None:
        previous = 1
        for child in root:
            headings = [element for element in child.iter() if element.tag in TAGS]
            if child.tag == "aside":
                self._check(headings[1:], 2, lowest=3)
            else:
                previous = self._check(headings, previous, lowest=2)

    def _check(self, headings: Iterable[Element], previous: int, *, lowest: int) -> int:
        for heading in headings:
            level = int(heading.tag[1])
            if level == 1:
                self._report(heading, "a heading of level 1 is the article's title", "write ## …")
                level, heading.tag = 2, "h2"
            elif level > previous + 1:
                what = f"the heading jumps from level {previous} to level {level}"
                self._report(heading, what, f"write {'#' * (previous + 1)} …")
            elif level < lowest:
                self._report(heading, "a heading in a box stands below its title", "write ### …")
            previous = level
        return previous

    def _report(self, heading: Element, what: str, mend: str) -> None:
        level, text = int(heading.tag[1]), re.escape(heading.text or "")
        underlined = "=" if level == 1 else "-"
        pattern = rf"^[ >*+\d.-]*(?:#{{{level}}}[ \u00a0]+{text}|{text}[ ]*\n[ >]*{underlined}+)"
        line = self._draft.lines.of_pattern(pattern)
        self._draft.fault("heading-level", f"{what} (“{heading.text}”)", mend, line)
