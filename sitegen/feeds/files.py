"""Writes a feed as three files that say the same: Atom and RSS by templates, JSON by itself."""

from collections.abc import Callable
from typing import Any

import msgspec

from sitegen.feeds.entries import Feed, FeedAuthor, FeedEntry
from sitegen.model.pages import OutputFile

ATOM = "feeds/atom.xml"
RSS = "feeds/rss.xml"
VERSION = "https://jsonfeed.org/version/1.1"

Render = Callable[[str, msgspec.Struct], str | None]
"""Called with a template's name and its context; None when that failed, with a finding."""


def feed_files(feed: Feed, render: Render) -> tuple[OutputFile, ...]:
    """Return a feed's files: Atom, RSS and JSON, without those whose template failed."""
    texts = (
        (feed.atom.path, render(ATOM, feed)),
        (feed.rss.path, render(RSS, feed)),
        (feed.json.path, _json_feed(feed)),
    )
    return tuple(OutputFile(path=path, content=text.encode()) for path, text in texts if text)


def _json_feed(feed: Feed) -> str:
    values = {
        "version": VERSION,
        "title": feed.title,
        "home_page_url": feed.home,
        "feed_url": feed.json.url,
        "description": feed.description,
        "language": feed.language,
        "authors": [_json_author(feed.author)],
        "items": [_json_item(entry) for entry in feed.entries],
    }
    return msgspec.json.format(msgspec.json.encode(values)).decode() + "\n"


def _json_item(entry: FeedEntry) -> dict[str, Any]:
    values = {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "summary": entry.summary,
        "content_html": entry.content,
        "image": entry.image,
        "date_published": entry.published,
        "date_modified": entry.updated,
        "authors": [_json_author(author) for author in entry.authors],
        "tags": list(entry.tags),
        "_translations": {each.language: each.url for each in entry.translations},
    }
    # content_html is what makes an item, even an empty one
    return {key: value for key, value in values.items() if value or key == "content_html"}


def _json_author(author: FeedAuthor) -> dict[str, str]:
    return {"name": author.name, "url": author.url} if author.url else {"name": author.name}
