"""Reads one Markdown file: a card of what it says, and its body as HTML."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

import msgspec

from sitegen.addresses import slugify
from sitegen.findings import Findings
from sitegen.front_matter import read_front_matter
from sitegen.markup import Text, mark_up
from sitegen.model.content import Body, Card, FrontMatter, Source
from sitegen.paragraphs import digest_of
from sitegen.targets import placed
from sitegen.terms import terms_of
from sitegen.typography import plain, quotes


class Rules(msgspec.Struct, frozen=True, kw_only=True):
    """What parsing depends on besides the file."""

    timezone: str
    labels: Mapping[str, Mapping[str, str]]  # by language: the names of parts of a text
    ignored: Mapping[str, tuple[str, ...]] = {}  # by language: words that search passes over


NOTHING = Body(html="")


def parse(
    source: Source, content: bytes, key: str, rules: Rules, findings: Findings
) -> tuple[Card | None, Body]:
    """Return the card and body of a file; no card when its front matter cannot be read."""
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
    if split.front is None:
        return None, NOTHING
    card = Card(
        source=source,
        front=_typeset(split.front, source.language),
        lines=split.lines,
        body=key,
        slug=slugify(split.front.title),
        headings=marked.headings,
        anchors=marked.anchors,
        references=tuple(placed(each, source.path) for each in marked.references),
        excerpt=marked.excerpt,
        words=marked.words,
        names=marked.names,
        said=digest_of(split.front, split.body),
    )
    _check_quote(card, marked.text, findings)
    terms = _terms(card, marked.text, rules.ignored.get(source.language, ()))
    return card, Body(html=marked.html, boxes=marked.boxes, terms=terms)


def _terms(card: Card, text: str, ignored: tuple[str, ...]) -> str:
    """Return the terms of headline, summary and text, a line each (R59)."""
    front = card.front
    said = front.title, front.summary, f"{text}\n{front.image_caption}"
    return "\n".join(terms_of(each, card.source.language, ignored) for each in said)


def _typeset(front: FrontMatter, language: str) -> FrontMatter:
    """Return the front matter with quotation marks in the language's own form (R54)."""
    texts = ("title", "summary", "description", "image_alt", "image_caption", "quote")
    said = {name: text for name in texts if (text := getattr(front, name))}
    withdrawn = front.withdrawn
    return msgspec.structs.replace(
        front,
        corrections=tuple(
            msgspec.structs.replace(each, text=quotes(each.text, language))
            for each in front.corrections
        ),
        withdrawn=withdrawn
        and msgspec.structs.replace(withdrawn, reason=quotes(withdrawn.reason, language)),
        **{name: quotes(text, language) for name, text in said.items()},
    )


def _check_quote(card: Card, text: str, findings: Findings) -> None:
    """A pull quote must be the article's own words (R8)."""
    if card.front.quote and _words(card.front.quote) not in _words(text):
        findings.add(
            "quote-not-in-text",
            "the words of `quote` do not stand in the article",
            "copy them from the text, letter by letter",
            path=card.source.path,
            line=card.lines["quote"],
        )


def _words(text: str) -> str:
    return " ".join(plain(text).strip("”“\"' ").split())
