"""Puts an explanation in plain words for an editor, or for JSON."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from sitegen.why import Explanation

_MOST = 10  # names of one kind that a text lists
_KINDS = {
    "article": "an article",
    "front": "a front page",
    "list": "a page of the news list",
    "year": "the news of a year",
    "archive": "the archive",
    "topic": "a page of a topic",
    "person": "a page of a person",
    "fixed": "a fixed page",
    "press": "the press page",
    "search": "the search page",
    "gateway": "the gateway to the languages",
    "not_found": "what readers see where there is nothing",
    "redirect": "an old address that leads to another",
    "tombstone": "what is left of a page that is gone",
    "feed": "a feed of the newest articles",
    "file": "a file that is copied as it is",
    "kit": "all of an article for the press in one file",
    "media": "a picture or file that articles use",
    "share": "the picture that links to the site are shown with",
    "icon": "an icon of the site, or what names the icons",
    "asset": "a style, script or icon of the theme",
    "sitemap": "the list of pages for search engines",
    "robots": "what search engines are told",
    "host": "what the host of the site reads",
    "index": "a part of what the search page reads",
}
_INPUTS = {
    "settings": "what all pages share (config.toml, people, topics, wording, styles, footer)",
    "templates": "its templates",
    "address": "its address, title, translations or place in a list",
    "article": "its article",
    "stories": "the stories it shows",
    "links": "what it links to",
}


def in_words(reason: str) -> str:
    """Return the inputs of a page, named as in `Made.reason`, in words."""
    return (
        ", ".join(_INPUTS[name] for name in reason.split(", ")) if reason else "nobody knows what"
    )


def as_lines(told: "Explanation") -> Iterator[str]:
    """Yield the lines that an editor reads."""
    nature = told.nature
    yield told.address
    yield f"  file: {told.file}"
    yield f"  what it is: {_KINDS[nature.kind]}"
    yield from _list("written in", nature.sources)
    yield from _list("leads to", (nature.target,) if nature.target else ())
    yield from _list("template", nature.templates[:1])
    yield from _list("which may use", nature.templates[1:])
    yield from _list("shows", nature.shows)
    yield from _list("links to", nature.links)
    yield from _list("last made", (told.last,) if told.last else ())
    yield f"  the next build will {told.next}"


def _list(name: str, values: Sequence[str]) -> Iterator[str]:
    if len(values) == 1:
        yield f"  {name}: {values[0]}"
    elif values:
        yield f"  {name}:"
        yield from (f"    {value}" for value in values[:_MOST])
        if len(values) > _MOST:
            yield f"    and {len(values) - _MOST} more (--format json names all)"


def as_values(told: "Explanation") -> dict[str, Any]:
    """Return the same for JSON, nothing left out."""
    nature = msgspec.structs.asdict(told.nature)
    rest = {name: value for name, value in msgspec.structs.asdict(told).items() if name != "nature"}
    return {**nature, **rest}
