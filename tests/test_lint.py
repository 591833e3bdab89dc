"""The lints find what is probably not meant, once and at its line, and let ordinary news pass."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.findings import Finding, Findings
from sitegen.lint import read_article
from sitegen.lint.facts import differences
from sitegen.lint.notes import decoded
from sitegen.model.content import Source
from sitegen.parse import Rules, parse
from tests.conftest import CONFIG, ROOT, Site
from tests.mistakes import MISTAKES, PIXEL, SITE
from tests.translations import blocks, equal_articles

PROSE = Path(__file__).parent / "data" / "prose"
RULES = Rules(timezone="Europe/Copenhagen", labels={})
SEED = ROOT / "content" / "news" / "2012-03-15-faciliteringsteam"
LINTS = (
    "facts-differ", "names-differ", "headings-differ", "links-differ", "pictures-differ",
    "name-misspelt", "passage-foreign", "text-leftover", "quotes-mixed", "title-long",
    "description-long", "image-alt-poor", "link-other-language", "picture-heavy",
)  # fmt: skip
Make = Callable[[str], Site]


def alone(language: str, body: str, front: str = "title: Nyt") -> tuple[Finding, ...]:
    """Return what is found in an article by itself; its body begins on line 5."""
    findings = Findings()
    content = f"---\n{front}\n---\n\n{body}\n".encode()
    source = Source(path=f"x.{language}.md", kind="pages", story="x", language=language)
    card, _ = parse(source, content, "key", RULES, findings)
    assert card is not None
    read_article(content, card, findings)
    return findings.found


def codes(language: str, body: str, front: str = "title: Nyt") -> list[tuple[str, int | None]]:
    """Return the code and line of each finding in an article by itself."""
    return [(each.code, each.line) for each in alone(language, body, front)]


def story(site: Make, danish: str, english: str, **more: str) -> Site:
    """Return a site of one story, checked; the bodies begin on line 6."""
    files = {
        "index.da.md": f"---\ntitle: Nyt\ndate: 2024-05-17\n---\n\n{danish}\n",
        "index.en.md": f"---\ntitle: Our news\ndate: 2024-05-17\n---\n\n{english}\n",
    }
    made = site("")
    for name, text in {**files, **more}.items():
        made.change(f"content/news/a/{name}", text)
    return made.build(is_check=True)


def found(site: Site) -> list[tuple[str, str, int | None]]:
    """Return the code, the language and the line of each finding."""
    return [(each.code, each.path[-5:-3], each.line) for each in site.findings]


# facts


def said_otherwise(danish: str, english: str) -> list[tuple[str, str]]:
    """Return what two articles do not say alike: at its line, and in the other article."""
    notes = []
    for language, text in (("da", danish), ("en", english)):
        source = Source(path=f"x.{language}.md", kind="news", story="x", language=language)
        card, _ = parse(source, text.encode(), "key", RULES, Findings())
        assert card is not None
        notes.append(decoded(read_article(text.encode(), card, Findings())))
    ours, theirs = notes
    differing = differences(ours.facts, theirs.facts, ours.blocks, theirs.blocks)
    return [(each.fact.said, each.other.said if each.other else "-") for each in differing]


def test_two_hundred_pairs_that_say_the_same_raise_no_alarm() -> None:
    wrong = [(pair, said) for pair in equal_articles() if (said := said_otherwise(*pair))]

    assert wrong == []


@pytest.mark.parametrize("danish, english", blocks("equal.txt"))
def test_a_sentence_and_its_translation_say_the_same(danish: str, english: str) -> None:
    front = "---\ntitle: Nyt\ndate: 2024-05-17\n---\n\n"

    assert said_otherwise(front + danish, front + english) == []


@pytest.mark.parametrize("path", sorted(PROSE.glob("*.da.md")), ids=lambda path: path.stem)
def test_an_ordinary_article_and_its_translation_say_the_same(path: Path) -> None:
    english = path.with_name(path.name.replace(".da.", ".en."))

    assert said_otherwise(path.read_text("utf-8"), english.read_text("utf-8")) == []


@pytest.mark.parametrize("danish, english, expected", blocks("differing.txt"))
def test_what_differs_is_found_once(danish: str, english: str, expected: str) -> None:
    front = "---\ntitle: Nyt\ndate: 2024-05-17\n---\n\n"

    assert [tuple(expected.split(" | "))] == said_otherwise(front + danish, front + english)


AROUND = (
    ("Det koster 47,75 kr.", "It costs DKK 47.75."),
    ("Vi har 1.733 kunder.", "We have 1,733 customers."),
    ("Salget steg 83 procent.", "Sales rose by 83%."),
    ("Mødet er den 19. november kl. 17.45.", "The meeting is at 5:45 p.m. on 19 November."),
)


@pytest.mark.parametrize("danish, english, expected", blocks("differing.txt"))
def test_what_differs_is_found_once_amid_what_does_not(
    danish: str, english: str, expected: str
) -> None:
    texts = [
        "\n\n".join(
            [
                "---\ntitle: Nyt\ndate: 2024-05-17\n---",
                *(each[n] for each in AROUND[:2]),
                text,
                *(each[n] for each in AROUND[2:]),
            ]
        )
        for n, text in enumerate((danish, english))
    ]  # fmt: skip

    assert [tuple(expected.split(" | "))] == said_otherwise(*texts)


def test_at_least_forty_differences_are_seeded() -> None:
    assert len(blocks("differing.txt")) >= 40


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("number", range(3))
def test_a_figure_of_the_first_article_that_is_changed_is_told_at_its_line(
    site: Make, language: str, number: int
) -> None:
    made = site("").change("config.toml", (ROOT / "config.toml").read_bytes())
    for path in ("people.toml", "topics.toml"):
        made.change(f"content/{path}", (ROOT / "content" / path).read_bytes())
    line = 0
    for each in ("da", "en"):
        lines = (SEED / f"index.{each}.md").read_text("utf-8").split("\n")
        if each == language:
            line = [at for at, text in enumerate(lines) if "88" in text][number]
            lines[line] = lines[line].replace("88", "78")
        made.change(f"content/news/2012-03-15-a/index.{each}.md", "\n".join(lines))
    made.build(is_check=True)

    told = [each for each in made.findings if each.code == "facts-differ"]
    path = f"content/news/2012-03-15-a/index.{language}.md"
    assert [(path, line + 1)] == [(each.path, each.line) for each in told]
    assert "“78" in told[0].what
    assert "“88" in told[0].what


def test_the_same_figure_wrong_in_several_places_is_one_finding(site: Make) -> None:
    danish = "Vi er 88.\n\nJa, 88 mennesker.\n\n88 er mange."
    made = story(site, danish, "We are 78.\n\nYes, 78 people.\n\n78 is a lot.")

    assert found(made) == [("facts-differ", "en", 6)]
    assert "(also on line 8, 10)" in made.findings[0].what


def test_a_figure_that_only_one_language_repeats_is_no_difference(site: Make) -> None:
    made = story(site, "88 procent er glade.\n\nJa, 88 procent!", "88 per cent are glad.\n\nYes!")

    assert made.lines == []


def test_a_short_version_may_leave_out_figures_but_not_change_them(site: Make) -> None:
    long = "Vi har 35 ansatte i Lviv og 62 i Aarhus. " + "Det er vi meget glade for. " * 30
    made = story(site, f"{long}\n\n## Mere", "We have 36 people in Lviv.")

    assert found(made) == [("facts-differ", "en", 6)]


def test_drafts_and_withdrawn_articles_are_not_compared(site: Make) -> None:
    draft = "---\ntitle: Our news\ndraft: true\n---\n\nWe are 78.\n"
    withdrawn = draft.replace("draft: true", "withdrawn: {date: 2024-05-18, reason: Wrong.}")
    for text in (draft, withdrawn):
        assert story(site, "Vi er 88.", "", **{"index.en.md": text}).lines == []


def test_each_translation_is_compared_with_the_first(tmp_path: Path) -> None:
    config = CONFIG
    config += '\n[languages.de]\nlabel = "Deutsch"\nlocale = "de_DE"\ntitle = "Zeitung"\n'
    made = Site(tmp_path).change("config.toml", config + 'section = "nachrichten"\n')
    wording = (ROOT / "templates" / "wording" / "en.toml").read_text("utf-8")
    made.change("templates/wording/de.toml", wording)
    texts = {
        "da": "1.234,5 km d. 15. marts",
        "en": "1,234.5 km on March 15",
        "de": "1.234,6 km am 15. März",
    }
    for language, text in texts.items():
        body = f"---\ntitle: Nyt\ndate: 2024-05-17\n---\n\n{text}\n"
        made.change(f"content/news/a/index.{language}.md", body)

    assert found(made.build(is_check=True)) == [("facts-differ", "de", 6)]


# names


def test_the_same_misprint_in_the_translation_is_told_there_too() -> None:
    body = "“Good,” says Line Milthers.\n\nLine Milther agrees."

    assert codes("en", body) == [("name-misspelt", 7)]


@pytest.mark.parametrize(
    "language, body",
    [
        ("da", "Det siger Peter Holm.\n\nPeter Holms kollega er enig."),
        ("en", "So says Peter Holm.\n\nPeter Holm’s colleague agrees."),
        ("da", "Han er Project Manager. De er Project Managers."),
        ("da", "Dansk Industri og Danske Industri"),
        ("da", "Bygning A ligger ved Bygning B. Ida Lund og Ina Lund er søstre."),
    ],
)
def test_forms_of_one_name_are_no_misprint(language: str, body: str) -> None:
    assert codes(language, body) == []


def test_a_name_that_is_written_otherwise_in_the_translation_is_told(site: Make) -> None:
    made = story(site, "Det siger Mette Østergaard.", "So says Mette Østergaart.")

    assert found(made) == [("names-differ", "en", 6)]


def test_a_statement_given_to_a_namesake_is_told(site: Make) -> None:
    made = story(site, "Det siger Mette Holm.", "So says Peter Holm.")

    assert found(made) == [("names-differ", "en", 6)]


@pytest.mark.parametrize(
    "danish, english",
    [
        ("Olena Kovaltjuk fra Lviv", "Olena Kovalchuk from Lviv"),
        ("Dansk Industri og Aarhus Universitet", "Danish Industry and Aarhus University"),
        ("Peter Holms bil", "Peter Holm’s car"),
        ("Teknologisk Institut", "Technological Institute"),
    ],
)
def test_names_that_each_language_writes_in_its_way_are_no_difference(
    site: Make, danish: str, english: str
) -> None:
    assert story(site, danish, english).lines == []


# headings, links, pictures


def test_a_heading_without_a_counterpart_is_told_at_its_line(site: Make) -> None:
    english = "Text.\n\n## One\n\nText.\n\n## Two\n\nText."
    made = story(site, "Tekst.\n\n## En\n\nTekst.\n\nTekst.", english)

    assert found(made) == [("headings-differ", "en", 12)]


def test_a_heading_of_another_level_is_told(site: Make) -> None:
    danish, english = "## En\n\n### To\n\nTekst.", "## One\n\n## Two\n\nText."

    assert found(story(site, danish, english)) == [("headings-differ", "en", 8)]


def test_a_link_to_another_story_or_to_none_is_told(site: Make) -> None:
    made = site("").change(
        "content/news/b.da.md", "---\ntitle: B\ndate: 2024-05-01\n---\n\nTekst.\n"
    )
    made.change("content/news/b.en.md", "---\ntitle: B\ndate: 2024-05-01\n---\n\nText.\n")
    made.change("content/news/c.en.md", "---\ntitle: C\ndate: 2024-05-02\n---\n\nText.\n")
    danish, english = "[b](../b.da.md) og [x](https://x.example)", "[c](../c.en.md)"

    assert found(story(lambda _: made, danish, english)) == [
        ("links-differ", "da", 6),
        ("links-differ", "en", 6),
    ]


def test_links_to_other_sites_may_differ_by_language(site: Make) -> None:
    danish = "[x](https://cykel.example/hold) <https://www.a.example>"

    assert story(site, danish, "[x](https://bike.example/en) <https://a.example/en>").lines == []


def test_a_picture_that_only_one_language_shows_is_told(site: Make) -> None:
    made = site("").change("content/files/kort.png", PIXEL)
    made.change("content/files/map-en.png", PIXEL).change("content/files/map-da.png", PIXEL)
    danish = "![Et kort](../../files/map-da.png)\n\n![Byen](../../files/kort.png)"
    english = "![A map](../../files/map-en.png)\n\nThe city is here."

    assert found(story(lambda _: made, danish, english)) == [("pictures-differ", "da", 8)]


def test_a_link_to_another_language_is_told_where_the_own_one_exists(site: Make) -> None:
    made = site("").change(
        "content/news/b.da.md", "---\ntitle: B\ndate: 2024-05-01\n---\n\nTekst.\n"
    )
    made.change("content/news/b.en.md", "---\ntitle: B\ndate: 2024-05-01\n---\n\nText.\n")
    made.change("content/news/c.en.md", "---\ntitle: C\ndate: 2024-05-02\n---\n\nText.\n")
    danish = "[b](../b.en.md), [c](../c.en.md) og [på engelsk](index.en.md)"
    found_codes = found(story(lambda _: made, danish, "[b](../b.en.md), [c](../c.en.md)"))

    assert ("link-other-language", "da", 6) in found_codes
    assert len([each for each in found_codes if each[0] == "link-other-language"]) == 1


# one article by itself


def test_a_passage_in_the_other_language_is_told_unless_it_says_so() -> None:
    english = "The contract was signed this week, and we are happy that it is in place."
    danish = "Aftalen er på plads, og det er vi meget glade for, siger hun til os."

    assert codes("da", f"{danish}\n\n{english}\n\n{danish}") == [("passage-foreign", 7)]
    assert codes("en", f"{english}\n\n{danish}\n\n{danish}") == [("passage-foreign", 7)]
    assert codes("da", f"{danish}\n\n{english}\n{{: lang=en }}") == []
    assert (
        codes(
            "da", f"{danish} ”{english}”, sagde han, og det var der ikke andre end ham, der gjorde."
        )
        == []
    )


def test_a_language_without_rules_is_left_alone() -> None:
    assert codes("fr", "The contract was signed this week, and we are happy that it is.") == []


@pytest.mark.parametrize(
    "body, is_left",
    [
        ("TODO: find et billede", True),
        ("Prisen er XXX kr.", True),
        ("Lorem ipsum dolor sit amet", True),
        ("Vi åbner den [indsæt dato].", True),
        ("Vi åbner den [INSERT DATE].".replace("INSERT", "Insert"), True),
        ("Størrelse XXXL findes også.", False),
        ("Brug `TODO` i koden.", False),
        ("Kontanter [hvis nogen har den slags] går ikke.", False),
        ("Hans todo-liste er lang.", False),
    ],
)
def test_notes_to_oneself_are_told(body: str, *, is_left: bool) -> None:
    assert ([("text-leftover", 5)] if is_left else []) == codes("da", body)


@pytest.mark.parametrize(
    "body, line",
    [
        ("”Ja”, siger hun.\n\n”Nej”, siger han.\n\n»Måske,« siger de.", 9),
        ("“Ja”, siger hun. ”Nej”, siger han. ”Måske”, siger de.", 5),
        ("»Hun sagde ”ja”,« siger han.", 0),
        ('”Ja”, siger hun. "Nej", siger han.', 0),
        ("”Ja”, siger hun.\n\n[“Yes”]{lang=en} hedder det.", 0),
    ],
)
def test_two_styles_of_quotation_marks_are_told(body: str, line: int) -> None:
    assert ([("quotes-mixed", line)] if line else []) == codes("da", body)


def test_headlines_and_descriptions_have_limits() -> None:
    """R3: 66 and 161 characters are told, one less is not; nor is a summary ever."""
    long = f"title: {'x' * 66}\ndescription: {'y' * 161}"
    short = f"title: {'x' * 65}\ndescription: {'y' * 160}\nsummary: {'z ' * 400}"

    assert codes("da", "Tekst.", long) == [("title-long", 2), ("description-long", 3)]
    assert codes("da", "Tekst.", short) == []


@pytest.mark.parametrize(
    "alt, is_poor",
    [
        ("team.png", True),
        ("IMG_2041", True),
        ("Billede af holdet", True),
        ("A photo of the team", True),
        ("x" * 201, True),
        ("Portræt af Line Holm", False),
        ("Holdet på kontoret i Lviv", False),
        ("Et billedarkiv i kælderen", False),
    ],
)
def test_alternative_texts_that_say_nothing_are_told(alt: str, *, is_poor: bool) -> None:
    expected = [("image-alt-poor", 5)] if is_poor else []

    assert expected == codes("da", f"![{alt}](team.png)")
    front = f"title: Nyt\nimage: x.png\nimage_alt: {alt}"
    assert bool(expected) == bool(codes("da", "Tekst.", front))


# in a build


def test_the_own_content_of_the_project_has_one_misprint_beside_its_address() -> None:
    """R27: exactly one warning, at its line, and none in the translation."""
    made = Site(ROOT).build(is_check=True, use_cache=False)

    assert [each.code for each in made.findings] == ["base-url-unknown", "name-misspelt"]
    line = (SEED / "index.da.md").read_text("utf-8").split("\n")[(made.findings[1].line or 0) - 1]
    assert "Line Milther meget" in line


def test_a_second_build_says_the_same(site: Make) -> None:
    made = story(site, "Vi er 88. TODO", "We are 78.")
    first = made.lines
    assert len(first) == 2

    assert first == made.build().lines == made.build().lines
    made.change("content/news/b.da.md", "---\ntitle: B\ndate: 2024-05-01\n---\n\nTekst.\n")
    assert first == made.build().lines


def test_what_is_mended_is_no_longer_told(site: Make) -> None:
    made = story(site, "Vi er 88.", "We are 78.")
    assert made.lines
    made.change("content/news/a/index.en.md", "---\ntitle: Our news\n---\n\nWe are 88.\n")

    assert made.build(is_check=True).lines == []


@pytest.mark.parametrize("code", LINTS)
def test_every_lint_has_a_level_of_its_own(site: Make, code: str) -> None:
    made = site(SITE)
    for path, content in MISTAKES[code].items():
        assert isinstance(content, str | bytes)
        made.change(path, content)
    assert made.build(is_check=True).is_sound
    assert [code] == [each.code for each in made.findings]
    config = (made.root / "config.toml").read_text("utf-8")
    for level, is_sound in (("off", True), ("error", False)):
        made.change("config.toml", f'{config}\n[checks]\n{code} = "{level}"\n')
        assert is_sound == made.build(is_check=True).is_sound
        assert ([] if is_sound else ["error"]) == [each.severity for each in made.findings]


def test_strict_builds_refuse_what_looks_wrong(site: Make) -> None:
    made = story(site, "Vi er 88.", "We are 78.")

    assert not made.build(is_check=True, is_strict=True).is_sound


@given(st.text(), st.sampled_from(["da", "en", "fr", "zh"]))
def test_no_text_is_too_strange_to_be_read(body: str, language: str) -> None:
    content = f"---\ntitle: Nyt\n---\n\n{body}\n".encode("utf-8", "replace")
    source = Source(path=f"x.{language}.md", kind="pages", story="x", language=language)
    card, _ = parse(source, content, "key", RULES, Findings())
    if card:
        notes = decoded(read_article(content, card, Findings()))
        assert differences(notes.facts, notes.facts, notes.blocks, notes.blocks) == []


@given(st.text(alphabet="0123456789.,:/- \n%½kr€m()[]”»«“apl"), st.sampled_from(["da", "en"]))
def test_no_figures_are_too_strange_to_be_read(body: str, language: str) -> None:
    content = f"---\ntitle: Nyt\n---\n\n{body}\n".encode()
    source = Source(path=f"x.{language}.md", kind="pages", story="x", language=language)
    card, _ = parse(source, content, "key", RULES, Findings())
    if card:
        notes = decoded(read_article(content, card, Findings()))
        assert differences(notes.facts, notes.facts, notes.blocks, notes.blocks) == []
