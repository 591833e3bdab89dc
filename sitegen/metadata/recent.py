"""Writes the sitemap of the newest news, which Google News and others read."""

from collections.abc import Iterable
from html import escape
from itertools import islice

from sitegen.addresses import NEWS_SITEMAP, Addresses, output_path
from sitegen.dates import machine
from sitegen.metadata.news import one_line
from sitegen.model.content import When
from sitegen.model.pages import Entry, OutputFile

MOST = 1_000  # what Google accepts

_OPEN = (
    '<?xml version="1.0" encoding="utf-8"?>\n'
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    ' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">\n'
)


def news_sitemap(entries: Iterable[Entry], addresses: Addresses) -> OutputFile:
    """Return the sitemap of some news, which may be none; the newest come first."""
    urls = "".join(
        _url(entry, entry.story.date, addresses)
        for entry in islice(entries, MOST)
        if entry.story.date
    )
    content = f"{_OPEN}{urls}</urlset>\n".encode()
    return OutputFile(path=output_path(NEWS_SITEMAP), content=content)


def _url(entry: Entry, date: When, addresses: Addresses) -> str:
    language = entry.article.language
    name = one_line(addresses.config.languages[language].title)
    return (
        f"<url>\n<loc>{escape(addresses.absolute(entry.address))}</loc>\n<news:news>\n"
        f"<news:publication>\n<news:name>{escape(name)}</news:name>\n"
        f"<news:language>{escape(language)}</news:language>\n</news:publication>\n"
        f"<news:publication_date>{machine(date, addresses.config.zone)}</news:publication_date>\n"
        f"<news:title>{escape(one_line(entry.article.title))}</news:title>\n"
        "</news:news>\n</url>\n"
    )
