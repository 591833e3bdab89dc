"""Markdown: the one room that knows Python-Markdown, and turns what an editor typed into HTML.

`[text](other.md)`, `![…](team.jpg)` and whatever else names a place by a relative path or a path
of the site becomes a Reference, and a token in the HTML (see `tokens`). Boxes, pictures, lists and
so on each have a module, whose first sentence says what it does.
"""

from collections.abc import Mapping
from types import MappingProxyType

import msgspec

from sitegen.findings import Findings
from sitegen.markup import boxes, limits, links, plain_text, wall
from sitegen.markup.converter import convert
from sitegen.markup.draft import Draft, Text
from sitegen.markup.tokens import TOKEN, fill_tokens
from sitegen.model.content import Heading, Reference

__all__ = ["NO_LABELS", "TOKEN", "Marked", "Text", "fill_tokens", "mark_up"]

NO_LABELS: Mapping[str, str] = MappingProxyType({})


class Marked(msgspec.Struct, frozen=True, kw_only=True):
    """What an article's Markdown says."""

    html: str  # with a token for each reference
    boxes: tuple[str, ...] = ()  # HTML of each fact box, taken out of the text, with tokens
    headings: tuple[Heading, ...] = ()  # those of the boxes, too
    references: tuple[Reference, ...] = ()
    excerpt: str = ""  # the first paragraph, plain
    words: int = 0
    names: tuple[str, ...] = ()  # runs of capitalised words, sorted, each once
    text: str = ""  # all of it, plain, each block on its line; the boxes at the end


def mark_up(text: Text, findings: Findings, *, labels: Mapping[str, str] = NO_LABELS) -> Marked:
    """Return what the Markdown says; what an editor should mend is among the findings.

    `labels` are what screen readers hear, in the article's language, each optional: `table` (a
    table without a caption), `code` (a block of code), `footnote` (stands before the number of a
    reference), `footnote_back` (the arrow from a note back to the text).
    """
    draft = Draft(text, labels, findings)
    body = limits.without_control_characters(draft)
    if not limits.is_bearable(draft, body):
        return Marked(html="")
    try:
        html = convert(body, draft)
    except Exception as error:  # noqa: BLE001  # the boundary: Markdown's exceptions become findings
        _report(error, draft)
        return Marked(html="")
    if len(html) > limits.MAX_HTML:
        _report(limits.TooComplexError(), draft)
        return Marked(html="")
    links.check_fragments(html, draft)
    return _marked(wall.stand_behind(html, draft), draft)


def _marked(html: str, draft: Draft) -> Marked:
    main, cut = boxes.cut_out(html)
    text = plain_text.text_in("\n".join((main, *cut)))
    return Marked(
        html=main,
        boxes=cut,
        headings=tuple(draft.headings),
        references=tuple(draft.references),
        excerpt=plain_text.excerpt_of(main),
        words=plain_text.count_words(text),
        names=plain_text.names_in(text),
        text=text,
    )


def _report(error: Exception, draft: Draft) -> None:
    is_size = isinstance(error, limits.TooComplexError | RecursionError)
    what = "the text is nested too deeply, or grows too large"
    if not is_size:
        what = f"the text from here on cannot be read ({type(error).__name__}: {error})"
    mend = "write it more simply: fewer lists, quotes or tables inside one another"
    draft.fault("markdown-too-complex", what, mend, limits.heaviest_line(draft))
