import pytest

from sitegen.findings import Findings
from sitegen.model.stories import Person, Registry, Topic
from sitegen.registry import read_registry

LANGUAGES = ("da", "en")


def read(people: str = "", topics: str = "") -> tuple[Registry, list[str]]:
    findings = Findings()
    registry = read_registry(people, topics, LANGUAGES, findings)
    return registry, [str(finding) for finding in findings.found]


def test_no_files_are_an_empty_registry() -> None:
    assert (Registry(), []) == read()


def test_a_person_has_all_that_the_table_says() -> None:
    registry, findings = read(
        """
        [line-milthers]
        name = "Line Milthers"
        title = { da = "Direktør", en = "CEO" }
        email = "line@example.com"
        phone = "+45 12 34 56 78"
        portrait = "line.jpg"
        links = ["https://example.com/line"]
        left = "2014-01"
        """
    )

    assert findings == []
    assert registry.people["line-milthers"] == Person(
        id="line-milthers",
        name="Line Milthers",
        title={"da": "Direktør", "en": "CEO"},
        email="line@example.com",
        phone="+45 12 34 56 78",
        portrait="line.jpg",
        links=("https://example.com/line",),
        left="2014-01",
    )


def test_a_plain_title_holds_in_every_language() -> None:
    registry, findings = read('[line]\nname = "Line"\ntitle = "CEO"\n')

    assert findings == []
    assert registry.people["line"].title == {"da": "CEO", "en": "CEO"}


def test_a_topic_has_its_texts_by_language() -> None:
    registry, findings = read(
        topics="""
        [kunder]
        name = { da = "Kunder", en = "Customers" }
        slug = { en = "customers" }
        description = { da = "Om kunder" }
        """
    )

    assert findings == []
    assert registry.topics["kunder"] == Topic(
        id="kunder",
        name={"da": "Kunder", "en": "Customers"},
        slug={"en": "customers"},
        description={"da": "Om kunder"},
    )


PEOPLE_FAULTS = {
    "a misspelt key": (
        '[line]\nname = "L"\nemial = "a@b.dk"',
        "3: error: unknown key `emial` in [line]: did you mean `email`? [registry-key]",
    ),
    "a key by another name": (
        '[line]\nname = "L"\nrole = "CEO"',
        "3: error: unknown key `role` in [line]: did you mean `title`? [registry-key]",
    ),
    "a key in Danish": (
        "[line]\nnavn = 'L'",
        "2: error: unknown key `navn` in [line]: did you mean `name`? [registry-key]",
    ),
    "no name": (
        '[line]\nphone = "1"',
        "1: error: `name` is missing in [line]: "
        'add a line such as name = "Line Milthers" [registry-key]',
    ),
    "an empty name": (
        '[line]\nname = " "',
        "2: error: `name` is empty in [line]: fill it in [registry-type]",
    ),
    "a number for a text": (
        '[line]\nname = "L"\nphone = 12345678',
        "3: error: `phone` cannot be 12345678 in [line]: put it in quotes [registry-type]",
    ),
    "one link without brackets": (
        '[line]\nname = "L"\nlinks = "https://example.com"',
        "3: error: `links` cannot be 'https://example.com' in [line]: "
        "write a list, such as [a, b] [registry-type]",
    ),
    "a link that runs a script": (
        '[line]\nname = "L"\nlinks = ["javascript:alert(1)"]',
        "3: error: `links` cannot hold 'javascript:alert(1)' in [line]: "
        "write whole addresses, such as https://example.com [registry-type]",
    ),
    "no e-mail address": (
        '[line]\nname = "L"\nemail = "line at example.com"',
        "3: error: `email` cannot be 'line at example.com' in [line]: "
        "write it as name@example.com [registry-type]",
    ),
    "a month that does not exist": (
        '[line]\nname = "L"\nleft = "2014-13"',
        "3: error: `left` cannot be '2014-13' in [line]: "
        'write the year and the month, such as "2014-01" [registry-type]',
    ),
    "a month without quotes": (
        '[line]\nname = "L"\nleft = 2014-01',
        '3: error: the month stands without quotes: write left = "2014-01" [registry-syntax]',
    ),
    "a language that the site does not have": (
        '[line]\nname = "L"\ntitle = { dk = "CEO" }',
        "3: error: `title` has a text for `dk`, which is no language here in [line]: "
        "known are da, en [registry-type]",
    ),
    "an id that no address can hold": (
        '["Line Æ"]\nname = "L"',
        "1: error: the id cannot be 'Line Æ': "
        "use a–z, 0–9 and hyphens, such as [line-ae] [registry-type]",
    ),
    "a key above the first entry": (
        'name = "L"',
        "1: error: `name` stands outside of any entry: "
        "begin the entry with a line [id] [registry-type]",
    ),
    "no TOML": (
        '[line]\nname: "L"',
        "2: error: this line cannot be read (Expected '=' after a key in a key/value pair): "
        'write it as name = "text", with the quotes [registry-syntax]',
    ),
}


@pytest.mark.parametrize("name", PEOPLE_FAULTS)
def test_a_fault_in_people_is_told_at_its_line(name: str) -> None:
    text, expected = PEOPLE_FAULTS[name]

    assert [f"content/people.toml:{expected}"] == read(people=text)[1]


TOPIC_FAULTS = {
    "a name for all languages at once": (
        '[a]\nname = "Presse"',
        "2: error: `name` cannot be 'Presse' in [a]: "
        'write it by language, as in { da = "Presse", en = "Press" } [registry-type]',
    ),
    "a language without a name": (
        '[a]\nname = { da = "Presse" }',
        '2: error: `name` lacks the language `en` in [a]: add en = "…" to it [registry-language]',
    ),
    "a blank name": (
        '[a]\nname = { da = "Presse", en = " " }',
        '2: error: `name` lacks the language `en` in [a]: add en = "…" to it [registry-language]',
    ),
    "the name under another key": (
        '[a]\nname = { da = "A", en = "A" }\ntitle = { da = "A" }',
        "3: error: unknown key `title` in [a]: known are description, name, slug [registry-key]",
    ),
    "a slug that no address can hold": (
        '[a]\nname = { da = "A", en = "A" }\nslug = { da = "Ærø" }',
        "3: error: `slug.da` cannot be 'Ærø' in [a]: "
        "use a–z, 0–9 and hyphens, such as aeroe [registry-type]",
    ),
    "no name at all": (
        "[a]",
        "1: error: `name` is missing in [a]: "
        'write it by language, as in { da = "Presse", en = "Press" } [registry-key]',
    ),
}


@pytest.mark.parametrize("name", TOPIC_FAULTS)
def test_a_fault_in_topics_is_told_at_its_line(name: str) -> None:
    text, expected = TOPIC_FAULTS[name]

    assert [f"content/topics.toml:{expected}"] == read(topics=text)[1]


def test_a_faulty_value_is_left_out_and_its_entry_stays() -> None:
    """No article is blamed for naming someone whose entry has a slip."""
    registry, findings = read('[line]\nname = "L"\nphone = 45\n[bo]\nemail = "b@b.dk"\n')

    assert len(findings) == 2
    assert Person(id="line", name="L") == registry.people["line"]
    assert Person(id="bo", name="bo", email="b@b.dk") == registry.people["bo"]


def test_the_ids_of_a_faulty_file_are_known() -> None:
    registry, findings = read('[line]\nname = "L"\n[bo]\nname =\n')

    assert len(findings) == 1
    assert list(registry.people) == ["line", "bo"]


def test_all_faults_of_both_files_are_told_at_once() -> None:
    _, findings = read(
        '[a]\nname = 1\nleft = "x"\n[b]\nnaem = "B"\n', '[t]\nname = {}\n[u]\ncolour = "x"\n'
    )

    assert [
        f"{line.removeprefix('content/').split(': ')[0]} {line.split('[')[-1].rstrip(']')}"
        for line in findings
    ] == [
        "people.toml:2 registry-type",
        "people.toml:3 registry-type",
        "people.toml:5 registry-key",
        "topics.toml:2 registry-language",
        "topics.toml:2 registry-language",
        "topics.toml:3 registry-key",
        "topics.toml:4 registry-key",
    ]


def test_a_topic_without_a_name_in_a_language_keeps_its_id_there() -> None:
    """So that the pages of that language can still be judged in the same run."""
    findings = Findings()

    registry = read_registry("", '[havne]\nname = { da = "Havne" }\n', ("da", "en"), findings)

    assert registry.topics["havne"].name == {"da": "Havne", "en": "havne"}
    assert [finding.code for finding in findings.found] == ["registry-language"]
