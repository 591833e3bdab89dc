"""From files to stories and the moment of the build: all that `plan` chooses pages from."""

import msgspec

from sitegen.cache import Cache
from sitegen.findings import Findings
from sitegen.model.content import Card
from sitegen.model.stories import Story
from sitegen.pair import pair
from sitegen.pipeline.erased import report_erased
from sitegen.pipeline.order import Order, Progress
from sitegen.pipeline.reading import Sources, parse_all, read_sources
from sitegen.schedule import Moment
from sitegen.settings import Config


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What a site has to tell, before anything is chosen from it."""

    sources: Sources
    cards: dict[str, Card]  # by file
    stories: tuple[Story, ...]
    moment: Moment


def read_stories(order: Order, cache: Cache, progress: Progress) -> tuple[Told, Findings]:
    """Return the stories of a site, and what is wrong so far; SiteError when nothing can go on."""
    sources, findings = read_sources(order)
    cards = parse_all(order, sources, cache, findings, progress)
    report_erased(order, sources, cards.values(), findings)
    stories = pair(
        list(cards.values()),
        sources.registry,
        sources.languages,
        findings,
        unread=sources.unread(cards),
    )
    sources.check_use(cards.values(), findings)
    sources.stop_without_words(findings)
    moment = _moment(order, sources.config)
    return Told(sources=sources, cards=cards, stories=stories, moment=moment), findings


def _moment(order: Order, config: Config) -> Moment:
    """Return the time of the build, and what is shown beside the public."""
    return Moment(
        now=order.now if order.now.tzinfo else order.now.replace(tzinfo=config.zone),
        zone=config.zone,
        languages=tuple(config.languages),
        drafts=order.drafts,
        future=order.future,
        expired=order.expired,
    )
