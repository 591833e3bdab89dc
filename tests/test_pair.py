from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.findings import Findings
from sitegen.model.content import Card, Credit
from sitegen.model.stories import Registry, Story
from sitegen.pair import pair
from tests.examples import a_card, a_registry, lines_of, when

DAY = when("2012-03-15")
REGISTRY = a_registry({"line-milthers": "Line Milthers"}, ("kunder",))


def paired(
    *cards: Card, registry: Registry = REGISTRY, languages: Sequence[str] = ("da", "en")
) -> tuple[tuple[Story, ...], list[str]]:
    findings = Findings()
    return pair(cards, registry, languages, findings), lines_of(findings)


def members(stories: Sequence[Story]) -> dict[str, list[str]]:
    return {
        story.key: [article.path.removeprefix("content/") for article in story.articles]
        for story in stories
    }


def only(*cards: Card) -> Story:
    stories, found = paired(*cards)
    assert not found
    (story,) = stories
    return story


def test_files_of_one_folder_are_one_story() -> None:
    stories, _ = paired(
        a_card("news/x/index.en.md", date=DAY),
        a_card("news/x/index.da.md"),
        a_card("news/y/index.da.md", date=DAY),
    )

    assert members(stories) == {
        "news/x": ["news/x/index.da.md", "news/x/index.en.md"],
        "news/y": ["news/y/index.da.md"],
    }


def test_files_with_one_stem_are_one_story() -> None:
    stories, _ = paired(
        a_card("news/short.da.md", date=DAY),
        a_card("news/short.en.md"),
        a_card("news/shorter.en.md", date=DAY),
    )

    assert members(stories) == {
        "news/short": ["news/short.da.md", "news/short.en.md"],
        "news/shorter": ["news/shorter.en.md"],
    }


def test_a_folder_and_a_stem_of_one_name_are_one_story() -> None:
    stories, _ = paired(a_card("news/x/index.da.md", date=DAY), a_card("news/x.en.md"))

    assert members(stories) == {"news/x": ["news/x/index.da.md", "news/x.en.md"]}


def test_files_with_one_translation_key_are_one_story_wherever_they_are() -> None:
    stories, _ = paired(
        a_card("news/godt-nyt/index.da.md", date=DAY, translation_key="good"),
        a_card("news/good-news.en.md", translation_key="good"),
    )

    assert members(stories) == {"news/good": ["news/godt-nyt/index.da.md", "news/good-news.en.md"]}


def test_one_translation_key_brings_its_whole_folder_along() -> None:
    stories, _ = paired(
        a_card("news/x/index.da.md", date=DAY),
        a_card("news/x/index.en.md", translation_key="k"),
        a_card("news/y.de.md", translation_key="k"),
        languages=("da", "en", "de"),
    )

    assert members(stories) == {
        "news/k": ["news/x/index.da.md", "news/x/index.en.md", "news/y.de.md"]
    }


def test_a_translation_key_may_be_the_name_of_another_folder() -> None:
    stories, _ = paired(
        a_card("news/x/index.da.md", date=DAY), a_card("news/y.en.md", translation_key="x")
    )

    assert members(stories) == {"news/x": ["news/x/index.da.md", "news/y.en.md"]}


def test_pages_and_news_are_never_one_story() -> None:
    stories, _ = paired(
        a_card("news/x/index.da.md", date=DAY, translation_key="k"),
        a_card("pages/x/index.en.md", translation_key="k"),
    )

    assert [story.kind for story in stories] == ["news", "pages"]


SHARED: dict[str, Any] = {
    "authors": (Credit(id="line-milthers"),),
    "tags": ("kunder",),
    "type": "press",
    "image": "team.jpg",
    "image_credit": "Foto: N.N.",
    "expiry_date": when("2013-01-01"),
    "pinned_until": when("2012-04-01"),
    "together": True,
    "contact": "line-milthers",
}


@pytest.mark.parametrize("language", ["da", "en"])
def test_a_shared_key_may_stand_in_any_language_and_holds_for_all(language: str) -> None:
    """No language is primary."""
    fronts: dict[str, dict[str, Any]] = {"da": {}, "en": {}} | {language: {"date": DAY, **SHARED}}
    story = only(*(a_card(f"news/x/index.{tag}.md", **front) for tag, front in fronts.items()))

    assert {key: getattr(story, key) for key in ("date", *SHARED)} == {"date": DAY, **SHARED}


def test_what_nobody_says_has_its_default() -> None:
    story = only(a_card("news/x/index.da.md", date=DAY))

    assert (
        story.type,
        story.authors,
        story.tags,
        story.image,
        story.together,
    ) == ("news", (), (), "", False)


def test_two_languages_may_say_the_same() -> None:
    story = only(
        a_card("news/x/index.da.md", date=DAY, tags=("kunder",)),
        a_card("news/x/index.en.md", date=DAY, tags=("kunder",)),
    )

    assert (story.date, story.tags) == (DAY, ("kunder",))


@pytest.mark.parametrize(
    ("key", "one", "other"),
    [
        ("date", DAY, when("2012-03-16")),
        ("date", DAY, when("2012-03-15 12:00")),
        ("type", "press", "customer"),
        ("tags", ("kunder",), ()),
        ("together", True, False),
        ("image", "a.jpg", "b.jpg"),
    ],
)
def test_two_values_of_a_shared_key_are_an_error_naming_both_files(
    key: str, one: Any, other: Any
) -> None:
    date: dict[str, Any] = {} if key == "date" else {"date": DAY}
    _, found = paired(
        a_card("news/x/index.da.md", **{key: one}, **date),
        a_card("news/x/index.en.md", summary="s", **{key: other}),
    )

    assert found == [
        f"content/news/x/index.en.md:4: error: `{key}` says something else here than in "
        "content/news/x/index.da.md:3: it holds for every language, so say it in one file only "
        "[story-shared-key]"
    ]


def test_two_translation_keys_in_one_folder_are_an_error() -> None:
    _, found = paired(
        a_card("news/x/index.da.md", date=DAY, translation_key="a"),
        a_card("news/x/index.en.md", translation_key="b"),
    )

    assert found == [
        "content/news/x/index.en.md:3: error: `translation_key` says something else here than in "
        "content/news/x/index.da.md:4: it holds for every language, so say it in one file only "
        "[story-shared-key]"
    ]


def test_languages_may_be_published_on_different_days() -> None:
    first, second = when("2012-04-01"), when("2012-05-01 09:00")
    story = only(
        a_card("news/x/index.da.md", date=DAY, publish_date=first),
        a_card("news/x/index.en.md", publish_date=second),
    )

    assert [first, second] == [article.publish_date for article in story.articles]


def test_a_language_without_a_publish_date_has_that_of_the_other() -> None:
    story = only(
        a_card("news/x/index.da.md", date=DAY),
        a_card("news/x/index.en.md", publish_date=when("2012-04-01")),
    )

    assert [when("2012-04-01")] * 2 == [article.publish_date for article in story.articles]


def test_the_folders_day_is_the_date_when_no_article_gives_one() -> None:
    dated = only(a_card("news/x/index.da.md", folder_day="2012-03-15"))
    told = only(a_card("news/x/index.da.md", folder_day="2012-03-15", date=when("2012-04-01")))

    assert (DAY, when("2012-04-01")) == (dated.date, told.date)


def test_news_without_a_date_is_told_below_its_last_key() -> None:
    stories, found = paired(a_card("news/x/index.da.md", summary="s"))

    assert len(stories) == 1
    assert found == [
        "content/news/x/index.da.md:4: error: "
        "the front matter needs a date: add a line such as date: 2024-05-17 [date-missing]"
    ]


@pytest.mark.parametrize(
    ("is_early", "opens", "ends"),
    [
        (True, "2012-03-15", "2012-03-14"),
        (True, "2012-03-15 12:00", "2012-03-15 12:00"),
        (True, "2012-03-15 12:00", "2012-03-14"),
        (False, "2012-03-15", "2012-03-15"),
        (False, "2012-03-15 12:00", "2012-03-15"),
        (False, "2012-03-15", "2012-03-15 00:01"),
        (False, "2012-03-15 12:00", "2012-03-15 12:01"),
    ],
)
@pytest.mark.parametrize("key", ["date", "publish_date"])
def test_a_story_that_is_over_before_it_is_out_is_an_error(
    opens: str, ends: str, key: str, *, is_early: bool
) -> None:
    keys: dict[str, Any] = {"date": when("2012-01-01"), key: when(opens)}
    cards = [
        a_card("news/x/index.da.md", **keys),
        a_card("news/x/index.en.md", expiry_date=when(ends)),
    ]

    assert paired(*cards)[1] == is_early * [
        "content/news/x/index.en.md:3: error: `expiry_date` is before the day on which this comes "
        "out, so nobody would see it: mend the one or the other date [expiry-early]"
    ]


def test_a_language_that_comes_out_after_the_end_is_an_error() -> None:
    cards = [
        a_card("news/x/index.da.md", date=DAY, expiry_date=when("2012-04-01")),
        a_card("news/x/index.en.md", publish_date=when("2012-05-01")),
    ]

    assert [line.rpartition("[")[2] for line in paired(*cards)[1]] == ["expiry-early]"]


def test_a_fixed_page_needs_no_date() -> None:
    assert only(a_card("pages/privacy/index.da.md")).date is None


@pytest.mark.parametrize(
    ("expected", "front"),
    [
        ("koedpaalaeg-paa-aeroe", {"title": "Kødpålæg på Ærø"}),
        ("faciliteringsteam", {"title": "Faciliterings\u00adteam"}),
        ("om-os", {"title": "Alt om os", "slug": "om-os"}),
    ],
)
def test_the_slug_is_made_of_the_title_unless_it_is_said(
    expected: str, front: dict[str, Any]
) -> None:
    assert expected == only(a_card("news/x/index.da.md", date=DAY, **front)).articles[0].slug


BROKEN: dict[str, tuple[dict[str, Any], str]] = {
    "a title without a letter of ours": (
        {"title": "Привіт"},
        "2: error: no address can be made of the title 'Привіт': "
        "add a line such as slug: my-article [slug-empty]",
    ),
    "a slug with other letters": (
        {"slug": "Ærø 2012"},
        "4: error: `slug` cannot be 'Ærø 2012': "
        "use a–z, 0–9 and hyphens, such as aeroe-2012 [slug-invalid]",
    ),
    "a slug that only begins as one": (
        {"slug": "om os"},
        "4: error: `slug` cannot be 'om os': "
        "use a–z, 0–9 and hyphens, such as om-os [slug-invalid]",
    ),
    "a slug of other letters only": (
        {"slug": "Привіт"},
        "4: error: `slug` cannot be 'Привіт': "
        "use a–z, 0–9 and hyphens, such as my-article [slug-invalid]",
    ),
    "an unknown author": (
        {"authors": (Credit(id="line-milther"),)},
        "4: error: 'line-milther' in `authors` is not in content/people.toml: "
        "did you mean `line-milthers`? [author-unknown]",
    ),
    "an unknown topic": (
        {"tags": ("kunder", "presse")},
        "4: error: 'presse' in `tags` is not in content/topics.toml: "
        "add it there as [presse] with a `name` [topic-unknown]",
    ),
    "an unknown contact": (
        {"contact": "lini-milthers"},
        "4: error: 'lini-milthers' in `contact` is not in content/people.toml: "
        "did you mean `line-milthers`? [contact-unknown]",
    ),
    "an unknown story": (
        {"related": ("storry",)},
        "4: error: 'storry' in `related` is no story: did you mean `story`? [related-unknown]",
    ),
    "a story unlike any other": (
        {"related": ("zzz",)},
        "4: error: 'zzz' in `related` is no story: "
        "write the name of a folder in content/news [related-unknown]",
    ),
    "a fixed page as a related story": (
        {"related": ("pages/privacy",)},
        "4: error: 'pages/privacy' in `related` is no story: "
        "write the name of a folder in content/news [related-unknown]",
    ),
    "the story itself": (
        {"related": ("x",)},
        "4: error: 'x' in `related` is this story itself: "
        "write the name of a folder in content/news [related-unknown]",
    ),
    "a name that Windows keeps for itself": (
        {"slug": "nul"},
        "4: error: `slug` cannot be 'nul': use a–z, 0–9 and hyphens, such as nul-1 [slug-invalid]",
    ),
    "a slug that no disk has room for": (
        {"slug": "a" * 300},
        f"4: error: `slug` cannot be '{'a' * 59}…': "
        f"use a–z, 0–9 and hyphens, such as {'a' * 120} [slug-invalid]",
    ),
    "an author that cannot be an entry": (
        {"authors": (Credit(id="../../etc/passwd"),)},
        "4: error: '../../etc/passwd' in `authors` is not in content/people.toml: write "
        "etc-passwd and add it there as [etc-passwd] with a `name` [author-unknown]",
    ),
    "an alias of another site": (
        {"aliases": ("https://example.org/x/",)},
        "4: error: `aliases` cannot have 'https://example.org/x/': write the old address "
        "without https:// and the host, such as /da/gammel-side/ [alias-invalid]",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_cannot_be_used_is_told_at_its_line(name: str) -> None:
    front, expected = BROKEN[name]
    card = a_card("news/x/index.da.md", **{"date": DAY, **front})
    others = (a_card("news/story/index.da.md", date=DAY), a_card("pages/privacy/index.da.md"))

    assert [f"content/news/x/index.da.md:{expected}"] == paired(card, *others)[1]


@pytest.mark.parametrize(
    "alias",
    [
        *("/", "gammel/", "//x.dk/", "/a b/", "/../x/", "/x", "/x?y=1", "/a\\b/", "/%2e%2e/x/"),
        *("/nul/", "/da/Con.html", "/x./", "/a\0b/", "/c:/", f"/{'a' * 300}/", "/aaa" * 300 + "/"),
    ],
)
def test_an_alias_is_a_path_of_this_site(alias: str) -> None:
    """reliability row 10: and one that a file can have, on every system."""
    found = paired(a_card("news/x/index.da.md", date=DAY, aliases=(alias,)))[1]

    assert [line.rpartition(" ")[2] for line in found] == ["[alias-invalid]"]


@pytest.mark.parametrize("alias", ["/gammel/", "/da/x/y/", "/x.html", "/a/index.htm", "/æble/"])
def test_an_older_address_may_be_an_alias(alias: str) -> None:
    assert only(a_card("news/x/index.da.md", date=DAY, aliases=(alias,)))


def test_an_empty_registry_tells_where_to_add_someone() -> None:
    card = a_card("news/x/index.da.md", date=DAY, contact="line")

    assert paired(card, registry=Registry())[1] == [
        "content/news/x/index.da.md:4: error: 'line' in `contact` is not in content/people.toml: "
        "add it there as [line] with a `name` [contact-unknown]"
    ]


@pytest.mark.parametrize("name", ["y", "news/y", "z", "news/z"])
def test_related_stories_are_named_by_folder_or_translation_key(name: str) -> None:
    stories, found = paired(
        a_card("news/x/index.da.md", date=DAY, related=(name,)),
        a_card("news/y/index.da.md", date=DAY, translation_key="z"),
    )

    assert found == []
    assert [story.related for story in stories] == [("news/z",), ()]


def test_the_same_related_story_by_two_names_is_one() -> None:
    stories, _ = paired(
        a_card("news/x/index.da.md", date=DAY, related=("y", "news/y")),
        a_card("news/y/index.da.md", date=DAY),
    )

    assert stories[0].related == ("news/y",)


def test_a_file_that_claims_to_be_the_same_article_is_told() -> None:
    stories, found = paired(
        a_card("news/x/index.da.md", date=DAY), a_card("news/x.da.md", date=DAY)
    )

    assert members(stories) == {"news/x": ["news/x.da.md"]}
    assert found == [
        "content/news/x/index.da.md: error: this is the same article as content/news/x.da.md: "
        "delete one of the two files, or name one for another language, as in index.en.md "
        "[story-duplicate]"
    ]


CARDS = (
    a_card("news/a/index.da.md", date=DAY, tags=("kunder",)),
    a_card("news/a/index.en.md", date=when("2012-03-16"), tags=("nothing",)),
    a_card("news/b.da.md", translation_key="a", date=DAY),
    a_card("news/c.de.md", translation_key="d", folder_day="2012-03-15"),
    a_card("news/d.da.md", related=("a", "zzz")),
    a_card("pages/privacy/index.en.md", slug="Ø"),
)


@settings(deadline=None)
@given(st.permutations(CARDS))
def test_the_order_of_the_files_decides_nothing(cards: list[Card]) -> None:
    languages = ("da", "en", "de")

    assert paired(*CARDS, languages=languages) == paired(*cards, languages=languages)
