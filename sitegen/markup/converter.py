"""The converter: Python-Markdown with what we take from it, and what we read otherwise."""

import re
from html import escape, unescape
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions.abbr import AbbrExtension
from markdown.extensions.def_list import DefListExtension
from markdown.inlinepatterns import SubstituteTagInlineProcessor
from markdown.treeprocessors import Treeprocessor

from sitegen.markup import (
    attributes,
    boxes,
    code,
    headings,
    links,
    lists,
    notes,
    pictures,
    raw_html,
    tables,
    typeset,
)
from sitegen.markup.draft import Draft
from sitegen.markup.limits import MAX_DEPTH, TooComplexError

_ENTITY = re.compile(r"&(?:#[0-9]+|#x[0-9a-f]+|[0-9a-z]+);", re.IGNORECASE)
_KEPT = frozenset({"&amp;", "&lt;", "&gt;", "&quot;"})


def convert(body: str, draft: Draft) -> str:
    """Return the HTML of the body; a converter is made new each time, and costs a tenth of it."""
    converter = Markdown(output_format="html")
    AbbrExtension().extendMarkdown(converter)
    DefListExtension().extendMarkdown(converter)
    converter.ESCAPED_CHARS.extend("<:")
    breaks = SubstituteTagInlineProcessor(r"(?: {2,}|\\)\n", "br")
    converter.inlinePatterns.register(breaks, "linebreak", 100)
    converter.block_level_elements.append("caption")
    for concept in (attributes, boxes, code, headings, links, lists, notes, raw_html, tables):
        concept.extend(converter, draft)
    converter.treeprocessors.register(_Finish(draft), "finish", -10)
    return _ENTITY.sub(_letter, converter.convert(body))


class _Finish(Treeprocessor):
    """Lets each concept finish its part of the tree, when Python-Markdown has done its own."""

    def __init__(self, draft: Draft) -> None:
        super().__init__()
        self._draft = draft

    def run(self, root: Element) -> None:
        _measure(root, MAX_DEPTH)
        pictures.finish(root, self._draft)
        links.finish(root, self._draft)
        typeset.finish(root, self._draft.language)
        headings.finish(root, self._draft)
        boxes.finish(root)
        tables.finish(root, self._draft)
        code.finish(root, self._draft)


def _measure(element: Element, depth: int) -> None:
    """Refuse a tree that is deeper than `depth`."""
    if not depth:
        raise TooComplexError
    for child in element:
        if len(child):
            _measure(child, depth - 1)


def _letter(entity: re.Match[str]) -> str:
    """Return the letter for an entity, except for those that keep text from being markup."""
    return entity[0] if entity[0] in _KEPT else escape(unescape(entity[0]))
