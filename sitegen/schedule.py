"""When stories open, close and are pinned: the one room, beside `plan`, that sees the time."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Literal
from zoneinfo import ZoneInfo

import msgspec

from sitegen.dates import closing, opening
from sitegen.model.content import When
from sitegen.model.stories import Article, Story

FRESH = dt.timedelta(days=2)

State = Literal["public", "draft", "scheduled", "expired"]


class Moment(msgspec.Struct, frozen=True, kw_only=True):
    """The time at which the site is built, and what is shown beside the public."""

    now: dt.datetime
    zone: ZoneInfo
    languages: tuple[str, ...]
    drafts: bool = False
    future: bool = False
    expired: bool = False

    def state(self, story: Story, article: Article) -> State:
        """Return what `article` is at this moment; fixed pages can only be drafts."""
        if article.card.front.draft:
            return "draft"
        if story.kind == "pages":
            return "public"
        if self._opens_later(story, article):
            return "scheduled"
        if story.expiry_date and closing(story.expiry_date, self.zone) <= self.now:
            return "expired"
        return "public"

    def shows(self, state: State) -> bool:
        """Tell whether articles in this state get their page."""
        shown = {"draft": self.drafts, "scheduled": self.future, "expired": self.expired}
        return shown.get(state, True)

    def is_pinned(self, story: Story) -> bool:
        """Tell whether a story still leads the front page; the last day counts to its end."""
        return story.pinned_until is not None and self.now < closing(story.pinned_until, self.zone)

    def is_fresh(self, story: Story) -> bool:
        """Tell whether a story's date is of the last two days, as the news sitemap wants it."""
        return story.date is not None and opening(story.date, self.zone) + FRESH > self.now

    def _opens_later(self, story: Story, article: Article) -> bool:
        if not story.together:
            return _opening(story, article, self.zone) > self.now
        ready = [each for each in story.articles if not each.card.front.draft]
        latest = max(_opening(story, each, self.zone) for each in ready)
        is_whole = len(ready) == len(self.languages)
        has_deadline = any(each.publish_date for each in ready)
        return latest > self.now or not (is_whole or has_deadline)


def _opening(story: Story, article: Article, zone: ZoneInfo) -> dt.datetime:
    when = article.publish_date or story.date
    return opening(when, zone) if when else dt.datetime.min.replace(tzinfo=dt.UTC)


def moments(
    stories: Iterable[Story], zone: ZoneInfo, after: dt.datetime, *, tells_fresh: bool = False
) -> Sequence[dt.datetime]:
    """Return the moments after `after` at which the site will change by itself, in order.

    `tells_fresh`: also those at which news is no longer fresh.
    """
    found: set[dt.datetime] = set()
    for story in stories:
        ready = [article for article in story.articles if not article.card.front.draft]
        if story.kind == "pages" or not ready:
            continue
        found.update(_opening(story, article, zone) for article in ready)
        ends: tuple[When | None, ...] = (story.expiry_date, story.pinned_until)
        found.update(closing(when, zone) for when in ends if when)
        if tells_fresh and story.date:
            found.add(opening(story.date, zone) + FRESH)
    return sorted(moment for moment in found if moment > after)
