"""Reads a site as a build does, and looks at what is ahead of it."""

import datetime as dt

import msgspec

from sitegen.addresses import Addresses
from sitegen.cache import DamagedCacheError, open_cache
from sitegen.findings import Findings
from sitegen.outlook.coverage import Coverage, coverage
from sitegen.outlook.moments import Coming, coming
from sitegen.pipeline import Order, Progress
from sitegen.pipeline.stories import Told, read_stories
from sitegen.plan import plan
from sitegen.schedule import Moment
from sitegen.settings import Config


class Outlook(msgspec.Struct, frozen=True, kw_only=True):
    """What a site tells today, and what will change by itself."""

    addresses: Addresses
    now: dt.datetime
    stories: int  # of the news
    coverage: tuple[Coverage, ...]
    coming: tuple[Coming, ...]

    @property
    def config(self) -> Config:
        """The site's config."""
        return self.addresses.config


def look_ahead(order: Order, progress: Progress) -> tuple[Outlook, Findings]:
    """Return the outlook of a site, and what is wrong with it so far."""
    try:
        return _look_ahead(order, progress)
    except DamagedCacheError:  # it has been removed
        return _look_ahead(order, progress)


def _look_ahead(order: Order, progress: Progress) -> tuple[Outlook, Findings]:
    with open_cache(order.cache_folder) as cache:
        told, findings = read_stories(order, cache, progress)
    stories, addresses = told.stories, told.sources.addresses
    now = msgspec.structs.replace(told.moment, drafts=False, future=False, expired=False)

    def looks_alike(one: Moment, other: Moment) -> bool:
        return _pages(told, one) == _pages(told, other)

    outlook = Outlook(
        addresses=addresses,
        now=now.now,
        stories=sum(story.kind == "news" for story in stories),
        coverage=coverage(stories, now),
        coming=tuple(coming(stories, now, addresses, looks_alike)),
    )
    return outlook, findings


def _pages(told: Told, moment: Moment) -> object:
    sources = told.sources
    registry, addresses = sources.registry, sources.addresses
    site = plan(told.stories, registry, addresses, moment, Findings(), promise=sources.promise)
    return site.pages
