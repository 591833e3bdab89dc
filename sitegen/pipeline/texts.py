"""Finds the articles of which nothing but the text has changed since the build before."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from sitegen.cache import Cache, DamagedCacheError
from sitegen.discover.state import digest_at
from sitegen.findings import Finding, Findings
from sitegen.model.content import Card
from sitegen.model.stories import Registry
from sitegen.pipeline.atlas import Chart, Read, chart_of, read_of
from sitegen.pipeline.guard import Guard
from sitegen.pipeline.order import Order
from sitegen.pipeline.reading import Sources, read_again

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
    rest: tuple[Finding, ...]  # what was found, but in these articles


class Amended(msgspec.Struct, frozen=True, kw_only=True):
    """What became of them."""

    cards: "Cards"
    findings: tuple[Finding, ...]  # of the whole site


def changed_texts(order: Order, cache: Cache, guard: Guard) -> Changed | None:
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
    told = [path for path, story in chart.stories.items() if story in changed]
    findings = seen.outcome.findings
    about = [finding for finding in findings if finding.path in told]
    if about:
        own = cache.parsed([read.keys[path] for path in told if path in read.keys])
        if not {*about} <= {finding for each in own.values() for finding in each.findings}:
            return None  # reading the article alone did not tell it
    rest = tuple(finding for finding in findings if finding.path not in paths)
    return Changed(paths=tuple(paths), read=read, chart=chart, rest=rest)


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


class Cards(Mapping[str, Card]):
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


def amended_cards(changed: Changed, order: Order, sources: Sources, cache: Cache) -> Amended | None:
    """Return the cards of all articles, if those that changed differ in their text alone."""
    files = [source for source in sources.project.sources if source.path in changed.paths]
    people = sources.registry.people.values()
    new = read_again(order, sources, files, cache)
    if new is None or len(new) < len(changed.paths) or any(person.erased for person in people):
        return None
    before = cache.parsed([changed.read.keys[path] for path in new])
    keys, findings = {**changed.read.keys}, Findings()
    findings.extend(changed.rest)
    for path, parsed in new.items():
        old = before.get(keys[path])  # none if another site was built meanwhile
        if not (old and old.card and parsed.card):
            return None
        if not _is_only_text(old.card, parsed.card, sources.registry):
            return None
        keys[path] = parsed.card.body
        findings.extend(parsed.findings)
    return Amended(cards=Cards(cache, keys), findings=findings.found)


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
