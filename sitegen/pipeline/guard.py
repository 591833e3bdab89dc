"""Looks before a build whether there is anything to do: sources, order, output and time."""

import datetime as dt
from functools import cached_property

import msgspec

from sitegen.cache import Cache, encode, is_settled
from sitegen.cache.stamps import TICK
from sitegen.discover.state import State, state_of_sources
from sitegen.pipeline.order import Order, Outcome
from sitegen.publish import Destination


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """What a build saw, and left behind."""

    order: bytes
    sources: bytes
    output: bytes
    unsettled: tuple[tuple[str, str], ...]  # files so young that a later change might not show
    since: dt.datetime
    until: dt.datetime | None  # the next moment at which the site changes by itself
    outcome: Outcome


class Guard:
    """Knows whether a build would do anything."""

    def __init__(self, order: Order, cache: Cache, destination: Destination) -> None:
        self._order = order
        self._cache = cache
        self._destination = destination
        self._name = "checked" if order.is_check else "built"
        self._now = order.now if order.now.tzinfo else None
        self.sources: State | None = None  # None: who knows
        if self._now and cache.folder and not order.compared:
            self.sources = state_of_sources(order.root, order.theme)

    def nothing_to_do(self) -> Outcome | None:
        """Return what the last build found, when this one would do and find the same."""
        seen = self.seen
        return seen.outcome if seen and self.sources and seen.sources == self.sources.hash else None

    @cached_property
    def seen(self) -> Seen | None:
        """What the last build saw, if nothing but the sources can have changed since."""
        note = self._cache.note(self._order.site, self._name)
        if not (note and self.sources and self._now):
            return None
        seen = msgspec.msgpack.decode(note, type=Seen)
        is_same = (
            seen.order == self._order.key
            and seen.since <= self._now
            and (seen.until is None or self._now < seen.until)
            and seen.output == self._destination.state
            and all(self._destination.digest_at(path) == digest for path, digest in seen.unsettled)
        )
        return seen if is_same else None

    def remember(self, outcome: Outcome, until: dt.datetime | None) -> None:
        """Note what this build has seen, if a change of it would show."""
        cache, sources = self._cache, self.sources
        if not (sources and self._now and sources.changed + TICK <= cache.now):
            return
        now = cache.disk_time()
        young = [
            (path, digest)
            for path, stamp, digest in self._destination.files
            if not is_settled(stamp, now)
        ]
        kept = Outcome(
            findings=outcome.findings,
            unchanged=len(outcome.added) + len(outcome.changed) + outcome.unchanged,
        )
        seen = Seen(
            order=self._order.key,
            sources=sources.hash,
            output=self._destination.state,
            unsettled=tuple(young),
            since=self._now,
            until=until,
            outcome=kept,
        )
        cache.keep_note(self._order.site, self._name, encode(seen))
