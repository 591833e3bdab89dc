"""Makes an index of all articles, or brings one up to date with those that have changed."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping

from sitegen.search.documents import CLASSES, Document, Scheme
from sitegen.search.shards import Shard, Values, contributed, revised, shard_of
from sitegen.terms import Joining

TermsOf = Callable[[Document], str]
"""Returns the terms of an article as its Body holds them."""


def gather(
    documents: Mapping[int, Document], terms_of: TermsOf, scheme: Scheme, joining: Joining | None
) -> list[Shard]:
    """Return the index of documents, which come newest first."""
    words = _split(_values(documents, terms_of), scheme)
    parts: defaultdict[str, list[int]] = defaultdict(list)
    for values in words:
        _contribute(Shard(words=values), joining, parts)
    for own in parts.values():
        own.sort(reverse=True)
    return [
        Shard(words=own, parts=others)
        for own, others in zip(words, _split(parts, scheme), strict=True)
    ]


def revise(
    gone: Mapping[int, Document],
    new: Mapping[int, Document],
    terms_of: TermsOf,
    shard_at: Callable[[int], Shard],
    scheme: Scheme,
    joining: Joining | None,
) -> dict[int, Shard]:
    """Return the shards that change when some documents are gone and some are new."""
    before, after = _values(gone, terms_of), _values(new, terms_of)
    changed: dict[int, Shard] = {}
    lost: defaultdict[str, list[int]] = defaultdict(list)
    won: defaultdict[str, list[int]] = defaultdict(list)
    for place, less, more in _changes(before, after, scheme):
        shard = shard_at(place)
        words = revised(shard.words, less, more)
        changed[place] = Shard(words=words, parts=shard.parts)
        _contribute(shard, joining, lost)
        _contribute(changed[place], joining, won)
    for place, less, more in _changes(lost, won, scheme):
        shard = changed.get(place) or shard_at(place)
        changed[place] = Shard(words=shard.words, parts=revised(shard.parts, less, more))
    return changed


def _values(documents: Mapping[int, Document], terms_of: TermsOf) -> Values:
    """Return the values of each term that some documents have."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for place, document in documents.items():
        first = place * CLASSES
        title, summary, text = ({*terms.split()} for terms in terms_of(document).split("\n"))
        text.update(document.names)
        for value, terms in (
            (first + 3, title),
            (first + 2, summary - title),
            (first + 1, text - title - summary),
        ):
            for term in terms:
                found[term].append(value)
    return found


def _split(values: Values, scheme: Scheme) -> list[Values]:
    shards: list[Values] = [{} for _ in range(scheme.shards)]
    for term, own in values.items():
        shards[shard_of(term, scheme.shards)][term] = own
    return shards


def _contribute(shard: Shard, joining: Joining | None, to: defaultdict[str, list[int]]) -> None:
    if joining:
        for part, values in contributed(shard, joining):
            to[part] += values


def _changes(before: Values, after: Values, scheme: Scheme) -> Iterator[tuple[int, Values, Values]]:
    """Yield each shard in which something changes, with the values it loses and those it wins."""
    less: defaultdict[int, Values] = defaultdict(dict)
    more: defaultdict[int, Values] = defaultdict(dict)
    for term in before.keys() | after.keys():
        if before.get(term) != after.get(term):
            old, new = Counter(before.get(term)), Counter(after.get(term))
            place = shard_of(term, scheme.shards)
            less[place][term] = [*(old - new).elements()]
            more[place][term] = [*(new - old).elements()]
    for place in sorted(less):
        yield place, less[place], more[place]
