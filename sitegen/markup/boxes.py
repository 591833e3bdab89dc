"""Fenced boxes: `::: fact Title` and `::: quote Name, Title`, each closed by `:::`."""

import re
from xml.etree.ElementTree import Element, SubElement

from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor

from sitegen.markup.draft import Draft, Fault
from sitegen.schema import suggestion

_KINDS = ("fact", "quote")
FIGURE = re.compile(r"(?=.*\d).{1,12}")  # what fits the rail as a large numeral: "1.600 mio."
FENCE = re.compile(r"\n *(:::.*)")
_CLOSING = re.compile(r"\s*:::+\s*")
_BOX = re.compile(r"<aside .*?</aside>\s*", re.DOTALL)


def finish(root: Element) -> None:
    """Name each fact box by its title, and mark key figures; returns nothing."""
    for box in root.iter("aside"):
        box.set("aria-labelledby", box[0].get("id", ""))
        for paragraph in box.iter("p"):
            if _is_key_figure(paragraph):
                paragraph.set("class", "key")


def cut_out(html: str) -> tuple[str, tuple[str, ...]]:
    """Return the HTML without its fact boxes, and the boxes."""
    return _BOX.sub("", html).strip(), tuple(box.strip() for box in _BOX.findall(html))


def _is_key_figure(paragraph: Element) -> bool:
    """A paragraph that begins with a figure in bold; longer bold text is only emphasis."""
    bold = paragraph.find("strong")
    if bold is None or bold is not paragraph[0] or (paragraph.text or "").strip():
        return False
    is_figure = FIGURE.fullmatch("".join(bold.itertext()).rstrip()) is not None
    return is_figure and bool((bold.tail or "").strip())


class Boxes(BlockProcessor):
    """Reads a box with all that stands in it."""

    def __init__(self, parser: BlockParser, draft: Draft) -> None:
        super().__init__(parser)
        self._draft = draft

    def test(self, parent: Element, block: str) -> bool:
        return block.startswith(":::")

    def run(self, parent: Element, blocks: list[str]) -> None:
        fence = blocks.pop(0)
        line = self._line(fence)
        kind, _, title = fence.strip(": ").partition(" ")
        if not kind:
            mend = "remove it, or write `::: fact Title` above the box"
            self._draft.fault("box-open", "this `:::` closes nothing", mend, line)
            return
        ends = (index for index, block in enumerate(blocks) if _CLOSING.fullmatch(block))
        end = next(ends, len(blocks))
        fault = self._fault(parent, kind, title.strip())
        if end < len(blocks):
            self._line(blocks[end])
        else:
            fault = f"the box `{kind}` is not closed", "write `:::` on a line below its text"
        if fault:
            self._draft.fault("box-open", *fault, line)
        inner = blocks[:end]
        del blocks[: end + 1]
        self.parser.parseBlocks(_box(parent, kind, title.strip()), inner)

    def _fault(self, parent: Element, kind: str, title: str) -> Fault | None:
        """Return what is wrong with a box, and how to mend it."""
        if kind not in _KINDS:
            return f"there is no box `{kind}`", suggestion(kind, _KINDS)
        if kind == "fact" and not title:
            return "the fact box has no title", "write it behind, as in `::: fact In short`"
        if kind == "fact" and parent is not self.parser.root:
            return "the fact box stands inside another block", "move it out of there"
        return None

    def _line(self, fence: str) -> int:
        return self._draft.lines.of(rf"^ *{re.escape(fence.strip())} *$")


def _box(parent: Element, kind: str, title: str) -> Element:
    """Return the element in which the box's text belongs."""
    if kind == "fact":
        box = SubElement(parent, "aside", {"class": "fact"})
        SubElement(box, "h2").text = title
        return box
    box = SubElement(parent, "div", {"class": "quote"})
    quote = SubElement(box, "blockquote")
    if title:
        SubElement(box, "p", {"class": "attribution"}).text = title
    return quote
