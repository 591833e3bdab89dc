"""Fenced boxes: `::: fact Title` and `::: quote Name, Title`, each closed by `:::`."""

import re
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.preprocessors import Preprocessor

from sitegen.markup.draft import Draft
from sitegen.schema import suggestion

_FENCE = re.compile(r":::+[ ]*(?P<kind>[^\s:]*)[ ]*(?P<title>.*)")
_KINDS = ("fact", "quote")
LONGEST_FIGURE = 12  # characters that still fit the rail as a large numeral, as in "1.600 mio."
_BOX = re.compile(r"<aside .*?</aside>\s*", re.DOTALL)


def extend(converter: Markdown, draft: Draft) -> None:
    """Teach the converter the boxes; returns nothing."""
    converter.preprocessors.register(_Isolate(draft), "box_lines", 24)
    converter.parser.blockprocessors.register(_Boxes(converter, draft), "box", 95)


def finish(root: Element) -> None:
    """Name each fact box by its title, and mark key figures; returns nothing."""
    for box in root.iter("aside"):
        box.set("aria-labelledby", box[0].get("id", ""))
        for paragraph in box.iter("p"):
            if _is_key_figure(paragraph):
                paragraph.set("class", f"{paragraph.get('class', '')} key".strip())


def cut_out(html: str) -> tuple[str, tuple[str, ...]]:
    """Return the HTML without its fact boxes, and the boxes."""
    if "<aside" not in html:
        return html, ()
    return _BOX.sub("", html).strip(), tuple(box.strip() for box in _BOX.findall(html))


def _is_key_figure(paragraph: Element) -> bool:
    """A paragraph that begins with a figure in bold; longer bold text is only emphasis."""
    if (paragraph.text or "").strip() or not len(paragraph) or paragraph[0].tag != "strong":
        return False
    figure = "".join(paragraph[0].itertext()).rstrip()
    is_figure = len(figure) <= LONGEST_FIGURE and any(letter.isdigit() for letter in figure)
    return is_figure and bool((paragraph[0].tail or "").strip())


class _Isolate(Preprocessor):
    """Puts blank lines around the lines of `:::`, so that each is a block of its own."""

    def __init__(self, draft: Draft) -> None:
        super().__init__()
        self._draft = draft

    def run(self, lines: list[str]) -> list[str]:
        isolated: list[str] = []
        for line in lines:
            if not line.lstrip(" >").startswith(":::"):
                isolated.append(line)
            elif not line.startswith(":::"):
                what, mend = "a `:::` does not begin its line", "remove what stands before it"
                isolated.append(line.replace(":::", "\\:::", 1))
                self._draft.fault("box-open", what, mend, self._draft.lines.of(line))
            else:
                isolated += ["", line, ""]
        return isolated


class _Boxes(BlockProcessor):
    """Reads a box with all that stands in it."""

    def __init__(self, converter: Markdown, draft: Draft) -> None:
        super().__init__(converter.parser)
        self._draft = draft

    def test(self, parent: Element, block: str) -> bool:
        return block.startswith(":::") and "\n" not in block

    def run(self, parent: Element, blocks: list[str]) -> None:
        fence = blocks.pop(0)
        line = self._line(fence)
        opening = _FENCE.fullmatch(fence)
        kind, title = (opening["kind"], opening["title"].strip()) if opening else ("", "")
        if not kind:
            mend = "remove it, or write `::: fact Title` above the box"
            self._draft.fault("box-open", "this `:::` closes nothing", mend, line)
            return
        inner, is_closed = self._inner(blocks)
        self._check(parent, kind, title, line, is_closed=is_closed)
        self.parser.state.set("box")
        self.parser.parseBlocks(_box(parent, kind, title), inner)
        self.parser.state.reset()

    def _inner(self, blocks: list[str]) -> tuple[list[str], bool]:
        """Take the blocks up to the fence that closes the box, and tell whether there is one."""
        depth = 1
        for place, block in enumerate(block.strip("\n") for block in blocks):
            if not block.startswith(":::") or "\n" in block:
                continue
            depth += 1 if block.strip(": ") else -1
            if not depth:
                inner = blocks[:place]
                self._line(block)
                del blocks[: place + 1]
                return inner, True
        inner = blocks[:]
        del blocks[:]
        return inner, False

    def _check(self, parent: Element, kind: str, title: str, line: int, *, is_closed: bool) -> None:
        what = mend = ""
        if kind not in _KINDS:
            what, mend = f"there is no box `{kind}`", suggestion(kind, _KINDS)
        elif not is_closed:
            what, mend = f"the box `{kind}` is not closed", "write `:::` on a line below its text"
        elif kind == "fact" and not title:
            what, mend = "the fact box has no title", "write it behind, as in `::: fact In short`"
        elif kind == "fact" and parent is not self.parser.root:
            what, mend = "the fact box stands inside another block", "move it out of there"
        if what:
            self._draft.fault("box-open", what, mend, line)

    def _line(self, fence: str) -> int:
        return self._draft.lines.of_pattern(rf"^{re.escape(fence)}$")


def _box(parent: Element, kind: str, title: str) -> Element:
    """Return the element in which the box's text belongs."""
    if kind == "fact":
        box = SubElement(parent, "aside", {"class": "fact"})
        SubElement(box, "h2").text = title
        return box
    if kind != "quote":
        return SubElement(parent, "div")
    box = SubElement(parent, "div", {"class": "quote"})
    quote = SubElement(box, "blockquote")
    if title:
        SubElement(box, "p", {"class": "attribution"}).text = title
    return quote
