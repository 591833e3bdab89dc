"""What can be told of one article by itself; and what its translations are compared by."""

import re
from functools import cache

from sitegen.findings import Findings
from sitegen.lint import (
    alternatives,
    leftovers,
    lengths,
    misspelt_names,
    passages,
    quotation_marks,
)
from sitegen.lint.facts import figure_words, figures_in, number_words_in
from sitegen.lint.notes import Notes, encoded
from sitegen.lint.written import Written
from sitegen.model.content import Card

_FOREIGN_LINK = re.compile(r"(?:\]\(\s*<?|<|^\[[^\]\n]+\]:\s*<?)https?://([^/\s)>?#\"]+)", re.M)


def read_article(content: bytes, card: Card, findings: Findings) -> bytes:
    """Return the notes on an article, encoded; what looks wrong in it is a finding."""
    written, path = Written(content, card), card.source.path
    hits = _watched(written.language).intersection(written.words)
    leftovers.check(written, path, hits, findings)
    passages.check(written, path, hits, findings)
    quotation_marks.check(written, path, findings)
    misspelt_names.check(written, card, findings)
    lengths.check(card, findings)
    alternatives.check(card, findings)
    facts = figures_in(written)
    if words := number_words_in(written, hits):
        facts += words
    return encoded(Notes(blocks=len(written.blocks), facts=facts, links=_links(written)))


@cache
def _watched(language: str) -> frozenset[bytes]:
    """Return the words that mean something to a rule."""
    return leftovers.WORDS | passages.foreign_words(language) | figure_words(language).keys()


def _links(written: Written) -> tuple[tuple[int, str], ...]:
    """Return each link to another site."""
    if "://" not in written.body:
        return ()
    return tuple(
        (written.body_line(found.start()), found[1].lower().removeprefix("www."))
        for found in _FOREIGN_LINK.finditer(written.body)
    )
