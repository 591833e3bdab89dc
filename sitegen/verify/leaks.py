"""Looks for what readers must not see yet: addresses and sentences of hidden articles."""

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from hashlib import blake2b
from typing import Any

import msgspec
from selectolax.lexbor import LexborHTMLParser

from sitegen.model.pages import Facts, OutputFile
from sitegen.verify.faults import Faults
from sitegen.verify.places import Places

CODE = "output-leak"
RUN = 12
"""How many words in a row are nobody's but their author's."""

_WORD = re.compile(r"\w+")
_ADDRESS = re.compile(r"""(?<![^\s"'<>(])(?:https?:/)?/[^\s"'<>()\\]*""")
_MARKUP = (".atom", ".rss", ".xml")
_PLAIN = (".txt", ".md", ".ics")
_FACTOR = 0x9E3779B97F4A7C15  # odd, so that no word of a run is lost
_MASK = 2**64 - 1
_FACTOR_OF_LAST = pow(_FACTOR, RUN, 2**64)
_MEND = "find the template that shows it: drafts, future and expired articles stay unseen"


class Hidden(msgspec.Struct, frozen=True, kw_only=True):
    """What no finished file may hold."""

    addresses: frozenset[str] = frozenset()  # without base path, as in "/da/nyheder/2012/x/"
    shingles: frozenset[int] = frozenset()  # runs of words that no public article has


NOTHING_HIDDEN = Hidden()


def shingles(text: str) -> set[int]:
    """Return a number for each run of twelve words, the same on every machine."""
    return set(_numbers(_words(text)))


def text_of(markup: bytes | str) -> str:
    """Return the words of an HTML page or part, those in its descriptions too."""
    tree = LexborHTMLParser(markup)
    described = [
        node.attributes.get(name) or ""
        for name in ("content", "alt", "title")
        for node in tree.css(f"[{name}]")
    ]
    tree.strip_tags(["script", "style"])
    return "\n\n".join([tree.root.text(separator=" ") if tree.root else "", *described])


def leaks_of(file: OutputFile, hidden: Hidden, base_url: str) -> tuple[str, ...]:
    """Return what a file of any kind shows of hidden articles; empty when it shows nothing."""
    if hidden == NOTHING_HIDDEN:
        return ()
    text, source = _contents(file)
    words = _words(text) if hidden.shingles else []
    found = [
        f"the file has words of a hidden article: “{' '.join(words[start : start + RUN])}”"
        for start, number in enumerate(_numbers(words))
        if number in hidden.shingles
    ][:1]
    places = Places(base_url, frozenset())
    secret = _secret_paths(hidden, places)
    for link in sorted(set(_ADDRESS.findall(source))) if secret else ():
        place = places.resolve(link, file.path)
        if place is not None and place.path in secret:
            found.append(f"the file names {secret[place.path]}, which is hidden")
    return tuple(found)


def check_leaks(
    pages: Mapping[str, Facts],
    places: Places,
    hidden: Hidden,
    leaks: Iterable[tuple[str, str]],
    faults: Faults,
) -> None:
    """Note what `leaks_of` saw, and every page that stands at or links to a hidden address."""
    for path, what in leaks:
        faults.add(CODE, path, what, _MEND)
    secret = _secret_paths(hidden, places)
    for path, page in pages.items() if secret else ():
        if path in secret:
            faults.add(CODE, path, f"{secret[path]} is hidden, but the page is there", _MEND)
            continue
        for link in (*page.links, *(url for _, url in page.alternates)):
            place = places.resolve(link, path)
            if place is not None and place.path in secret:
                what = f"the file names {secret[place.path]}, which is hidden"
                faults.add(CODE, path, what, _MEND)


def _secret_paths(hidden: Hidden, places: Places) -> dict[str, str]:
    return {places.path(address): address for address in hidden.addresses}


def _contents(file: OutputFile) -> tuple[str, str]:
    """Return the words of a file, and that of its source in which addresses may stand."""
    ending = file.path[file.path.rfind(".") :]
    source = file.content.decode("utf-8", "replace")
    if ending == ".html":
        scripts = LexborHTMLParser(file.content).css("script")
        return text_of(file.content), "\n".join(script.text() for script in scripts)
    if ending == ".json":
        source = "\n\n".join(_strings(msgspec.json.decode(file.content)))
        return text_of(source), source
    if ending in _MARKUP:
        source = html.unescape(re.sub(r"<!\[CDATA\[|\]\]>", "", source))
        return text_of(source), source
    return (source, source) if ending in _PLAIN else ("", "")


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _strings(item)


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFC", text).replace("\u00ad", "")
    return _WORD.findall(plain.casefold())


def _numbers(words: list[str]) -> Iterator[int]:
    """Yield a number for each run of twelve words, each made from the one before."""
    values = [_value(word) for word in words]
    number = 0
    for end, value in enumerate(values, start=1):
        leaving = values[end - RUN - 1] * _FACTOR_OF_LAST if end > RUN else 0
        number = (number * _FACTOR + value - leaving) & _MASK
        if end >= RUN:
            yield number


@lru_cache(maxsize=65536)
def _value(word: str) -> int:
    return int.from_bytes(blake2b(word.encode(), digest_size=8).digest())
