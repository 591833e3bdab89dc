"""Tables with captions and classes for alignment, each in a region that scrolls."""

import re
from collections.abc import Sequence
from html import escape
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions.tables import TableProcessor
from markdown.treeprocessors import Treeprocessor

from sitegen.markup.draft import Draft
from sitegen.markup.limits import MAX_CELLS, TooComplexError
from sitegen.markup.plain_text import text_of

_CAPTION = re.compile(r"(?:Table|Tabel):[ \u00a0]*(?P<text>\S.*)", re.DOTALL)
_REGION = {"class": "scroll", "tabindex": "0"}
_RULE = re.compile(r"^[ |:-]+$", re.MULTILINE)


def extend(converter: Markdown, draft: Draft) -> None:
    """Teach the converter tables; returns nothing."""
    converter.ESCAPED_CHARS.append("|")
    converter.parser.blockprocessors.register(_Tables(converter), "table", 75)
    converter.treeprocessors.register(_Captions(converter), "captions", 40)


def finish(root: Element, draft: Draft) -> None:
    """Let every table of the tree be reached and scrolled by keyboard; returns nothing."""
    for region in root.iter("div"):
        if region.get("class") != "scroll":
            continue
        caption = region.find("table/caption")
        name = text_of(caption) if caption is not None else draft.labels.get("table", "")
        if name:
            region.set("role", "region")
            region.set("aria-label", name)


class _Tables(TableProcessor):
    """Makes tables, also right under a line of text, which is left as a paragraph."""

    def __init__(self, converter: Markdown) -> None:
        super().__init__(converter.parser, {"use_align_attribute": False})

    def test(self, parent: Element, block: str) -> bool:
        return "|" in block and "-" in block and self._start(_parted(block)[0]) is not None

    def run(self, parent: Element, blocks: list[str]) -> None:
        block, caption = _parted(blocks.pop(0))
        start = self._start(block) or 0
        if start:
            self.parser.parseBlocks(parent, [block[:start].rstrip("\n")])
        super().test(parent, block[start:])
        if block.count("\n", start) * len(self.separator) > MAX_CELLS:
            raise TooComplexError
        super().run(SubElement(parent, "div", _REGION), [block[start:]])
        if caption:
            blocks.insert(0, caption)

    def _start(self, block: str) -> int | None:
        """Return where in the block the head of a table stands."""
        for rule in _RULE.finditer(block):
            head = block.rfind("\n", 0, max(0, rule.start() - 1)) + 1
            if rule.start() and super().test(Element("div"), block[head:]):
                return head
        return None

    def _build_row(self, row: str, parent: Element, align: Sequence[str | None]) -> None:
        super()._build_row(row, parent, [None] * len(align))  # type: ignore[misc]
        for cell, side in zip(parent[-1], align, strict=True):
            if cell.tag == "th":
                cell.set("scope", "col")
            if side:
                cell.set("class", f"align-{side}")


def region(draft: Draft) -> str:
    """Return the opening tag of what a table of raw HTML stands in."""
    name = draft.labels.get("table", "")
    named = f' role="region" aria-label="{escape(name)}"' if name else ""
    return f'<div class="scroll" tabindex="0"{named}>'


def _parted(block: str) -> tuple[str, str]:
    """Return a block without a caption on its last line, and the caption."""
    rows, _, last = block.rpartition("\n")
    return (rows, last) if _CAPTION.fullmatch(last) else (block, "")


class _Captions(Treeprocessor):
    """Makes a paragraph `Table: …` right before or after a table its caption."""

    def run(self, root: Element) -> None:
        for parent in list(root.iter()):
            for region in [child for child in parent if child.get("class") == "scroll"]:
                place = list(parent).index(region)
                for neighbour in (place - 1, place + 1):
                    if 0 <= neighbour < len(parent) and self._move(parent[neighbour], region[0]):
                        parent.remove(parent[neighbour])
                        break

    def _move(self, paragraph: Element, table: Element) -> bool:
        caption = _CAPTION.fullmatch(paragraph.text or "") if paragraph.tag == "p" else None
        if caption is None:
            return False
        element = Element("caption")
        element.text = caption["text"]
        table.insert(0, element)
        return True
