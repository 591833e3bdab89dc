"""Hands over the index of each language; only what changed since the build before is made anew."""

from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cache as remember
from functools import partial

import msgspec

from sitegen.addresses import output_path
from sitegen.cache import Cache, DamagedCacheError, encode
from sitegen.model.pages import OutputFile
from sitegen.pipeline.handover import Handover
from sitegen.pipeline.inputs import hash_of
from sitegen.pipeline.reading import ignored_words
from sitegen.pipeline.work import Work
from sitegen.search import (
    Document,
    Scheme,
    Shard,
    directory,
    document_files,
    gather,
    number,
    revise,
    scheme_of,
    shard_file,
)
from sitegen.terms import JOINED, terms_of
from sitegen.typography import plain

MOST_REVISED = 500  # articles that may have changed; with more, an index is sooner made anew


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """What an index was made of, and a hash of each of its shards' files."""

    scheme: Scheme
    documents: dict[int, Document]
    hashes: dict[int, bytes]


def write_index(work: Work, cache: Cache, handover: Handover) -> None:
    """Hand over all that the search page of each language reads."""
    for language in work.sources.languages:
        _Index(work, cache, handover, language).write()


def amend_index(work: Work, cache: Cache, handover: Handover, keys: Mapping[str, str]) -> bool:
    """Hand over what changes as some articles have other bodies; False when nobody knows that.

    `keys` are the new ones by the old.
    """
    indexes = [_Index(work, cache, handover, language) for language in work.sources.languages]
    return all(index.amend(keys) for index in indexes)


class _Index:
    """The index of one language in the making."""

    def __init__(self, work: Work, cache: Cache, handover: Handover, language: str) -> None:
        self._work = work
        self._site = work.order.site
        self._cache = cache
        self._handover = handover
        self._language = language
        self._joining = JOINED.get(language)
        self._shard = msgspec.msgpack.Decoder(Shard)
        self._hashes: dict[int, bytes] = {}

    def write(self) -> None:
        """Hand over the files of the index."""
        found = tuple(self._documents())
        scheme = scheme_of(each.day for each in found)
        documents = number(found, scheme)
        self._take("index", directory(scheme))
        for place, content in enumerate(document_files(documents, scheme)):
            self._take(f"{scheme.folder}/d{place}", content)
        made = self._update(documents, scheme)
        for place, hashed in self._hashes.items():
            if place not in made:
                self._bring(f"{scheme.folder}/t{place}", partial(self._file, place), hashed)

    def amend(self, keys: Mapping[str, str]) -> bool:
        """Hand over the shards that change as some articles have other bodies."""
        known = self._known()
        if known is None:
            return False
        documents = {
            place: msgspec.structs.replace(each, body=keys[each.body])
            if each.body in keys
            else each
            for place, each in known.documents.items()
        }
        self._hashes = known.hashes
        changed = self._revised(known.documents, documents, known.scheme)
        if changed is None:
            return False
        self._keep(changed, documents, known.scheme, known)
        return True

    def _known(self) -> Known | None:
        note = self._cache.note(self._site, self._note())
        return msgspec.msgpack.decode(note, type=Known) if note else None

    def _documents(self) -> Iterator[Document]:
        """Yield every article that readers may find; in a preview, too, no other is among them."""
        front = self._work.sources.addresses.front(self._language)
        names = remember(self._names)
        for entry in self._work.site.entries[self._language]:
            if not entry.mark and entry.story.date:
                yield Document(
                    address=entry.address.removeprefix(front),
                    title=plain(entry.article.title),
                    day=entry.story.date.day,
                    body=entry.article.card.body,
                    names=names(entry.story.tags, tuple(each.id for each in entry.story.authors)),
                )

    def _names(self, tags: tuple[str, ...], authors: tuple[str, ...]) -> tuple[str, ...]:
        """Return the terms of topics and authors, who are on the page but not in its text."""
        registry, language = self._work.sources.registry, self._language
        topics = [registry.topics[tag].name[language] for tag in tags if tag in registry.topics]
        people = [registry.people[author].name for author in authors if author in registry.people]
        ignored = ignored_words(self._work.sources.wordings[language])
        return tuple(sorted({*terms_of(" ".join((*topics, *people)), language, ignored).split()}))

    def _update(self, documents: Mapping[int, Document], scheme: Scheme) -> Collection[int]:
        """Bring the shards in the cache up to date; returns those whose files are handed over."""
        known = self._known()
        changed: Mapping[int, Shard] | None = None
        if known and known.scheme == scheme:
            self._hashes = known.hashes
            changed = self._revised(known.documents, documents, scheme)
        if changed is None:
            changed = dict(enumerate(gather(documents, self._terms, scheme, self._joining)))
        self._keep(changed, documents, scheme, known)
        return changed.keys()

    def _keep(
        self,
        changed: Mapping[int, Shard],
        documents: Mapping[int, Document],
        scheme: Scheme,
        known: Known | None,
    ) -> None:
        """Hand over shards, and keep them for the builds to come."""
        for place, shard in changed.items():
            self._cache.keep_note(self._site, self._note(place), encode(shard))
            self._hashes[place] = self._take(f"{scheme.folder}/t{place}", shard_file(shard))
        if known is None or (known.scheme, known.documents) != (scheme, documents):
            known = Known(scheme=scheme, documents={**documents}, hashes=self._hashes)
            self._cache.keep_note(self._site, self._note(), encode(known))

    def _revised(
        self, before: Mapping[int, Document], after: Mapping[int, Document], scheme: Scheme
    ) -> Mapping[int, Shard] | None:
        """Return the shards that change; None when the index should rather be made anew."""
        gone, new = _but(before, after), _but(after, before)
        if len(gone) > MOST_REVISED or not all(
            self._cache.has(each.body) for each in gone.values()
        ):
            return None
        return revise(gone, new, self._terms, self._load, scheme, self._joining)

    def _terms(self, document: Document) -> str:
        return self._cache.body(document.body).terms

    def _load(self, place: int) -> Shard:
        note = self._cache.note(self._site, self._note(place))
        if note is None:
            raise DamagedCacheError
        return self._shard.decode(note)

    def _note(self, place: int | str = "") -> str:
        return f"search {self._language} {place}"

    def _take(self, name: str, content: bytes) -> bytes:
        """Hand over a file that is at hand; returns a hash of it."""
        hashed = hash_of(content)
        self._bring(name, lambda: content, hashed)
        return hashed

    def _file(self, place: int) -> bytes:
        return shard_file(self._load(place))

    def _bring(self, name: str, make: Callable[[], bytes], hashed: bytes) -> None:
        path = output_path(self._work.sources.addresses.search_file(self._language, name))
        if not self._handover.keep(path, inputs=hashed):
            self._handover.bring(OutputFile(path=path, content=make()), hashed)


def _but(documents: Mapping[int, Document], others: Mapping[int, Document]) -> dict[int, Document]:
    """Return the documents of which another index has not the same terms."""
    return {
        place: each
        for place, each in documents.items()
        if (other := others.get(place)) is None
        or (other.body, other.names) != (each.body, each.names)
    }
