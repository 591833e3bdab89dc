"""Finds the file that somebody means, who writes an address as they have it at hand."""

import difflib
import os
import unicodedata
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import unquote, urlsplit

from sitegen.addresses import address_of, output_path
from sitegen.findings import UsageError
from sitegen.pipeline.work import Work
from sitegen.publish import standing

_LOCAL = frozenset({"localhost", "127.0.0.1", "::1", "0.0.0.0"})  # where previews are


def path_of(asked: str, work: Work, paths: Collection[str], known: Collection[str]) -> str:
    """Return the path below output/ that is meant; raises UsageError when there is none."""
    meant = list(dict.fromkeys(_candidates(asked, work)))
    for path in meant:
        if path in paths:
            return path
    for source, address in work.site.hidden.items():
        if output_path(address) in meant:
            what = f"{source} is to stand there, and readers cannot see it yet"
            raise UsageError(f"there is nothing at {asked} now: {what}")
    if any(path in known or _stands(path, work) for path in meant):
        raise UsageError(f"{asked} is no more: the next build takes it away")
    near = _near(address_of(meant[-1]), [address_of(path) for path in paths])
    mend = f"did you mean {near}?" if near else "name a page such as /da/, or a file of output/"
    raise UsageError(f"the site has no {asked}; {mend}")


def _stands(path: str, work: Work) -> bool:
    """Tell whether sitegen put such a file where readers still find it."""
    return "\0" not in path and standing(work.order.output, path)[1]


def _near(wanted: str, places: Collection[str]) -> str:
    """Return the address that is most like what was asked for: by its last part, else whole."""
    beside = [each for each in places if each.split("/")[1] == wanted.split("/")[1]]
    places = beside or places  # in the same language, if it is one
    by_name = {_last(each): each for each in places}
    for word, words in ((_last(wanted), by_name), (wanted, {each: each for each in places})):
        if found := difflib.get_close_matches(word, words, n=1, cutoff=0.6):
            return words[found[0]]
    return ""


def _last(address: str) -> str:
    return address.strip("/").rpartition("/")[2]


def _candidates(asked: str, work: Work) -> Iterator[str]:
    """Yield what may be meant, as paths below output/."""
    for route in _routes(asked, work):
        path = unicodedata.normalize("NFC", route).strip("/")
        if path:
            yield path
        yield f"{path}/index.html".removeprefix("/")


def _routes(asked: str, work: Work) -> Iterator[str]:
    config, order = work.sources.config, work.order
    place = Path(os.path.normpath(order.root / asked))
    output = os.path.normpath(order.output)
    if place.is_relative_to(output):
        yield place.relative_to(output).as_posix().removeprefix(".")
    route, base = asked, f"{config.base_path}/"
    with suppress(ValueError):  # brackets, and no address in them
        parts = urlsplit(asked)
        if parts.scheme in {"http", "https"}:
            if parts.netloc != urlsplit(config.origin).netloc and parts.hostname not in _LOCAL:
                raise UsageError(f"{asked} is on another site; this one is {config.origin}{base}")
            route = parts.path
    for each in (route, unquote(route.partition("#")[0].partition("?")[0])):
        if f"{each}/".startswith(base):
            yield each.removeprefix(config.base_path)
        yield each
