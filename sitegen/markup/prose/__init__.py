"""The prose road: ordinary articles written straight as HTML, at a tenth of the cost.

Python-Markdown, with what we read otherwise, stays the definition of what an article says. This
room knows the plain part of the language only, and gives an article up at the first thing of which
it is not certain; what it does write is the same, byte for byte (`tests/test_markup_roads.py`).
"""

import re
from typing import NamedTuple

from sitegen.markup import list_marks
from sitegen.markup.boxes import FENCE
from sitegen.markup.draft import Draft
from sitegen.markup.prose.article import Article, DoubtError
from sitegen.markup.prose.blocks import GAP
from sitegen.markup.prose.flow import write
from sitegen.model.content import Heading, Reference
from sitegen.typography import plain

_MARKS = ("\\", "`", "{", "]:", "[^", "&#", "~~~", "  \n")
_ENTITY = re.compile(r"&\w+;")
_NO_BREAK = re.compile("(?:(?<=\\w)|(?<=[^\\W\\d]\\.))\u00a0(?=[\\w%€$£])")
_BLANK_LINE = re.compile(r"\n +(?=\n)")
_ATTRIBUTE = re.compile(r"\b(?:href|src|poster)\s*=")


class Said(NamedTuple):
    """What an article says."""

    html: str = ""
    boxes: tuple[str, ...] = ()
    headings: tuple[Heading, ...] = ()
    anchors: tuple[str, ...] = ()  # ids of other things than headings
    references: tuple[Reference, ...] = ()
    excerpt: str = ""
    text: str = ""


def read(draft: Draft) -> Said | None:
    """Return what the article says; nothing when it may be more than plain prose.

    No sanitiser stands behind it, as it could not find anything: there is no HTML of the editor's,
    all text is escaped, every tag and attribute is written here, and addresses are tokens, places
    in the article, or begin with one of the schemes that links may have.
    """
    body = _BLANK_LINE.sub("\n", draft.body) if "\n " in draft.body else draft.body
    if ":::" in body:
        body = FENCE.sub(r"\n\n\1\n", f"\n{body}")
    body = body.strip("\n") if body.strip(" \n") else ""
    try:
        _check(body)
        if list_marks.stand_in(draft):
            raise DoubtError
        article = Article(draft)
        html = write(GAP.split(body) if body else [], article)
        references = _references(article, draft)
    except DoubtError:
        return None
    return Said(
        html=html,
        boxes=tuple(article.boxes),
        headings=tuple(article.headings),
        references=references,
        excerpt=plain(article.excerpt),
        text=plain("\n".join(article.lines + article.lines_beside)),
    )


def _check(body: str) -> None:
    """Raise a doubt when the article has marks that are not known here, or is too large."""
    if len(body) > 50_000 or any(mark in body for mark in _MARKS):
        raise DoubtError
    shown = body.replace("\n", " ")
    if not shown.isprintable() and not _NO_BREAK.sub("", shown).isprintable():
        raise DoubtError
    if ("&" in body and _ENTITY.search(body)) or ("=" in body and _ATTRIBUTE.search(body)):
        raise DoubtError
    is_costly = body.count("[") > 300 or body.count("*") + body.count("_") > 1000
    if is_costly or body.count("|") > 4000 or body.count("\n\n") > 2000:
        raise DoubtError


def _references(article: Article, draft: Draft) -> tuple[Reference, ...]:
    """Return what the article refers to, pictures first, each with its line."""
    ids = {"top", *(heading.id for heading in article.headings)}
    if not ids.issuperset(article.fragments):
        raise DoubtError
    targets = {target for target, _, _ in article.pictures}
    if not targets and not article.links:
        return ()
    if not targets.isdisjoint(article.links):
        raise DoubtError
    place, found = 0, []
    for target, alt, typed in article.pictures:
        place = draft.body.index(typed, place) + 1
        line = draft.lines.at(place)
        found.append(Reference(kind="image", target=target, line=line, alt=alt))
    place = 0
    for target in article.links:
        place = draft.body.index(f"]({target})", place) + 1
        found.append(Reference(kind="link", target=target, line=draft.lines.at(place)))
    return tuple(found)
