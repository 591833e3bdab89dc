"""Counts how many of a site's news each language tells."""

from collections import Counter
from collections.abc import Sequence

import msgspec

from sitegen.model.stories import Story
from sitegen.schedule import Moment


class Coverage(msgspec.Struct, frozen=True, kw_only=True):
    """What one language has of the news."""

    language: str
    public: int = 0
    scheduled: int = 0
    draft: int = 0
    expired: int = 0
    missing: int = 0
    of: int = 0  # stories that are no draft in some language

    @property
    def share(self) -> float:
        """How much of the news is told in this language, or will be, from 0 to 1."""
        told = self.public + self.scheduled + self.expired
        return told / self.of if self.of else 1.0


def coverage(stories: Sequence[Story], moment: Moment) -> tuple[Coverage, ...]:
    """Return what each language has of the news; fixed pages are not counted."""
    news = [story for story in stories if story.kind == "news"]
    return tuple(_of(language, news, moment) for language in moment.languages)


def _of(language: str, news: Sequence[Story], moment: Moment) -> Coverage:
    counts = Counter(
        moment.state(story, article) if (article := story.article(language)) else "missing"
        for story in news
    )
    begun = sum(any(not each.card.front.draft for each in story.articles) for story in news)
    return Coverage(language=language, of=begun, **counts)
