"""The real content of this repository, and what newsroom requirements ask of every page."""

import datetime as dt
import gzip
import html
import json
import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from sitegen.pipeline import Order, build
from tests.conftest import CONFIG, NOW, ROOT, THEME, Site
from tests.crawl import dead_links

SEED = (ROOT / "tests/data/faciliteringsteam-giver-tilfredse-kunder.da.txt").read_text("utf-8")
DA = "da/nyheder/2012/faciliteringsteam-giver-tilfredse-kunder/index.html"
EN = "en/news/2012/facilitation-team-earns-satisfied-customers/index.html"
EXAMPLE = "https://www.example.com"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML_LINK = "{http://www.w3.org/1999/xhtml}link"


class Pages:
    """A finished site and its pages, parsed when asked for."""

    def __init__(self, site: Site, base_url: str) -> None:
        self.site = site
        self.base_url = base_url
        self.paths = [path for path in site.files() if path.endswith(".html")]
        self._parsed: dict[str, LexborHTMLParser] = {}

    def __getitem__(self, path: str) -> LexborHTMLParser:
        if path not in self._parsed:
            self._parsed[path] = LexborHTMLParser(self.site.page(path))
        return self._parsed[path]

    def __iter__(self) -> Iterator[tuple[str, LexborHTMLParser]]:
        return ((path, self[path]) for path in self.paths)

    def address(self, path: str) -> str:
        return f"{self.base_url}/{path.removesuffix('index.html')}"

    def indexed(self) -> Iterator[tuple[str, LexborHTMLParser]]:
        return ((path, page) for path, page in self if "noindex" not in meta(page, "robots"))

    def articles(self) -> Iterator[tuple[str, LexborHTMLParser]]:
        return ((path, page) for path, page in self if page.css_first("main article"))


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    """Return the site of this repository."""
    site = Site(ROOT)
    site.output = tmp_path_factory.mktemp("real") / "output"
    order = Order(root=ROOT, output=site.output, theme=THEME, now=NOW, use_cache=False)
    site.outcome = build(order, lambda *_: None)
    site.findings = site.outcome.findings
    return Pages(site, EXAMPLE)


@pytest.fixture(scope="module")
def whole(golden: Site) -> Pages:
    """Return the golden site, in which every part occurs."""
    return Pages(golden, "https://avis.example.org")


@pytest.fixture(params=["real", "whole"])
def pages(request: pytest.FixtureRequest) -> Pages:
    """Return each of the two sites in turn."""
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Pages)
    return found


def one(page: LexborHTMLParser | LexborNode, selector: str) -> LexborNode:
    found = page.css(selector)

    assert len(found) == 1, (selector, [node.html for node in found])
    return found[0]


def text(node: LexborNode | None) -> str:
    """Return a node's words on one line, with plain spaces."""
    assert node is not None
    return " ".join(node.text().split())


def meta(page: LexborHTMLParser, name: str) -> str:
    found = page.css_first(f'meta[name="{name}"]') or page.css_first(f'meta[property="{name}"]')
    return (found.attributes["content"] or "") if found else ""


def link(page: LexborHTMLParser, rel: str) -> str:
    found = page.css_first(f'link[rel="{rel}"]')
    return (found.attributes["href"] or "") if found else ""


def hreflang(page: LexborHTMLParser) -> dict[str, str]:
    found = page.css('link[rel="alternate"][hreflang]')
    return {str(node.attributes["hreflang"]): str(node.attributes["href"]) for node in found}


def graph(page: LexborHTMLParser) -> dict[str, Any]:
    """Return the nodes of a page's structured data by type."""
    found = page.css('script[type="application/ld+json"]')
    return {node["@type"]: node for data in found for node in json.loads(data.text())["@graph"]}


# the seed


def test_the_real_site_is_sound_but_for_its_unknown_address_and_a_misprint(real: Pages) -> None:
    codes = [finding.code for finding in real.site.findings]
    assert codes == ["base-url-unknown", "name-misspelt"]
    assert dead_links(real.site.output, EXAMPLE) == []


def test_the_danish_article_holds_every_sentence_of_the_seed_in_order(real: Pages) -> None:
    """R2"""
    main = text(real[DA].css_first("main"))
    title, date, *paragraphs = SEED.strip().split("\n\n")
    sentences = [s for p in (title, *paragraphs) for s in re.split(r"(?<=[.!?”])\s+", p)]
    place = 0
    for sentence in sentences:
        found = main.find(sentence, place)

        assert found >= 0, sentence
        place = found + len(sentence)
    assert date in main
    assert len(sentences) > 25


def test_the_seed_keeps_its_paragraphs_headings_and_quotes(real: Pages) -> None:
    """R2, R7: running quotes stay as typed, in paragraphs."""
    body = one(real[DA], ".text")

    assert len(body.css("p")) == 10
    assert [text(node) for node in body.css("h2")] == [
        "Tillid er vigtigt",
        "Mange besøg hos kunder",
    ]
    assert body.text().count("”") == 10
    assert '"' not in body.text()
    assert real[DA].css("blockquote, q") == []


def test_line_milther_stands_once_in_the_danish_article_and_nowhere_else(real: Pages) -> None:
    name = re.compile(r"Line\sMilther(?!s)")
    found = {
        path: len(name.findall(content.decode("utf-8", "replace")))
        for path, content in real.site.files().items()
    }

    assert {path: count for path, count in found.items() if count} == {
        DA: 1,
        **{f"da/feed.{kind}": 1 for kind in ("atom", "json", "rss")},
        **{f"da/emner/kundesamarbejde/feed.{kind}": 1 for kind in ("atom", "json", "rss")},
    }
    assert len(name.findall(text(real[DA].css_first("main")))) == 1


def numbers(words: str) -> list[str]:
    return re.findall(r"\d+(?:[.,]\d+)*", words)


def test_the_english_article_is_made_like_the_danish(real: Pages) -> None:
    danish, english = one(real[DA], "article"), one(real[EN], "article")

    for selector in (".text p", ".text h2", ".rail aside", ".rail aside p", ".people p", ".lead"):
        assert len(danish.css(selector)) == len(english.css(selector)), selector
    said, told = danish.css(".text p"), english.css(".text p")
    for one_paragraph, other in zip(said, told, strict=True):
        assert one_paragraph.text().count("”") == len(re.findall("[“”]", other.text()))
        assert one_paragraph.text().count("Milther") == other.text().count("Milther")
        thousands = [number.replace(".", ",") for number in numbers(one_paragraph.text())]
        assert thousands == numbers(other.text())
    assert numbers(text(danish.css_first(".text"))) == ["88", "1.600"]
    assert numbers(text(english.css_first(".text"))) == ["88", "1,600"]


# nothing invented


FORMATS = {"Atom", "RSS", "JSON"}
TRANSLATED = {
    "Danish": "danske",
    "Danes": "danskere",
    "Denmark": "Danmark",
    "Ukrainians": "ukrainerne",
    "March": "marts",
    "Relationship": "Relationship",
}
"""English names, each with the word of the seed that it stands for."""
BLOCK = re.compile(
    r"</?(?:p|div|section|aside|article|header|footer|main|nav|h\d|ul|li|address|figure|table|tr"
    r"|th|td|blockquote|dl|dt|dd|title|body|html|head|time)\b[^>]*>"
)


def visible(page: str) -> list[str]:
    """Return what a page shows, block by block, and its title; addresses are left out."""
    page = re.sub(r"<(script|style)\b.*?</\1>", "", page, flags=re.S)
    page = re.sub(r"<[^>]+>", "", BLOCK.sub("\n", page))
    page = re.sub(r"https?://\S+", "", html.unescape(page)).replace("\u00a0", " ")
    return [line.strip() for line in page.split("\n") if line.strip()]


def names(line: str) -> set[str]:
    """Return the capitalised words that do not begin a sentence, a quotation or a part of a title.

    A sentence begins after . ! ? : or a dash, a slash or an opening mark.
    """
    inner = re.sub(r"(^|[.!?:–/|(”“]\s*)[”“(]*\w+", r"\1", line)
    return set(re.findall(r"\b[A-ZÆØÅ][\w’-]*", inner))


def counted(*languages: str) -> re.Pattern[str]:
    """Return what finds the numbers that the site works out itself: "3 minutters læsning"."""
    texts = [(THEME / f"wording/{language}.toml").read_text("utf-8") for language in languages]
    plurals = [plural for text in texts for plural in tomllib.loads(text)["plural"].values()]
    forms = [form for plural in plurals for form in plural.values()]
    return re.compile("|".join(re.escape(form).replace(r"\{n\}", r"\d+") for form in forms))


def test_every_name_and_number_is_known(real: Pages) -> None:
    """Names and numbers stand in the seed, in config.toml or in the wording, or are translations.

    A name is a capitalised word that does not begin a sentence; a number is a group of digits.
    Numbers that the site counts itself (stories, minutes) are its own, and so are its topics.
    """
    sources = [ROOT / "config.toml", ROOT / "content/topics.toml"]
    sources += [THEME / f"wording/{language}.toml" for language in ("da", "en")]
    known = "\n".join((SEED, *(path.read_text("utf-8") for path in sources)))
    words = set(re.findall(r"[\w’-]+", known)) | FORMATS | TRANSLATED.keys() | {"I"}
    figures = {number.replace(",", ".") for number in numbers(known)}
    own_numbers = counted("da", "en")
    people = tomllib.loads((ROOT / "content/people.toml").read_text("utf-8")).values()
    assert all(said in SEED for said in (*TRANSLATED.values(), *(p["name"] for p in people)))

    for path in real.paths:
        for said in visible(real.site.page(path)):
            line = own_numbers.sub("", said)
            unknown = {name.removesuffix("’s") for name in names(line)} - words
            assert not {name for name in unknown if name.removesuffix("s") not in words}, line
            assert {number.replace(",", ".") for number in numbers(line)} <= figures, line


def test_the_search_for_names_finds_them() -> None:
    assert names("Det siger Ib Lund, Odense. Hun – Og så Åse") == {"Ib", "Lund", "Odense", "Åse"}
    assert names("”Ja,” siger Ib") == {"Ib"}


def test_no_page_loads_anything_from_elsewhere(pages: Pages) -> None:
    """R64"""
    for path, page in pages:
        loaded = page.css("link[rel=stylesheet], link[rel=icon], link[rel=manifest], [src], object")
        for node in loaded:
            address = node.attributes.get("href") or node.attributes.get("src") or ""
            assert re.match(r"/(?!/)", address), (path, node.html)
        assert page.css("iframe, base, embed") == []
    for path, content in pages.site.files().items():
        if path.endswith(".css"):
            assert b"@import" not in content
            assert b"//" not in b"".join(re.findall(rb"url\([^)]*\)", content))


# 1. the newsroom


def order_of(page: LexborHTMLParser, *selectors: str) -> list[str]:
    """Return the selectors in the order in which their first elements stand."""
    root = page.root
    assert root is not None
    places = {node.mem_id: place for place, node in enumerate(root.traverse())}
    found = {s: places[node.mem_id] for s in selectors if (node := page.css_first(s))}
    return sorted(found, key=lambda selector: found[selector])


PARTS = [
    "article .topic", "article h1", "article .lead", "article .byline", "article .main-image",
    "article .text", "article .after", "article .share", ".more",
]  # fmt: skip


@pytest.mark.parametrize(
    "path",
    [
        "da/nyheder/2024/nyt-kontor-ved-aeroe-fjorden/index.html",
        "da/nyheder/2024/regnskab-med-en-rettelse/index.html",
    ],
)
def test_the_parts_of_an_article_stand_in_order(whole: Pages, path: str) -> None:
    """R1"""
    there = [part for part in PARTS if whole[path].css_first(part)]

    assert there == order_of(whole[path], *PARTS)
    assert len(there) >= 8
    after = [text(node.css_first("h2")) for node in whole[path].css("article .after > section")]
    wanted = [
        "Rettelse", "Pressekontakt", "Om Fjordens Software", "Til pressen", "Emner", "Del artiklen",
    ]  # fmt: skip
    assert after == [heading for heading in wanted if heading in after]


def test_descriptions_are_short_and_no_two_pages_share_one(pages: Pages) -> None:
    """R3"""
    found = Counter(meta(page, "description") for _, page in pages.indexed())

    assert [description for description, count in found.items() if count > 1] == []
    assert all(10 <= len(description) <= 160 for description in found), list(found)


def test_a_byline_names_its_people_with_title_and_page(whole: Pages) -> None:
    """R4"""
    byline = text(one(whole["da/nyheder/2024/nyt-kontor-ved-aeroe-fjorden/index.html"], ".byline"))

    assert byline.startswith("Af Ib Lund, Direktør Eva Skov, Praktikant")
    assert whole["da/personer/eva-skov/index.html"].css(
        'a[href="/da/nyheder/2024/nyt-kontor-ved-aeroe-fjorden/"]'
    )


def test_without_an_author_the_company_is_the_author(real: Pages) -> None:
    """R4"""
    assert text(one(real[DA], ".byline")).startswith("Af Conscensia Udgivet")


def test_dates_have_labels_and_machine_forms(whole: Pages) -> None:
    """R5"""
    byline = one(whole["en/news/2024/accounts-with-a-correction/index.html"], ".byline")

    assert "Published 15 April 2024 Updated 20 April 2024" in text(byline)
    assert [node.attributes["datetime"] for node in byline.css("time")] == [
        "2024-04-15T12:00:00+02:00",
        "2024-04-20T12:00:00+02:00",
    ]


def test_only_an_editor_makes_an_article_updated(real: Pages) -> None:
    """R5"""
    assert "Opdateret" not in text(one(real[DA], ".byline"))


def test_a_correction_is_shown_in_both_versions(whole: Pages) -> None:
    """R6"""
    for path, words in (
        ("da/nyheder/2024/regnskab-med-en-rettelse", "Rettelse 20. april 2024: Tallet var 12 mio."),
        ("en/news/2024/accounts-with-a-correction", "Correction 20 April 2024: The figure was 12"),
    ):
        assert words in text(one(whole[f"{path}/index.html"], "article"))


def test_quotes_facts_and_tables_have_their_elements(whole: Pages) -> None:
    """R7, R8, R9, R109"""
    article = one(whole["da/nyheder/2024/broen-kun-paa-dansk/index.html"], "article")
    quote = one(article, "blockquote + p")

    assert "Eva Skov" in text(quote)
    assert article.css("blockquote[cite], figure blockquote") == []
    assert text(one(article, "aside.pull")) == "Broen er for alle"
    assert text(one(article, "aside.fact h2")) == "Kort om broen"
    assert [node.attributes.get("scope") for node in article.css("th")] == ["col", "col"]


def test_a_press_release_has_its_contact_and_boilerplate(whole: Pages) -> None:
    """R11, R12"""
    own = one(whole["da/nyheder/2024/aftale-med-havnen-i-aaroesund/index.html"], ".after")
    of_config = one(whole["en/news/2024/accounts-with-a-correction/index.html"], ".after")

    assert "Ib Lund Direktør +45 11 22 33 44 ib@avis.example.org" in text(own)
    assert [node.attributes["href"] for node in own.css("address a")] == [
        "tel:+4511223344",
        "mailto:ib@avis.example.org",
    ]
    assert "Åse Kjær Head of press" in text(of_config)
    assert "About Fjordens Software Fjord Software makes programs" in text(of_config)
    press = one(whole["da/presse/index.html"], "main")
    assert "Åse Kjær Pressechef" in text(press)
    assert "Aftale med havnen i Årøsund" in text(press)


def test_the_press_is_never_sent_to_someone_who_has_left(site: Callable[[str], Site]) -> None:
    """R11: an old press release shows today's contact."""
    project = site(
        "-- content/people.toml --\n[eva]\nname = 'Eva Skov'\nphone = '112'\nleft = '2014-01'\n"
        "-- content/news/2012-03-15-x.da.md --\n---\ntitle: X\ntype: press\ncontact: eva\n---\nX.\n"
    )
    project.change("config.toml", f"{CONFIG}[contact]\nname = 'Åse Kjær'\n").build()

    after = project.page("da/nyheder/2012/x/index.html").split('class="after"')[1]
    assert "Åse Kjær" in after
    assert "Eva Skov" not in after


def test_a_list_item_has_a_date_a_topic_a_summary_and_one_link_to_its_article(
    pages: Pages,
) -> None:
    """R15"""
    for path in ("da/nyheder/index.html", "en/news/index.html"):
        items = pages[path].css(".stories > li")
        assert items
        dates = [str(one(item, "time").attributes["datetime"]) for item in items]
        assert dates == sorted(dates, reverse=True)
        for item in items:
            to_articles = [
                str(node.attributes["href"])
                for node in item.css("a")
                if re.search(r"/\d{4}/", str(node.attributes["href"]))
            ]
            assert len(to_articles) == 1
            assert len(item.css("a")) <= 2
            assert text(item.css_first(".summary"))
        assert "Læs mere" not in pages.site.page(path)


def test_the_pinned_story_leads_the_front_page(whole: Pages) -> None:
    """R16"""
    lead = one(whole["da/index.html"], ".top h2 a")

    assert lead.attributes["href"] == "/da/nyheder/2024/nyt-kontor-ved-aeroe-fjorden/"


def test_the_lead_story_of_the_front_page_has_its_picture(whole: Pages, real: Pages) -> None:
    """R150, R103: without words, as the headline stands beside it; no empty place without one."""
    picture = one(whole["da/index.html"], ".top .main-image")

    assert one(picture, "img").attributes["alt"] == ""
    assert text(picture) == "Foto: Eva Skov"
    assert not real["da/index.html"].css("main img")


def test_later_pages_of_a_list_say_so(whole: Pages) -> None:
    """R17"""
    page = whole["da/nyheder/side/2/index.html"]

    assert text(one(page, "title")) == "Nyheder – Side 2 af 2 – Fjordens Software"
    assert link(page, "canonical") == "https://avis.example.org/da/nyheder/side/2/"
    current = one(page, "nav.pages [aria-current=page]")
    assert (text(current), one(page, "nav.pages").attributes["aria-label"]) == ("2", "Sider")
    assert hreflang(page)["en"] == "https://avis.example.org/en/news/page/2/"


def test_the_archive_has_every_headline_of_a_language(whole: Pages) -> None:
    """R18"""
    page = whole["da/nyheder/arkiv/index.html"]
    public = [path for path, _ in whole.articles() if path.startswith("da/")]
    withdrawn = 1

    assert len(page.css("section.year li")) == len(public) - withdrawn
    assert text(one(page, ".opening")) == "Arkiv 5 overskrifter, ordnet efter år."


def test_a_topic_has_feeds_and_a_twin_in_the_other_language(whole: Pages) -> None:
    """R19, R81"""
    page = whole["da/emner/oekonomi/index.html"]

    assert hreflang(page)["en"] == "https://avis.example.org/en/topics/business/"
    types = {node.attributes["href"] for node in page.css('link[type="application/atom+xml"]')}
    assert types == {"/da/emner/oekonomi/feed.atom", "/da/feed.atom"}


def test_related_news_are_few_the_editors_choice_first_and_never_itself(whole: Pages) -> None:
    """R20"""
    path = "da/nyheder/2024/nyt-kontor-ved-aeroe-fjorden"
    links = [str(node.attributes["href"]) for node in whole[f"{path}/index.html"].css(".more h3 a")]

    assert links[0] == "/da/nyheder/2024/regnskab-med-en-rettelse/"
    assert len(links) <= 3
    assert f"/{path}/" not in links


def test_share_links_are_plain_and_encoded(real: Pages) -> None:
    """R21"""
    links = [str(node.attributes["href"]) for node in real[DA].css(".share a")]
    address = real.address(DA)

    assert all("https%3A%2F%2Fwww.example.com%2Fda%2Fnyheder%2F2012%2F" in each for each in links)
    assert text(one(real[DA], ".own-address")) == address


def test_the_fixed_pages_and_the_footer_are_there_in_both_languages(real: Pages) -> None:
    """R28"""
    for language, slugs in {
        "da": ("om-conscensia", "privatliv", "tilgaengelighed", "presse", "soeg"),
        "en": ("about-conscensia", "privacy", "accessibility", "press", "search"),
    }.items():
        assert {f"{language}/{slug}/index.html" for slug in slugs} <= set(real.paths)
        links = [node.attributes["href"] for node in real[f"{language}/index.html"].css("footer a")]
        assert {f"/{language}/{slug}/" for slug in slugs[:3]} <= set(links)


def test_the_footer_has_all_that_is_known_of_the_company(whole: Pages) -> None:
    """R28"""
    for _, page in whole:
        footer = text(one(page, "footer.foot"))
        for part in ("Fjordens Software", "Havnegade 1", "post@avis.example.org", "12345678"):
            assert part in footer


# 2. two languages


ADDRESS = re.compile(
    r"index\.html|404\.html|(da|en)/(index\.html|404\.html|([a-z0-9]+(-[a-z0-9]+)*/)+index\.html)"
)


def test_addresses_are_prefixed_lower_case_and_end_in_a_slash(pages: Pages) -> None:
    """R29; aliases are what they were."""
    for path, page in pages:
        if not page.css('meta[http-equiv="refresh"]'):
            assert ADDRESS.fullmatch(path), path


def test_each_page_says_its_language_in_its_shortest_form(pages: Pages) -> None:
    """R31"""
    for path, page in pages:
        expected = {"en": "en"}.get(path.split("/")[0], "da")
        assert one(page, "html").attributes["lang"] == expected
        assert page.css('meta[http-equiv="content-language"]') == []


def test_hreflang_is_mutual_whole_and_between_real_translations(pages: Pages) -> None:
    """R32, R33"""
    sets = {pages.address(path): hreflang(page) for path, page in pages}
    by_address = {pages.address(path): page for path, page in pages}
    assert any(sets.values())
    for address, found in sets.items():
        if found:
            assert set(found) == {"da", "en", "x-default"}
            assert address in found.values()
            for language, other in found.items():
                assert sets[other] == found
                assert "noindex" not in meta(by_address[other], "robots")
                if language != "x-default" and found["x-default"] != f"{pages.base_url}/":
                    assert one(by_address[other], "html").attributes["lang"] == language


def test_x_default_is_english_for_pages_and_the_gateway_for_the_front_pages(real: Pages) -> None:
    """R33"""
    assert hreflang(real[DA])["x-default"] == real.address(EN)
    assert hreflang(real["da/index.html"])["x-default"] == f"{EXAMPLE}/"


def test_an_article_in_one_language_has_no_hreflang(whole: Pages) -> None:
    """R32"""
    assert hreflang(whole["da/nyheder/2024/broen-kun-paa-dansk/index.html"]) == {}


def test_each_page_names_itself_as_canonical(pages: Pages) -> None:
    """R34"""
    for path, page in pages.indexed():
        assert link(page, "canonical") == pages.address(path)


def test_the_gateway_offers_each_language_in_its_own_words(real: Pages) -> None:
    """R35"""
    page = real["index.html"]
    sections = page.css("main section[lang]")

    assert [(node.attributes["lang"], text(node.css_first("h2"))) for node in sections] == [
        ("da", "Dansk"),
        ("en", "English"),
    ]
    assert "Faciliteringsteam giver tilfredse kunder" in text(sections[0])
    assert "Facilitation team earns satisfied customers" in text(sections[1])
    assert page.css('script:not([type="application/ld+json"]), meta[http-equiv=refresh]') == []


def test_the_switcher_shows_every_language_on_every_page(pages: Pages) -> None:
    """R36, R37"""
    for path, page in pages:
        items = page.css("nav.languages li > *")
        assert [text(item) for item in items] == ["Dansk", "English"], path
        assert page.css("nav.languages select, nav.languages img") == []
        language = one(page, "html").attributes["lang"]
        for item in items:
            attributes = item.attributes
            if item.tag == "span":
                assert (attributes["lang"], attributes["aria-current"]) == (language, "true")
                continue
            assert attributes["rel"] == "alternate"
            assert attributes["lang"] == attributes["hreflang"]
            assert attributes["href"] != "/"
            target = f"{str(attributes['href']).removeprefix('/')}index.html"
            assert one(pages[target], "html").attributes["lang"] == attributes["lang"]


def test_the_switcher_leads_to_the_same_page(real: Pages) -> None:
    """R37"""
    for path, other in ((DA, EN), ("da/presse/index.html", "en/press/index.html")):
        switch = one(real[path], "nav.languages a")
        assert switch.attributes["href"] == f"/{other.removesuffix('index.html')}"
        assert "aria-describedby" not in switch.attributes


def phrases(language: str) -> set[str]:
    """Return the wordings of a language that are long enough to know it by."""
    wording = tomllib.loads((THEME / f"wording/{language}.toml").read_text("utf-8"))["text"]
    return {said for said in wording.values() if len(said) > 7 and "{" not in said}


def test_no_page_speaks_the_other_language_outside_marked_parts(pages: Pages) -> None:
    """R41, R101"""
    both = phrases("da") & phrases("en")
    for path in pages.paths:
        page = LexborHTMLParser(pages.site.page(path))
        language = str(one(page, "html").attributes["lang"])
        for node in page.css(f'body [lang]:not([lang="{language}"])'):
            node.decompose()
        said = text(page.body)
        spoken = [node.attributes["aria-label"] or "" for node in page.css("[aria-label]")]
        other = phrases("en" if language == "da" else "da") - both
        assert not {each for each in other if each in said or each in spoken}, path


def test_every_wording_used_by_a_template_exists_and_every_wording_is_used() -> None:
    """R62"""
    templates = "".join(p.read_text("utf-8") for p in THEME.rglob("*") if p.suffix == ".html")
    used = set(re.findall(r"\bt\.(\w+)", templates))
    for language in ("da", "en"):
        wording = tomllib.loads((THEME / f"wording/{language}.toml").read_text("utf-8"))
        assert used <= wording["text"].keys()


def test_foreign_phrases_keep_their_language(whole: Pages) -> None:
    """R42, R101"""
    page = whole["en/news/2024/new-office-by-the-fjord/index.html"]

    assert [text(node) for node in page.css('.text [lang="da"]')] == ["broen"]


def test_a_link_to_another_language_says_so_itself(pages: Pages) -> None:
    """R101"""
    for path, page in pages:
        language = one(page, "html").attributes["lang"]
        for node in page.css("a[hreflang]"):
            assert node.attributes["lang"] == node.attributes["hreflang"], path
        for node in page.css("main a"):
            href = str(node.attributes["href"])
            other = re.match(r"/(da|en)/", href)
            if other and other[1] != language and path not in {"index.html", "404.html"}:
                assert node.attributes.get("hreflang") == other[1], (path, node.html)


def test_the_sitemap_repeats_what_the_pages_say(pages: Pages) -> None:
    """R43, R82, R68"""
    sitemap = ET.fromstring(pages.site.page("sitemap.xml"))
    listed = {
        url.findtext(f"{SITEMAP}loc"): {
            each.get("hreflang"): each.get("href") for each in url.iter(XHTML_LINK)
        }
        for url in sitemap
    }
    told = {
        pages.address(path): hreflang(page)
        for path, page in pages.indexed()
        if not page.css('meta[http-equiv="refresh"]')
    }

    assert listed == told
    assert {element.tag.rpartition("}")[2] for element in sitemap.iter()} == {
        "urlset", "url", "loc", "lastmod", "link",
    }  # fmt: skip


def test_the_error_page_speaks_both_languages_and_leads_on(real: Pages) -> None:
    """R45"""
    page = real["404.html"]

    assert [node.attributes["lang"] for node in page.css("main section")] == ["da", "en"]
    assert meta(page, "robots") == "noindex"
    for language, places in {
        "da": ["/da/", "/da/soeg/", "/da/nyheder/arkiv/"],
        "en": ["/en/", "/en/search/", "/en/news/archive/"],
    }.items():
        for selector in (f'main section[lang="{language}"] a',):
            assert [node.attributes["href"] for node in page.css(selector)] == places
        assert len(real[f"{language}/404.html"].css("main section")) == 1


def test_translations_are_told_to_networks_and_machines(real: Pages) -> None:
    """R46"""
    page = real[DA]

    assert meta(page, "og:locale") == "da_DK"
    assert meta(page, "og:locale:alternate") == "en_GB"
    article = graph(page)["NewsArticle"]
    assert article["inLanguage"] == "da"
    assert article["workTranslation"] == [{"@id": f"{real.address(EN)}#article"}]
    assert graph(real[EN])["NewsArticle"]["translationOfWork"] == {
        "@id": f"{real.address(DA)}#article"
    }


# 3. Danish


def test_dates_are_written_as_each_language_does(real: Pages) -> None:
    """R49, R50, R57"""
    for path, shown in ((DA, "15.\u00a0marts\u00a02012"), (EN, "15\u00a0March\u00a02012")):
        time = one(real[path], ".byline time")
        assert time.text() == shown
        assert time.attributes["datetime"] == "2012-03-15T12:00:00+01:00"


def test_slugs_spell_danish_letters(whole: Pages) -> None:
    """R51"""
    assert "da/nyheder/2024/nyt-kontor-ved-aeroe-fjorden/index.html" in whole.paths
    assert "en/news/2024/agreement-with-the-harbour-of-aaroesund/index.html" in whole.paths


def test_straight_quotes_become_the_languages_own(whole: Pages) -> None:
    """R54: in the text and in the headline."""
    danish = whole["da/nyheder/2024/nyt-kontor-ved-aeroe-fjorden/index.html"]
    english = whole["en/news/2024/new-office-by-the-fjord/index.html"]

    assert "”tre” mødelokaler" in text(one(danish, ".text"))
    assert text(one(danish, "h1")) == "Nyt kontor ved Ærø & ”Fjorden”"
    assert "“three” meeting rooms" in text(one(english, ".text"))
    assert text(one(english, "h1")) == "New office by “the fjord”"


def test_the_style_sets_quotes_by_language(real: Pages) -> None:
    """R55, R58"""
    style = real.site.page(link(real[DA], "stylesheet")[1:])

    for rule in ("q:lang(da)", "q:lang(en)", "overflow-wrap: break-word", "color-scheme"):
        assert rule in style


LOOSE = re.compile(r"\d (?:procent|per cent|pct\.|%|km|kr\.|mio\.|mia\.|m\b)|\bkl\. \d|mio\. kr")


def test_numbers_stay_with_their_units_and_dates_in_one_piece(pages: Pages) -> None:
    """R57"""
    month = re.compile(r"\d\.? (?:januar|februar|marts|april|juni|juli|May|April|March|June)\b")
    for path, page in pages:
        shown = page.body.text() if page.body else ""
        assert not LOOSE.search(shown), (path, LOOSE.search(shown))
        assert not month.search(shown), (path, month.search(shown))
    kept = pages.site.page("da/index.html")
    assert re.search("\\d\u00a0(procent|km)", kept)


def test_titles_and_metadata_have_plain_spaces(pages: Pages) -> None:
    """R57, R58"""
    for path, page in pages:
        said = [
            text(one(page, "title")),
            *(str(n.attributes["content"]) for n in page.css("meta[content]")),
        ]
        assert not [each for each in said if re.search("[\u00a0\u202f\u00ad]", each)], path
        for data in page.css('script[type="application/ld+json"]'):
            assert not re.search("[\u00a0\u202f\u00ad]", data.text())


def test_no_number_of_an_article_is_rewritten(real: Pages) -> None:
    """R56"""
    assert "1.600\u00a0km" in (one(real[DA], ".text").text())
    assert "1,600\u00a0km" in (one(real[EN], ".text").text())
    assert "88\u00a0%" in one(real[DA], ".fact").text()
    assert "88%" in one(real[EN], ".fact").text()


# 4. metadata, feeds, machines


def test_titles_are_unique_and_end_in_the_name_of_the_site(pages: Pages) -> None:
    """R67"""
    found = Counter(
        (one(page, "html").attributes["lang"], text(one(page, "title")))
        for _, page in pages.indexed()
    )

    assert [title for title, count in found.items() if count > 1] == []
    assert text(one(pages["da/nyheder/index.html"], "title")).startswith("Nyheder – ")


def test_only_search_error_pages_and_what_is_gone_are_not_indexed(pages: Pages) -> None:
    """R68"""
    for path, page in pages:
        hidden = re.search(r"404\.html|/soeg/|/search/|udloebet|^nyt-kontor|kontor\.html", path)
        expected = "noindex" if hidden else "max-image-preview:large"
        assert meta(page, "robots") == expected, path


def test_structured_data_equals_the_page(pages: Pages) -> None:
    """R69, R72, R34, R70"""
    for path, page in pages.articles():
        data = graph(page)
        article, trail = data["NewsArticle"], data["BreadcrumbList"]["itemListElement"]
        times = [str(node.attributes["datetime"]) for node in page.css(".byline time")]
        assert article["headline"] == text(one(page, "h1"))
        assert article["description"] == meta(page, "description") == meta(page, "og:description")
        assert article["datePublished"] == meta(page, "article:published_time") == times[0]
        assert article["dateModified"] == meta(page, "article:modified_time")
        if "withdrawn" not in path and "tilbagetrukne" not in path:
            assert article["dateModified"] == times[-1]
        assert article["mainEntityOfPage"] == link(page, "canonical") == pages.address(path)
        assert article["inLanguage"] == one(page, "html").attributes["lang"]
        assert article["publisher"]["@id"] == data["Organization"]["@id"]
        assert [each["position"] for each in trail] == [*range(1, len(trail) + 1)]
        assert trail[-1]["name"] == article["headline"]
        shown = text(one(page, ".byline"))
        assert all(author["name"] in shown for author in article["author"])
        assert "<" not in one(page, 'script[type="application/ld+json"]').text()


def test_open_graph_is_whole(pages: Pages) -> None:
    """R73, R74"""
    articles = {path for path, _ in pages.articles()}
    for path, page in pages.indexed():
        assert meta(page, "og:type") == ("article" if path in articles else "website")
        assert meta(page, "og:url") == link(page, "canonical")
        for name in ("og:title", "og:site_name", "og:image", "og:image:width", "og:image:height"):
            assert meta(page, name), (path, name)
        assert meta(page, "og:image").startswith(f"{pages.base_url}/")
        assert meta(page, "twitter:card") == "summary_large_image"


def entries_of(pages: Pages, folder: str) -> Iterator[list[tuple[str, ...]]]:
    """Yield what each of the three feeds tells of its entries: id, address, title, moment."""
    atom = ET.fromstring(pages.site.page(f"{folder}/feed.atom"))
    yield [
        (
            entry.findtext("{*}id", ""),
            entry.find("{*}link").get("href", ""),  # type: ignore[union-attr]
            entry.findtext("{*}title", ""),
            entry.findtext("{*}published", ""),
        )
        for entry in atom.iter("{http://www.w3.org/2005/Atom}entry")
    ]
    rss = ET.fromstring(pages.site.page(f"{folder}/feed.rss"))
    yield [
        (
            item.findtext("guid", ""),
            item.findtext("link", ""),
            html.unescape(item.findtext("title", "")),
            parsedate_to_datetime(item.findtext("pubDate", "")).isoformat(),
        )
        for item in rss.iter("item")
    ]
    yield [
        (item["id"], item["url"], item["title"], item["date_published"])
        for item in json.loads(pages.site.page(f"{folder}/feed.json"))["items"]
    ]


@pytest.mark.parametrize("folder", ["da", "en"])
def test_the_three_feeds_agree_and_tell_what_the_pages_tell(pages: Pages, folder: str) -> None:
    """R44, R72, R76, R77, R78, R80"""
    atom, rss, feed = entries_of(pages, folder)

    assert atom == rss == feed
    assert atom
    for id_, url, title, published in atom:
        page = pages[f"{url.removeprefix(f'{pages.base_url}/')}index.html"]
        assert id_.startswith(f"tag:{pages.base_url.removeprefix('https://')},20")
        assert title == text(one(page, "h1"))
        assert published == page.css(".byline time")[0].attributes["datetime"]
        assert one(page, "html").attributes["lang"] == folder


def test_feeds_hold_the_whole_text_without_styles(real: Pages) -> None:
    """R80"""
    item = json.loads(real.site.page("da/feed.json"))["items"][0]

    assert text(LexborHTMLParser(item["content_html"]).body).count("Line Milthers") == 6
    assert not re.search(r"class=|style=|<script", item["content_html"])


def test_feeds_name_themselves_and_their_language(real: Pages) -> None:
    """R44, R76, R77, R78"""
    atom = ET.fromstring(real.site.page("en/feed.atom"))
    rss = ET.fromstring(real.site.page("en/feed.rss"))
    feed = json.loads(real.site.page("en/feed.json"))

    assert atom.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"
    assert rss.findtext("channel/language") == feed["language"] == "en"
    own = {each.get("rel"): each.get("href") for each in atom.findall("{*}link")}
    assert own["self"] == f"{EXAMPLE}/en/feed.atom"
    assert feed["feed_url"] == f"{EXAMPLE}/en/feed.json"
    assert feed["version"] == "https://jsonfeed.org/version/1.1"


def test_every_page_announces_the_feeds_of_its_language(pages: Pages) -> None:
    """R81"""
    for path, page in pages:
        language = one(page, "html").attributes["lang"]
        feeds = {node.attributes["href"] for node in page.css('link[rel="alternate"][type]')}
        assert {f"/{language}/feed.{kind}" for kind in ("atom", "rss", "json")} <= feeds, path


def test_feed_ids_survive_a_new_headline_and_a_new_domain(golden: Site, tmp_path: Path) -> None:
    """R79"""
    other = Site(golden.root)
    other.output = tmp_path / "output"
    config = (golden.root / "config.toml").read_text("utf-8")
    other.root = tmp_path / "project"
    for path in golden.root.rglob("*"):
        inside = path.relative_to(golden.root)
        if path.is_file() and inside.parts[0] in {"content", "config.toml"}:
            content = path.read_bytes().replace(b"title: Aftale", b"title: Ny aftale")
            other.change(inside.as_posix(), content)
    other.change("config.toml", f'id_authority = "avis.example.org"\n{config}')
    other.build(base_url="https://new.example.net")

    def ids(site: Site) -> list[str]:
        return [item["id"] for item in json.loads(site.page("da/feed.json"))["items"]]

    assert other.lines == []
    assert ids(golden) == ids(other)
    assert "Ny aftale" in other.page("da/feed.json")


def test_robots_txt_allows_all_and_names_the_sitemap(real: Pages) -> None:
    """R84"""
    assert real.site.page("robots.txt") == (
        f"User-agent: *\nDisallow:\n\nSitemap: {EXAMPLE}/sitemap.xml\n"
    )


def test_the_sitemap_knows_when_articles_changed(whole: Pages) -> None:
    """R72, R82"""
    sitemap = ET.fromstring(whole.site.page("sitemap.xml"))
    changed = {u.findtext(f"{SITEMAP}loc"): u.findtext(f"{SITEMAP}lastmod") for u in sitemap}
    address = "https://avis.example.org/en/news/2024/accounts-with-a-correction/"

    assert changed[address] == "2024-04-20T12:00:00+02:00"


def test_what_nobody_wants_is_not_there(pages: Pages) -> None:
    """R88"""
    for _, page in pages:
        assert page.css("html[amp], meta[name=keywords], [itemscope], [itemprop]") == []


# 5. accessibility


def test_pages_have_landmarks_with_names(pages: Pages) -> None:
    """R91"""
    for path, page in pages:
        for selector in ("body > header", "body > main", "body > footer", "h1"):
            one(page, selector)
        navs = page.css("nav")
        labels = [node.attributes.get("aria-label") for node in navs]
        labels += [node.attributes.get("aria-labelledby") for node in navs]
        named = [label for label in labels if label]
        assert len(named) == len(set(named)) == len(navs), path
        assert page.body is not None
        outside = [node.tag for node in page.body.iter() if str(node.tag)[0] != "-"]
        assert outside == ["a", "header", "main", "footer"]


def test_headings_skip_no_level(pages: Pages) -> None:
    """R93"""
    for path, page in pages:
        levels = [int(str(node.tag)[1]) for node in one(page, "main").css("h1, h2, h3, h4, h5, h6")]
        assert levels[0] == 1, path
        assert all(after - before <= 1 for before, after in pairwise(levels))


def test_the_first_link_leads_to_the_content(pages: Pages) -> None:
    """R92"""
    for _, page in pages:
        first = page.css("body a")[0]
        assert first.attributes["href"] == "#content"
        assert one(page, "main").id == "content"


def test_links_make_sense_alone(pages: Pages) -> None:
    """R102: no two equal texts lead to different places."""
    for path, page in pages:
        targets: dict[str, set[str]] = {}
        for node in page.css("main a"):
            spoken = node.attributes.get("aria-label") or text(node)
            targets.setdefault(spoken, set()).add(str(node.attributes["href"]))
        assert {said: where for said, where in targets.items() if len(where) > 1} == {}, path
        assert "" not in targets, path


def test_pictures_have_sizes_and_words(whole: Pages) -> None:
    """R10, R119, R120"""
    for _, page in whole:
        for image in page.css("img"):
            assert {"alt", "width", "height"} <= image.attributes.keys()
    article = whole["da/nyheder/2024/nyt-kontor-ved-aeroe-fjorden/index.html"]
    main = one(article, ".main-image img").attributes
    assert (main["width"], main["height"], main["fetchpriority"]) == ("1200", "800", "high")
    assert "Holdet foran kontoret. Foto: Eva Skov" in text(one(article, ".main-image"))


class Balance(HTMLParser):
    """Finds tags that are not closed, closed twice or crossed, and ids that stand twice."""

    VOID = frozenset({"meta", "link", "img", "br", "hr", "input", "source", "track", "wbr", "col"})

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []
        self.ids: Counter[str | None] = Counter()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if len({name for name, _ in attrs}) != len(attrs):
            self.faults.append(f"<{tag}> has an attribute twice")
        self.ids.update(value for name, value in attrs if name == "id")
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> at {self.getpos()}")


def test_every_tag_is_closed_and_every_id_stands_once(pages: Pages) -> None:
    """R90, as far as parsing tells; every reference of ARIA has its target."""
    for path, page in pages:
        balance = Balance(pages.site.page(path))
        assert (balance.open, balance.faults) == ([], []), path
        assert [key for key, count in balance.ids.items() if count > 1] == [], path
        for name in ("aria-labelledby", "aria-describedby"):
            for node in page.css(f"[{name}]"):
                assert set(str(node.attributes[name]).split()) <= balance.ids.keys(), path


def test_no_page_holds_a_void_template_expression(pages: Pages) -> None:
    for path in pages.paths:
        shown = "\n".join(visible(pages.site.page(path)))
        assert not re.search(r"\{\{|\}\}|\{%|\bNone\b|Undefined|\ue000", shown), path


# 6. speed


def compressed(content: bytes) -> int:
    return len(gzip.compress(content, 6, mtime=0))


def test_pages_are_light(real: Pages) -> None:
    """R112, R114: 8 KB for an article with its style, 4 KB of that for the style at most."""
    style = real.site.files()[link(real[DA], "stylesheet")[1:]]
    for path in (DA, EN):
        assert compressed(real.site.page(path).encode()) + compressed(style) <= 8 * 1024
    assert compressed(style) <= 4 * 1024


def test_a_list_of_twenty_is_light(real: Pages, tmp_path: Path) -> None:
    """R112: 14 KB"""
    site = Site(tmp_path / "project").write("")
    lead = "En af de vigtige opgaver er at opbygge den tillid mellem kunden og medarbejderne. " * 3
    for number in range(20):
        path = f"content/news/2024-01-{number + 1:02}-x.da.md"
        site.change(path, f"---\ntitle: Overskrift nummer {number}\nsummary: {lead}\n---\nx\n")
    page = site.build().page("da/nyheder/index.html")

    assert page.count('<p class="summary">') == 20
    style = real.site.files()[link(real[DA], "stylesheet")[1:]]
    assert compressed(page.encode()) + compressed(style) <= 14 * 1024


def test_there_is_no_script(pages: Pages) -> None:
    """R113, R133: none but structured data, and a file on the search page; no style anywhere."""
    for path, page in pages:
        scripts = page.css('script:not([type="application/ld+json"])')
        is_search = path.endswith(("/soeg/index.html", "/search/index.html"))
        assert len(scripts) == is_search, path
        assert all(script.attributes.get("src") and not script.text() for script in scripts)
        assert page.css("style, [style]") == [], path
        attributes = {name for node in page.css("*") for name in node.attributes}
        assert not {name for name in attributes if name.startswith("on")}


def test_a_page_has_one_style_with_a_hash_in_its_name(pages: Pages) -> None:
    """R115, R123"""
    for _, page in pages:
        styles = page.css("link[rel=stylesheet]")
        assert len(styles) == 1
        assert re.fullmatch(r"/assets/site\.[0-9a-f]{8}\.css", str(styles[0].attributes["href"]))


def test_pages_hold_no_moment_of_their_making(golden: Site, tmp_path: Path) -> None:
    """R128: built a day later, while nothing opens or closes, the bytes are the same."""
    later = Site(golden.root)
    later.output = tmp_path / "output"
    later.build(now=NOW + dt.timedelta(days=1))

    assert golden.files() == later.files()
