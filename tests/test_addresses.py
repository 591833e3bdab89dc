import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.addresses import (
    SLUG,
    SLUG_LENGTH,
    FeedKind,
    is_portable,
    output_path,
    sitemap_part,
    slugify,
    topic_slug,
)
from sitegen.model.stories import Topic
from tests.examples import a_config, addresses_of

SITE = addresses_of(a_config())
BELOW = addresses_of(a_config(base_url="https://example.org/nyheder/", id_authority="example.com"))

SLUGS = {
    "Kødpålæg på Ærø": "koedpaalaeg-paa-aeroe",
    "1.600 km": "1600-km",
    "1,600,000 kroner": "1600000-kroner",
    "12,5 procent": "12-5-procent",
    "15.3.2012 kl. 14.05": "15-3-2012-kl-14-05",
    "Århus": "aarhus",
    "Aarhus": "aarhus",
    "A\u030arhus": "aarhus",
    "Ärlig Öl über alles": "aerlig-oel-uber-alles",
    "naïve café à la crème": "naive-cafe-a-la-creme",
    "Ǻret, Ǿer og Ǽbler": "aaret-oeer-og-aebler",
    "Straße, Łódź, Þór, İstanbul": "strasse-lodz-thor-istanbul",
    "ud\u00adviklings\u00adhold": "udviklingshold",
    "zero\u200bwidth\ufeff": "zerowidth",
    "no\u00a0break": "no-break",
    "It’s here – “now”!": "its-here-now",
    "½ år, 5 m²": "1-2-aar-5-m2",
    "  -- a -- b --  ": "a-b",
    "Москва": "",
    "Москва og Kyiv": "og-kyiv",
    "!?": "",
    "": "",
}


@pytest.mark.parametrize("text", SLUGS)
def test_slugs_are_made_as_danish_addresses_are(text: str) -> None:
    """R51."""
    assert SLUGS[text] == slugify(text)


@given(st.one_of(st.text(), st.text("aåÅæÆøØäöéÉ 1.,-'’\u030a\u0308\u00ad", max_size=300)))
def test_any_text_gives_a_slug_or_nothing(text: str) -> None:
    """R51."""
    slug = slugify(text)

    assert slug == "" or SLUG.fullmatch(slug)
    assert len(slug) <= SLUG_LENGTH
    assert slug == slugify(slug)


def test_a_long_slug_ends_with_a_whole_word() -> None:
    slug = slugify("abcdefghi " * 20)

    assert slug == "-".join(["abcdefghi"] * 12)
    assert slugify("a" * 200) == "a" * SLUG_LENGTH
    assert slugify("b-" + "a" * 118) == "b-" + "a" * 118
    assert SLUG_LENGTH == 120


def test_no_slug_is_a_name_that_windows_keeps_for_itself() -> None:
    """reliability row 10: nobody could check such a site out, or build it, there."""
    assert [slugify(title) for title in ("Nul", "CON", "com1", "Nul fejl")] == [
        "nul-1", "con-1", "com1-1", "nul-fejl",
    ]  # fmt: skip
    assert [word for word in ("nul", "lpt9", "con-1", "com10") if SLUG.fullmatch(word)] == [
        "con-1", "com10",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "path",
    [
        *("con", "a/NUL.txt", "Com1.tar.gz", "com¹.txt", "a.", "a /b", "x/..", "a:b", 'a"b', "a?b"),
        *("a*b", "a<b", "a|b", "a\\b", "a\0b", "a\nb", f"{'å' * 128}"),
    ],
)
def test_a_name_that_some_system_refuses_is_not_portable(path: str) -> None:
    assert not is_portable(path)


@pytest.mark.parametrize(
    "path", ["da/index.html", "console.txt", "a b (1).pdf", ".well-known/x", "å.txt", "a" * 255]
)
def test_an_ordinary_name_is_portable(path: str) -> None:
    assert is_portable(path)


def all_addresses(language: str) -> dict[str, str]:
    return {
        "front": SITE.front(language),
        "news": SITE.news(language),
        "second page": SITE.news(language, 2),
        "year": SITE.year(language, 2012),
        "article": SITE.article(language, 2012, "x"),
        "archive": SITE.archive(language),
        "topic": SITE.topic(language, "x"),
        "second page of a topic": SITE.topic(language, "x", 2),
        "person": SITE.person(language, "line"),
        "third page of a person": SITE.person(language, "line", 3),
        "press": SITE.press(language),
        "search": SITE.search(language),
        "fixed": SITE.fixed(language, "privatliv"),
    }


def test_the_danish_addresses_are_those_that_were_promised() -> None:
    assert all_addresses("da") == {
        "front": "/da/",
        "news": "/da/nyheder/",
        "second page": "/da/nyheder/side/2/",
        "year": "/da/nyheder/2012/",
        "article": "/da/nyheder/2012/x/",
        "archive": "/da/nyheder/arkiv/",
        "topic": "/da/emner/x/",
        "second page of a topic": "/da/emner/x/side/2/",
        "person": "/da/personer/line/",
        "third page of a person": "/da/personer/line/side/3/",
        "press": "/da/presse/",
        "search": "/da/soeg/",
        "fixed": "/da/privatliv/",
    }


def test_the_english_addresses_are_in_english() -> None:
    made = all_addresses("en")

    assert made["second page"] == "/en/news/page/2/"
    assert made["topic"] == "/en/topics/x/"
    assert made["person"] == "/en/people/line/"
    assert made["search"] == "/en/search/"


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_address_is_of_one_form(language: str) -> None:
    """R29."""
    for address in all_addresses(language).values():
        assert re.fullmatch(rf"/{language}/([a-z0-9-]+/)*", address)


def test_a_language_with_a_region_is_small_letters_in_addresses() -> None:
    """R29."""
    language = a_config().languages["en"]
    config = a_config(default_language="en-GB", languages={"en-GB": language})

    assert addresses_of(a_config()).front("en") == "/en/"
    assert SITE.front("en-GB") == "/en-gb/"
    assert config.default_language == "en-GB"


def test_error_pages_stand_at_the_root_and_in_each_language() -> None:
    assert [SITE.not_found(), SITE.not_found("da")] == ["/404.html", "/da/404.html"]


@pytest.mark.parametrize("kind", ["atom", "rss", "json"])
def test_feeds_stand_beside_what_they_follow(kind: FeedKind) -> None:
    assert SITE.feed("da", kind) == f"/da/feed.{kind}"
    assert SITE.feed("en", kind, "x") == f"/en/topics/x/feed.{kind}"


def test_media_and_assets_carry_the_hash_of_their_content() -> None:
    """R123."""
    digest = "0123456789abcdef"

    assert SITE.asset("site.css", digest) == "/assets/site.01234567.css"
    assert SITE.media("Vores Hold på Ærø.JPG", digest) == "/media/vores-hold-paa-aeroe.01234567.jpg"
    assert SITE.media("å.tar.gz", digest) == "/media/aa-tar.01234567.gz"
    assert SITE.media("README", digest) == "/media/readme.01234567"
    assert SITE.media("Москва.png", digest) == "/media/file.01234567.png"


def test_copied_files_keep_their_names() -> None:
    assert SITE.file("logo.svg") == "/logo.svg"
    assert SITE.file("presse/Om os å.pdf") == "/presse/Om%20os%20%C3%A5.pdf"


def test_links_begin_with_the_path_of_the_base_url() -> None:
    """R30."""
    assert SITE.href("/da/") == "/da/"
    assert BELOW.href("/da/") == "/nyheder/da/"
    assert BELOW.absolute("/da/") == "https://example.org/nyheder/da/"


def test_feed_ids_depend_on_neither_slug_nor_domain() -> None:
    """R79."""
    assert BELOW.feed_id("news/2012-x", "da", 2012) == "tag:example.com,2012:news/2012-x/da"
    assert SITE.feed_id("news/å b", "en", 2012) == "tag:news.example.org,2012:news/%C3%A5%20b/en"


@pytest.mark.parametrize(
    ("expected", "address"),
    [
        ("index.html", "/"),
        ("da/nyheder/index.html", "/da/nyheder/"),
        ("404.html", "/404.html"),
        ("presse/Om os å.pdf", "/presse/Om%20os%20%C3%A5.pdf"),
    ],
)
def test_every_address_is_answered_by_a_file(expected: str, address: str) -> None:
    assert expected == output_path(address)


def test_large_sitemaps_come_in_numbered_parts() -> None:
    assert sitemap_part(2) == "/sitemap-2.xml"


@pytest.mark.parametrize(
    ("expected", "keys"),
    [
        ("kunder", {"name": {"da": "Kunder"}}),
        ("vores-kunder", {"name": {"da": "Kunder"}, "slug": {"da": "vores-kunder"}}),
        ("customers", {"name": {"da": "Клієнти"}}),
        ("customers", {"name": {"en": "Customers and more"}}),
    ],
)
def test_a_topic_has_its_own_slug_that_of_its_name_or_its_id(
    expected: str, keys: dict[str, dict[str, str]]
) -> None:
    assert expected == topic_slug(Topic(id="customers", **keys), "da")
