"""Reads one Markdown file: a card of what it says, and its body as HTML."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

import msgspec

from sitegen.findings import Findings
from sitegen.front_matter import Split, read_front_matter
from sitegen.markup import Marked, Text, mark_up
from sitegen.model.content import Body, Card, Source
from sitegen.typography import plain


class Rules(msgspec.Struct, frozen=True, kw_only=True):
    """What parsing depends on besides the file."""

    timezone: str
    labels: Mapping[str, Mapping[str, str]]  # by language: the names of parts of a text


NOTHING = Body(html="")


def parse(
    source: Source, content: bytes, key: str, rules: Rules, findings: Findings
) -> tuple[Card | None, Body]:
    """Return the card and body of a file; no card when its front matter has an error."""
    zone = ZoneInfo(rules.timezone)
    split = read_front_matter(content, source.path, zone, source.kind, findings)
    if split is None:
        return None, NOTHING
    text = Text(
        path=source.path,
        first_line=split.first_line,
        language=source.language,
        body=split.body,
    )
    marked = mark_up(text, findings, labels=rules.labels.get(source.language, {}))
    _check_quote(source, split, marked, findings)
    card = Card(
        source=source,
        front=split.front,
        lines=split.lines,
        body=key,
        headings=marked.headings,
        references=marked.references,
        excerpt=marked.excerpt,
        words=marked.words,
        names=marked.names,
    )
    return card, Body(html=marked.html, boxes=marked.boxes)


def _check_quote(source: Source, split: Split, marked: Marked, findings: Findings) -> None:
    """A pull quote must be the article's own words (R8)."""
    quote = _words(split.front.quote)
    if quote not in _words(marked.text):
        findings.add(
            "quote-not-in-text",
            "the words of `quote` do not stand in the article",
            "copy them from the text, letter by letter",
            path=source.path,
            line=split.lines["quote"],
        )


def _words(text: str) -> str:
    return " ".join(plain(text).strip("”“\"' ").split())
