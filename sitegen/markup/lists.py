"""Lists as editors type them: right under a paragraph, nested by two blanks; a date begins none."""

import re
from functools import cache
from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor

from sitegen.markup.draft import Draft
from sitegen.typography import month_names

_ITEM = re.compile(r" *(?:[-*+]|(?P<number>\d{1,3})\.)[ \u00a0]+(?=\S)(?P<text>.*)")
_INTERRUPTION = re.compile(r"^ {0,3}(?:[-*+]|1\.)[ \u00a0]+(?=\S)", re.MULTILINE)
_OTHER_BLOCK = re.compile(r"#{1,6}[ \u00a0]|>|\x02|:::")
_ORDINALS = {
    "da": "kvartal halvår juledag påskedag pinsedag division etage generation klasse plads "
    "runde række sal sæson verdenskrig århundrede",
}
_NEST = 2  # blanks before what belongs to an item


def extend(converter: Markdown, draft: Draft) -> None:
    """Replace the converter's own lists; returns nothing."""
    blocks = converter.parser.blockprocessors
    for name in ("indent", "olist", "ulist"):
        blocks.deregister(name)
    blocks.register(_ListProcessor(converter, draft.language), "list", 40)


class _Item(NamedTuple):
    """A line that begins an item."""

    indent: int
    width: int  # of all that stands before its text
    number: int | None  # None for a bullet
    text: str


class _ListProcessor(BlockProcessor):
    """Reads a whole list with all that is nested in it."""

    def __init__(self, converter: Markdown, language: str) -> None:
        super().__init__(converter.parser)
        self._sentence = _sentence(language)

    def test(self, parent: Element, block: str) -> bool:
        return self._start(block) is not None

    def run(self, parent: Element, blocks: list[str]) -> bool:
        found = self._start(blocks[0])
        if found is None:
            return False
        block = blocks.pop(0)
        start, head = found
        if start:
            self.parser.parseBlocks(parent, [block[:start].rstrip("\n")])
        items, rest = self._divide(self._gather(block[start:], head, blocks), head)
        blocks[:0] = "\n".join(rest).split("\n\n") if rest else []
        self._build(parent, head, items)
        return True

    def _start(self, block: str) -> tuple[int, _Item] | None:
        """Return where in the block a list starts, and its first item."""
        first = self._item(block.partition("\n")[0])
        if first and first.indent < self.tab_length:
            return 0, first
        for match in _INTERRUPTION.finditer(block, 1):
            if item := self._item(block[match.start() :].partition("\n")[0]):
                return match.start(), item
        return None

    def _item(self, line: str) -> _Item | None:
        match = _ITEM.fullmatch(line)
        if match is None or (match["number"] and self._sentence.match(match["text"])):
            return None
        number = int(match["number"]) if match["number"] else None
        return _Item(_indent(line), match.start("text"), number, match["text"])

    def _sibling(self, line: str, head: _Item) -> _Item | None:
        """Return the item that the line begins if it may stand in the list that `head` begins."""
        item = self._item(line)
        is_same_kind = item is not None and (item.number is None) == (head.number is None)
        return item if is_same_kind else None

    def _gather(self, text: str, head: _Item, blocks: list[str]) -> list[str]:
        """Return the lines of all blocks that may belong to the list."""
        lines = text.split("\n")
        while True:
            index = next((n for n, block in enumerate(blocks) if block.strip()), None)
            if index is None:
                return lines
            following = blocks[index].strip("\n")
            first = following.partition("\n")[0]
            if _indent(first) < head.indent + _NEST and not self._sibling(first, head):
                return lines
            lines += ["", *following.split("\n")]
            del blocks[: index + 1]

    def _divide(
        self, lines: list[str], head: _Item
    ) -> tuple[list[tuple[_Item, list[str]]], list[str]]:
        """Return each item with the lines that belong to it, and the lines after the list."""
        items: list[tuple[_Item, list[str]]] = []
        is_after_blank = False
        for place, line in enumerate(lines):
            if items and (not line or _indent(line) >= head.indent + _NEST):
                items[-1][1].append(line)
            elif item := self._sibling(line, head):
                items.append((item, []))
            elif is_after_blank or _OTHER_BLOCK.match(line.lstrip()) or self._item(line):
                return items, lines[place:]
            else:
                items[-1][1].append(line)
            is_after_blank = not line
        return items, []

    def _build(self, parent: Element, head: _Item, items: list[tuple[_Item, list[str]]]) -> None:
        element = SubElement(parent, "ul" if head.number is None else "ol")
        if head.number not in {None, 1}:
            element.set("start", str(head.number))
        self.parser.state.set("item")
        for item, lines in items:
            self.parser.parseChunk(SubElement(element, "li"), self._text(item, lines, head))
        self.parser.state.reset()
        is_parted = any(lines and not lines[-1] for _, lines in items[:-1])
        if not is_parted and all(len(child.findall("p")) <= 1 for child in element):
            for child in element:
                _unwrap(child)

    def _text(self, item: _Item, lines: list[str], head: _Item) -> str:
        """Return an item's Markdown without its mark and its indentation."""
        inner = [_indent(line) for line in lines if _indent(line) >= head.indent + _NEST]
        shift = min([max(item.width, item.indent + self.tab_length), *inner])
        dedented = (line[min(shift, _indent(line)) :] for line in lines)
        return "\n".join([item.text, *dedented]).rstrip("\n")


def _unwrap(item: Element) -> None:
    """Make the paragraph at the head of an item its own text."""
    if len(item) and item[0].tag == "p":
        item.text = item[0].text
        item.remove(item[0])


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


@cache
def _sentence(language: str) -> re.Pattern[str]:
    """Return what matches after a number that is an ordinal in a sentence, as in "3. maj"."""
    names = [*map(re.escape, month_names(language)), *_ORDINALS.get(language, "").split()]
    return re.compile(rf"(?:{'|'.join(names)})(?!\w)" if names else r"(?!)", re.IGNORECASE)
