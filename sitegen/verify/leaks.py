"""Looks for what readers must not see yet: addresses and sentences of hidden articles."""

import html
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import urlsplit
from zlib import crc32

import msgspec
from selectolax.lexbor import LexborHTMLParser

from sitegen.addresses import output_path
from sitegen.model.pages import OutputFile
from sitegen.verify.faults import Faults
from sitegen.verify.site import Site

CODE = "output-leak"
RUN = 12
"""How many words in a row are nobody's but their author's."""

_WORD = re.compile(r"\w+")
_ADDRESS = re.compile(r"""(?<![^\s"'<>(=])(?:https?:/)?/[^\s"'<>()\\?#]*""")
_WRAPPED = (".atom", ".rss", ".xml", ".json")  # markup as text of another format
_WRAPPING = re.compile(r"""<!\[CDATA\[|\]\]>|\\n|\\(?=")""")
_PLAIN = (".txt", ".md", ".ics")
_FACTOR = 0x9E3779B97F4A7C15  # odd, so that no word of a run is lost
_MASK = 2**64 - 1
_FACTOR_OF_LAST = pow(_FACTOR, RUN, 2**64)
_MEND = "find the template that shows it: drafts, future and expired articles stay unseen"


class Hidden(msgspec.Struct, frozen=True, kw_only=True):
    """What no finished file may hold."""

    addresses: frozenset[str] = frozenset()  # without base path, as in "/da/nyheder/2012/x/"
    shingles: frozenset[int] = frozenset()  # runs of words of hidden articles


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


def leaks_of(
    file: OutputFile, hidden: Hidden, base_url: str, said: Callable[[], Iterable[str]] = tuple
) -> tuple[str, ...]:
    """Return what a file of any kind shows of hidden articles; empty when it shows nothing.

    `said` returns the texts of the public articles in it, which may say the same as hidden ones.
    """
    if hidden == NOTHING_HIDDEN:
        return ()
    text, source = _contents(file)
    words = _words(text) if hidden.shingles else []
    runs = {number: start for start, number in enumerate(_numbers(words))}
    secret = runs.keys() & hidden.shingles
    if secret:
        secret = secret.difference(*map(shingles, said()))
    found = [
        f"the file has words of a hidden article: “{' '.join(words[start : start + RUN])}”"
        for start in sorted(runs[number] for number in secret)[:1]
    ]
    base = urlsplit(base_url.rstrip("/"))
    named = set(_ADDRESS.findall(source))
    shown = (
        address
        for address in sorted(hidden.addresses)
        if named & {f"{base.geturl()}{address}", f"{base.path}{address}"}
    )
    return *found, *(f"the file names {address}, which is hidden" for address in shown)


def check_leaks(
    site: Site, hidden: Hidden, leaks: Iterable[tuple[str, str]], faults: Faults
) -> None:
    """Note what `leaks_of` saw, and every file that stands at a hidden address."""
    secret = {output_path(address): address for address in hidden.addresses}
    for path in secret.keys() & site.paths:
        faults.add(CODE, path, f"{secret[path]} is hidden, but the page is there", _MEND)
    for path, what in leaks:
        if path not in secret:
            faults.add(CODE, path, what, _MEND)


def _contents(file: OutputFile) -> tuple[str, str]:
    """Return the words of a file, and that of its source in which addresses may stand."""
    ending = file.path[file.path.rfind(".") :]
    source = file.content.decode("utf-8", "replace")
    if ending == ".html":
        return text_of(file.content), html.unescape(source)
    if ending in _WRAPPED:
        source = html.unescape(_WRAPPING.sub(" ", source))
        return text_of(source), source
    return (source, source) if ending in _PLAIN else ("", "")


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFC", text).replace("\u00ad", "")
    return _WORD.findall(plain.casefold())


def _numbers(words: list[str]) -> Iterator[int]:
    """Yield a number for each run of twelve words, each made from the one before."""
    values = [crc32(word.encode()) for word in words]
    number = 0
    for end, value in enumerate(values, start=1):
        leaving = values[end - RUN - 1] * _FACTOR_OF_LAST if end > RUN else 0
        number = (number * _FACTOR + value - leaving) & _MASK
        if end >= RUN:
            yield number
