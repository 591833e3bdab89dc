"""Runs the lints that see more than one article; what was compared before is not compared again."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

import msgspec

from sitegen.cache import Cache, encode, fingerprint
from sitegen.discover import text_at
from sitegen.findings import Finding, Findings
from sitegen.lint import compare, heavy_pictures, other_language
from sitegen.model.stories import Story
from sitegen.pipeline.order import Order
from sitegen.pipeline.reading import Sources

_NOTE = "compared"


class Compared(msgspec.Struct, frozen=True, kw_only=True):
    """What earlier builds found when they compared translations."""

    joined: str = ""  # a hash of the files that a key joins, and no name
    found: dict[str, tuple[Finding, ...]] = {}  # by the keys of a story's cards


def lint_stories(
    order: Order, sources: Sources, stories: Sequence[Story], cache: Cache, findings: Findings
) -> tuple[Finding, ...]:
    """Note what looks wrong in single articles; returns on what translations do not agree.

    That waits until nothing else is wrong: what differs may be what is missing.
    """
    by_file = {article.path: story for story in stories for article in story.articles}
    sizes = sources.project.media
    for story in stories:
        for article in story.articles:
            if article.card.references:
                other_language.check(article.card, story, by_file, findings)
            if article.card.references or article.card.front.image:
                heavy_pictures.check(article.card, sizes, findings)
    return () if findings.errors else tuple(_compare(order, stories, by_file, cache))


def is_alike(
    order: Order, sources: Sources, story: Story, names: Mapping[str, str], cache: Cache
) -> bool:
    """Tell whether a story says the same in all languages; `names` are stories' keys by file."""
    own = Findings(sources.config.checks)
    if len(story.articles) > 1:
        compare(
            story, lambda card: cache.notes(card.body), partial(text_at, order.root), names, own
        )
    return not own.found


def _compare(
    order: Order, stories: Sequence[Story], by_file: Mapping[str, Story], cache: Cache
) -> Iterator[Finding]:
    """Yield where translations differ, and keep that for the builds to come."""
    before = _known(order, by_file, cache)
    names = {path: story.key for path, story in by_file.items()}
    text_of = partial(text_at, order.root)
    after: dict[str, tuple[Finding, ...]] = {}
    for story in stories:
        if len(story.articles) < 2:
            continue
        key = "".join(article.card.body for article in story.articles)
        found = before.found.get(key)
        if found is None:
            own = Findings()
            compare(story, lambda card: cache.notes(card.body), text_of, names, own)
            found = own.found
        after[key] = found
        yield from found
    if after != before.found:
        cache.keep_note(order.site, _NOTE, encode(Compared(joined=before.joined, found=after)))


def _known(order: Order, by_file: Mapping[str, Story], cache: Cache) -> Compared:
    """Return what earlier builds found, if links still lead to the same stories."""
    keyed = sorted(
        (path, story.key)
        for path, story in by_file.items()
        if any(article.card.front.translation_key for article in story.articles)
    )
    joined = fingerprint(encode(keyed))
    note = cache.note(order.site, _NOTE)
    known = msgspec.msgpack.decode(note, type=Compared) if note else Compared()
    return known if known.joined == joined else Compared(joined=joined)
