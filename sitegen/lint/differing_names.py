"""Names that two translations write differently, by one letter or as another first name."""

from collections.abc import Iterable, Iterator

from sitegen.findings import Findings
from sitegen.lint import names
from sitegen.lint.pair import Pair


def check(pair: Pair, findings: Findings) -> None:
    """Note each name of one article that the other gives to somebody else, or misspells."""
    ours, theirs = (names.pairs_of(told.card.names) for told in (pair.ours, pair.theirs))
    own, others = _alone(ours, theirs), _alone(theirs, ours)
    if not own or not others:
        return
    for one, other in (*_misspelt(own, others), *_exchanged(own, others, pair)):
        name, instead = " ".join(other), " ".join(one)
        line = pair.ours.line_of(instead)
        what = f"“{name}” stands here, and “{instead}” in {pair.ours.path}:{line}"
        mend = "find out which is right, and correct the other"
        at = pair.theirs.line_of(name)
        pair.report("names-differ", pair.theirs, at, what, mend, findings)


def _alone(pairs: set[names.Pair], others: set[names.Pair]) -> set[names.Pair]:
    """Return the names that only one article has, but for misprints of what both have."""
    alone = pairs - others
    known = {near[0] for near in names.near(alone, pairs & others)} if alone else set()
    return alone - known


def _misspelt(
    own: Iterable[names.Pair], others: Iterable[names.Pair]
) -> Iterator[tuple[names.Pair, names.Pair]]:
    for one, other in sorted(names.near(own, others)):
        words = next((a, b) for a, b in zip(one, other, strict=True) if a != b)
        if not names.is_ending(*words) and not names.is_spelling(*words):
            yield one, other


def _exchanged(
    own: Iterable[names.Pair], others: Iterable[names.Pair], pair: Pair
) -> Iterator[tuple[names.Pair, names.Pair]]:
    """Yield who speaks in one article where a namesake speaks in the other."""
    for one in sorted(own):
        for other in sorted(others):
            is_same = [a == b for a, b in zip(one, other, strict=True)]
            words = next((a, b) for a, b in zip(one, other, strict=True) if a != b)
            if any(is_same) and not names.is_near(*words) and _both_speak(one, other, pair):
                yield one, other


def _both_speak(one: names.Pair, other: names.Pair, pair: Pair) -> bool:
    ours, theirs = " ".join(one), " ".join(other)
    words = [a for a, b in zip(one, other, strict=True) if a != b]
    words += [b for a, b in zip(one, other, strict=True) if a != b]
    return (
        not names.is_spelling(*words)
        and names.speaks(ours, pair.ours.text)
        and names.speaks(theirs, pair.theirs.text)
    )
