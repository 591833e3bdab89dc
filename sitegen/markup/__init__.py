"""Markdown: the one room that knows Python-Markdown, and turns what an editor typed into HTML.

`[text](other.md)`, `![…](team.jpg)` and whatever else names a place by a relative path or a path
of the site becomes a Reference, and a token in the HTML (see `links`). Boxes, pictures, lists and
so on each have a module, whose first sentence says what it does.
"""

from collections.abc import Mapping
from types import MappingProxyType

import msgspec

from sitegen.findings import Findings
from sitegen.markup import boxes, limits, links, list_marks, plain_text, prose, raw_html
from sitegen.markup.captions import Caption, captions_of
from sitegen.markup.converter import convert
from sitegen.markup.draft import Draft, Text
from sitegen.markup.filling import RAIL, TEXT, fill_tokens, srcsets
from sitegen.markup.limits import TooComplexError
from sitegen.markup.links import TOKEN
from sitegen.model.content import Heading, Reference

__all__ = [
    "NO_LABELS", "RAIL", "TEXT", "TOKEN", "Caption", "Marked", "Text", "TooComplexError",
    "captions_of", "fill_tokens", "mark_up", "srcsets",
]  # fmt: skip

NO_LABELS: Mapping[str, str] = MappingProxyType({})


class Marked(msgspec.Struct, frozen=True, kw_only=True):
    """What an article's Markdown says."""

    html: str  # with a token for each reference
    boxes: tuple[str, ...] = ()  # HTML of each fact box, taken out of the text, with tokens
    headings: tuple[Heading, ...] = ()  # those of the boxes, too
    anchors: tuple[str, ...] = ()  # all other ids, sorted
    references: tuple[Reference, ...] = ()
    excerpt: str = ""  # the first paragraph, plain
    words: int = 0
    names: tuple[str, ...] = ()  # runs of capitalised words, sorted, each once
    text: str = ""  # all of it, plain, each block on its line; the boxes at the end


def mark_up(text: Text, findings: Findings, *, labels: Mapping[str, str] = NO_LABELS) -> Marked:
    """Return what the Markdown says; what an editor should mend is among the findings.

    `labels` are what screen readers hear, in the language of the article: `table`, `code`,
    `footnote` (before the number of a note), `footnote_back` (the arrow back to the text).
    """
    draft = Draft(text, labels, findings)
    said = prose.read(draft) or _convert(draft)
    return Marked(
        html=said.html,
        boxes=said.boxes,
        headings=said.headings,
        anchors=said.anchors,
        references=said.references,
        excerpt=said.excerpt,
        words=plain_text.count_words(said.text),
        names=tuple(sorted(set(plain_text.NAMES.findall(said.text)))),
        text=said.text,
    )


def _convert(draft: Draft) -> prose.Said:
    """Return what the article says by way of Python-Markdown, which decides what is right."""
    body = limits.without_control_characters(draft)
    try:
        return _read(body, draft)
    except Exception as error:  # noqa: BLE001  # the boundary: Markdown's exceptions become findings
        limits.refuse(error, body, draft)
        return prose.Said()


def _read(body: str, draft: Draft) -> prose.Said:
    list_marks.check(draft)
    html = convert(body, draft)
    links.check_fragments(html, draft)
    html, cut = boxes.cut_out(raw_html.stand_behind(html, draft))
    return prose.Said(
        html=html,
        boxes=cut,
        headings=tuple(draft.headings),
        anchors=tuple(sorted(draft.ids.difference(heading.id for heading in draft.headings))),
        references=tuple(draft.references),
        excerpt=plain_text.excerpt_of(html),
        text=plain_text.text_in("\n".join((html, *cut))),
    )
