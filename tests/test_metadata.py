"""Heads, sitemap and robots.txt: what the site tells machines (newsroom R3, R32–R34, R67–R74)."""

import datetime as dt
import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.addresses import Addresses
from sitegen.dates import machine, modified, revised
from sitegen.findings import Findings
from sitegen.metadata import ShareImage, head_of, robots, sitemap
from sitegen.metadata.descriptions import LENGTH, clip
from sitegen.model.content import Card, Correction, Credit, FrontMatter, Source, When, Withdrawal
from sitegen.model.pages import Alternate, Entry, Group, OutputFile, Page, Pagination
from sitegen.model.stories import Article, Person, Registry, Story, Topic
from sitegen.model.views import Head
from sitegen.settings import Company, Config, Language
from sitegen.wording import read_wording

TEMPLATES = Path(__file__).parents[1] / "templates"
SITE = "https://news.example.org"
SM = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"


def addresses_at(base_url: str = SITE, **keys: Any) -> Addresses:
    values: dict[str, Any] = {
        "base_url": base_url,
        "title": "Conscensia",
        "default_language": "da",
        "x_default": "en",
        "languages": {
            "da": Language(
                label="Dansk",
                locale="da_DK",
                title="Conscensia",
                description="Nyheder fra Conscensia.",
                section="nyheder",
            ),
            "en": Language(
                label="English",
                locale="en_GB",
                title="Conscensia",
                description="News from Conscensia.",
                section="news",
            ),
        },
        "company": Company(name="Conscensia A/S", tagline={"da": "Udviklere i Ukraine"}),
    }
    config = Config(**{**values, **keys})
    texts = {
        f"wording/{language}.toml": (TEMPLATES / f"wording/{language}.toml").read_text("utf-8")
        for language in config.languages
    }
    wordings = read_wording(config, texts, {name: name for name in texts}, Findings())
    return Addresses(config=config, wordings=wordings)


ADDRESSES = addresses_at()
ZONE = ZoneInfo("Europe/Copenhagen")
MARCH = When(day=dt.date(2012, 3, 15))
APRIL = When(day=dt.date(2012, 4, 2))
REGISTRY = Registry(
    people={
        "line": Person(
            id="line",
            name="Line Milthers",
            title={"da": "Rådgiver", "en": "Adviser"},
            links=("https://social.example.net/line",),
        )
    },
    topics={
        "customers": Topic(
            id="customers", name={"da": "Kundesamarbejde", "en": "Working with clients"}
        ),
        "people": Topic(id="people", name={"da": "Mennesker"}),
    },
)
IMAGE = ShareImage(
    address="/media/team.1a2b3c4d.jpg",
    width=1200,
    height=630,
    alt="Fem medarbejdere ved et bord",
    crops=("/media/team-wide.jpg", "/media/team-square.jpg"),
)
DRAWN = ShareImage(address="/assets/share.da.png", width=1200, height=630, is_drawn=True)


def an_article(language: str = "da", slug: str = "tilfredse-kunder", **front: Any) -> Article:
    values = {"title": "Faciliteringsteam giver tilfredse kunder", **front}
    source = Source(
        path=f"content/news/{slug}.{language}.md", kind="news", story="x", language=language
    )
    card = Card(
        source=source,
        front=FrontMatter(**values),
        lines={},
        body="",
        excerpt="Teamet får gode ord med på vejen.",
    )
    return Article(card=card, slug=slug)


def a_story(*articles: Article, **keys: Any) -> Story:
    values = {"key": "news/x", "kind": "news", "date": MARCH, "articles": articles, **keys}
    return Story(**values)


def an_article_page(article: Article | None = None, **keys: Any) -> Page:
    """Return the page of an article; keys of a Page and of a Story may be given."""
    article = article or an_article()
    fields = {key: keys.pop(key) for key in set(keys) & set(Page.__struct_fields__)}
    values = {
        "kind": "article",
        "language": article.language,
        "address": ADDRESSES.article(article.language, 2012, article.slug),
        "template": "article.html",
        "title": article.title,
        "story": a_story(article, **keys),
        "article": article,
        **fields,
    }
    return Page(**values)


def a_list_page(**keys: Any) -> Page:
    values = {
        "kind": "list",
        "language": "da",
        "address": "/da/nyheder/",
        "template": "list.html",
        "title": "Nyheder",
        "description": "Alle nyheder fra Conscensia, de nyeste først.",
        **keys,
    }
    return Page(**values)


def an_entry(article: Article, date: When = MARCH) -> Entry:
    return Entry(story=a_story(article, date=date), article=article, address="/da/x/")


def head(page: Page, image: ShareImage | None = None, addresses: Addresses = ADDRESSES) -> Head:
    return head_of(page, addresses, REGISTRY, image)


def properties(found: Head, name: str) -> list[str]:
    return [each.content for each in found.properties if each.name == name]


def graph(found: Head) -> dict[str, dict[str, Any]]:
    return {node["@type"]: node for node in json.loads(found.json_ld)["@graph"]}


PAIR = (
    Alternate(language="da", address="/da/nyheder/2012/tilfredse-kunder/"),
    Alternate(language="en", address="/en/news/2012/satisfied-clients/"),
    Alternate(language="x-default", address="/en/news/2012/satisfied-clients/"),
)

# titles and descriptions


def test_a_title_is_the_headline_and_the_site_r67() -> None:
    assert head(an_article_page()).title == "Faciliteringsteam giver tilfredse kunder – Conscensia"


def test_titles_and_descriptions_have_plain_spaces_and_no_soft_hyphens_r57_r58() -> None:
    article = an_article(
        title="88\u00a0procent til\u00adfredse", summary="Hele 88\u00a0procent\ner."
    )

    found = head(an_article_page(article))

    assert found.title == "88 procent tilfredse – Conscensia"
    assert found.description == "Hele 88 procent er."
    assert graph(found)["NewsArticle"]["headline"] == "88 procent tilfredse"
    assert properties(found, "og:title") == ["88 procent tilfredse"]


def test_later_pages_of_a_list_say_their_number_r17_r67() -> None:
    def numbered(number: int) -> Head:
        pagination = Pagination(number=number, addresses=("/da/nyheder/", "/da/nyheder/side/2/"))
        return head(a_list_page(pagination=pagination))

    assert numbered(1).title == "Nyheder – Conscensia"
    assert numbered(2).title == "Nyheder – Side 2 af 2 – Conscensia"
    assert numbered(1).description == "Alle nyheder fra Conscensia, de nyeste først."
    assert numbered(2).description == "Alle nyheder fra Conscensia, de nyeste først. Side 2 af 2."


def test_a_long_description_leaves_room_for_the_page_number() -> None:
    pagination = Pagination(number=12, addresses=("/",) * 345)

    found = head(a_list_page(pagination=pagination, description="ord " * 60)).description

    assert found.endswith("ord… Side 12 af 345.")
    assert len(found) <= LENGTH


def test_front_pages_and_gateway_are_told_apart() -> None:
    front = a_list_page(kind="front", title="Conscensia", description="Nyheder fra Conscensia.")
    english = a_list_page(kind="front", language="en", title="Conscensia")
    gateway = a_list_page(kind="gateway", address="/", title="Conscensia")

    assert head(front).title == "Conscensia – Udviklere i Ukraine"
    assert head(front).description == "Nyheder fra Conscensia."
    assert head(english).title == "Conscensia"
    assert head(gateway).title == "Conscensia – Dansk / English"
    assert head(gateway).description == "Nyheder fra Conscensia. News from Conscensia."


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ({"description": "Til Google.", "summary": "Indledning."}, "Til Google."),
        ({"summary": "Indledning."}, "Indledning."),
        ({}, "Teamet får gode ord med på vejen."),
    ],
)
def test_an_article_is_described_by_its_best_words(front: dict[str, str], expected: str) -> None:
    assert head(an_article_page(an_article(**front))).description == expected


def test_a_description_that_nobody_wrote_is_left_out() -> None:
    found = head(a_list_page(description=""))

    assert found.description == ""
    assert properties(found, "og:description") == []


def test_a_long_lead_is_cut_where_a_sentence_ends_r3() -> None:
    lead = (
        "Conscensias faciliteringsteam får gode evalueringer af kunderne, siger kl. 14.05 f.eks. "
        "Novo og Dr. Hansen. Og hele 88 procent er enten tilfredse eller meget tilfredse med den."
    )

    assert clip(lead, LENGTH) == lead[: lead.index(" Og hele")]
    assert clip(lead, lead.index(" Hansen")) == lead[: lead.index(" Dr.")] + "…"


def test_a_long_sentence_is_cut_after_a_whole_word_r3() -> None:
    assert clip("Et, to, tre. Fire, fem, seks.", 20) == "Et, to, tre. Fire…"
    assert clip("Speciallægepraksisplanlægning", 10) == "Speciallæ…"


def test_the_lead_of_the_first_article_is_cut_well_r3() -> None:
    paragraphs = Path(__file__).parent / "data/faciliteringsteam-giver-tilfredse-kunder.da.txt"
    lead = paragraphs.read_text("utf-8").split("\n\n")[2]

    assert clip(lead, LENGTH).endswith("med teamets indsats.") or clip(lead, LENGTH).endswith("…")
    assert lead.startswith(clip(lead, LENGTH).rstrip("…"))


@settings(deadline=None)
@given(st.text(max_size=400), st.integers(min_value=20, max_value=200))
def test_a_cut_text_fits_and_says_nothing_new(text: str, length: int) -> None:
    cut = clip(text, length)

    assert len(cut) <= length
    assert text.startswith(cut.removesuffix("…")) or text == cut


# robots, canonical, languages


def test_pages_allow_large_previews_and_name_themselves_r34_r68() -> None:
    found = head(an_article_page())

    assert found.robots == "max-image-preview:large"
    assert found.canonical == f"{SITE}/da/nyheder/2012/tilfredse-kunder/"
    assert properties(found, "og:url") == [found.canonical]


@pytest.mark.parametrize("kind", ["search", "not_found", "redirect", "tombstone"])
def test_service_pages_stay_out_of_search_engines_r68(kind: str) -> None:
    found = head(a_list_page(kind=kind, alternates=PAIR))

    assert found.robots == "noindex"
    assert found.alternates == ()


def test_error_pages_have_no_address_of_their_own() -> None:
    for kind in ("not_found", "tombstone"):
        found = head(a_list_page(kind=kind))

        assert found.canonical == ""
        assert found.properties == ()


def test_drafts_and_preview_builds_are_not_indexed_r68() -> None:
    draft = head(an_article_page(mark="draft", alternates=PAIR))
    preview = head_of(an_article_page(alternates=PAIR), ADDRESSES, REGISTRY, None, is_preview=True)

    assert draft.robots == preview.robots == "noindex"
    assert draft.alternates == preview.alternates == ()


def test_a_redirect_leads_to_its_target_and_calls_it_canonical_r138() -> None:
    addresses = addresses_at("https://example.org/company")
    page = a_list_page(kind="redirect", target="/da/nyheder/2012/ny/", article=an_article())

    found = head(page, addresses=addresses)

    assert found.refresh == "/company/da/nyheder/2012/ny/"
    assert found.canonical == "https://example.org/company/da/nyheder/2012/ny/"
    assert found.properties == ()
    assert found.json_ld == ""


def test_translations_are_named_by_absolute_addresses_r32_r33() -> None:
    found = head(an_article_page(alternates=PAIR))

    assert [(each.language, each.url) for each in found.alternates] == [
        ("da", f"{SITE}/da/nyheder/2012/tilfredse-kunder/"),
        ("en", f"{SITE}/en/news/2012/satisfied-clients/"),
        ("x-default", f"{SITE}/en/news/2012/satisfied-clients/"),
    ]
    assert properties(found, "og:locale") == ["da_DK"]
    assert properties(found, "og:locale:alternate") == ["en_GB"]


def test_an_article_in_one_language_names_no_other_r32_r46() -> None:
    found = head(an_article_page())

    assert found.alternates == ()
    assert properties(found, "og:locale:alternate") == []
    assert "ranslation" not in found.json_ld


def test_a_search_page_names_no_other_language_r32_r46() -> None:
    assert (
        properties(head(a_list_page(kind="search", alternates=PAIR)), "og:locale:alternate") == []
    )


# Open Graph


def test_an_article_tells_open_graph_all_that_is_known_r73() -> None:
    article = an_article(summary="Indledning.")
    page = an_article_page(article, authors=(Credit(id="line"),), tags=("customers",))

    told = [(each.name, each.content) for each in head(page, IMAGE).properties]

    assert told == [
        ("og:type", "article"),
        ("og:title", "Faciliteringsteam giver tilfredse kunder"),
        ("og:description", "Indledning."),
        ("og:url", f"{SITE}/da/nyheder/2012/tilfredse-kunder/"),
        ("og:site_name", "Conscensia"),
        ("og:locale", "da_DK"),
        ("og:image", f"{SITE}/media/team.1a2b3c4d.jpg"),
        ("og:image:width", "1200"),
        ("og:image:height", "630"),
        ("og:image:alt", "Fem medarbejdere ved et bord"),
        ("article:published_time", "2012-03-15T12:00:00+01:00"),
        ("article:modified_time", "2012-03-15T12:00:00+01:00"),
        ("article:author", f"{SITE}/da/personer/line/"),
        ("article:section", "Kundesamarbejde"),
        ("article:tag", "Kundesamarbejde"),
        ("twitter:card", "summary_large_image"),
    ]


def test_the_first_topic_is_the_section_and_all_are_tags_r73() -> None:
    found = head(an_article_page(tags=("people", "customers", "unknown")))

    assert properties(found, "article:section") == ["Mennesker"]
    assert properties(found, "article:tag") == ["Mennesker", "Kundesamarbejde"]
    assert graph(found)["NewsArticle"]["articleSection"] == "Mennesker"
    assert graph(found)["NewsArticle"]["keywords"] == ["Mennesker", "Kundesamarbejde"]


def test_a_page_without_a_picture_promises_none_r74() -> None:
    found = head(a_list_page())

    assert properties(found, "og:type") == ["website"]
    assert properties(found, "twitter:card") == ["summary"]
    assert not any(each.name.startswith("og:image") for each in found.properties)


# structured data


def test_an_article_tells_search_engines_all_that_is_known_r69_r70() -> None:
    article = an_article(summary="Indledning.", updated=APRIL)
    credit = Credit(id="line", title="Relationship Manager")
    page = an_article_page(article, authors=(credit,), tags=("customers",), alternates=PAIR)
    url = f"{SITE}/da/nyheder/2012/tilfredse-kunder/"

    assert graph(head(page, IMAGE))["NewsArticle"] == {
        "@type": "NewsArticle",
        "@id": f"{url}#article",
        "headline": "Faciliteringsteam giver tilfredse kunder",
        "description": "Indledning.",
        "image": [
            f"{SITE}/media/team.1a2b3c4d.jpg",
            f"{SITE}/media/team-wide.jpg",
            f"{SITE}/media/team-square.jpg",
        ],
        "datePublished": "2012-03-15T12:00:00+01:00",
        "dateModified": "2012-04-02T12:00:00+02:00",
        "author": [
            {
                "@type": "Person",
                "name": "Line Milthers",
                "url": f"{SITE}/da/personer/line/",
                "jobTitle": "Relationship Manager",
            }
        ],
        "publisher": {
            "@type": "Organization",
            "@id": f"{SITE}/#organization",
            "name": "Conscensia A/S",
        },
        "mainEntityOfPage": url,
        "url": url,
        "inLanguage": "da",
        "articleSection": "Kundesamarbejde",
        "keywords": ["Kundesamarbejde"],
        "workTranslation": [{"@id": f"{SITE}/en/news/2012/satisfied-clients/#article"}],
    }


def test_the_company_is_the_author_of_articles_without_byline_r4() -> None:
    found = graph(head(an_article_page(authors=(Credit(id="nobody"),))))

    assert [author["name"] for author in found["NewsArticle"]["author"]] == ["Conscensia A/S"]
    assert found["Organization"] == {
        "@type": "Organization",
        "@id": f"{SITE}/#organization",
        "name": "Conscensia A/S",
        "url": f"{SITE}/",
    }


def test_what_the_company_says_of_itself_is_told_and_nothing_else() -> None:
    company = Company(url="https://conscensia.example", address=("Gade 1", "8000 Aarhus C"))

    found = graph(head(an_article_page(), addresses=addresses_at(company=company)))

    assert found["Organization"] == {
        "@type": "Organization",
        "@id": f"{SITE}/#organization",
        "name": "Conscensia",
        "url": "https://conscensia.example",
        "address": "Gade 1, 8000 Aarhus C",
    }


def test_a_drawn_share_image_is_no_picture_of_the_article_r71() -> None:
    found = head(an_article_page(), DRAWN)

    assert properties(found, "og:image") == [f"{SITE}/assets/share.da.png"]
    assert "image" not in graph(found)["NewsArticle"]


def test_a_translation_names_the_work_it_translates_r46() -> None:
    page = an_article_page(an_article("en", "satisfied-clients"), alternates=PAIR)

    node = graph(head(page))["NewsArticle"]

    assert node["translationOfWork"] == {"@id": f"{SITE}/da/nyheder/2012/tilfredse-kunder/#article"}
    assert "workTranslation" not in node


def test_the_trail_is_what_the_page_shows_news_topic_headline_r69() -> None:
    def trail(page: Page) -> list[tuple[int, str, str]]:
        items = graph(head(page))["BreadcrumbList"]["itemListElement"]
        return [(item["position"], item["name"], item["item"]) for item in items]

    news = (1, "Nyheder", f"{SITE}/da/nyheder/")
    headline = "Faciliteringsteam giver tilfredse kunder"
    url = f"{SITE}/da/nyheder/2012/tilfredse-kunder/"

    assert trail(an_article_page()) == [news, (2, headline, url)]
    assert trail(an_article_page(tags=("customers", "unknown"))) == [
        news,
        (2, "Kundesamarbejde", f"{SITE}/da/emner/kundesamarbejde/"),
        (3, headline, url),
    ]


def test_a_withdrawn_article_repeats_nothing_of_what_it_said_r25() -> None:
    withdrawal = Withdrawal(date=APRIL, reason="Tallene var forkerte.")
    article = an_article(summary="88 procent er tilfredse.", withdrawn=withdrawal, updated=MARCH)
    page = an_article_page(article, authors=(Credit(id="line"),), tags=("customers",))

    found = head(page, IMAGE)

    assert found.robots == "max-image-preview:large"
    assert found.description == "Tallene var forkerte."
    assert "88 procent" not in str(found)
    node = graph(found)["NewsArticle"]
    assert node["creativeWorkStatus"] == "Withdrawn"
    assert node["dateModified"] == "2012-04-02T12:00:00+02:00"
    assert "/media/" not in str(found)
    assert properties(head(page, DRAWN), "og:image") == [f"{SITE}/assets/share.da.png"]
    # the pages of its people and topics may be gone with it
    assert "url" not in node["author"][0]
    assert len(graph(found)["BreadcrumbList"]["itemListElement"]) == 2
    assert properties(found, "article:author") == []


def test_an_expired_article_of_a_preview_links_to_no_list() -> None:
    page = an_article_page(mark="expired", authors=(Credit(id="line"),), tags=("customers",))

    assert properties(head(page), "article:author") == []
    assert len(graph(head(page))["BreadcrumbList"]["itemListElement"]) == 2


def test_gateway_and_front_page_name_the_site() -> None:
    front = graph(head(a_list_page(kind="front", address="/da/")))["WebSite"]
    gateway = graph(head(a_list_page(kind="gateway", address="/")))["WebSite"]

    assert front["url"] == f"{SITE}/da/"
    assert front["inLanguage"] == "da"
    assert gateway["url"] == f"{SITE}/"
    assert gateway["inLanguage"] == ["da", "en"]


def test_a_persons_page_tells_what_is_known_of_them() -> None:
    line = REGISTRY.people["line"]
    page = a_list_page(kind="person", address="/da/personer/line/", title=line.name, person=line)

    assert graph(head(page))["ProfilePage"]["mainEntity"] == {
        "@type": "Person",
        "name": "Line Milthers",
        "jobTitle": "Rådgiver",
        "worksFor": {
            "@type": "Organization",
            "@id": f"{SITE}/#organization",
            "name": "Conscensia A/S",
        },
        "url": f"{SITE}/da/personer/line/",
        "sameAs": ["https://social.example.net/line"],
    }


def test_a_persons_page_tells_so_once() -> None:
    person = Person(id="bo", name="Bo")
    pagination = Pagination(number=2, addresses=("/da/personer/bo/", "/da/personer/bo/side/2/"))

    assert head(a_list_page(kind="person", person=person, pagination=pagination)).json_ld == ""


def test_who_has_left_works_here_no_more() -> None:
    person = Person(id="bo", name="Bo", title={"da": "Sælger"}, left="2014-01")
    page = a_list_page(kind="person", address="/da/personer/bo/", person=person)

    assert graph(head(page))["ProfilePage"]["mainEntity"] == {
        "@type": "Person",
        "name": "Bo",
        "url": f"{SITE}/da/personer/bo/",
    }


def test_other_pages_carry_no_structured_data() -> None:
    assert head(a_list_page()).json_ld == ""


@settings(deadline=None)
@given(st.text(max_size=80))
def test_structured_data_never_ends_its_script_element_r69(text: str) -> None:
    article = an_article(title=f"</script><!-- {text}", summary=text)

    found = head(an_article_page(article))

    assert "<" not in found.json_ld
    assert graph(found)["NewsArticle"]["headline"].startswith("</script><!--")


# dates


WHENS = st.builds(
    lambda day, hour: When(
        day=day,
        instant=None if hour is None else dt.datetime.combine(day, dt.time(hour), dt.UTC),
    ),
    st.dates(dt.date(1990, 1, 1), dt.date(2037, 12, 31)),
    st.none() | st.integers(0, 22),
)


@settings(deadline=None)
@given(WHENS, st.none() | WHENS, st.lists(WHENS, max_size=3))
def test_all_dates_of_an_article_agree_r72(
    date: When, updated: When | None, corrections: list[When]
) -> None:
    notes = tuple(Correction(date=when, text="Rettet.") for when in corrections)
    page = an_article_page(an_article(updated=updated, corrections=notes), date=date)

    found = head(page)
    node = graph(found)["NewsArticle"]

    assert node["datePublished"] == machine(date, ZONE)
    assert [node["datePublished"]] == properties(found, "article:published_time")
    assert [node["dateModified"]] == properties(found, "article:modified_time")
    assert [node["dateModified"]] == lastmods(sitemap([page], ADDRESSES)[0])
    moments = [dt.datetime.fromisoformat(node[f"date{name}"]) for name in ("Published", "Modified")]
    assert moments == sorted(moments)


def test_a_correction_raises_the_date_of_change_r6() -> None:
    article = an_article(corrections=(Correction(date=APRIL, text="Rettet."),))

    assert revised(a_story(article), article, ZONE) == APRIL
    assert modified(a_story(article), article, ZONE) == APRIL


def test_an_update_before_the_publication_is_none_r5() -> None:
    article = an_article(updated=MARCH)

    assert revised(a_story(article, date=APRIL), article, ZONE) is None
    assert modified(a_story(article, date=APRIL), article, ZONE) == APRIL


def test_an_update_at_the_moment_of_publication_is_none_r5() -> None:
    article = an_article(updated=MARCH)

    assert revised(a_story(article), article, ZONE) is None


# sitemap


def lastmods(file: OutputFile) -> list[str]:
    return [found.text or "" for found in ElementTree.fromstring(file.content).iter(f"{SM}lastmod")]


def locations(file: OutputFile) -> list[str]:
    return [found.text or "" for found in ElementTree.fromstring(file.content).iter(f"{SM}loc")]


def test_the_sitemap_names_what_can_be_found_and_nothing_else_r82() -> None:
    pages = [
        a_list_page(),
        an_article_page(),
        an_article_page(an_article("en", "a-draft"), mark="draft"),
        *(a_list_page(kind=kind) for kind in ("search", "not_found", "redirect", "tombstone")),
    ]

    (file,) = sitemap(pages, ADDRESSES)

    assert file.path == "sitemap.xml"
    assert locations(file) == [
        f"{SITE}/da/nyheder/",
        f"{SITE}/da/nyheder/2012/tilfredse-kunder/",
    ]
    assert b"priority" not in file.content
    assert b"changefreq" not in file.content


def test_the_sitemap_repeats_the_heads_translations_r43() -> None:
    page = an_article_page(alternates=PAIR)

    root = ElementTree.fromstring(sitemap([page], ADDRESSES)[0].content)

    inside = [(link.get("hreflang"), link.get("href")) for link in root.iter(f"{XHTML}link")]
    assert inside == [(each.language, each.url) for each in head(page).alternates]


def test_a_list_changes_with_the_newest_change_on_it_r82() -> None:
    corrected = an_article(slug="rettet", updated=APRIL)
    entries = (an_entry(an_article(slug="ny"), When(day=dt.date(2012, 3, 20))), an_entry(corrected))
    group = Group(name="2012", address="/da/nyheder/2012/", entries=entries)
    pages = [
        a_list_page(entries=entries[:1]),
        a_list_page(entries=entries),
        a_list_page(kind="archive", groups=(group,)),
        a_list_page(kind="person", more=entries),
        a_list_page(),
    ]

    assert lastmods(sitemap(pages, ADDRESSES)[0]) == [
        "2012-03-20T12:00:00+01:00",
        "2012-04-02T12:00:00+02:00",
        "2012-04-02T12:00:00+02:00",
        "2012-04-02T12:00:00+02:00",
    ]


def test_related_news_do_not_change_an_article() -> None:
    page = an_article_page(more=(an_entry(an_article(slug="ny", updated=APRIL)),))

    assert lastmods(sitemap([page], ADDRESSES)[0]) == ["2012-03-15T12:00:00+01:00"]


def test_a_fixed_page_without_a_date_has_none() -> None:
    page = an_article_page(kind="fixed", date=None)

    assert lastmods(sitemap([page], ADDRESSES)[0]) == []


def test_a_large_site_has_an_index_and_parts_r82() -> None:
    pages = [a_list_page(address=f"/da/{number}/") for number in range(5)]
    pages[3] = an_article_page()

    index, *parts = sitemap(pages, ADDRESSES, most_urls=2)

    assert [file.path for file in parts] == ["sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml"]
    assert locations(index) == [f"{SITE}/{file.path}" for file in parts]
    assert lastmods(index) == ["2012-03-15T12:00:00+01:00"]
    assert [len(locations(file)) for file in parts] == [2, 2, 1]


@settings(deadline=None)
@given(st.integers(500, 2000))
def test_no_part_is_larger_than_allowed_r82(most_bytes: int) -> None:
    pages = [a_list_page(address=f"/da/{'x' * (number % 90)}/") for number in range(20)]

    files = sitemap(pages, ADDRESSES, most_bytes=most_bytes)

    parts = files[1:] if len(files) > 1 else files
    assert all(len(file.content) <= most_bytes for file in parts)
    assert sum(len(locations(file)) for file in parts) == len(pages)


def test_a_page_too_large_for_a_part_stands_alone() -> None:
    files = sitemap([a_list_page(), a_list_page()], ADDRESSES, most_bytes=1)

    assert [len(locations(file)) for file in files] == [2, 1, 1]


def test_an_empty_site_has_a_sound_sitemap() -> None:
    (file,) = sitemap([], ADDRESSES)

    assert locations(file) == []


def test_addresses_with_odd_signs_are_escaped() -> None:
    (file,) = sitemap([a_list_page(address="/da/a&b<c>/")], ADDRESSES)

    assert locations(file) == [f"{SITE}/da/a&b<c>/"]


# robots.txt


def test_robots_txt_allows_all_and_names_the_sitemap_r84() -> None:
    file = robots(ADDRESSES)

    assert file is not None
    assert file.path == "robots.txt"
    assert file.content == b"User-agent: *\nDisallow:\n\nSitemap: %s/sitemap.xml\n" % SITE.encode()


def test_robots_txt_below_a_path_would_be_read_by_nobody_r84() -> None:
    assert robots(addresses_at("https://example.org/news")) is None
