"""Publishes a site again of which only the text of a few articles has changed.

What was planned stays as it was planned; the pages and feeds that hold the text are made anew. At
the first doubt whether that is all, nothing is amended: the whole site is made then.
"""

from collections.abc import Mapping

import msgspec

from sitegen.cache import Cache, is_settled
from sitegen.discover import Portion
from sitegen.findings import Findings
from sitegen.model.content import Card
from sitegen.pipeline.atlas import Atlas, Read, keep_read
from sitegen.pipeline.claims import Claims
from sitegen.pipeline.guard import Guard
from sitegen.pipeline.handover import Handover
from sitegen.pipeline.judging import SOUND, Evidence
from sitegen.pipeline.linting import is_alike
from sitegen.pipeline.making import Press
from sitegen.pipeline.order import Order, Outcome, Progress
from sitegen.pipeline.pictures import presume_rest
from sitegen.pipeline.reading import Sources, read_sources
from sitegen.pipeline.searching import amend_index
from sitegen.pipeline.texts import Changed, amended_cards, changed_texts
from sitegen.pipeline.work import Work
from sitegen.pipeline.writing import print_pages, theme_of
from sitegen.plan import Plan
from sitegen.publish import Publication
from sitegen.render import Surroundings


def amend(
    order: Order, cache: Cache, destination: Publication, guard: Guard, progress: Progress
) -> Outcome | None:
    """Return what was published; None when more than a text has changed, or may have."""
    changed = changed_texts(order, cache, guard)
    if changed is None:
        return None
    if not changed.paths:
        return _restored(changed.read, order, cache, destination, guard)
    portion = Portion(articles=changed.paths, files=changed.chart.files)
    sources, _ = read_sources(order, portion)  # what that finds, the build before has told
    new = amended_cards(changed, order, sources, cache)
    if new is None or (order.is_strict and new.findings):
        return None
    outcome = _Amendment(order, cache, destination, changed, sources, new.cards).publish(progress)
    if outcome and guard.seen and guard.sources:
        keep_read(guard.sources, new.cards.keys_of_files, order.root, cache, order.site)
        outcome = msgspec.structs.replace(outcome, findings=new.findings)
        guard.remember(outcome, guard.seen.until)
    return outcome


def _restored(
    read: Read, order: Order, cache: Cache, destination: Publication, guard: Guard
) -> Outcome | None:
    """Return that nothing is to be done, and note how the same files are known from now on."""
    if not guard.seen or not guard.sources:
        return None
    stamps = guard.sources.stamps
    cache.keep_sources(
        (path, stamps[path], digest) for path, digest in read.digests.items() if digest
    )
    now = cache.disk_time()
    standing = (file for file in destination.files if is_settled(file[1], now))
    cache.keep_standing(order.site, standing)
    keep_read(guard.sources, read.keys, order.root, cache, order.site)
    guard.remember(guard.seen.outcome, guard.seen.until)
    return guard.seen.outcome


class _Amendment:
    """Makes the pages and feeds anew that hold a changed text."""

    def __init__(
        self,
        order: Order,
        cache: Cache,
        destination: Publication,
        changed: Changed,
        sources: Sources,
        cards: Mapping[str, Card],
    ) -> None:
        self._order = order
        self._cache = cache
        self._destination = destination
        self._changed = changed
        self._sources = sources
        self._cards = cards
        self._atlas = Atlas(changed.chart, cards, sources.registry)

    def publish(self, progress: Progress) -> Outcome | None:
        """Return what was published; None, and nothing is, when anything is wrong with it."""
        cache, destination, press = self._cache, self._destination, self._press()
        names, stories = self._changed.chart.stories, map(self._atlas.story, self._changed.paths)
        if not all(is_alike(self._order, self._sources, story, names, cache) for story in stories):
            return None
        findings = Findings(self._sources.config.checks)
        known = cache.pages(self._order.site)
        claims = Claims(frozenset(), findings, known.keys())
        evidence = Evidence(press.work, press.hidden, known)
        handover = Handover(self._order.site, known, cache, destination, claims, evidence)
        feeds = tuple(self._atlas.feeds(self._changed.paths))
        print_pages(press, feeds, cache, handover, findings, progress)
        is_found = amend_index(press.work, cache, handover, self._bodies())
        handover.keep_rest()
        presume_rest(press.places.media.values(), known, handover)
        sound = cache.note(self._order.site, SOUND)
        if findings.found or not (
            is_found and sound and destination.is_whole and evidence.stays_sound(sound)
        ):
            destination.restart()
            return None
        changes = destination.publish(findings)
        handover.remember()
        return Outcome(findings=(), changed=changes.changed, unchanged=changes.unchanged)

    def _bodies(self) -> dict[str, str]:
        """Return the new key of each changed body by its old one."""
        before = self._changed.read.keys
        return {before[path]: self._cards[path].body for path in self._changed.paths}

    def _press(self) -> Press:
        """Return all that making these pages needs."""
        chart, project = self._changed.chart, self._sources.project
        addresses, registry = self._sources.addresses, self._sources.registry
        site = Plan(
            pages=tuple(map(self._atlas.page, self._changed.paths)),
            entries={},
            articles=chart.articles,
            hidden=chart.hidden,
            expired=chart.expired,
            hidden_articles=(),
        )
        return Press(
            work=Work(order=self._order, sources=self._sources, cards=self._cards, site=site),
            places=self._atlas.places(),
            surroundings=Surroundings(
                addresses=addresses,
                registry=registry,
                known=frozenset(chart.known),
                fixed=chart.fixed,
                topics=chart.topics,
                assets=chart.assets,
            ),
            shares=chart.shares,
            hidden=chart.secret,
            staging=self._destination.staging,
            bodies=None if self._cache.folder else self._cache,
            theme=theme_of(project, self._cache),
        )
