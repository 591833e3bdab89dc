"""Feeds: one model, three forms that agree (newsroom R76–R80)."""

import datetime as dt
import json
from collections.abc import Callable, Mapping
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jinja2
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.addresses import Addresses
from sitegen.feeds import Feed, feed_files, feed_of, sound
from sitegen.findings import Findings
from sitegen.model.content import Card, Correction, Credit, FrontMatter, Source, When, Withdrawal
from sitegen.model.pages import Entry
from sitegen.model.stories import Article, Person, Registry, Story, Topic
from sitegen.settings import Build, Company, Config, Language
from sitegen.wording import read_wording

TEMPLATES = Path(__file__).parents[1] / "templates"
SITE = "https://news.example.org"
ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
MARCH = When(day=dt.date(2012, 3, 15))
APRIL = When(day=dt.date(2012, 4, 2))
CUSTOMERS = Topic(id="customers", name={"da": "Kunder & co.", "en": "Clients & co."})
REGISTRY = Registry(
    people={"line": Person(id="line", name="Line Milthers", email="line@example.org")},
    topics={"customers": CUSTOMERS},
)


def addresses_at(base_url: str = SITE, **keys: Any) -> Addresses:
    def language(label: str, locale: str, section: str) -> Language:
        return Language(
            label=label,
            locale=locale,
            title="Conscensia",
            description=f"{label}: nyheder & mere.",
            section=section,
        )

    values: dict[str, Any] = {
        "base_url": base_url,
        "title": "Conscensia",
        "default_language": "da",
        "id_authority": "example.org",
        "languages": {
            "da": language("Dansk", "da_DK", "nyheder"),
            "en": language("English", "en_GB", "news"),
        },
        "company": Company(name="Conscensia A/S", url="https://conscensia.example"),
    }
    config = Config(**{**values, **keys})
    texts = {
        f"wording/{name}.toml": (TEMPLATES / f"wording/{name}.toml").read_text("utf-8")
        for name in config.languages
    }
    wordings = read_wording(config, texts, {name: name for name in texts}, Findings())
    return Addresses(config=config, wordings=wordings)


ADDRESSES = addresses_at()


def an_article(language: str = "da", slug: str = "kunder", **front: Any) -> Article:
    values = {"title": "Tilfredse kunder", **front}
    path = f"content/news/{slug}.{language}.md"
    source = Source(path=path, kind="news", story="x", language=language)
    card = Card(source=source, front=FrontMatter(**values), lines={}, body="", excerpt="Uddrag.")
    return Article(card=card, slug=slug)


def an_entry(*articles: Article, language: str = "da", **keys: Any) -> Entry:
    """Return the entry of a story in a language; keys of a Story may be given."""
    told = articles or (an_article(language),)
    values = {"key": "news/x", "kind": "news", "date": MARCH, "articles": told, **keys}
    story = Story(**values)
    article = next(each for each in told if each.language == language)
    address = ADDRESSES.article(language, 2012, article.slug)
    return Entry(story=story, article=article, address=address)


def a_feed(
    *entries: Entry,
    topic: Topic | None = None,
    body: str = "<p>Tekst.</p>",
    shown: Mapping[str, str] | None = None,
    addresses: Addresses = ADDRESSES,
) -> Feed:
    return feed_of("da", topic, entries, lambda _: body, shown or {}, addresses, REGISTRY)


ENVIRONMENT = jinja2.Environment(
    loader=jinja2.FileSystemLoader(TEMPLATES),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def render(template: str, feed: msgspec.Struct) -> str:
    values = {field: getattr(feed, field) for field in feed.__struct_fields__}
    return ENVIRONMENT.get_template(template).render(values)


def files(feed: Feed) -> tuple[str, str, str]:
    atom, rss, as_json = (file.content.decode() for file in feed_files(feed, render))
    return atom, rss, as_json


def atom_of(feed: Feed) -> ElementTree.Element:
    return ElementTree.fromstring(files(feed)[0])


def channel_of(feed: Feed) -> ElementTree.Element:
    channel = ElementTree.fromstring(files(feed)[1]).find("channel")
    assert channel is not None
    return channel


def json_of(feed: Feed) -> dict[str, Any]:
    parsed: dict[str, Any] = json.loads(files(feed)[2])
    return parsed


def texts(element: ElementTree.Element, path: str) -> list[str]:
    return [found.text or "" for found in element.findall(path)]


# the model


def test_a_feed_holds_the_newest_articles_only_r80() -> None:
    entries = [an_entry(an_article(slug=f"nr-{number}"), key=f"news/{number}") for number in "123"]

    feed = a_feed(*entries, addresses=addresses_at(build=Build(feed_size=2)))

    assert [entry.url for entry in feed.entries] == [
        f"{SITE}/da/nyheder/2012/nr-1/",
        f"{SITE}/da/nyheder/2012/nr-2/",
    ]


def test_only_articles_that_stand_in_the_feed_are_opened() -> None:
    opened = []

    def content_of(entry: Entry) -> str:
        opened.append(entry.article.slug)
        return ""

    entries = [an_entry(an_article(slug=slug)) for slug in ("a", "b", "c")]
    feed_of("da", None, entries, content_of, {}, addresses_at(build=Build(feed_size=1)), REGISTRY)

    assert opened == ["a"]


def test_a_topics_feed_holds_its_own_articles_r19() -> None:
    about, other = an_entry(tags=("customers",)), an_entry(an_article(slug="andet"))

    feed = a_feed(other, about, topic=CUSTOMERS)

    assert [entry.url for entry in feed.entries] == [f"{SITE}/da/nyheder/2012/kunder/"]
    assert feed.title == "Conscensia: Kunder & co."
    assert feed.home == f"{SITE}/da/emner/kunder-co/"
    assert feed.atom.url == f"{SITE}/da/emner/kunder-co/feed.atom"
    assert feed.atom.path == "da/emner/kunder-co/feed.atom"


def test_ids_outlive_headline_slug_and_domain_r79() -> None:
    before = a_feed(an_entry())
    renamed = an_entry(an_article(slug="andet", title="Andet"))
    after = a_feed(renamed, addresses=addresses_at("https://elsewhere.example/news"))

    assert before.entries[0].id == "tag:example.org,2012:news/x/da"
    assert after.entries[0].id == before.entries[0].id
    assert after.entries[0].url != before.entries[0].url
    assert after.id == before.id


def test_no_two_feeds_have_the_same_id() -> None:
    feeds = [
        feed_of(language, topic, [], lambda _: "", {}, ADDRESSES, REGISTRY)
        for language in ("da", "en")
        for topic in (None, CUSTOMERS)
    ]

    assert len({feed.id for feed in feeds}) == 4


def test_a_feed_is_as_new_as_the_latest_change_in_it_r76() -> None:
    corrected = an_article(slug="b", corrections=(Correction(date=APRIL, text="Rettet."),))
    newer = an_entry(an_article(slug="a"), date=When(day=dt.date(2012, 3, 20)))

    feed = a_feed(newer, an_entry(corrected))

    assert feed.updated == "2012-04-02T12:00:00+02:00"
    assert feed.updated_rfc822 == "Mon, 02 Apr 2012 12:00:00 +0200"
    assert [entry.updated for entry in feed.entries] == [
        "2012-03-20T12:00:00+01:00",
        "2012-04-02T12:00:00+02:00",
    ]


def test_an_empty_feed_is_sound_and_always_the_same() -> None:
    feed = a_feed()

    assert atom_of(feed).findtext(f"{ATOM}updated") == "1970-01-01T00:00:00Z"
    assert channel_of(feed).find("lastBuildDate") is None
    assert json_of(feed)["items"] == []


def test_titles_are_plain_r57_r58() -> None:
    entry = an_entry(an_article(title="88\u00a0procent til\u00adfredse"))

    assert a_feed(entry).entries[0].title == "88 procent tilfredse"


def test_a_summary_is_the_lead_or_else_the_first_paragraph() -> None:
    assert a_feed(an_entry(an_article(summary="Lead."))).entries[0].summary == "Lead."
    assert a_feed(an_entry()).entries[0].summary == "Uddrag."


def test_the_content_is_the_whole_article_with_lead_and_corrections_r6_r80() -> None:
    correction = Correction(date=APRIL, text="88 & <b>ikke</b> 98.")
    article = an_article(summary="Lead <i>tekst</i>.", corrections=(correction,))

    content = a_feed(an_entry(article)).entries[0].content.replace("&nbsp;", " ")

    assert content == (
        "<p><strong>Lead &lt;i&gt;tekst&lt;/i&gt;.</strong></p>\n"
        "<p>Tekst.</p>\n"
        "<p><strong>Rettelse</strong> 2. april 2012: 88 &amp; &lt;b&gt;ikke&lt;/b&gt; 98.</p>"
    )


def test_the_company_is_the_author_when_nobody_is_named_r4() -> None:
    named = a_feed(an_entry(authors=(Credit(id="line"), Credit(id="nobody")))).entries[0]
    unnamed = a_feed(an_entry()).entries[0]

    assert [(author.name, author.url) for author in named.authors] == [
        ("Line Milthers", f"{SITE}/da/personer/line/")
    ]
    assert [author.name for author in unnamed.authors] == ["Conscensia A/S"]


def test_entries_point_to_translations_that_readers_can_see_r44() -> None:
    english = an_article("en", "clients")
    entry = an_entry(an_article(), english)
    shown = {english.path: "/en/news/2012/clients/"}

    translations = a_feed(entry, shown=shown).entries[0].translations

    assert [(each.language, each.url) for each in translations] == [
        ("en", f"{SITE}/en/news/2012/clients/")
    ]
    assert a_feed(entry).entries[0].translations == ()


def test_a_withdrawn_translation_is_none_r25() -> None:
    withdrawal = Withdrawal(date=APRIL, reason="Forkert.")
    english = an_article("en", "clients", withdrawn=withdrawal)
    entry = an_entry(an_article(), english)

    assert a_feed(entry, shown={english.path: "/en/x/"}).entries[0].translations == ()


# Atom


def test_atom_says_all_that_rfc_4287_asks_for_r76() -> None:
    feed = a_feed(
        an_entry(an_article(), an_article("en", "clients"), tags=("customers",)),
        shown={"content/news/clients.en.md": "/en/news/2012/clients/"},
    )

    root = atom_of(feed)
    (entry,) = root.findall(f"{ATOM}entry")

    assert root.get(LANG) == "da"
    assert root.findtext(f"{ATOM}id") == feed.id
    assert root.findtext(f"{ATOM}title") == "Nyheder fra Conscensia"
    assert root.findtext(f"{ATOM}subtitle") == "Dansk: nyheder & mere."
    assert texts(root, f"{ATOM}author/{ATOM}name") == ["Conscensia A/S"]
    assert texts(root, f"{ATOM}author/{ATOM}uri") == ["https://conscensia.example"]
    assert [link.attrib for link in root.findall(f"{ATOM}link")] == [
        {"rel": "self", "type": "application/atom+xml", "href": f"{SITE}/da/feed.atom"},
        {"rel": "alternate", "type": "text/html", "hreflang": "da", "href": f"{SITE}/da/"},
    ]
    assert [(link.get("hreflang"), link.get("href")) for link in entry.findall(f"{ATOM}link")] == [
        ("da", f"{SITE}/da/nyheder/2012/kunder/"),
        ("en", f"{SITE}/en/news/2012/clients/"),
    ]
    assert entry.findtext(f"{ATOM}id") == "tag:example.org,2012:news/x/da"
    assert entry.findtext(f"{ATOM}published") == "2012-03-15T12:00:00+01:00"
    assert entry.findtext(f"{ATOM}updated") == "2012-03-15T12:00:00+01:00"
    assert entry.findtext(f"{ATOM}summary") == "Uddrag."
    assert [each.get("term") for each in entry.findall(f"{ATOM}category")] == ["Kunder & co."]
    content = entry.find(f"{ATOM}content")
    assert content is not None
    assert (content.get("type"), content.text) == ("html", "<p>Tekst.</p>")


# RSS


def test_rss_keeps_to_the_best_practices_r77() -> None:
    feed = a_feed(an_entry(authors=(Credit(id="line"),), tags=("customers",)))

    channel = channel_of(feed)
    (item,) = channel.findall("item")

    assert channel.findtext("title") == "Nyheder fra Conscensia"
    assert channel.findtext("link") == f"{SITE}/da/"
    assert channel.findtext("description") == "Dansk: nyheder & mere."
    assert channel.findtext("language") == "da"
    assert channel.findtext("lastBuildDate") == "Thu, 15 Mar 2012 12:00:00 +0100"
    (own,) = channel.findall(f"{ATOM}link")
    assert (own.get("rel"), own.get("href")) == ("self", f"{SITE}/da/feed.rss")
    guid = item.find("guid")
    assert guid is not None
    assert (guid.get("isPermaLink"), guid.text) == ("false", "tag:example.org,2012:news/x/da")
    assert item.findtext("pubDate") == "Thu, 15 Mar 2012 12:00:00 +0100"
    assert texts(item, CREATOR) == ["Line Milthers"]
    assert texts(item, "category") == ["Kunder & co."]
    names = [child.tag for child in item]
    assert names.index("description") < names.index(f"{CONTENT}encoded")
    assert item.findtext(f"{CONTENT}encoded") == "<p>Tekst.</p>"


def test_rss_titles_have_hexadecimal_references_r77() -> None:
    feed = a_feed(an_entry(an_article(title='AT&T <b> "&amp;"')))

    assert "<title>AT&#x26;T &#x3C;b&gt; &#34;&#x26;amp;&#34;</title>" in files(feed)[1]
    assert channel_of(feed).findtext("item/title") == 'AT&T <b> "&amp;"'


# JSON Feed


def test_json_feed_says_all_that_version_1_1_knows_r78() -> None:
    english = an_article("en", "clients")
    entry = an_entry(
        an_article(summary="Lead."), english, authors=(Credit(id="line"),), tags=("customers",)
    )
    feed = a_feed(
        entry, body='<p><img src="/media/a.jpg" alt=""></p>', shown={english.path: "/en/x/"}
    )

    assert json_of(feed) == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Nyheder fra Conscensia",
        "home_page_url": f"{SITE}/da/",
        "feed_url": f"{SITE}/da/feed.json",
        "description": "Dansk: nyheder & mere.",
        "language": "da",
        "authors": [{"name": "Conscensia A/S", "url": "https://conscensia.example"}],
        "items": [
            {
                "id": "tag:example.org,2012:news/x/da",
                "url": f"{SITE}/da/nyheder/2012/kunder/",
                "title": "Tilfredse kunder",
                "summary": "Lead.",
                "content_html": "<p><strong>Lead.</strong></p>\n"
                f'<p><img src="{SITE}/media/a.jpg" alt=""></p>',
                "image": f"{SITE}/media/a.jpg",
                "date_published": "2012-03-15T12:00:00+01:00",
                "date_modified": "2012-03-15T12:00:00+01:00",
                "authors": [{"name": "Line Milthers", "url": f"{SITE}/da/personer/line/"}],
                "tags": ["Kunder & co."],
                "_translations": {"en": f"{SITE}/en/x/"},
            }
        ],
    }


def test_what_is_unknown_is_left_out_of_json() -> None:
    (item,) = json_of(a_feed(an_entry(), body=""))["items"]

    assert item["content_html"] == ""
    assert not {"image", "tags", "_translations"} & set(item)


# all three


def test_the_files_stand_where_the_feeds_say_r30() -> None:
    feed = a_feed(addresses=addresses_at("https://example.org/news"))

    written = feed_files(feed, render)

    assert [file.path for file in written] == ["da/feed.atom", "da/feed.rss", "da/feed.json"]
    assert feed.atom.url == "https://example.org/news/da/feed.atom"


def test_a_template_that_fails_costs_its_own_file_only() -> None:
    written = feed_files(a_feed(), lambda name, _: None if "rss" in name else "<feed/>")

    assert [file.path for file in written] == ["da/feed.atom", "da/feed.json"]


TEXT = st.text(
    st.characters() | st.sampled_from("<>&\"'\u0000\u0008\u000b\ufffe\ufffff\u2028\u00a0]]>"),
    max_size=40,
)


@settings(deadline=None)
@given(st.lists(st.tuples(TEXT, TEXT, TEXT), max_size=3))
def test_the_forms_are_sound_and_agree_whatever_the_text_r80(
    told: list[tuple[str, str, str]],
) -> None:
    bodies = {f"{n}": f"<p>{body}</p>" for n, (_, _, body) in enumerate(told)}
    entries = [
        an_entry(an_article(slug=f"{n}", title=title, summary=summary), key=f"news/{n}")
        for n, (title, summary, _) in enumerate(told)
    ]

    feed = feed_of(
        "da", None, entries, lambda entry: bodies[entry.article.slug], {}, ADDRESSES, REGISTRY
    )

    rss, items = channel_of(feed).findall("item"), json_of(feed)["items"]
    atom = atom_of(feed).findall(f"{ATOM}entry")
    assert [entry.id for entry in feed.entries] == [
        f"tag:example.org,2012:news/{n}/da" for n in bodies
    ]
    for form in (
        [_told(each, f"{ATOM}id", f"{ATOM}title", f"{ATOM}content") for each in atom],
        [_told(each, "guid", "title", f"{CONTENT}encoded") for each in rss],
        [(each["id"], each.get("title", ""), each["content_html"]) for each in items],
    ):
        assert form == [(entry.id, entry.title, entry.content) for entry in feed.entries]


def _told(element: ElementTree.Element, *names: str) -> tuple[str, ...]:
    return tuple(element.findtext(name) or "" for name in names)


def test_dates_of_all_forms_are_the_same_moment_r72() -> None:
    moment = dt.datetime(2012, 6, 15, 22, 30, tzinfo=dt.UTC)
    feed = a_feed(an_entry(date=When(day=dt.date(2012, 6, 16), instant=moment)))

    (item,) = json_of(feed)["items"]

    assert item["date_published"] == "2012-06-16T00:30:00+02:00"
    published = channel_of(feed).findtext("item/pubDate") or ""
    assert published == "Sat, 16 Jun 2012 00:30:00 +0200"
    assert parsedate_to_datetime(published) == moment
    assert atom_of(feed).findtext(f"{ATOM}entry/{ATOM}published") == item["date_published"]


def test_a_feed_is_the_same_after_a_journey_through_msgpack() -> None:
    feed = a_feed(an_entry(tags=("customers",)))

    assert files(msgspec.msgpack.decode(msgspec.msgpack.encode(feed), type=Feed)) == files(feed)


# HTML for readers


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<p class="a" id="b" style="color:red" onclick="x()">Ja</p>', "<p>Ja</p>"),
        ("<p>Ja</p><script>alert(1)</script><style>p{}</style>", "<p>Ja</p>"),
        (
            '<img src="/a.jpg" alt="En" width="3" height="4" loading="lazy" decoding="async"'
            ' fetchpriority="high" srcset="/a.jpg 480w" sizes="100vw">',
            f'<img src="{SITE}/a.jpg" alt="En" width="3" height="4">',
        ),
        (
            '<picture><source srcset="/a.avif"><img src="/a.jpg" alt=""></picture>',
            f'<img src="{SITE}/a.jpg" alt="">',
        ),
        (
            '<video controls poster="/p.jpg"><source src="/v.mp4" type="video/mp4"></video>',
            f'<video controls="" poster="{SITE}/p.jpg">'
            f'<source src="{SITE}/v.mp4" type="video/mp4"></video>',
        ),
        (
            '<aside class="box" aria-labelledby="f"><h2 id="f">Fakta</h2><p>Ja</p></aside>',
            "<section><h2>Fakta</h2><p>Ja</p></section>",
        ),
        ('<p>Ja</p><aside class="pull"><p>Citat</p></aside>', "<p>Ja</p>"),
        (
            '<sup id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup>',
            f'<sup><a href="{SITE}/da/x/#fn:1">1</a></sup>',
        ),
        ('<p>Ja <span lang="en">yes</span></p>', '<p>Ja <span lang="en">yes</span></p>'),
        ('<div class="table" tabindex="0" role="region"></div>', ""),
        ("<td>", ""),
        ("<p>a&#1;b\u0000c\ud800d</p>", "<p>abcd</p>"),
        ('<a href="https://x.example/?a=1&amp;b=2" rel="x" title="y">x</a>',
         '<a href="https://x.example/?a=1&amp;b=2">x</a>'),
        ('<a href="javascript:alert(1)">x</a>', "<a>x</a>"),
    ],
)  # fmt: skip
def test_content_is_sound_for_any_reader_r8_r9_r80(html: str, expected: str) -> None:
    assert sound(html, f"{SITE}/da/x/") == expected


@settings(deadline=None)
@given(st.text(st.sampled_from("<>/=\"' aside classpullimgsrc#&;-!"), max_size=60))
def test_sound_content_stays_as_it_is(html: str) -> None:
    once: Callable[[str], str] = lambda text: sound(text, f"{SITE}/da/x/")  # noqa: E731

    assert once(once(html)) == once(html)
