"""Links to an article in another language although the story is told in the reader's own."""

import posixpath
from collections.abc import Mapping

from sitegen.findings import Findings
from sitegen.model.content import Card
from sitegen.model.stories import Story


def check(card: Card, own: Story, stories: Mapping[str, Story], findings: Findings) -> None:
    """Note each such link of an article; `stories` knows the story of each file."""
    path, language = card.source.path, card.source.language
    for each in card.references:
        story = stories.get(each.path)
        if each.kind != "link" or story is None or story is own:
            continue
        linked = next(a for a in story.articles if a.path == each.path)
        better = story.article(language)
        if linked.language == language or better is None or better.card.front.draft:
            continue
        target = posixpath.relpath(better.path, posixpath.dirname(path))
        findings.add(
            "link-other-language",
            "the link leads to another language, though that story is told in this one, too",
            f"write {target} instead",
            path=path,
            line=each.line,
        )
