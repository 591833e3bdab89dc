"""Holds the facts of two translations against each other: what is said in only one of them."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

import msgspec

from sitegen.lint.facts.fact import Fact
from sitegen.lint.facts.number_words import is_certain
from sitegen.lint.facts.vocabulary import DIMENSION, FACTORS

_NEAR = 0.2
"""How far apart, as a share of the article, two places may be that mean the same."""
_BESIDE = 0.05
"""Likewise where one of them is said in words, or in passing."""
_ROUNDED = 0.94
"""How near to each other two amounts in different units must be: 1,600 km are 1,000 miles."""
_MOST = 200
"""So many facts without a partner are looked at; who has more did not translate the article."""


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """Something that one article says, and what the other says instead, if anything."""

    fact: Fact
    is_ours: bool  # it is the first article that says it
    other: Fact | None = None


class _Side:
    """One of the two articles: its facts, and those that have found no partner."""

    def __init__(self, facts: Sequence[Fact], blocks: int) -> None:
        self.facts = facts
        self.blocks = max(1, blocks)
        self.rest: list[Fact] = []

    def position(self, fact: Fact) -> float:
        """Return where a fact stands, from 0 to 1."""
        return fact.place / self.blocks


_Fits = Callable[[Fact, _Side, Fact, _Side], bool]


def differences(
    ours: Sequence[Fact], theirs: Sequence[Fact], our_blocks: int, their_blocks: int
) -> list[Difference]:
    """Return what two articles, of so many blocks, do not agree on, in no order."""
    us, them = _Side(ours, our_blocks), _Side(theirs, their_blocks)
    _match(us, them)
    if not us.rest and not them.rest:
        return []
    _take_out(us, them, _is_same_measure)
    _take_out(us, them, lambda fact, _, other, __: _agree(fact, other))
    echoes = _echoes(us, them), _echoes(them, us)
    _take_out(us, them, _is_other_money)
    return [
        *_pairs(us, them, list(them.rest), is_ours=True),
        *_pairs(us, them, echoes[1], is_ours=True),
        *_pairs(them, us, echoes[0], is_ours=False),
        *_missing(us, is_ours=True),
        *_missing(them, is_ours=False),
    ]


def _match(us: _Side, them: _Side) -> None:
    """Find for each fact one that says exactly the same; the others are left over."""
    waiting: defaultdict[tuple[str, str], list[Fact]] = defaultdict(list)
    for fact in them.facts:
        waiting[fact.readings[0], fact.unit].append(fact)
    for fact in us.facts:
        same = waiting.get((fact.readings[0], fact.unit))
        if same:
            same.remove(_nearest(fact, us, same, them))
        else:
            us.rest.append(fact)
    us.rest = us.rest[:_MOST]
    them.rest = [fact for facts in waiting.values() for fact in facts][:_MOST]


def _take_out(us: _Side, them: _Side, fits: _Fits) -> None:
    """Leave out of what is left over each two facts that fit."""
    for fact in list(us.rest):
        others = [other for other in them.rest if fits(fact, us, other, them)]
        if others:
            us.rest.remove(fact)
            them.rest.remove(_nearest(fact, us, others, them))


def _nearest(fact: Fact, us: _Side, others: list[Fact], them: _Side) -> Fact:
    if len(others) == 1:
        return others[0]
    return min(others, key=lambda other: (other.is_soft, _distance(fact, us, other, them)))


def _distance(fact: Fact, us: _Side, other: Fact, them: _Side) -> float:
    return abs(us.position(fact) - them.position(other))


def _agree(one: Fact, other: Fact) -> bool:
    is_unit_alike = one.unit == other.unit or not one.unit or not other.unit
    return is_unit_alike and not set(one.readings).isdisjoint(other.readings)


def _is_same_measure(fact: Fact, us: _Side, other: Fact, them: _Side) -> bool:
    if fact.unit not in FACTORS or not _may_be_converted(fact, us, other, them):
        return False
    amounts = [_amount(fact), _amount(other)]
    return min(amounts) >= _ROUNDED * max(amounts)


def _is_other_money(fact: Fact, us: _Side, other: Fact, them: _Side) -> bool:
    """Tell whether two amounts of money may be the same: nobody knows the rate."""
    if fact.unit in FACTORS or not _may_be_converted(fact, us, other, them):
        return False
    return fact.readings[0] != other.readings[0] or fact.readings[0] == "0"


def _may_be_converted(fact: Fact, us: _Side, other: Fact, them: _Side) -> bool:
    measured = DIMENSION.get(fact.unit)
    is_alike = measured is not None and measured == DIMENSION.get(other.unit)
    return is_alike and fact.unit != other.unit and _distance(fact, us, other, them) <= _NEAR


def _amount(fact: Fact) -> float:
    first = fact.readings[0]
    is_number = len(first) < 30 and first.replace(".", "", 1).isdigit()
    return float(first) * FACTORS[fact.unit] if is_number else 0


def _echoes(side: _Side, other: _Side) -> list[Fact]:
    """Return what a side only says more often than the other, wherever it stands; take it out."""
    said: defaultdict[str, set[str]] = defaultdict(set)
    for fact in other.facts:
        for reading in fact.readings:
            said[reading].add(fact.unit)
    echoed, alone = set(), []
    for fact in side.rest:
        units = set().union(*(said.get(reading, ()) for reading in fact.readings))
        if fact.unit in units or "" in units or (units and not fact.unit):
            echoed.add((fact.readings[0], fact.unit))
        else:
            alone.append(fact)
    side.rest = alone
    return [fact for fact in side.facts if (fact.readings[0], fact.unit) in echoed][:_MOST]


def _pairs(own: _Side, theirs: _Side, others: list[Fact], *, is_ours: bool) -> Iterator[Difference]:
    """Yield each fact with the one that stands in its place in the other article.

    Where neither is said in the other article, that of the second is the one that differs.
    """
    for fact in list(own.rest):
        near = [other for other in others if _may_stand_for(fact, own, other, theirs)]
        if not near:
            continue
        unit = fact.unit
        other = min(near, key=lambda o: (o.unit != unit, _distance(fact, own, o, theirs)))
        others.remove(other)
        own.rest.remove(fact)
        if other in theirs.rest:
            theirs.rest.remove(other)
            yield Difference(fact=other, is_ours=not is_ours, other=fact)
        else:
            yield Difference(fact=fact, is_ours=is_ours, other=other)


def _may_stand_for(fact: Fact, own: _Side, other: Fact, theirs: _Side) -> bool:
    if fact.kinds.isdisjoint(other.kinds):
        return False
    is_other_unit = fact.unit and other.unit and fact.unit != other.unit
    if is_other_unit and set(fact.readings).isdisjoint(other.readings):
        return False
    distance = _distance(fact, own, other, theirs)
    if not (fact.is_soft or other.is_soft):
        return distance <= _NEAR
    return distance <= _BESIDE and all(map(_is_sure, (fact, other)))


def _is_sure(fact: Fact) -> bool:
    """Tell whether a fact can mean nothing else than it says."""
    return not fact.is_soft or "" not in fact.kinds or is_certain(fact)


def _missing(side: _Side, *, is_ours: bool) -> Iterator[Difference]:
    yield from (Difference(fact=fact, is_ours=is_ours) for fact in side.rest if not fact.is_soft)
