"""Reads people.toml and topics.toml: who and what articles may name."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any, TypeVar

import msgspec

from sitegen.addresses import SLUG, slugify
from sitegen.findings import Findings
from sitegen.model.content import Card, FrontMatter
from sitegen.model.stories import Person, Registry, Topic
from sitegen.schema import Fault, fill, suggestion
from sitegen.settings import Config, key_line, missing_languages, read_toml, way_fault

PEOPLE, TOPICS = "content/people.toml", "content/topics.toml"
_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
_HEADER = re.compile(r"^\[([a-z0-9-]+)\]", re.MULTILINE)
_WORDS = {"navn": "name", "titel": "title", "role": "title", "mail": "email", "telefon": "phone"}

T = TypeVar("T", bound=Person | Topic)
_Faults = Iterator[tuple[str, str, str, str]]  # the code, the key, what is wrong, how to mend it
_TYPE = "registry-type"


def read_registry(
    people: str | None, topics: str | None, languages: Sequence[str], findings: Findings
) -> Registry:
    """Return the people and topics that two TOML texts list; None: a text cannot be read.

    A faulty value is left out and its entry stays, so that no article is blamed for naming it.
    """
    person_file = _File(PEOPLE, people or "", languages, findings)
    topic_file = _File(TOPICS, topics or "", languages, findings)
    texts = {"people.toml": people, "topics.toml": topics}
    return Registry(
        people={person.id: person for person in person_file.entries(Person, _person_faults)},
        topics={topic.id: topic for topic in topic_file.entries(Topic, _topic_faults)},
        unread=frozenset(file for file, text in texts.items() if text is None),
    )


class _File:
    """One of the two files, and where its faults go."""

    def __init__(self, path: str, text: str, languages: Sequence[str], findings: Findings) -> None:
        self._path, self._text = path, text
        self._languages, self._findings = languages, findings

    def entries(
        self, kind: type[T], faults_of: Callable[[T, Sequence[str]], _Faults]
    ) -> Iterator[T]:
        """Yield each entry, and note what is wrong with it."""
        tables = read_toml(self._text, self._path, "registry-syntax", self._findings)
        if tables is None:
            yield from (self._stub(kind, id_, {}) for id_ in _HEADER.findall(self._text))
            return
        for id_, values in tables.items():
            if not isinstance(values, dict):
                what = f"`{id_}` stands outside of any entry"
                self._report(_TYPE, (id_,), what, "begin the entry with a line [id]")
            elif not SLUG.fullmatch(id_):
                mend = f"use a–z, 0–9 and hyphens, such as [{slugify(id_) or 'line-milthers'}]"
                self._report(_TYPE, (id_,), f"the id cannot be {id_!r}", mend)
            else:
                entry = self._filled(kind, id_, values)
                for code, key, what, mend in faults_of(entry, self._languages):
                    self._report(code, (id_, key), f"{what} in [{id_}]", mend)
                yield self._whole(entry)

    def _whole(self, entry: T) -> T:
        """Return the entry with its id for the names that it lacks, so that all can go on."""
        if not isinstance(entry, Topic):
            return entry
        names = {tag: entry.name.get(tag) or entry.id for tag in self._languages}
        return msgspec.structs.replace(entry, name=names)

    def _report(self, code: str, at: tuple[str, ...], what: str, mend: str) -> None:
        self._findings.add(code, what, mend, path=self._path, line=key_line(self._text, at))

    def _filled(self, kind: type[T], id_: str, values: dict[str, Any]) -> T:
        """Return the entry as a value of the model, without the keys that are at fault."""
        faulty: dict[str, str] = {}  # the mend of each key

        def note(fault: Fault, at: tuple[str, ...], what: str, mend: str) -> None:
            if fault == "missing" and "did you mean `name`?" in faulty.values():
                return
            if fault == "unknown":
                known = kind.__struct_fields__[1:]  # all but the id
                mend = suggestion(_WORDS.get(at[1], at[1]), known)
            elif kind is Topic:
                mend = 'write it by language, as in { da = "Presse", en = "Press" }'
            elif fault == "missing":
                mend = 'add a line such as name = "Line Milthers"'
            code = _TYPE if fault == "type" else "registry-key"
            faulty[at[1]] = mend = mend.replace("write text", "put it in quotes")
            self._report(code, at, f"{what} in [{id_}]", mend)

        if "id" in values:
            mend = "the name in brackets is the id; delete this line"
            self._report("registry-key", (id_, "id"), f"unknown key `id` in [{id_}]", mend)
        title = values.get("title")
        if kind is Person and isinstance(title, str):
            values = {**values, "title": dict.fromkeys(self._languages, title)}
        made = fill(kind, {**values, "id": id_}, note, (id_,))
        sound = {key: value for key, value in values.items() if key not in faulty}
        return made or self._stub(kind, id_, sound)

    def _stub(self, kind: type[T], id_: str, values: Mapping[str, Any]) -> T:
        """Return an entry with the id for a name where it has none."""
        name = id_ if kind is Person else dict.fromkeys(self._languages, id_)
        return msgspec.convert({"name": name, **values, "id": id_}, kind)


def _person_faults(person: Person, languages: Sequence[str]) -> _Faults:
    yield from _foreign("title", person.title, languages)
    yield from _holes("title", person.title, languages)
    if not person.name.strip():
        yield _TYPE, "name", "`name` is empty", "fill it in"
    for key in ("email", "phone"):
        value = getattr(person, key)
        if value and (mend := way_fault(key, value)):
            yield _TYPE, key, f"`{key}` cannot be {value!r}", mend
    if person.left and not _MONTH.fullmatch(person.left):
        mend = 'write the year and the month, such as "2014-01"'
        yield _TYPE, "left", f"`left` cannot be {person.left!r}", mend
    for link in person.links:
        if way_fault("url", link):
            mend = "write whole addresses, such as https://example.com"
            yield _TYPE, "links", f"`links` cannot hold {link!r}", mend


def _topic_faults(topic: Topic, languages: Sequence[str]) -> _Faults:
    for key in ("name", "slug", "description"):
        yield from _foreign(key, getattr(topic, key), languages)
    for language, slug in topic.slug.items():
        if not SLUG.fullmatch(slug):
            mend = f"use a–z, 0–9 and hyphens, such as {slugify(slug) or 'my-topic'}"
            yield _TYPE, "slug", f"`slug.{language}` cannot be {slug!r}", mend
    yield from _holes("description", topic.description, languages)
    for language in languages:
        if not topic.name.get(language, "").strip():
            what = f"`name` lacks the language `{language}`"
            yield "registry-language", "name", what, f'add {language} = "…" to it'


def _holes(key: str, values: Mapping[str, str], languages: Sequence[str]) -> _Faults:
    for tag in missing_languages(values, languages):
        what = f"`{key}` lacks the language `{tag}`"
        yield "language-missing", key, what, f'add {tag} = "…" to it'


def _foreign(key: str, values: Mapping[str, str], languages: Sequence[str]) -> _Faults:
    for tag in values:
        if tag not in languages:
            what = f"`{key}` has a text for `{tag}`, which is no language here"
            yield _TYPE, key, what, suggestion(tag, languages)


def check_use(
    people: str,
    topics: str,
    registry: Registry,
    cards: Collection[Card],
    config: Config,
    findings: Findings,
    *,
    promised: frozenset[str] = frozenset(),
) -> None:
    """Note who and what nothing names: a misspelt entry, or one to delete.

    The entries of `promised` stay for the sake of their pages, which readers know.
    """
    used = promised.union(id_ for card in cards for id_ in _ids(card.front))
    unnamed = {
        person.id: person.name.replace("’", "'")
        for person in registry.people.values()
        if person.id not in used and person.name != config.contact.name
    }
    for card in cards if unnamed else ():
        text = _text(card)
        unnamed = {id_: name for id_, name in unnamed.items() if name not in text}
    for path, text, unused in (
        (PEOPLE, people, unnamed),
        (TOPICS, topics, registry.topics.keys() - used),
    ):
        for id_ in unused:
            what = f"no article names [{id_}]"
            mend = "name it where it belongs, or delete this entry"
            findings.add("registry-unused", what, mend, path=path, line=key_line(text, (id_,)))


def _ids(front: FrontMatter) -> Iterator[str]:
    yield from (credit.id for credit in front.authors or ())
    yield from front.tags or ()
    yield front.contact or ""


def _text(card: Card) -> str:
    """Return all of an article that can hold the name of a person."""
    front = card.front
    said = (front.title, front.summary, front.quote, front.image_caption, front.image_credit or "")
    return "\n".join((*card.names, card.excerpt, *said)).replace("’", "'")


def mentions(person: Person, text: str) -> Iterator[tuple[int, str]]:
    """Yield each line of a text that a person's name begins on, and the name as it stands there."""
    name = r"[\s*_]+".join(map(re.escape, person.name.split()))
    for found in re.finditer(rf"(?<!\w){name}(?:['’]?s)?(?!\w)", text, re.IGNORECASE):
        yield text.count("\n", 0, found.start()) + 1, " ".join(found[0].split())
