"""The lists published.txt and gone.txt, as editors, merges and builds write them."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import pairwise

from sitegen.encoding import shortened
from sitegen.findings import Findings
from sitegen.model.pages import Promise

PUBLISHED, GONE = "published.txt", "gone.txt"
_ADDRESS = re.compile(r"/(?:[\w~%-][\w.~%-]*/)*(?:[\w~%-][\w.~%-]*)?")
_EXAMPLE = "such as /da/nyheder/2024/ny-partner/"


def read_promise(
    published: str, gone: str, languages: Collection[str], findings: Findings
) -> Promise:
    """Return the addresses of both lists; what a merge has doubled counts once."""
    promise = Promise(
        published=_addresses(published, PUBLISHED, languages, findings),
        gone=_addresses(gone, GONE, languages, findings),
    )
    for address in promise.published.keys() & promise.gone:
        findings.add(
            "address-gone",
            f"{address} is in {GONE}, too",
            f"delete this line if the page was removed on purpose, else the one in {GONE}",
            path=PUBLISHED,
            line=promise.published[address],
        )
    return promise


def with_new(text: str, new: Iterable[str]) -> str:
    """Return the text of published.txt with new addresses: sorted, each once, none taken away."""
    notes = [line for _, line in _lines(text) if line.startswith("#")]
    addresses = {line for _, line in _lines(text) if not line.startswith("#")}
    return "".join(f"{line}\n" for line in (*notes, *sorted(addresses.union(new))))


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield each line that says something, and its number."""
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield number, line.strip()


def _addresses(
    text: str, path: str, languages: Collection[str], findings: Findings
) -> dict[str, int]:
    """Return the line of each address; those that cannot be one are findings, and left out."""
    found: dict[str, int] = {}
    for number, line in _lines(text):
        if line.startswith("#"):
            continue
        what, mend = _fault(line, languages)
        if what:
            findings.add("address-line", what, mend, path=path, line=number)
        else:
            found.setdefault(line, number)
    _check_order(found, path, findings)
    return found


def _fault(line: str, languages: Collection[str]) -> tuple[str, str]:
    """Return what keeps a line from being an address, and the mend; empty if nothing does."""
    shown = shortened(line)
    if re.match(r"[a-z]+://", line, re.IGNORECASE):
        return f"“{shown}” names a host", f"write the path alone, {_EXAMPLE}"
    if not _ADDRESS.fullmatch(line):
        mend = f"write one address a line, {_EXAMPLE}, and nothing else"
        return f"“{shown}” is no address of this site", mend
    first, *others = line.split("/")[1:-1] or [""]
    tags = {language.lower() for language in languages}
    at = next((place for place, part in enumerate(others) if part in tags), None)
    if first not in tags and at is not None:
        rest = line.split("/", at + 2)[-1]
        what = f"“{shown}” begins with the path of some `base_url`, which may change"
        return what, f"write it without: /{rest}"
    return "", ""


def _check_order(found: Mapping[str, int], path: str, findings: Findings) -> None:
    """Warn of the first address that stands after one that belongs below it."""
    order = list(found)
    for above, address in pairwise(order):
        if address < above:
            sorter = "`sitegen diff --accept` sorts it" if path == PUBLISHED else "sort the lines"
            what = f"{address} belongs above {above}; sorted lists merge without trouble"
            findings.add("address-order", what, sorter, path=path, line=found[address])
            return
