"""The converter: Python-Markdown with what we take from it, and what we read otherwise."""

import re
from collections.abc import Callable
from functools import partial
from html import escape, unescape
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions.abbr import AbbrExtension
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.footnotes import FootnoteBlockProcessor, FootnoteExtension
from markdown.inlinepatterns import ENTITY_RE, InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from sitegen.markup import (
    attributes,
    boxes,
    code,
    headings,
    limits,
    links,
    lists,
    notes,
    pictures,
    raw_html,
    tables,
    typeset,
)
from sitegen.markup.draft import Draft

_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot);)(?:#[0-9]+|#x[0-9a-f]+|[0-9a-z]+);", re.IGNORECASE)
_BREAK = r"(?:(?<! ) {2,}|\\)\n"
_MARKS = {
    "backtick": "`",
    "escape": "\\",
    "footnote": "[^",
    "reference": "[",
    "link": "[",
    "phrase": "{",
    "image_link": "![",
    "image_reference": "![",
    "short_reference": "[",
    "short_image_ref": "![",
    "autolink": "<",
    "automail": "<",
    "html": "<",
    "address": "://",
    "entity": "&",
}
"""Without which a pattern matches nothing: most articles have few of them."""


def convert(body: str, draft: Draft) -> str:
    """Return the HTML of the body."""
    limits.check(body)
    converter = _converter(draft)
    source = re.sub(r"\n +(?=\n)", "\n", f"\n{body}\n\n")
    source = code.take_out(source, converter.htmlStash, draft.region("code"))
    source = boxes.FENCE.sub(r"\n\n\1\n", source)  # each a block of its own
    _leave_out_the_needless(converter, source)
    html = _ENTITY.sub(_letter, converter.convert(source))
    if len(html) > limits.MAX_HTML:
        raise limits.TooComplexError(f"the text would grow to {len(html):,} characters")
    return html


def _leave_out_the_needless(converter: Markdown, source: str) -> None:
    """Keep what can match in the source; returns nothing.

    Plain lists take the place of registries, which sort and look up at each of many thousand steps.
    """
    for name, mark in _MARKS.items():
        if mark not in source:
            converter.inlinePatterns.deregister(name)
    reader = converter.treeprocessors["inline"]
    reader.inlinePatterns = list(converter.inlinePatterns)  # type: ignore[attr-defined]
    converter.parser.blockprocessors = list(converter.parser.blockprocessors)  # type: ignore[assignment]


def _converter(draft: Draft) -> Markdown:
    """Return a converter for one article: being new, it has nothing of another's."""
    converter = Markdown(output_format="html")
    AbbrExtension().extendMarkdown(converter)
    DefListExtension().extendMarkdown(converter)
    written = FootnoteExtension()
    written.parser = parser = converter.parser
    converter.ESCAPED_CHARS.extend("<:|")
    converter.preprocessors.deregister("normalize_whitespace")  # it would lose what is in the stash
    blocks, inline = parser.blockprocessors, converter.inlinePatterns
    trees = converter.treeprocessors
    for name in ("code", "indent", "olist", "ulist"):
        blocks.deregister(name)
    blocks.register(boxes.Boxes(parser, draft), "box", 95)
    blocks.register(tables.Tables(parser, draft), "table", 75)
    blocks.register(headings.HashHeadings(parser), "hashheader", 70)
    blocks.register(headings.UnderlinedHeadings(parser), "setextheader", 60)
    blocks.register(lists.Lists(parser, draft.language), "list", 40)
    blocks.register(FootnoteBlockProcessor(written), "footnote", 17)
    refer = partial(notes.reference, notes=written.footnotes, draft=draft)
    inline.register(_Inline(notes.REFERENCE, refer), "footnote", 175)
    inline.register(_Inline(attributes.PHRASE, attributes.phrase), "phrase", 155)
    inline.register(_Link(links.MAIL, links.address), "automail", 110)
    inline.register(_Inline(_BREAK, lambda _: Element("br")), "linebreak", 100)
    inline.register(_Link(links.WEB, links.address), "address", 85)
    inline.register(_Inline(ENTITY_RE, _letter), "entity", 80)
    trees.register(_Step(partial(notes.add_section, written=written)), "footnote", 50)
    trees.register(attributes.AttributeLists(converter, draft), "attr_list", 8)
    for place, concept in enumerate((notes, pictures, links, typeset, headings)):
        trees.register(_Step(partial(concept.finish, draft=draft)), concept.__name__, -9 - place)
    trees.register(_Step(boxes.finish), "boxes", -20)
    converter.postprocessors.register(raw_html.Judged(converter, draft), "raw_html", 30)
    return converter


def _letter(entity: re.Match[str]) -> str:
    """Return the letter for an entity, except for those that keep text from being markup."""
    return AtomicString(escape(unescape(entity[0]), quote=False))


class _Inline(InlineProcessor):
    """Puts what a function makes of each match in its place."""

    def __init__(self, pattern: str, make: Callable[[re.Match[str]], Element | str]) -> None:
        super().__init__(pattern)
        self._make = make

    def handleMatch(  # type: ignore[override]  # noqa: N802  # the library's name
        self, match: re.Match[str], data: str
    ) -> tuple[Element | str, int, int]:
        return self._make(match), match.start(), match.end()


class _Link(_Inline):
    """Likewise, but there is no link within a link."""

    ANCESTOR_EXCLUDES = ("a",)


class _Step(Treeprocessor):
    """Does to the tree what a function does."""

    def __init__(self, step: Callable[[Element], None]) -> None:
        super().__init__()
        self._step = step

    def run(self, root: Element) -> None:
        self._step(root)
