import pytest

from sitegen.findings import Findings
from sitegen.model.content import Card, Credit
from sitegen.model.stories import Person, Registry, Topic
from sitegen.registry import check_use, mentions, read_registry
from sitegen.settings import Contact
from tests.examples import a_card, a_config, lines_of

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
        description = { da = "Om kunder", en = "On customers" }
        """
    )

    assert findings == []
    assert registry.topics["kunder"] == Topic(
        id="kunder",
        name={"da": "Kunder", "en": "Customers"},
        slug={"en": "customers"},
        description={"da": "Om kunder", "en": "On customers"},
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
        '[line]\nphone = "112"',
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


def test_a_character_that_nobody_sees_is_told_at_its_line() -> None:
    registry, findings = read(
        '[line]\nname = "L\\u000B"\n', '[a]\nname = { da = "A", en = "\\u0008A" }\n'
    )

    assert findings == [
        "content/people.toml:2: error: `name` holds an invisible character (U+000B): "
        "delete it [control-character]",
        "content/topics.toml:2: error: `en` holds an invisible character (U+0008): "
        "delete it [control-character]",
    ]
    assert (registry.people["line"].name, registry.topics["a"].name["en"]) == ("L", "A")


def test_an_id_stands_in_brackets_only() -> None:
    assert read('[bo]\nname = "Bo"\nid = "ib"\n')[1] == [
        "content/people.toml:3: error: unknown key `id` in [bo]: "
        "the name in brackets is the id; delete this line [registry-key]"
    ]


def test_a_text_that_a_language_lacks_is_a_warning() -> None:
    people = '[bo]\nname = "Bo"\ntitle = { da = "Direktør" }\n'
    topics = '[a]\nname = { da = "A", en = "A" }\ndescription = { da = "Om A" }\n'

    assert read(people, topics)[1] == [
        "content/people.toml:3: warning: `title` lacks the language `en` in [bo]: "
        'add en = "…" to it [language-missing]',
        "content/topics.toml:3: warning: `description` lacks the language `en` in [a]: "
        'add en = "…" to it [language-missing]',
    ]


def unused(*cards: Card, people: str = "", topics: str = "", contact: str = "") -> list[str]:
    registry, findings = read(people, topics)
    assert findings == []
    collected = Findings()
    config = a_config(contact=Contact(name=contact))
    check_use(people, topics, registry, cards, config, collected)
    return lines_of(collected)


BO = '[ib]\nname = "Ib"\n[bo]\nname = "Bo O\'Brien"\n'
NOBODY = (
    "content/people.toml:3: warning: no article names [bo]: "
    "name it where it belongs, or delete this entry [registry-unused]"
)
IB = a_card("news/a.da.md", authors=(Credit(id="ib"),))


def test_whom_and_what_nothing_names_is_a_warning() -> None:
    topics = '\n[a]\nname = { da = "A", en = "A" }\n'

    assert unused(IB, people=BO, topics=topics) == [
        NOBODY,
        "content/topics.toml:2: warning: no article names [a]: "
        "name it where it belongs, or delete this entry [registry-unused]",
    ]
    assert unused(a_card("news/a.da.md", tags=("a",)), topics=topics) == []


@pytest.mark.parametrize(
    "card",
    [
        a_card("news/a.da.md", authors=(Credit(id="bo", title="CEO"),)),
        a_card("news/a.da.md", contact="bo"),
        a_card("news/a.da.md", names=("Direktør Bo O’Brien",)),
        a_card("news/a.da.md", title="Bo O’Brien bliver direktør"),
        a_card("news/a.da.md", summary="Vi hilser på Bo O'Brien."),
        a_card("news/a.da.md", image_credit="Foto: Bo O'Brien"),
        a_card("news/a.da.md", draft=True, authors=(Credit(id="bo"),)),
    ],
)
def test_who_is_named_anywhere_is_in_use(card: Card) -> None:
    assert unused(IB, card, people=BO) == []
    assert unused(IB, people=BO) == [NOBODY]


def test_the_press_contact_is_in_use() -> None:
    assert unused(IB, people=BO, contact="Bo O'Brien") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vi takker Line Milthers.", [(1, "Line Milthers")]),
        ("a\nLINE\n  MILTHERS' hund", [(2, "LINE MILTHERS")]),
        ("Line\u00a0Milthers’s", [(1, "Line Milthers’s")]),
        ("**Line** Milthers", [(1, "Line** Milthers")]),
        ("Caroline Milthers, Line Milthersen, Line, Milthers, line-milthers", []),
    ],
)
def test_a_name_is_found_as_people_write_it(text: str, expected: list[tuple[int, str]]) -> None:
    person = Person(id="line-milthers", name="Line Milthers")

    assert list(mentions(person, text)) == expected
