"""What a build leaves to the next one, so that a changed text can be published without a plan.

Pages are kept as they were planned, with the stories that they show by name: what a story says
is read anew.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

from sitegen.cache import Cache, Stamp, encode, is_settled
from sitegen.discover.state import State, digest_at, stamp_at
from sitegen.link import Places
from sitegen.metadata import ShareImage
from sitegen.model.content import Card, When
from sitegen.model.pages import Entry, Page, Target
from sitegen.model.stories import Article, Registry, Story
from sitegen.model.views import Anchor
from sitegen.pipeline.making import Press
from sitegen.pipeline.syndication import Subject, subjects
from sitegen.verify import Hidden

CHART, _READ = "chart", "read"
_KINDS = {"article", "fixed"}  # pages that show one article and hold nothing else by value


class Ref(msgspec.Struct, frozen=True, array_like=True):
    """An entry of a list: whose article it is, by file."""

    path: str
    address: str
    mark: str


class Tale(msgspec.Struct, frozen=True, array_like=True):
    """A story, and the file, slug and date of each of its articles."""

    story: Story  # without them
    articles: tuple[tuple[str, str, When | None], ...]


class Leaf(msgspec.Struct, frozen=True, array_like=True):
    """The page of an article, and what it shows beside that."""

    page: Page  # without all of that
    more: tuple[Ref, ...]
    newer: Ref | None
    older: Ref | None
    people: tuple[str, ...]


class Feed(msgspec.Struct, frozen=True, array_like=True):
    """A feed, and the articles in it."""

    language: str
    topic: str  # empty: all news
    entries: tuple[Ref, ...]


class Chart(msgspec.Struct, frozen=True, kw_only=True):
    """The plan of a site, and what stands around its pages."""

    stories: dict[str, str]  # the story of each article, by file
    tales: dict[str, msgspec.Raw]  # a Tale each
    leaves: dict[str, msgspec.Raw]  # a Leaf each, by the file of an article with one page
    feeds: tuple[Feed, ...]
    accepted: tuple[str, ...]  # stories whose languages were held against each other
    articles: dict[str, str]
    hidden: dict[str, str]
    expired: dict[str, str]
    media: dict[str, Target]
    originals: dict[str, Target]
    offering: tuple[str, ...]  # the addresses of pages that offer downloads
    files: dict[str, int]
    addresses: tuple[str, ...]
    faulty: tuple[str, ...]
    known: tuple[str, ...]
    fixed: dict[str, tuple[Anchor, ...]]
    topics: dict[str, tuple[Anchor, ...]]
    assets: dict[str, str]
    shares: dict[str, ShareImage]
    secret: Hidden


class Read(msgspec.Struct, frozen=True, kw_only=True):
    """The sources as a build read them."""

    stamps: dict[str, Stamp]  # of every file; one so young that a change might not show has none
    keys: dict[str, str]  # of the card of each article, by file
    digests: dict[str, bytes]  # of each file's content, where that is known


def keep_chart(press: Press, cache: Cache, site: str) -> None:
    """Keep the plan of a site for builds to come."""
    places, around, plan = press.places, press.surroundings, press.work.site
    showing = [page for page in plan.pages if page.kind in _KINDS and page.article and page.story]
    lent = {page.article.path for page in showing if page.article and page.original}
    chart = Chart(
        stories={
            article.path: page.story.key
            for page in showing
            for article in (page.story.articles if page.story else ())
            if page.story
        },
        tales={page.story.key: _tale(page.story) for page in showing if page.story},
        leaves={
            page.article.path: _leaf(page)
            for page in showing
            if page.article and page.article.path not in lent
        },
        feeds=tuple(_feed(subject) for subject in subjects(press.work)),
        accepted=tuple(press.work.accepted),
        articles=dict(places.articles),
        hidden=dict(places.hidden),
        expired=dict(places.expired),
        media=dict(places.media),
        originals=dict(places.originals),
        offering=tuple(address for address, files in places.downloads.items() if files),
        files=dict(places.files),
        addresses=tuple(places.addresses),
        faulty=tuple(places.faulty),
        known=tuple(around.known),
        fixed=dict(around.fixed),
        topics=dict(around.topics),
        assets=dict(around.assets),
        shares=dict(press.shares),
        secret=press.hidden,
    )
    cache.keep_note(site, CHART, encode(chart))


def chart_of(cache: Cache, site: str) -> Chart | None:
    """Return the plan that was kept."""
    note = cache.note(site, CHART)
    return msgspec.msgpack.decode(note, type=Chart) if note else None


def keep_read(
    sources: State, cards: Mapping[str, str], root: Path, cache: Cache, site: str
) -> None:
    """Keep what the sources were like, and the key of each article's card."""
    stamps = {
        path: stamp if not stamp or is_settled(stamp, cache.now) else b"young"
        for path, stamp in sources.stamps.items()
    }
    digests = {
        path: cache.source(path, stamp) or _digest(root, path, stamp)
        for path, stamp in stamps.items()
        if stamp not in {b"", b"young"}
    }
    read = Read(stamps=stamps, keys={**cards}, digests=digests)
    cache.keep_note(site, _READ, encode(read))


def _digest(root: Path, path: str, stamp: Stamp) -> bytes:
    """Return the digest of a file that is as it was when the build began."""
    digest = digest_at(root, path)
    return digest if stamp_at(root, path) == stamp else b""


def read_of(cache: Cache, site: str) -> Read | None:
    """Return what the sources were like."""
    note = cache.note(site, _READ)
    return msgspec.msgpack.decode(note, type=Read) if note else None


def _tale(story: Story) -> msgspec.Raw:
    bare = msgspec.structs.replace(story, articles=())
    told = tuple((each.path, each.slug, each.publish_date) for each in story.articles)
    return msgspec.Raw(encode(Tale(bare, told)))


def _leaf(page: Page) -> msgspec.Raw:
    bare = msgspec.structs.replace(
        page, story=None, article=None, more=(), newer=None, older=None, people=()
    )
    return msgspec.Raw(
        encode(
            Leaf(
                bare,
                tuple(map(_ref, page.more)),
                _ref(page.newer) if page.newer else None,
                _ref(page.older) if page.older else None,
                tuple(person.id for person in page.people),
            )
        )
    )


def _ref(entry: Entry) -> Ref:
    return Ref(entry.article.path, entry.address, entry.mark)


def _feed(subject: Subject) -> Feed:
    topic = subject.topic.id if subject.topic else ""
    return Feed(subject.language, topic, tuple(map(_ref, subject.entries)))


class Atlas:
    """Unfolds the pages and feeds of a chart, with the articles as they are now."""

    def __init__(self, chart: Chart, cards: Mapping[str, Card], registry: Registry) -> None:
        self._chart = chart
        self._cards = cards
        self._registry = registry
        self._stories: dict[str, Story] = {}

    def page(self, path: str) -> Page:
        """Return the page of an article."""
        leaf = msgspec.msgpack.decode(self._chart.leaves[path], type=Leaf)
        story = self.story(path)
        return msgspec.structs.replace(
            leaf.page,
            story=story,
            article=_article(story, path),
            more=tuple(map(self._entry, leaf.more)),
            newer=leaf.newer and self._entry(leaf.newer),
            older=leaf.older and self._entry(leaf.older),
            people=tuple(self._registry.people[person] for person in leaf.people),
        )

    def feeds(self, paths: Iterable[str]) -> Iterator[Subject]:
        """Yield the feeds in which some articles are."""
        changed = {*paths}
        for feed in self._chart.feeds:
            if any(ref.path in changed for ref in feed.entries):
                topic = self._registry.topics[feed.topic] if feed.topic else None
                entries = tuple(map(self._entry, feed.entries))
                yield Subject(language=feed.language, topic=topic, entries=entries)

    def places(self) -> Places:
        """Return all that a reference can mean."""
        chart = self._chart
        return Places(
            articles=chart.articles,
            hidden=chart.hidden,
            expired=chart.expired,
            cards=self._cards,
            media=chart.media,
            originals=chart.originals,
            files=chart.files,
            addresses=frozenset(chart.addresses),
            faulty=frozenset(chart.faulty),
        )

    def _entry(self, ref: Ref) -> Entry:
        story = self.story(ref.path)
        article = _article(story, ref.path)
        return Entry(story=story, article=article, address=ref.address, mark=ref.mark)

    def story(self, path: str) -> Story:
        """Return the story that an article tells."""
        key = self._chart.stories[path]
        if key not in self._stories:
            tale = msgspec.msgpack.decode(self._chart.tales[key], type=Tale)
            articles = tuple(
                Article(card=self._cards[path], slug=slug, publish_date=when)
                for path, slug, when in tale.articles
            )
            self._stories[key] = msgspec.structs.replace(tale.story, articles=articles)
        return self._stories[key]


def _article(story: Story, path: str) -> Article:
    return next(article for article in story.articles if article.path == path)
