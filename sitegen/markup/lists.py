"""Lists as editors type them: right under a paragraph, nested by two blanks; a date begins none."""

import re
from functools import cache
from xml.etree.ElementTree import Element, SubElement

from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor

from sitegen.typography import month_names

_Items = list[tuple[re.Match[str], list[str]]]  # the line that begins each, and those below it
ITEM = re.compile(r"(?P<indent> *)(?:[-*+]|(?P<number>\d{1,3})\.)[ \u00a0]+(?=\S)(?P<text>.*)")
_INTERRUPTION = re.compile(r"^ {0,3}(?:[-*+]|1\.)[ \u00a0]+(?=\S)", re.MULTILINE)
_CONTINUED = re.compile(r"\s|[-*+\d]|\Z")  # what begins a block that may belong to a list
_EMPTY = re.compile(r" *[-*+][ \u00a0]*")  # a number on a line of its own may end a sentence
_OTHER_BLOCK = re.compile(r"#{1,6}[ \u00a0]|>|([-*_])(?: ?\1){2,} *$")
_ORDINALS = {
    "da": "kvartal halvår division etage klasse plads række sal sæson verdenskrig århundrede"
}
_NEST = 2  # blanks before what belongs to an item


class Lists(BlockProcessor):
    """Reads a whole list with all that is nested in it."""

    def __init__(self, parser: BlockParser, language: str) -> None:
        super().__init__(parser)
        self._sentence = sentence(language)

    def test(self, parent: Element, block: str) -> bool:
        return True

    def run(self, parent: Element, blocks: list[str]) -> bool:
        start, head = self._head(blocks[0])
        if head is None:
            return False
        after = (n for n, block in enumerate(blocks) if n and not _CONTINUED.match(block))
        count = next(after, len(blocks))
        text = "\n\n".join(blocks[:count])
        self.parser.parseBlocks(parent, [text[:start].rstrip("\n")])
        items, rest = self._divide(text[start:].split("\n"), head)
        blocks[:count] = "\n".join(rest).split("\n\n")
        self._build(parent, head, items)
        return True

    def _head(self, block: str) -> tuple[int, re.Match[str] | None]:
        """Return where in the block a list starts, and its first item."""
        for start in (0, *(found.start() for found in _INTERRUPTION.finditer(block, 1))):
            if item := self._item(block, start):
                return start, item
        return 0, None

    def _item(self, text: str, start: int = 0) -> re.Match[str] | None:
        """Return the item that begins there."""
        item = ITEM.match(text, start)
        is_date = item and item["number"] and self._sentence.match(item["text"])
        return None if is_date else item

    def _divide(self, lines: list[str], head: re.Match[str]) -> tuple[_Items, list[str]]:
        """Return the items of the list, and the lines after it."""
        items: _Items = []
        for place, line in enumerate(lines):
            item = self._item(line)
            if items and _EMPTY.fullmatch(line):
                continue  # begun and left, as in a last line `- `
            if items and (not line or _indent(line) >= len(head["indent"]) + _NEST):
                items[-1][1].append(line)
            elif item and bool(item["number"]) == bool(head["number"]):
                items.append((item, []))
            elif not lines[place - 1] or _OTHER_BLOCK.match(line.lstrip()) or item:
                return items, lines[place:]
            else:
                items[-1][1].append(line)
        return items, []

    def _build(self, parent: Element, head: re.Match[str], items: _Items) -> None:
        element = SubElement(parent, "ol" if head["number"] else "ul")
        if head["number"] and int(head["number"]) != 1:
            element.set("start", str(int(head["number"])))
        self.parser.state.set("item")
        for item, lines in items:
            self.parser.parseChunk(SubElement(element, "li"), _text(item, lines, head))
        self.parser.state.reset()
        is_parted = any(lines and not lines[-1] for _, lines in items[:-1])
        if not is_parted and all(len(child.findall("p")) <= 1 for child in element):
            for child in element:
                if len(child) and child[0].tag == "p":
                    child.text = child[0].text
                    child.remove(child[0])


def _text(item: re.Match[str], lines: list[str], head: re.Match[str]) -> str:
    """Return an item's Markdown without its mark and its indentation."""
    least = len(head["indent"]) + _NEST
    shift = min((_indent(line) for line in lines if _indent(line) >= least), default=0)
    dedented = (line[min(shift, _indent(line)) :] for line in lines)
    return "\n".join([item["text"], *dedented]).rstrip("\n")


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


@cache
def sentence(language: str) -> re.Pattern[str]:
    """Return what matches after a number that is an ordinal in a sentence, as in "3. maj"."""
    names = [*map(re.escape, month_names(language)), *_ORDINALS.get(language, "").split()]
    return re.compile(rf"(?:{'|'.join(names)})(?!\w)" if names else r"(?!)", re.IGNORECASE)
