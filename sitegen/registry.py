"""Reads people.toml and topics.toml: who and what articles may name."""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

import msgspec

from sitegen.addresses import SLUG, slugify
from sitegen.findings import Findings
from sitegen.front_matter.encoding import FORBIDDEN, unprintable
from sitegen.model.stories import Person, Registry, Topic
from sitegen.schema import Fault, fill, suggestion
from sitegen.settings import key_line, toml_fault, toml_fault_line

PEOPLE = "content/people.toml"
TOPICS = "content/topics.toml"
_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_CODES = {"unknown": "registry-key", "missing": "registry-key", "type": "registry-type"}
_PERSON_WORDS = {"role": "title", "job": "title", "mail": "email", "e-mail": "email",
    "telephone": "phone", "tel": "phone", "photo": "portrait", "image": "portrait",
    "navn": "name", "titel": "title", "telefon": "phone", "link": "links"}  # fmt: skip
_TOPIC_WORDS = {"title": "name", "navn": "name", "label": "name", "summary": "description",
    "beskrivelse": "description"}  # fmt: skip

_HEADER = re.compile(r"^\[([a-z0-9-]+)\]", re.MULTILINE)
_LINK = re.compile(r"https?://[^\s/]+\.[^\s]+")
_BY_LANGUAGE = 'write it by language, as in { da = "Presse", en = "Press" }'
_MENDS: dict[tuple[type, str], str] = {
    (Topic, key): _BY_LANGUAGE for key in ("name", "slug", "description")
}

T = TypeVar("T", Person, Topic)
_KeyFault = tuple[str, str, str]  # the key, what is wrong, how to mend it
_Report = Callable[[str, tuple[str, ...], str, str], None]


def read_registry(
    people: str, topics: str, languages: Sequence[str], findings: Findings
) -> Registry:
    """Return the people and topics that two TOML texts list.

    A faulty value is left out and its entry stays, so that no article is blamed for naming it.
    """
    return Registry(
        people=_people(people, languages, findings),
        topics=_topics(topics, languages, findings),
    )


def _people(text: str, languages: Sequence[str], findings: Findings) -> dict[str, Person]:
    report = _reporter(text, PEOPLE, findings)
    found: dict[str, Person] = {}
    for id_, values in _entries(text, PEOPLE, findings):
        title = values.get("title")
        everywhere = {"title": dict.fromkeys(languages, title)} if isinstance(title, str) else {}
        entry = _Entry(id=id_, values={**values, **everywhere}, stub=id_, words=_PERSON_WORDS)
        found[id_] = _filled(Person, entry, report)
        _check_person(found[id_], languages, report)
    return found


def _topics(text: str, languages: Sequence[str], findings: Findings) -> dict[str, Topic]:
    report = _reporter(text, TOPICS, findings)
    found: dict[str, Topic] = {}
    for id_, values in _entries(text, TOPICS, findings):
        stub = dict.fromkeys(languages, id_)
        entry = _Entry(id=id_, values=values, stub=stub, words=_TOPIC_WORDS)
        found[id_] = _filled(Topic, entry, report)
        _check_topic(found[id_], languages, report)
    return found


def _reporter(text: str, path: str, findings: Findings) -> _Report:
    def report(code: str, at: tuple[str, ...], what: str, mend: str) -> None:
        findings.add(code, what, mend, path=path, line=key_line(text, at))

    return report


def _entries(text: str, path: str, findings: Findings) -> Iterator[tuple[str, dict[str, Any]]]:
    """Return the tables of a TOML text by their ids; of a faulty text only the ids."""
    report = _reporter(text, path, findings)
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        _report_syntax(error, text, path, findings)
        yield from ((id_, {"name": None}) for id_ in _HEADER.findall(text))
        return
    for id_, values in tables.items():
        if not isinstance(values, dict):
            what, mend = f"`{id_}` stands outside of any entry", "begin the entry with a line [id]"
            report("registry-type", (id_,), what, mend)
        elif not SLUG.fullmatch(id_):
            mend = f"use a–z, 0–9 and hyphens, such as [{slugify(id_) or 'line-milthers'}]"
            report("registry-type", (id_,), f"the id cannot be {id_!r}", mend)
        else:
            yield id_, values


def _report_syntax(
    error: tomllib.TOMLDecodeError, text: str, path: str, findings: Findings
) -> None:
    line = toml_fault_line(error, text)
    what, mend = toml_fault(error)
    month = re.match(r"\s*left\s*=\s*([0-9]{4}-[0-9]{2})\s*$", text.split("\n")[line - 1])
    if month:
        what, mend = "the month stands without quotes", f'write left = "{month[1]}"'
    findings.add("registry-syntax", what, mend, path=path, line=line)


class _Entry(msgspec.Struct, frozen=True, kw_only=True):
    """A table of a registry, before it is known to be sound."""

    id: str
    values: dict[str, Any]  # `name` is None when a fault elsewhere hides what it says
    stub: Any  # the name to go on with when there is none
    words: Mapping[str, str]  # what people write for a key


def _filled(kind: type[T], entry: _Entry, report: _Report) -> T:
    """Return the entry as a value of the model, without the keys that are at fault."""
    known = [field for field in kind.__struct_fields__ if field != "id"]
    sound = {key: value for key, value in entry.values.items() if value is not None}
    advice: set[str] = set()

    def note(fault: Fault, at: tuple[str, ...], what: str, mend: str) -> None:
        key = at[1]
        sound.pop(key, None)
        if fault == "unknown":
            mend = suggestion(entry.words.get(key.casefold(), key), known)
            advice.add(mend)
        else:
            mend = _MENDS.get((kind, key), mend).replace("write text", "put it in quotes")
        report(_CODES[fault], at, f"{what} in [{entry.id}]", mend)

    if "id" in sound:
        note("unknown", (entry.id, "id"), "unknown key `id`", "")
    for at, text in _texts(entry.values, (entry.id,)):
        if found := FORBIDDEN.search(text):
            sound.pop(at[1], None)
            what = f"`{at[-1]}` in [{entry.id}] holds {unprintable(found[0])}"
            report("control-character", at, what, "delete it")
    made = None
    while made is None:  # the second round leaves out what the first one found at fault
        made = fill(kind, {"name": entry.stub, **sound, "id": entry.id}, note, (entry.id,))
    if "name" not in entry.values and "did you mean `name`?" not in advice:
        mend = _MENDS.get((kind, "name"), 'add a line such as name = "Line Milthers"')
        report("registry-key", (entry.id,), f"[{entry.id}] has no `name`", mend)
    return made


def _texts(value: Any, at: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Return every text of an entry with the keys that lead to it."""
    if isinstance(value, str):
        yield at, value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _texts(inner, (*at, key))
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner, at)


def _check_person(person: Person, languages: Sequence[str], report: _Report) -> None:
    faults = _foreign("title", person.title, languages)
    if not person.name.strip():
        faults.append(("name", "`name` is empty", "fill it in"))
    if person.email and not _EMAIL.fullmatch(person.email):
        what = f"`email` cannot be {person.email!r}"
        faults.append(("email", what, "write it as name@example.com"))
    if person.left and not _MONTH.fullmatch(person.left):
        what = f"`left` cannot be {person.left!r}"
        faults.append(("left", what, 'write the year and the month, such as "2014-01"'))
    for link in person.links:
        if not _LINK.fullmatch(link):
            what = f"`links` cannot hold {link!r}"
            faults.append(("links", what, "write whole addresses, such as https://example.com"))
    _report_all(person.id, faults, report)


def _check_topic(topic: Topic, languages: Sequence[str], report: _Report) -> None:
    faults: list[_KeyFault] = []
    for key in ("name", "slug", "description"):
        faults += _foreign(key, getattr(topic, key), languages)
    for language, slug in topic.slug.items():
        if not SLUG.fullmatch(slug):
            mend = f"use a–z, 0–9 and hyphens, such as {slugify(slug) or 'my-topic'}"
            faults.append(("slug", f"`slug.{language}` cannot be {slug!r}", mend))
    _report_all(topic.id, faults, report)
    for language in languages:
        if not topic.name.get(language, "").strip():
            what = f"[{topic.id}] has no name in the language `{language}`"
            mend = f'add {language} = "…" to its `name`'
            report("registry-language", (topic.id, "name"), what, mend)


def _foreign(key: str, values: Mapping[str, str], languages: Sequence[str]) -> list[_KeyFault]:
    what = "`{}` has a text for `{}`, which is no language here"
    return [
        (key, what.format(key, tag), suggestion(tag, languages))
        for tag in values
        if tag not in languages
    ]


def _report_all(id_: str, faults: Sequence[_KeyFault], report: _Report) -> None:
    for key, what, mend in faults:
        report("registry-type", (id_, key), f"{what} in [{id_}]", mend)
