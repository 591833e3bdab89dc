"""The site's own words, one file per language, with plural forms."""

import string
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from typing import Any

import msgspec
from babel import Locale

from sitegen.findings import Findings
from sitegen.schema import Fault, fill, suggestion
from sitegen.settings import SLUG, Config, key_line, read_toml

PLACES = ("page", "archive", "topics", "people", "search", "press")
"""The parts of addresses that each language words for itself, under `[addresses]`."""

_Key = tuple[str, ...]

SAID: frozenset[_Key] = frozenset(
    {
        *(
            ("text", key)
            for key in (
                *("news", "press", "archive", "search", "home", "table", "code", "footnote"),
                *("footnote_back", "draft", "scheduled", "expired", "type_press", "type_customer"),
                *("all_news", "whole_archive", "newer", "older", "page_of", "in_language"),
                *("only_in", "changed_in", "read_in", "switch_standin"),
                *("switch_none", "news_intro", "press_intro", "topic_intro", "person_intro"),
                *("year_title", "year_intro", "archive_title", "archive_intro", "search_title"),
                *("not_found_title", "not_found_text", "tombstone_title", "tombstone_text"),
                *("redirect_title", "share_email", "share_linkedin", "correction", "photo"),
                *("feed_title", "feed_topic", "feed_topic_title", "press_kit", "pictures"),
                *("press_contact", "search_ignored"),
            )
        ),
        *(
            ("plural", key, "other")
            for key in ("reading_time", "headlines", "stories", "search_found")
        ),
    }
)
"""What the code itself says, beside the templates; a site that lacks it cannot be built."""

FILLED = {
    "archive_intro": "headlines", "feed_title": "site", "feed_topic": "format topic",
    "feed_topic_title": "site topic", "in_language": "language", "news_intro": "site",
    "page_of": "number pages", "person_intro": "name", "press_intro": "company",
    "changed_in": "language", "only_in": "language", "read_in": "language",
    "switch_none": "language", "switch_standin": "language", "topic_intro": "topic",
    "year_intro": "site stories year", "year_title": "year",
}  # fmt: skip
"""The placeholders that the code fills, in what it says."""


class Wording(msgspec.Struct, frozen=True, kw_only=True):
    """All that the site itself says in one language."""

    language: str
    locale: str
    addresses: dict[str, str]
    text: dict[str, str]
    plural: dict[str, dict[str, str]] = {}

    def say(self, key: str, **values: object) -> str:
        """Return the wording of `key` with its placeholders filled."""
        return self.text[key].format(**values)

    def count(self, key: str, n: int, shown: str | None = None) -> str:
        """Return the wording for `n` things, in the plural form that the language asks for."""
        forms = self.plural[key]
        category = _plural_form(self.locale, n)
        return forms.get(category, forms["other"]).format(n=shown or n)


@lru_cache(maxsize=1024)
def _plural_form(locale: str, n: int) -> str:
    return Locale.parse(locale).plural_form(n)


def read_wording(
    config: Config,
    templates: Mapping[str, str],
    paths: Mapping[str, str],
    findings: Findings,
    *,
    needed: Collection[_Key] = SAID,
) -> dict[str, Wording]:
    """Return the wording of each language; every hole in any of them is a finding.

    A site's own file need hold only what it says otherwise than the theme's of the same language.
    What a language lacks is filled from another, so that its pages can be judged in the same run;
    one whose addresses nobody knows is left out.
    """
    found: dict[str, _Judged] = {}
    sound: dict[str, dict[_Key, str]] = {}
    for language, settings in config.languages.items():
        name = f"wording/{language}.toml"
        if name in templates:
            file = _File(text=templates[name], path=paths[name], findings=findings)
            words = templates.get(f"theme/{name}", "")
            if wording := _read(file, language, settings.locale, words):
                found[language] = file, _of_site(wording, config.languages)
        elif name not in paths:  # else it is there and cannot be read, which is told already
            what = f"there is no wording for the language {language!r}"
            mend = f"copy another language's file to templates/{name} and translate it"
            findings.add("wording-missing", what, mend, path=f"templates/{name}")
            sound[language] = {}
    examples = _examples([wording for _, wording in found.values()], needed)
    for language, (file, wording) in found.items():
        _check_holes(file, wording, examples)
        faulty = set(_check_texts(file, wording, examples))
        texts = {at: text for at, text in _texts(wording) if at not in faulty}
        if {("addresses", place) for place in PLACES} <= texts.keys():
            sound[language] = texts
    return {
        language: _whole(language, settings.locale, sound, examples)
        for language, settings in config.languages.items()
        if language in sound
    }


def _whole(
    language: str,
    locale: str,
    sound: Mapping[str, Mapping[_Key, str]],
    examples: Mapping[_Key, tuple[str, str]],
) -> Wording:
    """Return a wording without holes: in place of what it lacks stands another language's."""
    texts = {at: sound.get(teller, {}).get(at, at[-1]) for at, (teller, _) in examples.items()}
    texts |= sound[language]
    tables: dict[str, dict[str, str]] = {"addresses": {}, "text": {}}
    plural: dict[str, dict[str, str]] = {}
    for at, text in texts.items():
        table = plural.setdefault(at[1], {}) if at[0] == "plural" else tables[at[0]]
        table[at[-1]] = text
    return Wording(language=language, locale=locale, plural=plural, **tables)


class _File(msgspec.Struct, frozen=True, kw_only=True):
    """A wording's file, and where its faults go."""

    text: str
    path: str
    findings: Findings

    def report(self, code: str, at: _Key, what: str, mend: str) -> None:
        """Note a fault at the line of its key."""
        self.findings.add(code, what, mend, path=self.path, line=key_line(self.text, at))


_Judged = tuple[_File, Wording]


def _read(file: _File, language: str, locale: str, theme: str) -> Wording | None:
    values = read_toml(file.text, file.path, "wording-syntax", file.findings)
    if values is None:
        return None
    values = _over(read_toml(theme, "", "wording-syntax", Findings()) or {}, values)

    def note(fault: Fault, at: _Key, what: str, mend: str) -> None:
        mend = f"add a table [{at[-1]}] with texts" if fault == "missing" else mend
        file.report("wording-syntax", at, what, mend)

    return fill(Wording, {**values, "language": language, "locale": locale}, note)


def _over(theme: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """Return the tables of a theme with what a site says instead."""
    merged = {**theme, **own}
    for key, inner in theme.items():
        if isinstance(inner, dict) and isinstance(said := own.get(key), dict):
            merged[key] = _over(inner, said)
    return merged


def _examples(
    wordings: Collection[Wording], needed: Collection[_Key]
) -> dict[_Key, tuple[str, str]]:
    """Return each text that a language must have: who says it, and how, if anyone does."""
    places = [("addresses", place) for place in PLACES]
    examples: dict[_Key, tuple[str, str]] = dict.fromkeys((*places, *sorted(needed)), ("", ""))
    for wording in wordings:
        examples |= {("plural", key, "other"): ("", "") for key in wording.plural}
    for wording in wordings:
        for at, text in _texts(wording):
            if examples.get(at, ("", "")) == ("", ""):
                examples[at] = wording.language, text
    return examples


def _of_site(wording: Wording, languages: Collection[str]) -> Wording:
    """Return a wording without the names of languages that the site does not have."""
    own = {f"language_{language}" for language in languages}
    text = {
        key: said
        for key, said in wording.text.items()
        if not key.startswith("language_") or key in own
    }
    return msgspec.structs.replace(wording, text=text)


def _texts(wording: Wording) -> Iterator[tuple[_Key, str]]:
    """Yield every text of a wording by its path."""
    yield from ((("addresses", key), text) for key, text in wording.addresses.items())
    yield from ((("text", key), text) for key, text in wording.text.items())
    for key, forms in wording.plural.items():
        yield from ((("plural", key, form), text) for form, text in forms.items())


def _check_holes(file: _File, wording: Wording, examples: Mapping[_Key, tuple[str, str]]) -> None:
    """Every language must say what any of them says; of plurals the form that all have."""
    said = {at for at, _ in _texts(wording)}
    for at, (_, example) in examples.items():
        if at in said or (at[0] == "plural" and at[-1] != "other"):
            continue
        file.report(
            "wording-missing",
            at,
            f"the language {wording.language!r} has no wording for `{'.'.join(at[1:])}`",
            f"add a line such as {at[-1]} = {example or '…'!r} under [{'.'.join(at[:-1])}]",
        )


def _check_texts(
    file: _File, wording: Wording, examples: Mapping[_Key, tuple[str, str]]
) -> Iterator[_Key]:
    """Yield the texts at fault: placeholders must be filled, and addresses fit for a URL."""
    for at, text in _texts(wording):
        fields = _placeholders(text)
        if fields is None:
            what = f"`{at[-1]}` has a brace that belongs to no placeholder"
            file.report("wording-syntax", at, what, "write {name}, or {{ and }} for braces")
            yield at
            continue
        if at[0] == "addresses" and not SLUG.fullmatch(text):
            what, mend = f"`{at[-1]}` cannot be {text!r}", "use small letters a–z, 0–9 and hyphens"
            file.report("wording-syntax", at, what, mend)
            yield at
        teller, example = examples[at]
        is_ours = at in SAID or at[0] == "plural"
        known = _filled(at) if is_ours else _placeholders(example) or set()
        for unknown in sorted(fields - known):
            owner = (
                "nobody fills"
                if is_ours or teller == wording.language
                else f"{teller!r} does not have"
            )
            what = f"`{at[-1]}` has a placeholder {{{unknown}}}, which {owner}"
            mend = suggestion(unknown, known) if known else "delete it"
            file.report("wording-syntax", at, what, mend)
            yield at


def _filled(at: _Key) -> set[str]:
    """Return the placeholders that the code fills in a text that it says."""
    return {"n"} if at[0] == "plural" else set(FILLED.get(at[1], "").split())


def _placeholders(text: str) -> set[str] | None:
    """Return the names between braces, or None when a brace stands for something else."""
    try:
        parts = list(string.Formatter().parse(text))
    except ValueError:
        return None
    fields = [(field, form, how) for _, field, form, how in parts if field is not None]
    if any(form or how or not field.isidentifier() for field, form, how in fields):
        return None
    return {field for field, _, _ in fields}
