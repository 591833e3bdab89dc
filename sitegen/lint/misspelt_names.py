"""Names in one article that differ by one letter: `Line Milther` beside `Line Milthers` (R27)."""

import re

from sitegen.findings import Findings
from sitegen.lint.names import Pair, is_ending, near, pairs_of, speaks
from sitegen.lint.written import Written
from sitegen.model.content import Card


def check(written: Written, card: Card, findings: Findings) -> None:
    """Note the rarer of two names of which one is probably a misprint of the other."""
    pairs = pairs_of(card.names)
    told: set[frozenset[Pair]] = set()
    for one, other in near(pairs, pairs):
        both = frozenset((one, other))
        if both in told or not _is_misprint(one, other, written.whole):
            continue
        told.add(both)
        usual, rare = sorted((one, other), key=lambda pair: _use(pair, written.whole))
        place = _places(rare, written.whole)[0]
        findings.add(
            "name-misspelt",
            f"“{' '.join(rare)}” and “{' '.join(usual)}” differ by one letter",
            "if they are one and the same, correct the one that is wrong",
            path=card.source.path,
            line=written.at(place)[1],
        )


def _is_misprint(one: Pair, other: Pair, text: str) -> bool:
    """Tell whether two names are no forms of one: Peter Holms is Peter Holm's, not a misprint."""
    words = next((a, b) for a, b in zip(one, other, strict=True) if a != b)
    if not (_places(one, text) and _places(other, text)):
        return False
    if not is_ending(*words):
        return True
    long = max(one, other, key=lambda pair: len("".join(pair)))
    return speaks(" ".join(long), text)


def _use(pair: Pair, text: str) -> tuple[int, int]:
    """Return what sorts the usual name first, or of two that are as usual the first."""
    places = _places(pair, text)
    return -len(places), places[0]


def _places(pair: Pair, text: str) -> list[int]:
    words = r"\s+".join(map(re.escape, pair))
    return [found.start() for found in re.finditer(rf"(?<!\w){words}(?!\w)", text)]
