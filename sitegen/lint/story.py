"""What can be told of a story's articles only together, or by what else there is on the site."""

from collections.abc import Callable, Mapping

from sitegen.findings import Findings
from sitegen.lint import (
    differing_facts,
    differing_headings,
    differing_links,
    differing_names,
    differing_pictures,
)
from sitegen.lint.notes import decoded
from sitegen.lint.pair import Pair, Told
from sitegen.model.content import Card
from sitegen.model.stories import Story


def compare(
    story: Story,
    notes_of: Callable[[Card], bytes],
    text_of: Callable[[str], str],
    stories: Mapping[str, str],
    findings: Findings,
) -> None:
    """Note where a story's articles do not say the same: each against the first.

    Drafts are left aside, and what is withdrawn or has no text yet.

    `notes_of` gets what `read_article` made of an article, `text_of` the text of a file, and
    `stories` knows the story of each file.
    """
    told = [
        Told(card=article.card, notes=decoded(notes_of(article.card)), text_of=text_of)
        for article in story.articles
        if _is_told(article.card)
    ]
    for other in told[1:]:
        pair = Pair(ours=told[0], theirs=other)
        differing_facts.check(pair, findings)
        differing_names.check(pair, findings)
        differing_headings.check(pair, findings)
        differing_links.check(pair, stories, findings)
        differing_pictures.check(pair, findings)


def _is_told(card: Card) -> bool:
    is_empty = not (card.words or card.references)
    return not (is_empty or card.front.draft or card.front.withdrawn)
