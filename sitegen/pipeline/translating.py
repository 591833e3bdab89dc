"""Holds the languages of each story against what was accepted, and remembers what came of it."""

import datetime as dt
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

import msgspec

from sitegen.cache import Cache, Stamp, encode, is_settled
from sitegen.discover import read, read_basis_file
from sitegen.findings import Findings
from sitegen.front_matter import read_front_matter
from sitegen.model.content import Source
from sitegen.model.stories import Article, Story
from sitegen.paragraphs import paragraphs_of
from sitegen.pipeline.order import Order
from sitegen.pipeline.reading import Sources
from sitegen.schedule import Moment
from sitegen.translations import (
    Head,
    Lag,
    Outline,
    basis_path,
    changes,
    lags,
    read_basis,
    read_heads,
    report_lags,
    report_missing,
)

HEADS, VERDICTS = "accepted texts", "changed texts"

Pair = tuple[str, str, bool, str]
"""A language, another, whether that has changed since, and the day of its last change then."""

Heads = dict[str, tuple[Stamp, tuple[Head, ...]]]
"""What sidecars say was accepted, by path; a file with the same stamp says the same."""


class Agreement(msgspec.Struct, frozen=True, kw_only=True):
    """How far the languages of the site's stories agree."""

    pairs: Mapping[str, tuple[Pair, ...]]  # by story, of those that were ever accepted
    lags: tuple[tuple[Story, Lag], ...] = ()

    def outline(self, story: Story) -> Outline:
        """Return what is known of a story's translations."""
        pairs = self.pairs.get(story.key, ())
        return Outline(
            told=tuple(article.language for article in story.articles),
            changed={(own, other): changed for own, other, changed, _ in pairs},
            updated={(own, other): updated for own, other, _, updated in pairs},
        )

    def ahead(self) -> dict[str, tuple[str, ...]]:
        """Return, for each article that is merely behind, the languages that are ahead of it."""
        return {
            each.article.path: tuple(article.language for article in each.ahead)
            for _, each in self.lags
            if not each.is_mutual
        }

    def until(self, now: dt.datetime, others: Iterable[dt.datetime]) -> dt.datetime | None:
        """Return the first moment at which something changes by itself: these, or a lag is due."""
        dues = (each.due for _, each in self.lags)
        return min((due for due in (*dues, *others) if due and due > now), default=None)


def compare(
    order: Order,
    sources: Sources,
    stories: Iterable[Story],
    moment: Moment,
    cache: Cache,
    findings: Findings,
) -> Agreement:
    """Return how far the languages agree; what is behind or missing is among the findings."""
    stories = tuple(stories)
    if sources.config.checks.get("translation-missing", "off") != "off":
        report_missing(stories, moment, findings)
    if not sources.project.bases:
        return Agreement(pairs={})
    agreement = Agreement(pairs=_Comparison(order, sources, cache, findings).pairs(stories))
    days = sources.config.translations.days
    behind = {
        story.key: agreement.outline(story)
        for story in stories
        if any(pair[2] for pair in agreement.pairs.get(story.key, ()))
    }
    found = tuple(lags(stories, behind, moment, days))
    report_lags(found, moment.now, days, findings)
    return msgspec.structs.replace(agreement, lags=found)


class _Comparison:
    """Compares story by story; what sidecars say, and what differs, is known from before."""

    def __init__(self, order: Order, sources: Sources, cache: Cache, findings: Findings) -> None:
        self._root = order.root
        self._zone = sources.config.zone
        self._project = sources.project
        self._cache = cache
        self._findings = findings
        self._heads = _noted(cache, HEADS, Heads)
        self._verdicts = _noted(cache, VERDICTS, dict[str, bool])
        self._new: Heads = {}
        self._used: dict[str, bool] = {}  # verdicts of this build

    def pairs(self, stories: Iterable[Story]) -> dict[str, tuple[Pair, ...]]:
        """Return what each two languages are that were accepted, by story."""
        found: dict[str, tuple[Pair, ...]] = {}
        bases, seen = self._project.bases, 0
        for story in stories:
            for article in story.articles:
                path = basis_path(article.card.source)
                if path in bases:
                    seen += 1
                    pairs = self._pairs(story, article, path)
                    found[story.key] = (*found.get(story.key, ()), *pairs)
        if seen != len(bases):
            self._report_unused()
        self._remember()
        return found

    def _pairs(self, story: Story, article: Article, path: str) -> list[Pair]:
        """Return what an article and the others are to each other, in both directions."""
        own, found = article.card.source.language, list[Pair]()
        for head in self._heads_at(path):
            for source in story.articles:
                if source.card.source.language == head.source != own:
                    changed = self._has_changed(head.source_digest, source, path, head.source)
                    found.append((own, head.source, changed, head.source_updated))
                    changed = self._has_changed(head.own_digest, article, path, head.source)
                    found.append((head.source, own, changed, head.own_updated))
        return found

    def _heads_at(self, path: str) -> tuple[Head, ...]:
        stamp = self._project.bases[path]
        known = self._heads.get(path)
        if known and known[0] == stamp:
            return known[1]
        heads = read_heads(read_basis_file(self._root, path))
        if not heads:
            self._findings.add(
                "basis-unreadable",
                "what was accepted here cannot be read",
                "delete the file, and run sitegen status --accept for the story",
                path=path,
            )
        elif is_settled(stamp, self._cache.now):
            self._new[path] = stamp, heads
        return heads

    def _has_changed(self, then: str, article: Article, path: str, source: str) -> bool:
        """Tell whether an article has really changed since it had the digest `then`."""
        if then == article.card.said:
            return False
        key = f"{then} {article.card.said}"
        if key not in self._used:
            known = self._verdicts.get(key)
            self._used[key] = self._compare(article, path, source) if known is None else known
        return self._used[key]

    def _compare(self, article: Article, path: str, source: str) -> bool:
        for basis in read_basis(read_basis_file(self._root, path)):
            if basis.head.source == source:
                is_source = article.language == source
                now = text_of(self._root, article.card.source, self._zone)
                return bool(changes(basis.source if is_source else basis.own, now))
        return False

    def _report_unused(self) -> None:
        used = {basis_path(source) for source in self._project.sources}
        for path in sorted(self._project.bases.keys() - used):
            self._findings.add(
                "basis-unused",
                "no article in this language lies beside this",
                "name it like its article, as in .short-note.basis.en.md for short-note.en.md, "
                "or delete it",
                path=path,
            )

    def _remember(self) -> None:
        kept = {path: at for path, at in self._heads.items() if path in self._project.bases}
        if self._new or len(kept) < len(self._heads):
            self._cache.keep_note("", HEADS, encode(kept | self._new))
        if self._used != self._verdicts:
            self._cache.keep_note("", VERDICTS, encode(self._used))


T = TypeVar("T")


def _noted(cache: Cache, name: str, kind: type[T]) -> T:
    note = cache.note("", name)
    return msgspec.msgpack.decode(note, type=kind) if note else kind()


def text_of(root: Path, source: Source, zone: ZoneInfo) -> tuple[str, ...]:
    """Return the paragraphs of an article as it is now."""
    content, unheard = read(root, source.path, Findings()), Findings()
    split = read_front_matter(content or b"", source.path, zone, source.kind, unheard)
    return paragraphs_of(split.front, split.body) if split and split.front else ()
