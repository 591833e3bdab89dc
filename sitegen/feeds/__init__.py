"""Writes the feeds of a language or topic: Atom, RSS and JSON, three forms of one model."""

from sitegen.feeds.entries import Feed, FeedAuthor, FeedEntry, FeedFile, Translation, feed_of
from sitegen.feeds.files import Render, feed_files
from sitegen.feeds.sound import sound

__all__ = [
    "Feed",
    "FeedAuthor",
    "FeedEntry",
    "FeedFile",
    "Render",
    "Translation",
    "feed_files",
    "feed_of",
    "sound",
]
