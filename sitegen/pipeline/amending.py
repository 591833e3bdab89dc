"""Publishes a site again of which only the text of a few articles has changed.

What was planned stays as it was planned; the pages and feeds that hold the text are made anew. At
the first doubt whether that is all, nothing is amended: the whole site is made then.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from sitegen.cache import Cache, DamagedCacheError, is_settled
from sitegen.discover import Portion
from sitegen.discover.state import digest_at
from sitegen.findings import Findings
from sitegen.model.content import Card
from sitegen.model.stories import Registry
from sitegen.pipeline.atlas import Atlas, Chart, Read, chart_of, keep_read, read_of
from sitegen.pipeline.claims import Claims
from sitegen.pipeline.guard import Guard
from sitegen.pipeline.handover import Handover
from sitegen.pipeline.judging import SOUND, Evidence
from sitegen.pipeline.linting import is_alike
from sitegen.pipeline.making import Press
from sitegen.pipeline.order import Order, Outcome, Progress
from sitegen.pipeline.pictures import presume_rest
from sitegen.pipeline.reading import Sources, read_again, read_sources
from sitegen.pipeline.searching import amend_index
from sitegen.pipeline.work import Work
from sitegen.pipeline.writing import print_pages, theme_of
from sitegen.plan import Plan
from sitegen.publish import Publication
from sitegen.render import Surroundings

FEW = 8
"""So many articles are amended at most; with more, planning anew costs little beside them."""
_TEXT = {
    "body": "", "said": "", "references": (), "words": 0, "headings": (), "anchors": (),
    "names": (),
}  # fmt: skip
"""What a card says of the text alone, which no other page shows."""


class Changed(msgspec.Struct, frozen=True, kw_only=True):
    """Articles that differ from what the build before read, and what that knew."""

    paths: tuple[str, ...]
    read: Read
    chart: Chart


def amend(
    order: Order, cache: Cache, destination: Publication, guard: Guard, progress: Progress
) -> Outcome | None:
    """Return what was published; None when more than a text has changed, or may have."""
    changed = _changed(order, cache, guard)
    if changed is None:
        return None
    if not changed.paths:
        return _restored(changed.read, order, cache, destination, guard)
    portion = Portion(articles=changed.paths, files=changed.chart.files)
    sources, _ = read_sources(order, portion)  # what that finds, the build before has told
    cards = _cards(changed, order, sources, cache)
    if cards is None:
        return None
    outcome = _Amendment(order, cache, destination, changed, sources, cards).publish(progress)
    if outcome and guard.seen and guard.sources:
        keep_read(guard.sources, cards.keys_of_files, order.root, cache, order.site)
        outcome = msgspec.structs.replace(outcome, findings=guard.seen.outcome.findings)
        guard.remember(outcome, guard.seen.until)
    return outcome


def _changed(order: Order, cache: Cache, guard: Guard) -> Changed | None:
    """Return which articles have changed, if nothing else has and nothing was wrong with them."""
    seen, sources = guard.seen, guard.sources
    read = read_of(cache, order.site) if seen and sources else None
    if not (seen and sources and read) or sources.stamps.keys() != read.stamps.keys():
        return None
    paths = [
        path
        for path, stamp in sources.stamps.items()
        if read.stamps[path] != stamp and not _is_as_read(path, read, order)
    ]
    if len(paths) > FEW or not read.keys.keys() >= {*paths}:
        return None
    chart = chart_of(cache, order.site)
    if not chart or not _stands_alone({*paths}, chart):
        return None
    changed = {chart.stories[path] for path in paths}
    told = {path for path, story in chart.stories.items() if story in changed}
    if any(finding.path in told for finding in seen.outcome.findings):
        return None
    return Changed(paths=tuple(paths), read=read, chart=chart)


def _stands_alone(paths: set[str], chart: Chart) -> bool:
    """Tell whether articles have a page each, and nothing but that and feeds holds their text.

    A press kit holds it, too; and another language may have to follow what was accepted.
    """
    return (
        paths <= chart.leaves.keys()
        and {chart.stories[path] for path in paths}.isdisjoint(chart.accepted)
        and {chart.articles.get(path) for path in paths}.isdisjoint(chart.offering)
    )


def _is_as_read(path: str, read: Read, order: Order) -> bool:
    """Tell whether a file has the content that was read, whenever it was written."""
    digest = read.digests.get(path)
    return bool(digest) and digest_at(order.root, path) == digest


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


class _Cards(Mapping[str, Card]):
    """The cards of all articles by file, read when somebody asks."""

    def __init__(self, cache: Cache, keys: Mapping[str, str]) -> None:
        self.keys_of_files = keys
        self._cache = cache
        self._read: dict[str, Card] = {}

    def __getitem__(self, path: str) -> Card:
        if path not in self._read:
            key = self.keys_of_files[path]
            parsed = self._cache.parsed([key]).get(key)
            if parsed is None or parsed.card is None:
                raise DamagedCacheError
            self._read[path] = parsed.card
        return self._read[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self.keys_of_files)

    def __len__(self) -> int:
        return len(self.keys_of_files)


def _cards(changed: Changed, order: Order, sources: Sources, cache: Cache) -> _Cards | None:
    """Return the cards of all articles, if those that changed differ in their text alone."""
    files = [source for source in sources.project.sources if source.path in changed.paths]
    people = sources.registry.people.values()
    new = read_again(order, sources, files, cache)
    if new is None or len(new) < len(changed.paths) or any(person.erased for person in people):
        return None
    keys = {path: changed.read.keys[path] for path in new}
    before = cache.parsed(keys.values())  # none of them if another site was built meanwhile
    for path, key in keys.items():
        card = before[key].card if key in before else None
        if card is None or not _is_only_text(card, new[path], sources.registry):
            return None
    return _Cards(cache, {**changed.read.keys, **{path: card.body for path, card in new.items()}})


def _is_only_text(before: Card, after: Card, registry: Registry) -> bool:
    """Tell whether two cards differ in nothing that another page, or another check, looks at."""
    return (
        _beside_text(before) == _beside_text(after)
        and _places(before) <= _places(after)
        and _references(before) == _references(after)
        and not _words({*before.names} ^ {*after.names})
        & _words(person.name for person in registry.people.values())
    )


def _beside_text(card: Card) -> Card:
    """Return a card without what only the text says; where there is a summary, it is shown."""
    excerpt = "" if card.front.summary else card.excerpt
    return msgspec.structs.replace(card, **_TEXT, excerpt=excerpt)


def _places(card: Card) -> set[str]:
    """Return the ids to which others may link."""
    return {*(heading.id for heading in card.headings), *card.anchors}


def _references(card: Card) -> Sequence[object]:
    return [msgspec.structs.replace(reference, line=0) for reference in card.references]


def _words(names: Iterable[str]) -> set[str]:
    """Return the words of names, without the ending of the genitive."""
    words = {word for name in names for word in name.replace("’", "'").split()}
    return {word.removesuffix("s").removesuffix("'") for word in words}


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
