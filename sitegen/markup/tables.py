"""Tables with captions and classes for alignment, each in a region that scrolls.

A line or paragraph `Table: …` or `Tabel: …` right above a table is its caption.
"""

import re
from collections.abc import Sequence
from xml.etree.ElementTree import Element

from markdown.blockparser import BlockParser
from markdown.extensions.tables import TableProcessor

from sitegen.markup.draft import Draft

_CAPTION = re.compile(r"(?:Table|Tabel):[ \u00a0]*(\S.*)", re.DOTALL)
_RULE = re.compile(r"^[ |:-]+$", re.MULTILINE)


class Tables(TableProcessor):
    """Makes tables, also right under a line of text, which is a paragraph or the caption."""

    def __init__(self, parser: BlockParser, draft: Draft) -> None:
        super().__init__(parser, {"use_align_attribute": False})
        self._draft = draft

    def test(self, parent: Element, block: str) -> bool:
        return "|" in block and "-" in block and self._start(block) is not None

    def run(self, parent: Element, blocks: list[str]) -> None:
        block = blocks.pop(0)
        start = self._start(block) or 0
        self.parser.parseBlocks(parent, [block[:start].rstrip("\n")])
        region = Element("div", {"class": "scroll", **self._draft.region("table")})
        super().run(region, [block[start:]])
        before = parent[-1] if len(parent) and parent[-1].tag == "p" else Element("p")
        if caption := _CAPTION.fullmatch(before.text or ""):
            parent.remove(before)
            before.tag, before.text = "caption", caption[1]
            region[0].insert(0, before)
        parent.append(region)

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
