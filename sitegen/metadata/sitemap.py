"""Writes sitemap.xml, in parts where it grows too large, and robots.txt."""

import datetime as dt
from collections.abc import Iterable, Iterator
from html import escape
from itertools import chain

import msgspec

from sitegen.addresses import NEWS_SITEMAP, ROBOTS, SITEMAP, Addresses, output_path, sitemap_part
from sitegen.dates import instant_of, machine, modified
from sitegen.metadata.head import alternate_links
from sitegen.model.content import When
from sitegen.model.pages import Alternate, OutputFile, Page
from sitegen.model.stories import Article, Story

MOST_URLS = 50_000  # what search engines accept in one file
MOST_BYTES = 50_000_000

_OPEN = (
    '<?xml version="1.0" encoding="utf-8"?>\n'
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    ' xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
)
_CLOSE = "</urlset>\n"
_OPEN_INDEX = (
    '<?xml version="1.0" encoding="utf-8"?>\n'
    '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
)
_CLOSE_INDEX = "</sitemapindex>\n"


class _Change(msgspec.Struct, frozen=True, kw_only=True):
    """A date of change and its moment, by which dates compare."""

    moment: dt.datetime
    when: When


class _Url(msgspec.Struct, frozen=True, kw_only=True):
    """One page as the sitemap names it."""

    xml: bytes
    change: _Change | None  # None: nobody knows


def sitemap(
    pages: Iterable[Page],
    addresses: Addresses,
    *,
    most_urls: int = MOST_URLS,
    most_bytes: int = MOST_BYTES,
) -> tuple[OutputFile, ...]:
    """Return sitemap.xml; where one file would be too large, an index and its parts."""
    parts = tuple(_parts(_urls(pages, addresses), most_urls, most_bytes))
    if len(parts) < 2:
        return (_file(SITEMAP, chain.from_iterable(parts)),)
    index = "".join(
        _element(
            "sitemap",
            addresses.absolute(sitemap_part(number)),
            _lastmod(_newest(url.change for url in part), addresses),
        )
        for number, part in enumerate(parts, start=1)
    )
    content = f"{_OPEN_INDEX}{index}{_CLOSE_INDEX}".encode()
    return (
        OutputFile(path=output_path(SITEMAP), content=content),
        *(_file(sitemap_part(number), part) for number, part in enumerate(parts, start=1)),
    )


def robots(addresses: Addresses) -> OutputFile | None:
    """Return robots.txt, or None where the site does not own its host's root."""
    if addresses.config.base_path:
        return None
    maps = [SITEMAP, *([NEWS_SITEMAP] if addresses.config.build.news_sitemap else [])]
    named = "".join(f"Sitemap: {addresses.absolute(each)}\n" for each in maps)
    text = f"User-agent: *\nDisallow:\n\n{named}"
    return OutputFile(path=output_path(ROBOTS), content=text.encode())


def _urls(pages: Iterable[Page], addresses: Addresses) -> Iterator[_Url]:
    changes = _Changes(addresses)
    links: tuple[tuple[Alternate, ...], str] = ((), "")  # a story's languages have the same
    for page in pages:
        if page.is_indexed:
            change = changes.of(page)
            if page.alternates is not links[0]:
                links = page.alternates, _links(page, addresses)
            inside = _lastmod(change, addresses) + links[1]
            xml = _element("url", addresses.absolute(page.address), inside)
            yield _Url(xml=xml.encode(), change=change)


def _links(page: Page, addresses: Addresses) -> str:
    return "".join(
        f'<xhtml:link rel="alternate" hreflang="{each.language}" href="{escape(each.url)}"/>\n'
        for each in alternate_links(page, addresses)
    )


def _element(name: str, address: str, inside: str) -> str:
    return f"<{name}>\n<loc>{escape(address)}</loc>\n{inside}</{name}>\n"


def _lastmod(change: _Change | None, addresses: Addresses) -> str:
    if change is None:
        return ""
    return f"<lastmod>{machine(change.when, addresses.config.zone)}</lastmod>\n"


class _Changes:
    """When pages last changed: an article by its editor's word, a list with what stands on it."""

    def __init__(self, addresses: Addresses) -> None:
        self._zone = addresses.config.zone
        self._known: dict[str, _Change | None] = {}

    def of(self, page: Page) -> _Change | None:
        """Return a page's last change."""
        own = self._article(page.story, page.article) if page.story and page.article else None
        if page.kind == "article":
            return own
        groups = (group.entries for group in page.groups)
        entries = chain(page.entries, page.more, *groups)
        return _newest(chain([own], (self._article(each.story, each.article) for each in entries)))

    def _article(self, story: Story, article: Article) -> _Change | None:
        path = article.card.source.path
        if path not in self._known:
            when = modified(story, article, self._zone)
            change = _Change(moment=instant_of(when, self._zone), when=when) if when else None
            self._known[path] = change
        return self._known[path]


def _newest(changes: Iterable[_Change | None]) -> _Change | None:
    known = (change for change in changes if change)
    return max(known, key=lambda change: change.moment, default=None)


def _parts(urls: Iterable[_Url], most_urls: int, most_bytes: int) -> Iterator[list[_Url]]:
    """Yield the urls in portions that one file may hold."""
    part: list[_Url] = []
    room = most_bytes - len(_OPEN) - len(_CLOSE)
    left = room
    for url in urls:
        if part and (len(part) == most_urls or len(url.xml) > left):
            yield part
            part, left = [], room
        part.append(url)
        left -= len(url.xml)
    if part:
        yield part


def _file(address: str, urls: Iterable[_Url]) -> OutputFile:
    content = b"".join((_OPEN.encode(), *(url.xml for url in urls), _CLOSE.encode()))
    return OutputFile(path=output_path(address), content=content)
