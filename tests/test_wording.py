import ast
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sitegen.findings import Findings
from sitegen.wording import FILLED, PLACES, SAID, Wording, read_wording
from tests.conftest import THEME, Site
from tests.examples import a_config, lines_of, wording_text, wordings_of

ROOT = Path(__file__).parent.parent
DANISH = """\
[addresses]
page = "side"
archive = "arkiv"
topics = "emner"
people = "personer"
search = "soeg"
press = "presse"

[text]
news = "Nyheder"
page_of = "Side {number} af {pages}"

[plural.stories]
one = "{n} nyhed"
other = "{n} nyheder"
"""
ENGLISH = """\
[addresses]
page = "page"
archive = "archive"
topics = "topics"
people = "people"
search = "search"
press = "press"

[text]
news = "News"
page_of = "Page {number} of {pages}"

[plural.stories]
one = "{n} story"
other = "{n} stories"
"""


def read(**texts: str) -> tuple[dict[str, Wording], list[str]]:
    findings = Findings()
    templates = {f"wording/{language}.toml": text for language, text in texts.items()}
    paths = {name: f"templates/{name}" for name in templates}
    found = read_wording(a_config(), templates, paths, findings, needed=())
    return found, lines_of(findings)


def wording(language: str = "da", locale: str = "da_DK", **keys: Any) -> Wording:
    values = {"addresses": {}, "text": {}, **keys}
    return Wording(language=language, locale=locale, **values)


@pytest.mark.parametrize("languages", [("da", "en"), ("en", "fr"), ("da", "en", "de")])
def test_the_theme_words_every_language_without_a_hole(languages: tuple[str, ...]) -> None:
    findings = Findings()
    texts = {f"wording/{tag}.toml": wording_text(tag) for tag in languages}
    found = read_wording(a_config(*languages), texts, {name: name for name in texts}, findings)

    assert lines_of(findings) == []
    assert list(languages) == list(found)
    for each in found.values():
        assert set(PLACES) <= set(each.addresses)


def test_a_wording_is_said_with_its_values() -> None:
    danish = read(da=DANISH, en=ENGLISH)[0]["da"]

    assert danish.say("news") == "Nyheder"
    assert danish.say("page_of", number=2, pages=5) == "Side 2 af 5"


@pytest.mark.parametrize(
    ("expected", "n"), [("0 nyheder", 0), ("1 nyhed", 1), ("2 nyheder", 2), ("1000 nyheder", 1000)]
)
def test_a_number_is_said_in_the_form_it_asks_for(expected: str, n: int) -> None:
    assert expected == read(da=DANISH, en=ENGLISH)[0]["da"].count("stories", n)


def test_a_number_may_be_shown_in_another_way_than_it_counts() -> None:
    assert read(da=DANISH, en=ENGLISH)[0]["da"].count("stories", 1000, "1.000") == "1.000 nyheder"


@pytest.mark.parametrize(
    ("expected", "n"), [("one", 1), ("few", 3), ("other", 5), ("one", 21), ("few", 23)]
)
def test_languages_with_more_forms_than_two_have_them(expected: str, n: int) -> None:
    forms = {form: form for form in ("one", "few", "other")}

    assert expected == wording("uk", "uk_UA", plural={"x": forms}).count("x", n)


def test_what_a_language_does_not_tell_apart_is_said_with_the_form_that_all_have() -> None:
    assert wording(plural={"x": {"other": "{n} mange"}}).count("x", 1) == "1 mange"


BRACES = "write {name}, or {{ and }} for braces [wording-syntax]"
HOLES = {
    "a text": (
        ENGLISH.replace('news = "News"\n', ""),
        "en.toml:9: error: the language 'en' has no wording for `news`: "
        "add a line such as news = 'Nyheder' under [text] [wording-missing]",
    ),
    "a plural": (
        ENGLISH[: ENGLISH.index("[plural")],
        "en.toml: error: the language 'en' has no wording for `stories.other`: "
        "add a line such as other = '{n} nyheder' under [plural.stories] [wording-missing]",
    ),
    "the form of a plural that all have": (
        ENGLISH.replace("other =", "two ="),
        "en.toml:13: error: the language 'en' has no wording for `stories.other`: "
        "add a line such as other = '{n} nyheder' under [plural.stories] [wording-missing]",
    ),
    "a place of addresses": (
        ENGLISH.replace('page = "page"\n', ""),
        "en.toml:1: error: the language 'en' has no wording for `page`: "
        "add a line such as page = 'side' under [addresses] [wording-missing]",
    ),
    "a placeholder that the other language has not": (
        ENGLISH.replace("{pages}", "{page}"),
        "en.toml:11: error: `page_of` has a placeholder {page}, which nobody fills: "
        "did you mean `pages`? [wording-syntax]",
    ),
    "a placeholder where there is none": (
        ENGLISH.replace('"News"', '"News {x}"'),
        "en.toml:10: error: `news` has a placeholder {x}, which nobody fills: "
        "delete it [wording-syntax]",
    ),
    "a placeholder in a lesser form": (
        ENGLISH.replace("{n} story", "{m} story"),
        "en.toml:14: error: `one` has a placeholder {m}, which nobody fills: "
        "known are n [wording-syntax]",
    ),
    "an open brace": (
        ENGLISH.replace("{pages}", "{pages"),
        f"en.toml:11: error: `page_of` has a brace that belongs to no placeholder: {BRACES}",
    ),
    "a placeholder without a name": (
        ENGLISH.replace("{pages}", "{}"),
        f"en.toml:11: error: `page_of` has a brace that belongs to no placeholder: {BRACES}",
    ),
    "a placeholder that looks inside": (
        ENGLISH.replace("{pages}", "{pages.real}"),
        f"en.toml:11: error: `page_of` has a brace that belongs to no placeholder: {BRACES}",
    ),
    "a word that no address can hold": (
        ENGLISH.replace('"search"', '"Søg!"'),
        "en.toml:6: error: `search` cannot be 'Søg!': "
        "use small letters a–z, 0–9 and hyphens [wording-syntax]",
    ),
    "a number for a text": (
        ENGLISH.replace('"News"', "1"),
        "en.toml:10: error: `news` cannot be 1: write text [wording-syntax]",
    ),
    "no table of texts": (
        ENGLISH[: ENGLISH.index("[text]")],
        "en.toml: error: `text` is missing: add a table [text] with texts [wording-syntax]",
    ),
    "an unknown table": (
        ENGLISH.replace("[plural.stories]", "[plurals.stories]"),
        "en.toml:13: error: unknown key `plurals`: did you mean `plural`? [wording-syntax]",
    ),
    "no TOML": (
        ENGLISH.replace("news =", "news:"),
        "en.toml:10: error: this line cannot be read "
        "(Expected '=' after a key in a key/value pair): "
        'write it as name = "text", with the quotes [wording-syntax]',
    ),
}


@pytest.mark.parametrize("name", HOLES)
def test_every_hole_is_told_at_its_line(name: str) -> None:
    """R41: a missing string stops the build."""
    english, expected = HOLES[name]

    assert [f"templates/wording/{expected}"] == read(da=DANISH, en=english)[1]


def test_the_first_language_may_have_holes_too() -> None:
    danish = DANISH.replace('news = "Nyheder"\n', "")

    assert read(da=danish, en=ENGLISH)[1] == [
        "templates/wording/da.toml:9: error: the language 'da' has no wording for `news`: "
        "add a line such as news = 'News' under [text] [wording-missing]"
    ]


def test_a_place_that_no_language_words_is_a_hole_in_each() -> None:
    texts = {
        tag: "\n".join(line for line in text.split("\n") if not line.startswith("press ="))
        for tag, text in (("da", DANISH), ("en", ENGLISH))
    }

    assert read(**texts)[1] == [
        f"templates/wording/{tag}.toml:1: error: the language '{tag}' has no wording for `press`: "
        "add a line such as press = '…' under [addresses] [wording-missing]"
        for tag in ("da", "en")
    ]


def test_a_plural_that_no_language_words_for_all_numbers_is_a_hole_in_each() -> None:
    texts = {
        tag: text.replace("other =", "many =") for tag, text in (("da", DANISH), ("en", ENGLISH))
    }

    assert [line.rpartition("`: ")[2] for line in read(**texts)[1]] == [
        "add a line such as other = '…' under [plural.stories] [wording-missing]"
    ] * 2


def test_a_language_without_a_file_is_told() -> None:
    found, lines = read(da=DANISH)

    assert found["en"].text == found["da"].text  # so that its pages can be judged at once
    assert lines == [
        "templates/wording/en.toml: error: there is no wording for the language 'en': "
        "copy another language's file to templates/wording/en.toml and translate it "
        "[wording-missing]"
    ]


def test_a_language_may_leave_a_placeholder_out() -> None:
    assert read(da=DANISH, en=ENGLISH.replace(" of {pages}", ""))[1] == []


def test_a_form_may_show_the_number_that_another_language_leaves_out() -> None:
    danish = DANISH.replace('"{n} nyhed"', '"én nyhed"')

    assert read(da=danish, en=ENGLISH)[1] == []


def test_every_language_of_the_theme_is_worded() -> None:
    assert list(wordings_of(a_config("da", "en", "de"))) == ["da", "en", "de"]


def test_what_the_code_says_is_listed_and_a_site_that_lacks_it_is_told() -> None:
    """A wording that no language has would else be a traceback in the middle of a build."""
    sources = "\n".join(path.read_text("utf-8") for path in (ROOT / "sitegen").rglob("*.py"))
    said = set(re.findall(r'\bsay\(\s*"([a-z_]+)"', sources))
    counted = set(re.findall(r'\.(?:count\(|plural\[)\s*"([a-z_]{3,})"', sources))

    assert said <= {at[1] for at in SAID if at[0] == "text"}
    assert counted == {at[1] for at in SAID if at[0] == "plural"}
    findings = Findings()
    texts = {"wording/da.toml": DANISH, "wording/en.toml": ENGLISH}
    read_wording(a_config(), texts, {name: name for name in texts}, findings)
    assert any("has no wording for `not_found_title`" in line for line in lines_of(findings))


def test_what_the_code_fills_in_is_listed() -> None:
    calls = [
        node
        for path in (ROOT / "sitegen").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(".say") and node.args
    ]
    filled = {
        ast.literal_eval(call.args[0]): " ".join(sorted(each.arg or "" for each in call.keywords))
        for call in calls
        if call.keywords
    }

    assert filled == FILLED


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("{number}", "{nummer}", "`page_of` has a placeholder {nummer}, which nobody fills"),
        ('"Nyheder"', '"Nyheder {x}"', "`news` has a placeholder {x}, which nobody fills"),
        ('"Nyheder"', '"Nyheder {"', "`news` has a brace that belongs to no placeholder"),
        ('"{n} nyheder"', '"{x}"', "`other` has a placeholder {x}, which nobody fills"),
    ],
)
def test_a_site_of_one_language_has_its_placeholders_judged_too(
    old: str, new: str, line: str
) -> None:
    """And the faulty text is not said, so that the build can go on to what else is wrong."""
    findings = Findings()
    text = DANISH.replace(old, new)
    found = read_wording(
        a_config("da"), {"wording/da.toml": text}, {"wording/da.toml": "da.toml"}, findings
    )

    assert [each for each in lines_of(findings) if line in each]
    assert found["da"].say("news")
    assert found["da"].say("page_of", number=1, pages=2)
    assert found["da"].count("stories", 2)
    assert found["da"].say("year_intro", stories="2 nyheder", site="Avisen", year=2024)


def test_a_language_whose_addresses_nobody_knows_is_left_out() -> None:
    """Judged with another language's addresses, links would seem broken that are not."""
    for danish in (DANISH.replace('"soeg"', '"Søg"'), DANISH.replace('press = "presse"\n', "")):
        found, lines = read(da=danish, en=ENGLISH)

        assert list(found) == ["en"]
        assert len(lines) == 1


STORIES = """\
-- content/news/2024-05-17-en.da.md --
---
title: En
tags: [kunder]
---
Tekst.
-- content/news/2024-05-18-to.da.md --
---
title: To
tags: [kunder]
---
Tekst.
-- content/topics.toml --
[kunder]
name = { da = "Kunder", en = "Clients" }
"""


def test_a_site_says_otherwise_only_what_it_wants_to(site: Callable[[str], Site]) -> None:
    """What the theme learns to say later is said in old sites, too."""
    words = '[text]\nread_also = "Mere om det"\n[plural.stories]\none = "{n} historie"\n'
    project = site(STORIES).change("templates/wording/da.toml", words).build()
    theme = (THEME / "wording/da.toml").read_text("utf-8")

    assert 'read_also = "Læs også"' in theme
    assert project.lines == []
    assert "Mere om det" in project.page("da/nyheder/2024/en/index.html")
    assert "Læs også" not in project.page("da/nyheder/2024/en/index.html")
    assert site("").change("templates/wording/da.toml", "").build().is_sound
