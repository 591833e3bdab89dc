import random
from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.findings import Findings
from sitegen.model.content import Credit, Withdrawal
from sitegen.model.pages import Entry, Page, PageKind, Promise
from sitegen.model.stories import Person, Registry, Story, Topic
from sitegen.plan import Plan, plan
from sitegen.plan.lists import ARCHIVE_LIMIT
from sitegen.plan.subjects import QUOTED, RELEASES
from sitegen.schedule import Moment
from sitegen.settings import Build, Config, Language, Translations
from tests.examples import (
    a_config,
    a_moment,
    a_registry,
    a_story,
    addresses_of,
    an_article,
    lines_of,
    when,
)

REGISTRY = a_registry({"line": "Line Milthers", "bo": "Bo Hansen"}, ("kunder", "presse"))
WITHDRAWN = Withdrawal(date=when("2012-05-01"), reason="Fejl")


def planned(
    *stories: Story,
    registry: Registry = REGISTRY,
    config: Config | None = None,
    moment: Moment | None = None,
    promise: Promise | None = None,
) -> tuple[Plan, list[str]]:
    config, findings = config or a_config(), Findings()
    languages = tuple(config.languages)
    made = plan(
        stories,
        registry,
        addresses_of(config),
        moment or a_moment("2020-01-01", *languages),
        findings,
        promise=promise or Promise(),
    )
    return made, lines_of(findings)


def sound(*stories: Story, **keys: Any) -> Plan:
    made, found = planned(*stories, **keys)
    assert not found
    return made


def told(name: str, *languages: str, day: str = "2012-03-15", **keys: Any) -> Story:
    """Return a story in these languages; keys of a Story are shared, all others each article's."""
    shared = {key: keys.pop(key) for key in set(keys) & set(Story.__struct_fields__)}
    shared |= {} if name.startswith("pages/") else {"date": when(day)}
    key = name if "/" in name else f"news/{name}"
    articles = (
        an_article(f"{key}/index.{tag}.md", **{"title": f"{name.rpartition('/')[2]} {tag}", **keys})
        for tag in languages or ("da", "en")
    )
    return a_story(key, *articles, **shared)


def page_at(made: Plan, address: str) -> Page:
    (page,) = [page for page in made.pages if page.address == address]
    return page


def addresses_in(made: Plan, kind: PageKind) -> list[str]:
    return [page.address for page in made.pages if page.kind == kind]


def names(entries: tuple[Entry, ...]) -> list[str]:
    return [entry.article.title for entry in entries]


def ways(page: Page) -> dict[str, str]:
    return {each.language: each.address for each in page.alternates}


def nearest(page: Page) -> dict[str, str]:
    return {each.language: each.address for each in page.nearest}


# every kind of page


def test_an_empty_site_has_its_service_pages_and_nothing_is_wrong() -> None:
    made = sound()

    assert {page.address: page.kind for page in made.pages} == {
        "/": "gateway",
        "/da/": "front",
        "/en/": "front",
        "/da/nyheder/": "list",
        "/en/news/": "list",
        "/da/nyheder/arkiv/": "archive",
        "/en/news/archive/": "archive",
        "/da/presse/": "press",
        "/en/press/": "press",
        "/da/soeg/": "search",
        "/en/search/": "search",
        "/404.html": "not_found",
        "/da/404.html": "not_found",
        "/en/404.html": "not_found",
    }


def test_a_story_brings_pages_for_all_that_it_belongs_to() -> None:
    story = told("nyt", tags=("kunder",), authors=(Credit(id="line"),), aliases=("/gammel/",))
    danish = sound(told("nyt", "da", tags=("kunder",), authors=(Credit(id="line"),)))
    added = {page.address for page in danish.pages} - {page.address for page in sound().pages}

    assert added == {
        "/da/nyheder/2012/nyt-da/",
        "/da/nyheder/2012/",
        "/da/emner/kunder/",
        "/da/personer/line/",
    }
    assert "/en/topics/kunder/" in addresses_in(planned(story)[0], "topic")


def test_fixed_pages_stand_below_their_language() -> None:
    made = sound(told("pages/privacy", title="Privatliv"))

    assert addresses_in(made, "fixed") == ["/da/privatliv/", "/en/privatliv/"]
    assert made.entries == {"da": (), "en": ()}


@pytest.mark.parametrize(
    ("expected", "name", "keys"),
    [
        ("article.html", "x", {}),
        ("page.html", "pages/x", {}),
        ("wide.html", "x", {"template": "wide.html"}),
    ],
)
def test_each_kind_has_its_template_unless_the_article_names_one(
    expected: str, name: str, keys: dict[str, Any]
) -> None:
    made = sound(told(name, "da", **keys))

    assert expected == next(page.template for page in made.pages if page.article)


def test_the_same_address_is_planned_once() -> None:
    made = sound(*(told(f"n{n}", tags=("kunder",), authors=(Credit(id="bo"),)) for n in range(45)))

    assert set(Counter(page.address for page in made.pages).values()) == {1}


# languages: alternates, x-default, nearest


def test_translations_are_alternates_of_each_other_with_an_x_default() -> None:
    """R32, R33: the same set in both, itself included."""
    made = sound(told("x"), config=a_config(x_default="en"))
    expected = {
        "da": "/da/nyheder/2012/x-da/",
        "en": "/en/news/2012/x-en/",
        "x-default": "/en/news/2012/x-en/",
    }

    assert expected == ways(page_at(made, "/da/nyheder/2012/x-da/"))
    assert expected == ways(page_at(made, "/en/news/2012/x-en/"))


def test_the_default_language_is_the_x_default_unless_told() -> None:
    assert ways(page_at(sound(told("x")), "/en/news/2012/x-en/"))["x-default"] == (
        "/da/nyheder/2012/x-da/"
    )


def test_without_the_preferred_language_another_is_the_x_default() -> None:
    config = a_config("da", "en", "de", x_default="en")
    page = page_at(sound(told("x", "da", "de"), config=config), "/de/nachrichten/2012/x-de/")

    assert ways(page)["x-default"] == "/da/nyheder/2012/x-da/"


def test_an_article_in_one_language_has_no_alternates_but_a_nearest_list() -> None:
    """R32, R37."""
    page = page_at(sound(told("x", "da")), "/da/nyheder/2012/x-da/")

    assert (ways(page), nearest(page)) == ({}, {"en": "/en/news/"})


def test_the_home_pages_have_the_gateway_as_x_default() -> None:
    """R33."""
    made = sound()
    expected = {"da": "/da/", "en": "/en/", "x-default": "/"}

    assert [expected] * 3 == [ways(page_at(made, address)) for address in ("/", "/da/", "/en/")]


@pytest.mark.parametrize(
    ("danish", "english"),
    [
        ("/da/nyheder/", "/en/news/"),
        ("/da/nyheder/arkiv/", "/en/news/archive/"),
        ("/da/nyheder/2012/", "/en/news/2012/"),
        ("/da/emner/kunder/", "/en/topics/kunder/"),
        ("/da/personer/line/", "/en/people/line/"),
        ("/da/presse/", "/en/press/"),
        ("/da/soeg/", "/en/search/"),
    ],
)
def test_lists_topics_people_and_the_rest_are_paired(danish: str, english: str) -> None:
    """R19, R37."""
    made = sound(told("x", tags=("kunder",), authors=(Credit(id="line"),)))
    expected = {"da": danish, "en": english, "x-default": danish}

    assert expected == ways(page_at(made, danish)) == ways(page_at(made, english))


def test_the_switcher_finds_a_way_from_every_page() -> None:
    """R37: to a translation or to something near it, which exists."""
    made = sound(
        told("x", "da", tags=("kunder",), authors=(Credit(id="line"),), aliases=("/gammel/",)),
        told("y", "en", day="2013-01-01", names=("Bo Hansen",)),
        told("z", expiry_date=when("2013-01-01")),
        told("pages/privacy", "en"),
        *(told(f"n{n}", "da") for n in range(30)),
    )
    there = {page.address for page in made.pages}

    for page in made.pages:
        reached = ways(page) | nearest(page)
        others = {"da", "en"} - {page.language}
        assert others <= set(reached), page.address
        assert set(reached.values()) <= there


def test_a_year_that_a_language_does_not_have_leads_to_its_list() -> None:
    made = sound(told("x", "da", day="2011-01-01"), told("y", "en", day="2012-01-01"))
    page = page_at(made, "/da/nyheder/2011/")

    assert (ways(page), nearest(page)) == ({}, {"en": "/en/news/"})


@pytest.mark.parametrize("languages", [("en", "fr"), ("da", "en", "de"), ("fr",)])
def test_any_set_of_languages_makes_a_site(languages: tuple[str, ...]) -> None:
    made = sound(
        told("x", *languages, tags=("kunder",), authors=(Credit(id="line"),)),
        config=a_config(*languages),
    )

    assert addresses_in(made, "front") == [f"/{language}/" for language in languages]
    article = next(page for page in made.pages if page.kind == "article")
    expected = {*languages, "x-default"} if len(languages) > 1 else set()
    assert expected == set(ways(article))
    assert {page.language for page in made.pages} == set(languages)


# lists


def test_news_are_listed_newest_first_and_by_key_within_a_moment() -> None:
    """R15."""
    made = sound(
        told("a", day="2012-03-15"),
        told("b", day="2012-03-15"),
        told("c", day="2012-03-15 09:00"),
        told("d", day="2012-03-16"),
    )

    assert names(page_at(made, "/da/nyheder/").entries) == ["d da", "b da", "a da", "c da"]
    assert names(made.entries["en"]) == ["d en", "b en", "a en", "c en"]


def test_lists_have_twenty_news_a_page() -> None:
    """R17."""
    made = sound(*(told(f"n{n:02}", day=f"2012-01-{n + 1:02}") for n in range(21)))
    pages = [page for page in made.pages if page.kind == "list" and page.language == "da"]

    assert [page.address for page in pages] == ["/da/nyheder/", "/da/nyheder/side/2/"]
    assert [len(page.entries) for page in pages] == [20, 1]
    assert names(pages[1].entries) == ["n00 da"]
    for number, page in enumerate(pages, start=1):
        assert page.pagination
        assert page.pagination.number == number
        assert page.pagination.addresses == ("/da/nyheder/", "/da/nyheder/side/2/")


def test_a_full_page_is_not_followed_by_an_empty_one() -> None:
    made = sound(*(told(f"n{n:02}") for n in range(20)))

    assert addresses_in(made, "list") == ["/da/nyheder/", "/en/news/"]


def test_a_page_of_a_list_that_is_shorter_elsewhere_leads_to_its_first_page() -> None:
    """R37."""
    config = a_config("da", "en", "de", translations=Translations(fallback="off"))
    made = sound(
        *(told(f"a{n:02}", "da", "de") for n in range(45)),
        *(told(f"b{n:02}", "en") for n in range(25)),
        config=config,
    )
    second, third = (page_at(made, f"/da/nyheder/side/{n}/") for n in (2, 3))

    assert ways(second) == {
        "da": "/da/nyheder/side/2/",
        "en": "/en/news/page/2/",
        "de": "/de/nachrichten/seite/2/",
        "x-default": "/da/nyheder/side/2/",
    }
    assert nearest(second) == {}
    assert ways(third) == {
        "da": "/da/nyheder/side/3/",
        "de": "/de/nachrichten/seite/3/",
        "x-default": "/da/nyheder/side/3/",
    }
    assert nearest(third) == {"en": "/en/news/"}


def test_untranslated_news_are_listed_in_their_own_language() -> None:
    """R38."""
    made = sound(told("x", "da"), told("y", "da", "en", day="2012-03-16"))
    entries = page_at(made, "/en/news/").entries

    assert names(entries) == ["y en", "x da"]
    assert entries[1].address == "/da/nyheder/2012/x-da/"
    assert names(page_at(made, "/en/").entries) == ["y en", "x da"]


def test_untranslated_news_are_not_listed_when_the_fallback_is_off() -> None:
    """R38."""
    config = a_config(translations=Translations(fallback="off"))
    made = sound(told("x", "da"), config=config)

    assert page_at(made, "/en/news/").entries == page_at(made, "/en/").entries == ()


def test_untranslated_news_are_absent_from_feeds_archive_and_years() -> None:
    """R38: they are listed, nothing more."""
    made = sound(told("x", "da"))

    assert made.entries["en"] == ()
    assert page_at(made, "/en/news/archive/").groups == ()
    assert "/en/news/2012/" not in {page.address for page in made.pages}


def test_a_reader_of_neither_language_gets_the_x_default_where_there_is_one() -> None:
    config = a_config("da", "en", "de", x_default="en")
    made = sound(told("x", "da", "en"), told("y", "da"), config=config)

    assert names(page_at(made, "/de/nachrichten/").entries) == ["y da", "x en"]


def test_the_gateway_shows_the_three_newest_of_each_language() -> None:
    """R35."""
    days = ("01", "02", "03", "04")
    made = sound(
        *(told(f"x{day}", day=f"2012-01-{day}") for day in days), told("y", "da", day="2012-02-01")
    )
    groups = page_at(made, "/").groups

    assert [(group.name, group.address) for group in groups] == [("da", "/da/"), ("en", "/en/")]
    assert [names(group.entries) for group in groups] == [
        ["y da", "x04 da", "x03 da"],
        ["x04 en", "x03 en", "x02 en"],
    ]


def test_a_front_page_shows_a_lead_and_ten_more() -> None:
    made = sound(*(told(f"n{n:02}", day=f"2012-01-{n + 1:02}") for n in range(15)))

    assert names(page_at(made, "/da/").entries) == [f"n{n:02} da" for n in range(14, 3, -1)]


def test_the_archive_has_every_headline_by_year_and_each_year_a_page() -> None:
    """R18."""
    made = sound(
        told("a", day="2011-12-31"), told("b", day="2012-01-01"), told("c", "da", day="2012-06-01")
    )
    groups = page_at(made, "/da/nyheder/arkiv/").groups
    year = page_at(made, "/da/nyheder/2012/")

    assert [(group.name, group.count, names(group.entries)) for group in groups] == [
        ("2012", 2, ["c da", "b da"]),
        ("2011", 1, ["a da"]),
    ]
    assert [group.address for group in groups] == ["/da/nyheder/2012/", "/da/nyheder/2011/"]
    assert (year.year, names(year.entries)) == (2012, ["c da", "b da"])
    assert [(group.name, group.count, group.entries) for group in year.groups] == [
        ("2012", 2, ()),
        ("2011", 1, ()),
    ]


def test_a_very_long_archive_shows_its_years_only() -> None:
    stories = [told(f"n{n}", "da") for n in range(ARCHIVE_LIMIT + 1)]
    whole = page_at(sound(*stories[1:]), "/da/nyheder/arkiv/").groups[0]
    bare = page_at(sound(*stories), "/da/nyheder/arkiv/").groups[0]

    assert (whole.count, len(whole.entries)) == (ARCHIVE_LIMIT, ARCHIVE_LIMIT)
    assert (bare.count, len(bare.entries)) == (ARCHIVE_LIMIT + 1, 0)


# pinned


def test_the_pinned_story_leads_the_front_pages_and_only_these() -> None:
    """R16."""
    stories = [told(f"n{n:02}", day=f"2012-01-{n + 1:02}") for n in range(15)]
    pinned = told("alt", day="2011-01-01", pinned_until=when("2020-01-01"))
    made = sound(*stories, pinned)

    assert names(page_at(made, "/da/").entries) == [
        "alt da",
        *(f"n{n:02} da" for n in range(14, 4, -1)),
    ]
    assert names(page_at(made, "/da/nyheder/").entries)[0] == "n14 da"


def test_an_expired_pin_falls_back_to_its_date() -> None:
    """R16."""
    made = sound(told("new"), told("old", day="2011-01-01", pinned_until=when("2019-12-31")))

    assert names(page_at(made, "/da/").entries) == ["new da", "old da"]


def test_two_pinned_stories_are_an_error_that_names_both() -> None:
    """R16."""
    until = when("2020-06-01")
    english = an_article("news/b/index.en.md", title="b en", pinned_until=until)
    danish = an_article("news/b/index.da.md", title="b da")
    both = a_story("news/b", danish, english, pinned_until=until)
    _, found = planned(told("a", "da", pinned_until=until), both)

    assert found == [
        "content/news/b/index.en.md:3: error: this story and content/news/a/index.da.md are both "
        "pinned: remove `pinned_until` from one of them [pinned-twice]"
    ]


def test_a_pinned_story_that_is_not_out_does_not_count() -> None:
    until = when("2030-06-01")
    made = sound(
        told("a", pinned_until=until),
        told("b", pinned_until=until, day="2025-01-01"),
        told("c", pinned_until=until, draft=True),
        told("d", pinned_until=until, withdrawn=WITHDRAWN),
    )

    assert names(page_at(made, "/en/").entries) == ["a en"]


# states


def test_what_readers_may_not_see_is_on_no_page() -> None:
    """R24."""
    hidden: dict[str, Any] = {
        "tags": ("presse",),
        "authors": (Credit(id="bo"),),
        "aliases": ("/hemmelig/",),
    }
    made = sound(
        told("public"),
        told("draft", draft=True, **hidden),
        told("future", day="2020-01-02", **hidden),
        told("waiting", "da", together=True, **hidden),
        told("pages/secret", draft=True),
    )
    shown = {page.story.key for page in made.pages if page.story}
    listed = {
        entry.story.key
        for page in made.pages
        for entry in (*page.entries, *page.more, *(e for g in page.groups for e in g.entries))
    }

    assert shown == listed == {"news/public"}
    assert {entry.story.key for own in made.entries.values() for entry in own} == {"news/public"}
    assert not [page for page in made.pages if page.kind in {"topic", "person", "redirect"}]
    assert set(made.articles) == {f"content/news/public/index.{tag}.md" for tag in ("da", "en")}
    assert made.hidden["content/news/future/index.da.md"] == "/da/nyheder/2020/future-da/"
    assert made.hidden["content/pages/secret/index.en.md"] == "/en/secret-en/"
    assert len(made.hidden) == len(made.hidden_articles) == 7
    neighbours = [page for page in made.pages if page.newer or page.older]
    assert neighbours == []


def test_a_preview_shows_and_marks_what_is_asked_for() -> None:
    made = sound(
        told("draft", draft=True),
        told("future", day="2020-01-02"),
        told("gone", expiry_date=when("2013-01-01")),
        moment=a_moment("2020-01-01", drafts=True, future=True, expired=True),
    )
    marks = {page.title: page.mark for page in made.pages if page.language == "da" and page.story}

    assert marks == {"draft da": "draft", "future da": "scheduled", "gone da": "expired"}
    assert [(entry.article.title, entry.mark) for entry in made.entries["da"]] == [
        ("future da", "scheduled"),
        ("draft da", "draft"),
    ]
    assert made.hidden == {}


def test_a_withdrawn_article_keeps_its_page_and_leaves_every_list() -> None:
    """R25."""
    made = sound(
        told("x", withdrawn=WITHDRAWN, tags=("kunder",), authors=(Credit(id="line"),)), told("y")
    )
    page = page_at(made, "/da/nyheder/2012/x-da/")

    assert (page.kind, page.more, page.newer, page.older) == ("article", (), None, None)
    for other in made.pages:
        entries = (*other.entries, *other.more, *(e for g in other.groups for e in g.entries))
        assert "news/x" not in {entry.story.key for entry in entries}
    assert names(made.entries["da"]) == ["y da"]
    assert not [page for page in made.pages if page.kind in {"topic", "person"}]


def test_an_article_withdrawn_in_one_language_is_not_listed_there_in_another() -> None:
    danish = an_article("news/x/index.da.md", title="x da", withdrawn=WITHDRAWN)
    english = an_article("news/x/index.en.md", title="x en")
    made = sound(a_story("news/x", danish, english))

    assert page_at(made, "/da/nyheder/").entries == ()
    assert names(page_at(made, "/en/news/").entries) == ["x en"]


def test_a_tombstone_says_nothing_of_what_was_there() -> None:
    made = sound(told("hemmelighed", "da", expiry_date=when("2013-01-01"), aliases=("/foer/",)))
    tombstones = [page for page in made.pages if page.kind == "tombstone"]
    words = addresses_of(a_config()).wordings

    assert [page.address for page in tombstones] == [
        "/da/nyheder/2012/hemmelighed-da/",
        "/foer/",
    ]
    for page in tombstones:
        assert page.title == words[page.language].say("tombstone_title")
        assert (page.story, page.article, page.description, page.alternates) == (None, None, "", ())
        assert not page.is_indexed
    assert made.articles == made.hidden == {}


def test_a_story_that_expired_in_full_leaves_no_list() -> None:
    made = sound(told("x", expiry_date=when("2013-01-01"), tags=("kunder",)))

    assert made.entries == {"da": (), "en": ()}
    assert addresses_in(made, "year") == addresses_in(made, "topic") == []


def test_a_topic_or_person_that_readers_know_keeps_a_page_when_no_news_is_left() -> None:
    """R19: in the languages that had one; else a story that expires would break an address."""
    promise = Promise(published={"/da/emner/kunder/": 1, "/en/people/line/": 2})
    made = sound(promise=promise)

    assert addresses_in(made, "topic") == ["/da/emner/kunder/"]
    assert addresses_in(made, "person") == ["/en/people/line/"]
    assert page_at(made, "/da/emner/kunder/").entries == ()


def test_a_person_who_is_to_be_erased_keeps_no_page() -> None:
    ib = Person(id="ib", name="Ib Lund", erased=True)
    promise = Promise(published={"/da/personer/ib/": 1})

    assert (
        addresses_in(sound(registry=Registry(people={"ib": ib}), promise=promise), "person") == []
    )


def test_a_topic_that_has_news_is_as_it_would_be_without_a_promise() -> None:
    story = told("x", tags=("kunder",), authors=(Credit(id="line"),))
    promise = Promise(published={"/da/emner/kunder/": 1, "/da/personer/line/": 2})

    assert sound(story) == sound(story, promise=promise)


def test_what_is_gone_leaves_a_tombstone_where_nothing_else_stands() -> None:
    gone = ["/da/x/", "/x.html", "/en/y/", "/da/feed.rss", "/da/", "/da/nyheder/2012/kladde/"]
    draft = told("d", "da", title="Kladde", draft=True)
    made = sound(draft, promise=Promise(gone=dict.fromkeys(gone, 1)))
    tombstones = [page for page in made.pages if page.kind == "tombstone"]

    assert [(page.language, page.address) for page in tombstones] == [
        ("da", "/da/x/"),
        ("da", "/x.html"),
        ("en", "/en/y/"),
    ]
    assert not any(page.is_indexed for page in tombstones)


# redirects and collisions


def test_an_alias_is_a_redirect_to_the_article_in_its_language() -> None:
    """R26, R138."""
    made = sound(told("x", "da", aliases=("/gammel/", "/aeldre.html")))
    pages = [page for page in made.pages if page.kind == "redirect"]

    assert [(page.address, page.target) for page in pages] == [
        ("/gammel/", "/da/nyheder/2012/x-da/"),
        ("/aeldre.html", "/da/nyheder/2012/x-da/"),
    ]
    assert (pages[0].language, pages[0].alternates) == ("da", ())
    assert not pages[0].is_indexed


TAKEN: dict[str, tuple[tuple[Story, ...], str]] = {
    "two articles": (
        (told("a", "da", title="Ens"), told("b", "da", title="Ens")),
        "content/news/b/index.da.md:2: error: the address /da/nyheder/2012/ens/ is also that of "
        "content/news/a/index.da.md: give one of them another `slug`, as in slug: another-name "
        "[address-taken]",
    ),
    "two articles by their slugs": (
        (told("a", "da", slug="ens"), told("b", "da", slug="ens")),
        "content/news/b/index.da.md:3: error: the address /da/nyheder/2012/ens/ is also that of "
        "content/news/a/index.da.md: give one of them another `slug`, as in slug: another-name "
        "[address-taken]",
    ),
    "an article that is not yet due": (
        (told("a", "da", slug="ens"), told("b", "da", slug="ens", publish_date=when("2030-01-01"))),
        "content/news/b/index.da.md:3: error: the address /da/nyheder/2012/ens/ is also that of "
        "content/news/a/index.da.md: give one of them another `slug`, as in slug: another-name "
        "[address-taken]",
    ),
    "an article that expired": (
        (
            told("a", "da", slug="ens"),
            told("b", "da", slug="ens", expiry_date=when("2013-01-01")),
        ),
        "content/news/b/index.da.md:3: error: the address /da/nyheder/2012/ens/ is also that of "
        "content/news/a/index.da.md: give one of them another `slug`, as in slug: another-name "
        "[address-taken]",
    ),
    "a fixed page and a page of the site": (
        (told("pages/news", "da", title="Nyheder"),),
        "content/pages/news/index.da.md:2: error: the address /da/nyheder/ is also that of "
        "the site's own page “Nyheder”: give one of them another `slug`, as in slug: another-name "
        "[address-taken]",
    ),
    "an alias and an article": (
        (told("a", "da"), told("b", "da", aliases=("/DA/nyheder/2012/a-da/",))),
        "content/news/b/index.da.md:3: error: the address /DA/nyheder/2012/a-da/ is also that of "
        "content/news/a/index.da.md: remove the alias, or write another [address-taken]",
    ),
    "an alias and a page of the site": (
        (told("b", "da", aliases=("/da/index.html",)),),
        "content/news/b/index.da.md:3: error: the address /da/index.html is also that of "
        "the site's own page “Nyt”: remove the alias, or write another [address-taken]",
    ),
    "two aliases": (
        (told("a", "da", aliases=("/x/",)), told("b", "da", aliases=("/x/",))),
        "content/news/b/index.da.md:3: error: the address /x/ is also that of "
        "content/news/a/index.da.md: remove the alias, or write another [address-taken]",
    ),
    "an alias and what stands in place of an older one": (
        (
            told("a", "da", aliases=("/x/",), expiry_date=when("2013-01-01")),
            told("b", "da", aliases=("/x/",)),
        ),
        "content/news/a/index.da.md:3: error: the address /x/ is also that of "
        "content/news/b/index.da.md: remove the alias, or write another [address-taken]",
    ),
    "an alias and the article itself": (
        (told("a", "da", aliases=("/da/nyheder/2012/a-da/",)),),
        "content/news/a/index.da.md:3: error: the address /da/nyheder/2012/a-da/ is also that of "
        "content/news/a/index.da.md: remove the alias, or write another [address-taken]",
    ),
}


@pytest.mark.parametrize("name", TAKEN)
def test_two_sources_of_one_address_are_an_error_that_names_both(name: str) -> None:
    """R52, R139."""
    stories, expected = TAKEN[name]

    assert [expected] == planned(*stories)[1]
    assert [expected] == planned(*stories[::-1])[1]


def test_topics_that_differ_in_spelling_only_are_an_error_that_names_both() -> None:
    """R52: `Århus` and `Aarhus`."""
    topics = {
        "aarhus": Topic(id="aarhus", name={"da": "Århus", "en": "Aarhus"}),
        "smilets-by": Topic(id="smilets-by", name={"da": "Aarhus", "en": "City of Smiles"}),
    }
    stories = [told(f"n{n}", tags=("aarhus", "smilets-by")) for n in range(25)]

    assert planned(*stories, registry=Registry(topics=topics))[1] == [
        "content/topics.toml: error: the address /da/emner/aarhus/ is also that of "
        "the topic `aarhus`: give one of them another `slug`, as in slug: another-name "
        "[address-taken]"
    ]


def test_pages_of_the_site_that_meet_are_mended_in_the_config() -> None:
    german = Language(label="Deutsch", locale="de_DE", title="Neues", section="presse")
    config = a_config("de", languages={"de": german})

    assert planned(config=config)[1] == [
        "config.toml: error: the address /de/presse/ is also that of the site's own page “Press”: "
        "change `section` in config.toml, or a word under [addresses] of the wording "
        "[address-taken]"
    ]


def test_articles_without_an_address_and_drafts_take_none() -> None:
    nameless = [told(f"n{n}", "da", title="Привіт") for n in (1, 2)]

    assert planned(*nameless)[1] == []
    assert planned(told("a", "da", slug="x"), told("b", "da", slug="x", draft=True))[1] == []


# related, newer and older


def related_to(made: Plan, address: str) -> list[str]:
    return [entry.story.key.removeprefix("news/") for entry in page_at(made, address).more]


def test_the_editors_choice_comes_first_then_shared_topics_then_nearness() -> None:
    """R20."""
    made = sound(
        told("x", day="2012-06-10", tags=("kunder", "presse"), related=("news/chosen",)),
        told("chosen", day="2001-01-01"),
        told("both-topics", day="2002-01-01", tags=("kunder", "presse")),
        told("near", day="2012-06-11", tags=("kunder",)),
        told("far", day="2011-06-11", tags=("kunder",)),
        told("none", day="2012-06-10"),
    )

    assert related_to(made, "/da/nyheder/2012/x-da/") == ["chosen", "both-topics", "near"]
    assert related_to(made, "/en/news/2012/x-en/") == ["chosen", "both-topics", "near"]


def test_related_news_are_of_the_same_language_and_never_the_article_itself() -> None:
    """R20."""
    made = sound(
        told("x", tags=("kunder",), related=("news/only-danish", "news/x")),
        told("only-danish", "da", tags=("kunder",)),
        told("hidden", tags=("kunder",), draft=True),
    )

    assert related_to(made, "/da/nyheder/2012/x-da/") == ["only-danish"]
    assert related_to(made, "/en/news/2012/x-en/") == []


def test_there_are_as_many_related_news_as_the_config_says() -> None:
    stories = [told(f"n{n}", tags=("kunder",)) for n in range(9)]
    made = sound(*stories, config=a_config(build=Build(related=5)))

    assert len(related_to(made, "/da/nyheder/2012/n4-da/")) == 5


def test_a_new_article_changes_the_related_news_of_few() -> None:
    """R20: of at most the fifty nearest, though hundreds share the topic."""
    days = [f"20{year:02}-{month:02}-{day:02}" for year in (10, 11) for month in range(1, 13)
            for day in range(1, 11)]  # fmt: skip
    stories = [told(f"n{day}", "da", day=day, tags=("kunder",)) for day in days]

    def relations(*more: Story) -> dict[str, list[str]]:
        made = sound(*stories, *more)
        return {p.address: [e.article.path for e in p.more] for p in made.pages if p.article}

    before = relations()
    after = relations(told("newest", "da", day="2012-01-01", tags=("kunder",)))
    inserted = relations(told("between", "da", day="2010-12-15", tags=("kunder",)))

    assert len(before) == 240
    assert sum(before[address] != after[address] for address in before) <= 3
    assert sum(before[address] != inserted[address] for address in before) <= 50


def test_neighbours_are_the_next_newer_and_older_of_the_language() -> None:
    made = sound(
        told("a", day="2012-01-01"), told("b", "da", day="2012-01-02"), told("c", day="2012-01-03")
    )

    def around(address: str) -> tuple[str | None, str | None]:
        page = page_at(made, address)
        return (
            page.newer.article.title if page.newer else None,
            page.older.article.title if page.older else None,
        )

    assert around("/da/nyheder/2012/b-da/") == ("c da", "a da")
    assert around("/en/news/2012/c-en/") == (None, "a en")
    assert around("/en/news/2012/a-en/") == ("c en", None)


# topics, people, press


def test_a_topic_has_a_page_only_where_an_article_is_on_it() -> None:
    """R19."""
    made = sound(told("x", "da", tags=("kunder",)), told("y", tags=("presse",)))

    assert addresses_in(made, "topic") == [
        "/da/emner/kunder/",
        "/da/emner/presse/",
        "/en/topics/presse/",
    ]


def test_a_topic_lists_untranslated_news_too_once_it_has_a_page() -> None:
    made = sound(
        told("x", "da", tags=("kunder",)), told("y", "en", tags=("kunder",), day="2012-03-16")
    )

    assert names(page_at(made, "/en/topics/kunder/").entries) == ["y en", "x da"]


def test_a_topic_without_a_name_in_a_language_goes_by_its_id() -> None:
    """The registry has told of it; the rest of the site is judged in the same run."""
    registry = Registry(topics={"kunder": Topic(id="kunder", name={"da": "Kunder"})})
    made = sound(told("x", tags=("kunder",)), registry=registry)

    assert page_at(made, "/en/topics/kunder/").title == "kunder"


def test_an_unknown_topic_or_author_brings_no_page() -> None:
    made = sound(told("x", tags=("nothing",), authors=(Credit(id="nobody"),)))

    assert addresses_in(made, "topic") == addresses_in(made, "person") == []


def test_a_persons_page_has_what_they_wrote_and_where_they_are_named() -> None:
    """R4."""
    made = sound(
        told("w", authors=(Credit(id="line"),), names=("Line Milthers",)),
        told("q", "da", names=("Direktør Line Milthers",)),
        told("b", "en", names=("Bo Hansens",)),
    )
    line = page_at(made, "/da/personer/line/")

    assert (names(line.entries), names(line.more)) == (["w da"], ["q da"])
    assert ways(line)["en"] == "/en/people/line/"
    assert page_at(made, "/en/people/line/").more == ()
    assert names(page_at(made, "/en/people/bo/").more) == ["b en"]
    assert "/da/personer/bo/" not in {page.address for page in made.pages}


def test_the_first_page_of_a_person_shows_where_they_are_named_up_to_a_limit() -> None:
    made = sound(
        *(told(f"w{n}", "da", authors=(Credit(id="line"),)) for n in range(21)),
        *(told(f"q{n}", "da", names=("Line Milthers",)) for n in range(QUOTED + 5)),
    )

    assert [len(page.more) for page in made.pages if page.person] == [QUOTED, 0]


@pytest.mark.parametrize(
    ("expected", "run"),
    [
        (["Line Milthers"], "Line Milthers"),
        (["Bo Hansen"], "Bo Hansens"),
        (["Bo Hansen"], "Bo Hansen’s"),
        (["Bo Hansen"], "Bo Hansen's"),
        (["Line Milthers"], "Line Milthers’s"),
        (["Bo Hansen", "Line Milthers"], "Direktør Line Milthers Bo Hansen"),
        ([], "Line Milther"),
        ([], "Line"),
        ([], "Bo Hansensen"),
    ],
)
def test_people_are_found_in_the_names_of_a_text(expected: list[str], run: str) -> None:
    page = page_at(sound(told("x", "da", names=(run,))), "/da/nyheder/2012/x-da/")

    assert expected == [person.name for person in page.people]


def test_people_in_a_text_stand_in_the_order_of_its_language() -> None:
    """R53."""
    registry = a_registry({"a": "Aase Bo", "b": "Ørn Bo", "c": "Carl Bo"})
    made = sound(told("x", names=("Aase Bo", "Carl Bo", "Ørn Bo")), registry=registry)

    assert [person.id for person in page_at(made, "/da/nyheder/2012/x-da/").people] == list("cba")
    assert [person.id for person in page_at(made, "/en/news/2012/x-en/").people] == list("acb")


def test_a_name_that_two_people_share_means_neither() -> None:
    registry = a_registry({"bo-1": "Bo Hansen", "bo-2": "Bo Hansen"})

    assert addresses_in(sound(told("x", names=("Bo Hansen",)), registry=registry), "person") == []


def test_the_press_page_has_its_text_and_the_newest_releases() -> None:
    made = sound(
        told("pages/press", "da", title="Til pressen"),
        *(told(f"r{n:02}", day=f"2012-01-{n + 1:02}", type="press") for n in range(RELEASES + 1)),
        told("news"),
    )
    danish, english = page_at(made, "/da/presse/"), page_at(made, "/en/press/")

    assert (danish.title, english.title) == ("Til pressen", "Press")
    assert danish.article
    assert english.article is None
    assert names(english.entries) == [f"r{n:02} en" for n in range(RELEASES, 0, -1)]
    assert made.articles["content/pages/press/index.da.md"] == "/da/presse/"
    assert addresses_in(made, "fixed") == []


def test_a_press_text_that_is_a_draft_leaves_the_page_without_it() -> None:
    made = sound(told("pages/press", draft=True))

    assert page_at(made, "/da/presse/").article is None


# the whole


EVERYTHING = (
    told("a", tags=("kunder",), related=("news/c",), pinned_until=when("2030-01-01")),
    told("b", "da", tags=("kunder", "presse"), authors=(Credit(id="line"),), slug="ens"),
    told("c", "da", slug="ens", names=("Bo Hansens",), pinned_until=when("2030-01-01")),
    told("d", expiry_date=when("2013-01-01")),
    told("e", draft=True),
    told("f", "en", aliases=("/gammel/",), tags=("presse",)),
    told("pages/press"),
)


@settings(deadline=None)
@given(st.permutations(EVERYTHING))
def test_the_order_of_the_stories_decides_nothing(stories: list[Story]) -> None:
    assert planned(*EVERYTHING) == planned(*stories)


def test_the_same_stories_give_the_same_pages_however_they_are_mixed() -> None:
    stories = [told(f"n{n}", day=f"2012-0{n % 9 + 1}-01", tags=("kunder",)) for n in range(60)]
    mixed = random.Random(1).sample(stories, len(stories))

    assert sound(*stories) == sound(*mixed)
