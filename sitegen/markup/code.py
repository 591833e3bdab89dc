"""Code: what stands between fences is shown as it is typed, in a block that scrolls."""

import re
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from markdown.util import AtomicString, code_escape

from sitegen.markup.draft import Draft
from sitegen.markup.fences import Fence, fences

_PLACE = "\x02code:"
_LEFT = re.compile(f"{_PLACE}([0-9]+)\x03")


def extend(converter: Markdown, draft: Draft) -> None:
    """Teach the converter fenced code; returns nothing."""
    found: list[Fence] = []
    converter.preprocessors.register(_TakeOut(found), "fenced_code", 25)
    converter.parser.blockprocessors.register(_PutBack(converter, found), "fenced_code", 96)
    converter.postprocessors.register(_PutBackInHtml(found), "fenced_code", 15)


def finish(root: Element, draft: Draft) -> None:
    """Let every code block of the tree be reached and scrolled by keyboard; returns nothing."""
    label = draft.labels.get("code", "")
    for block in root.iter("pre"):
        block.set("tabindex", "0")
        if label:
            block.set("role", "region")
            block.set("aria-label", label)


class _TakeOut(Preprocessor):
    """Takes fenced code out of the text before anything in it can be taken for Markdown."""

    def __init__(self, found: list[Fence]) -> None:
        super().__init__()
        self._found = found

    def run(self, lines: list[str]) -> list[str]:
        kept: list[str] = []
        reached = 0
        for fence in fences(lines):
            kept += lines[reached : fence.start]
            kept += [fence.indent.rstrip(), f"{fence.indent}{_PLACE}{len(self._found)}\x03"]
            kept += [fence.indent.rstrip()]
            self._found.append(fence)
            reached = fence.end
        return [*kept, *lines[reached:]] if reached else lines


class _PutBack(BlockProcessor):
    """Makes a code block where fenced code was taken out."""

    def __init__(self, converter: Markdown, found: list[Fence]) -> None:
        super().__init__(converter.parser)
        self._found = found

    def test(self, parent: Element, block: str) -> bool:
        return block.lstrip().startswith(_PLACE)

    def run(self, parent: Element, blocks: list[str]) -> None:
        place, _, rest = blocks.pop(0).lstrip().removeprefix(_PLACE).partition("\x03")
        fence = self._found[int(place)]
        code = SubElement(SubElement(parent, "pre"), "code")
        if fence.language:
            code.set("class", f"language-{fence.language}")
        code.text = AtomicString(code_escape(fence.code) + "\n")
        if rest.strip():
            blocks.insert(0, rest.lstrip("\n"))


class _PutBackInHtml(Postprocessor):
    """Gives code back that stood between tags of raw HTML, where no Markdown is read."""

    def __init__(self, found: list[Fence]) -> None:
        super().__init__()
        self._found = found

    def run(self, text: str) -> str:
        return _LEFT.sub(lambda place: code_escape(self._found[int(place[1])].code), text)
