"""What `verify` reads off finished pages, and what it says of them."""

import posixpath
import subprocess
import sys
from collections.abc import Iterable
from urllib.parse import quote

import msgspec
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sitegen.cache import encode
from sitegen.findings import Findings
from sitegen.model.pages import Facts, OutputFile
from sitegen.verify import Hidden, facts_of, leaks_of, shingles, text_of, verify
from sitegen.verify.changes import Change, stays_sound
from sitegen.verify.faults import Faults
from sitegen.verify.links import check_links, resolve
from sitegen.verify.site import Pages, Site, site_of

BASE = "https://www.example.com/firma"
DA = "da/nyheder/2012/x/index.html"
EN = "en/news/2012/x/index.html"
DA_URL = f"{BASE}/da/nyheder/2012/x/"
EN_URL = f"{BASE}/en/news/2012/x/"
PAIR = (("da", DA_URL), ("en", EN_URL), ("x-default", EN_URL))
TWELVE = "a sentence of just twelve words that no other article here has"


def page(
    path: str = DA,
    body: str = "",
    *,
    language: str = "da",
    title: str = "",
    head: str = "",
    alternates: Iterable[tuple[str, str]] = (),
    canonical: str | None = None,
    heading: str = "<h1>X</h1>",
) -> OutputFile:
    """Return a page that is sound but for what a test asks."""
    own = f"{BASE}/{quote(path.removesuffix('index.html'))}"
    links = "".join(f'<link rel=alternate hreflang="{a}" href="{b}">' for a, b in alternates)
    html = (
        f'<!doctype html><html lang="{language}"><head><title>{title or path}</title>'
        f'<link rel=canonical href="{own if canonical is None else canonical}">{links}{head}'
        f"</head><body>{heading}{body}</body></html>"
    )
    return OutputFile(path=path, content=html.encode())


def sitemap(pages: Iterable[Facts]) -> OutputFile:
    entries = "".join(
        f"<url><loc>{one.canonical}</loc>"
        + "".join(
            f'<xhtml:link rel="alternate" hreflang="{a}" href="{b}"/>' for a, b in one.alternates
        )
        + "</url>"
        for one in pages
        if not one.is_noindex and not one.is_redirect
    )
    return OutputFile(
        path="sitemap.xml",
        content=(
            '<?xml version="1.0" encoding="utf-8"?><urlset '
            'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
            f'xmlns:xhtml="http://www.w3.org/1999/xhtml">{entries}</urlset>'
        ).encode(),
    )


def pages_of(facts: Iterable[Facts]) -> Pages:
    return Pages({one.path: encode(one) for one in facts})


def judged(
    *files: OutputFile,
    others: Iterable[str] = (),
    sitemaps: Iterable[OutputFile] | None = None,
    hidden: Hidden | None = None,
    is_preview: bool = False,
) -> list[str]:
    """Return the lines that an editor sees of a site made of `files` and `others`."""
    hidden = hidden or Hidden()
    facts = [facts_of(file) for file in files]
    findings = Findings()
    paths = {*(file.path for file in files), *others}
    verify(
        site_of(pages_of(facts), paths, BASE, is_preview=is_preview),
        [sitemap(facts)] if sitemaps is None else [*sitemaps],
        findings,
        hidden=hidden,
        leaks=[(file.path, what) for file in files for what in leaks_of(file, hidden, BASE)],
    )
    return [str(finding) for finding in findings.found]


# --- facts


def test_facts_are_read_off_a_page() -> None:
    html = """<!doctype html><html lang=da><head>
        <title> Ærø  &amp;
          øl </title>
        <meta name=Robots content="noindex, follow">
        <meta property="og:image" content="https://x/og.png">
        <meta http-equiv=refresh content="0; url='/da/y/'">
        <link rel=canonical href=https://x/da/>
        <link rel=alternate hreflang=en href=https://x/en/>
        <link rel=alternate type=application/atom+xml href=/da/feed.atom>
        <link rel=stylesheet href=/s.css></head><body>
        <svg><title>not this</title><use href="/i.svg#a"></use></svg>
        <h1 id=top>A</h1><h1>B</h1><a href="/q?a=1&amp;b=2#c">a</a><a href>empty</a>
        <img src=/a.jpg srcset="/a-480.jpg 480w, /a-720.jpg 720w,/a,b.jpg 2x">
        <video poster=/p.jpg></video><form action=/da/soeg/></form><object data=/o.pdf></object>
    """
    expected = Facts(
        path="x.html",
        language="da",
        title="Ærø & øl",
        h1=2,
        canonical="https://x/da/",
        is_noindex=True,
        is_redirect=True,
        links=tuple(
            sorted(
                ["", "/da/y/", "/da/feed.atom", "/s.css", "/i.svg#a", "/q?a=1&b=2#c", "/a.jpg",
                 "/a-480.jpg", "/a-720.jpg", "/a,b.jpg", "/p.jpg", "/da/soeg/", "/o.pdf",
                 "https://x/og.png"]
            )
        ),
        ids=("top",),
        alternates=(("en", "https://x/en/"),),
    )  # fmt: skip

    assert expected == facts_of(OutputFile(path="x.html", content=html.encode()))


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"<", b"<html>", "æ".encode()])
def test_facts_of_what_is_hardly_a_page_are_few(content: bytes) -> None:
    facts = facts_of(OutputFile(path="x.html", content=content))

    assert (facts.language, facts.title, facts.h1, facts.links) == ("", "", 0, ())


# --- a sound site


def test_a_sound_site_has_no_findings() -> None:
    body = (
        '<a href="/firma/da/nyheder/2012/x/#X">x</a> <a href="../x/">x</a> <a href="#X">x</a>'
        '<a href="/firma/da/nyheder/2012/x/#:~:text=hej">x</a><a href="#top">up</a>'
        '<a href="https://www.example.com/firma/en/news/2012/x/?a=b#">x</a><a href="#">x</a>'
        '<a href="HTTPS://WWW.example.com:443/firma/logo.svg">x</a>'
        '<a href="//www.example.com/firma/logo.svg#icon">x</a>'
        '<a href="https://foreign.example/da/">x</a> <a href="mailto:a@b.dk">x</a>'
        '<a href="https://www.example.com/">our other site</a> <a href="tel:+45">x</a>'
        '<img src="/firma/%C3%A5r%20sag.jpg" srcset="/firma/logo.svg 2x">'
    )
    refresh = f'<meta http-equiv=refresh content="0;url={DA_URL}">'
    files = (
        page(DA, f'{body}<h2 id="X">X</h2>', alternates=PAIR),
        page(EN, language="en", alternates=PAIR),
        page(
            "404.html", "<a href=#>x</a>", head="<meta name=robots content=noindex>", canonical=""
        ),
        page("old/index.html", heading="", head=refresh),
    )

    assert judged(*files, others=("logo.svg", "år sag.jpg", "index.html")) == []


# --- links


@pytest.mark.parametrize(
    ("link", "line"),
    [
        (
            "/firma/da/gone/",
            "the link '/firma/da/gone/' leads to da/gone/index.html, which is not on the site",
        ),
        (
            "https://www.example.com/firma/gone.pdf",
            "the link 'https://www.example.com/firma/gone.pdf' leads to gone.pdf, which is not on "
            "the site",
        ),
        (
            "HTTPS://WWW.example.com:443/firma/gone/",
            "the link 'HTTPS://WWW.example.com:443/firma/gone/' leads to gone/index.html, which is "
            "not on the site",
        ),
        ("y/", "the link 'y/' leads to da/nyheder/2012/x/y/index.html, which is not on the site"),
        ("http://[", "the link 'http://[' cannot be read"),
        ("", "the page has a link or picture without an address"),
    ],
)
def test_a_link_to_nothing_is_found(link: str, line: str) -> None:
    assert [
        f"{DA}: error: {line}: mend the template that writes it, or the config.toml that it takes "
        "it from [output-link-broken]"
    ] == judged(page(body=f'<a href="{link}">x</a>'))


@pytest.mark.parametrize(
    ("path", "link", "line"),
    [
        (
            DA,
            "/da/nyheder/2012/x/",
            "the link '/da/nyheder/2012/x/' leads out of the site, past the path that `base_url` "
            "has: begin it with the site's base path",
        ),
        (
            DA,
            "https://www.example.com/da/nyheder/2012/x/",
            "the link 'https://www.example.com/da/nyheder/2012/x/' leads out of the site, past the "
            "path that `base_url` has: begin it with the site's base path",
        ),
        (
            DA,
            "/firma/../da/nyheder/2012/x/",
            "the link '/firma/../da/nyheder/2012/x/' leads out of the site, past the path that "
            "`base_url` has: begin it with the site's base path",
        ),
        (
            DA,
            "/firma/da/nyheder/2012/x",
            "the link '/firma/da/nyheder/2012/x' lacks the slash at its end: write it as "
            "'/firma/da/nyheder/2012/x/'",
        ),
        (
            "da/404.html",
            "logo.svg",
            "the link 'logo.svg' works at one address only, and this page is shown at any: begin "
            "it with a slash and the site's base path",
        ),
    ],
)
def test_r30_a_link_in_the_wrong_form_is_found(path: str, link: str, line: str) -> None:
    files = [page(), page("da/404.html")]
    at = next(index for index, file in enumerate(files) if file.path == path)
    files[at] = page(path, body=f'<img src="{link}">')

    assert [f"{path}: error: {line} [output-link-broken]"] == judged(*files, others=["da/logo.svg"])


def test_one_dead_link_of_a_template_is_one_finding() -> None:
    files = [
        page(f"da/{number:03}/index.html", '<a href="/firma/gone/">x</a>') for number in range(500)
    ]

    assert judged(*files) == [
        "da/000/index.html: error: the link '/firma/gone/' leads to gone/index.html, which is not "
        "on the site (on 500 pages): mend the template that writes it, or the config.toml that it "
        "takes it from [output-link-broken]"
    ]


def test_a_relative_link_that_is_sound_on_one_page_may_be_dead_on_the_next() -> None:
    link = '<a href="logo.svg">x</a>'
    files = (page("da/index.html", link), page("en/index.html", link, language="en"))

    lines = judged(*files, others=["da/logo.svg"])

    assert [line.partition(":")[0] for line in lines] == ["en/index.html"]


def test_different_dead_links_are_findings_of_their_own() -> None:
    body = '<a href="/firma/a/">a</a><a href="/firma/b/">b</a>'

    assert len(judged(page(body=body))) == 2


@pytest.mark.parametrize("link", ["#gone", "../x/#gone", "/firma/da/nyheder/2012/x/#gone"])
def test_a_link_to_an_id_that_is_not_there_is_found(link: str) -> None:
    assert [
        f"{DA}: error: the link {link!r} leads to a heading or place that {DA} does not have: give "
        "something there the id 'gone', or take the # and what follows away [output-anchor-broken]"
    ] == judged(page(body=f'<h2 id="here">x</h2><a href="{link}">x</a>'))


SEGMENT = st.text("aåÆ.~ %-", min_size=1, max_size=4).filter(lambda part: part not in {".", ".."})
PATH = st.lists(SEGMENT, min_size=1, max_size=4).map("/".join)


@given(page=PATH, target=PATH, is_folder=st.booleans(), base=st.sampled_from(["", "/firma", "/å"]))
def test_every_way_to_write_a_link_means_the_same(
    page: str, target: str, base: str, *, is_folder: bool
) -> None:
    assume(is_folder or not page.startswith(f"{target}/"))  # no disk holds both
    origin = "https://www.example.com"
    path = f"{target}/index.html" if is_folder else target
    site = Site(base_url=f"{origin}{quote(base)}", paths=frozenset({path}), pages=Pages({}))
    address = f"{base}/{target}{'/' if is_folder else ''}"
    relative = posixpath.relpath(address, posixpath.dirname(f"{base}/{page}"))
    if is_folder:
        relative += "/"
    links = [
        quote(address),
        f"{origin}{quote(address)}",
        f"//www.example.com{quote(address)}?q#f",
        f"./{quote(relative)}",
        f"{quote(address)}#f",
    ]

    found = [resolve(link, page, site) for link in links]

    assert [place.fragment for place in found if place] == ["", "", "f", "", "f"]
    assert {(path, "")} == {(place.path, place.what) for place in found if place}
    assert origin + quote(address) == site.address(path)


@given(link=st.text("/.:?#[]@%2eEfahtps\\ å\n", max_size=20), page=PATH)
def test_no_link_leads_out_of_the_site_or_to_a_traceback(link: str, page: str) -> None:
    site = Site(base_url=BASE, paths=frozenset({"a", "a/index.html"}), pages=Pages({}))
    place = resolve(link, page, site)

    if place is not None and not place.what:
        assert place.path in {"a", "a/index.html"}


LINK = st.builds(
    "{}{}".format,
    st.sampled_from(
        ["", "#", "/firma/", f"{BASE}/", "https://www.example.com", "https://other.example",
         "http://www.example.com:80", "mailto:", "tel:", " https://other.example"]
    ),
    st.sampled_from(
        ["", "/", "a", "a/", "b.pdf", "b.pdf#top", "top", "%61", "//[", "\\a", "?a=/", "å"]
    ),
)  # fmt: skip


@given(links=st.lists(LINK, unique=True))
def test_links_that_are_plainly_sound_are_those_that_lead_somewhere(links: list[str]) -> None:
    """What need not be looked at closely is judged as if it were."""
    own = facts_of(page("a/index.html", '<p id="top"></p><p id="a"></p>'))
    facts = msgspec.structs.replace(own, links=tuple(links))
    paths = frozenset({"a/index.html", "b.pdf"})
    site = Site(base_url=BASE, paths=paths, pages=pages_of([facts]))
    ids = {"", "top", "a", "content"}
    places = [resolve(link.strip(), facts.path, site) for link in links]
    expected = [
        place
        for place in places
        if place and (place.what or (place.path in site.pages and place.fragment not in ids))
    ]

    faults = Faults()
    check_links(site, faults)
    findings = Findings()
    faults.report(findings)
    assert len(expected) == len(findings.found)


# --- what a page says of itself


def test_r31_a_page_without_language_is_found_once_for_all() -> None:
    pages = (page("da/a/index.html", language=""), page("da/b/index.html", language=""))

    assert judged(*pages) == [
        "da/a/index.html: error: the page does not say its language (on 2 pages): write <html "
        'lang="…"> in the template [output-lang]'
    ]


@pytest.mark.parametrize(
    ("heading", "count"), [("", "no heading"), ("<h1>a</h1><h1>b</h1>", "2 headings")]
)
def test_a_page_has_one_h1(heading: str, count: str) -> None:
    assert [
        f"{DA}: error: the page has {count} of level 1: write the page's title in <h1>, and all "
        "other headings in <h2> or lower [output-heading]"
    ] == judged(page(heading=heading))


def test_a_page_that_search_engines_shall_not_know_has_one_h1_too() -> None:
    assert judged(page(heading="", head="<meta name=robots content=noindex>")) == [
        f"{DA}: error: the page has no heading of level 1: write the page's title in <h1>, and all "
        "other headings in <h2> or lower [output-heading]"
    ]


def test_a_page_has_a_title() -> None:
    assert [
        f"{DA}: error: the page has no title: write a <title> in the template's head "
        "[output-title-missing]"
    ] == judged(page(title=" "))


def test_r67_titles_are_unique_in_their_language() -> None:
    pages = (
        page("da/a/index.html", title="Nyt"),
        page("da/b/index.html", title="Nyt"),
        page("en/c/index.html", title="Nyt", language="en"),
        page("da/d/index.html", title="Nyt", head="<meta name=robots content=noindex>"),
    )

    assert judged(*pages) == [
        "da/b/index.html: error: the title 'Nyt' is also that of da/a/index.html: give one of them "
        "another title: search results show it alone [output-title-duplicate]"
    ]


@pytest.mark.parametrize(
    ("canonical", "what"),
    [
        ("", "the page does not name its own address"),
        (EN_URL, f"the page names {EN_URL!r} as its own address"),
        ("/firma/da/", "the page names '/firma/da/' as its own address"),
    ],
)
def test_r34_a_page_names_its_own_address(canonical: str, what: str) -> None:
    assert [
        f'{DA}: error: {what}: write <link rel="canonical" href="{DA_URL}"> in its head '
        "[output-canonical]"
    ] == judged(page(canonical=canonical), sitemaps=[sitemap([])])


# --- translations

MEND = (
    "every page of a translation names the same set, itself in it, and a page without one names "
    "none; mend the template's hreflang"
)


def pair(
    da: Iterable[tuple[str, str]] = PAIR, en: Iterable[tuple[str, str]] = PAIR, head: str = ""
) -> tuple[OutputFile, OutputFile]:
    return page(DA, alternates=da), page(EN, language="en", alternates=en, head=head)


def names(url: str, language: str, why: str) -> str:
    return f"the page names {url!r} as its {language!r} version, which {why}: {MEND}"


@pytest.mark.parametrize(
    ("pages", "lines"),
    [
        (pair(en=()), [names(EN_URL, "en", "names another set")]),
        (
            pair(da=PAIR[1:]),
            [
                names(EN_URL, "en", "names another set (on 2 pages)"),
                f"the page's hreflang set lacks the page itself, in 'da': {MEND}",
            ],
        ),
        (
            pair(PAIR[:2], PAIR[:2]),
            [
                "the page's hreflang set has no x-default, for readers of other languages (on 2 "
                f"pages): {MEND}"
            ],
        ),
        (
            pair((*PAIR, ("en", DA_URL)), (*PAIR, ("en", DA_URL))),
            [
                names(DA_URL, "en", "is in 'da' (on 2 pages)"),
                f"the page's hreflang set has 'en' twice (on 2 pages): {MEND}",
            ],
        ),
        (
            pair(head="<meta name=robots content=noindex>"),
            [names(EN_URL, "en", "is hidden from search engines (on 2 pages)")],
        ),
        (
            pair((*PAIR, ("de", f"{BASE}/de/")), (*PAIR, ("de", f"{BASE}/de/"))),
            [names(f"{BASE}/de/", "de", "is no page of this site (on 2 pages)")],
        ),
        (
            pair((*PAIR, ("de", "/firma/de/")), (*PAIR, ("de", "/firma/de/"))),
            [names("/firma/de/", "de", "is no page of this site (on 2 pages)")],
        ),
        (
            (page(alternates=(("da", DA_URL), ("x-default", DA_URL))),),
            [f"the page's hreflang set names no page but itself: {MEND}"],
        ),
    ],
)
def test_r32_r33_pages_agree_on_their_translations(
    pages: tuple[OutputFile, ...], lines: list[str]
) -> None:
    assert [f"{DA}: error: {line} [output-hreflang]" for line in lines] == judged(*pages)


def test_r33_the_two_home_pages_may_name_the_gateway_for_all_others() -> None:
    home = (("da", f"{BASE}/da/"), ("en", f"{BASE}/en/"), ("x-default", f"{BASE}/"))

    assert (
        judged(
            page("index.html", alternates=home),
            page("da/index.html", alternates=home),
            page("en/index.html", alternates=home, language="en"),
        )
        == []
    )


def test_a_preview_is_not_judged_by_what_search_engines_see() -> None:
    noindex = "<meta name=robots content=noindex>"
    pages = (
        page(DA, alternates=PAIR, head=noindex, title="Nyt", canonical=""),
        page(EN, alternates=PAIR, head=noindex, language="en"),
        page("da/a/index.html", title="Nyt"),
    )

    assert judged(*pages, sitemaps=[], is_preview=True) == []
    assert judged(*pages, sitemaps=[])


# --- the sitemap


@pytest.mark.parametrize(
    ("listed", "what"),
    [
        (lambda da, en, no: [en], f"lacks {DA_URL}"),
        (lambda da, en, no: [], f"lacks {DA_URL} (and likewise 1 more)"),
        (
            lambda da, en, no: [da, en, facts_of(page("da/y/index.html"))],
            f"has {BASE}/da/y/, which is no page that search engines may know",
        ),
        (lambda da, en, no: [da, en, da], f"has {DA_URL} twice"),
        (
            lambda da, en, no: [da, facts_of(page(EN, alternates=PAIR[:2]))],
            f"names other translations of {EN_URL} than the page itself",
        ),
    ],
)
def test_r43_the_sitemap_says_what_the_pages_say(listed: object, what: str) -> None:
    files = (
        *pair(),
        page("da/no/index.html", head="<meta name=robots content=noindex>"),
        page("da/old/index.html", head="<meta http-equiv=refresh content=0>"),
    )
    assert callable(listed)
    entries = listed(*(facts_of(file) for file in files[:3]))

    assert [
        f"sitemap.xml: error: the sitemap {what}: mend the sitemap's template [output-sitemap]"
    ] == judged(*files, sitemaps=[sitemap(entries)])


def test_a_sitemap_that_is_no_xml_is_found() -> None:
    broken = OutputFile(path="sitemap.xml", content=b"<urlset></url>")

    assert judged(page(), sitemaps=[broken]) == [
        "sitemap.xml: error: the sitemap is no sound XML (mismatched tag: line 1, column 10): mend "
        "the sitemap's template [output-sitemap]"
    ]


def test_a_site_may_have_several_sitemaps_but_not_none() -> None:
    da, en = pair()
    parts = [sitemap([facts_of(da)]), sitemap([facts_of(en)])]

    assert judged(da, en, sitemaps=parts) == []
    assert len(judged(da, en, sitemaps=[])) == 1


# --- leaks

LEAK = "find the template that shows it: drafts, future and expired articles stay unseen"
SECRET = Hidden(addresses=frozenset({"/da/nyheder/2012/secret/", "/media/secret.1a2b3c4d.jpg"}))


def test_r24_a_link_to_a_hidden_article_is_found() -> None:
    body = '<a href="/firma/da/nyheder/2012/secret/">x</a>'

    lines = judged(page(body=body), hidden=SECRET)

    assert (
        f"{DA}: error: the file names /da/nyheder/2012/secret/, which is hidden: {LEAK} "
        "[output-leak]"
    ) in lines


def test_r24_a_hidden_page_that_is_there_is_found() -> None:
    secret = "da/nyheder/2012/secret/index.html"

    assert [
        f"{secret}: error: /da/nyheder/2012/secret/ is hidden, but the page is there: {LEAK} "
        "[output-leak]"
    ] == judged(page(secret), hidden=SECRET)


SECRET_URL = f"{BASE}/media/secret.1a2b3c4d.jpg"


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("x.html", f'<script type="application/ld+json">{{"url": "{SECRET_URL}"}}</script>'),
        ("da/feed.atom", f'<feed><link href="{SECRET_URL}"/></feed>'),
        ("da/feed.atom", f"<content>&lt;img src=&quot;{SECRET_URL}&quot;></content>"),
        ("da/feed.rss", f"<link>{SECRET_URL}</link>"),
        ("da/feed.json", f'{{"items": [{{"url": "{SECRET_URL}", "n": 1}}]}}'),
        ("da/search.json", '["/firma/media/secret.1a2b3c4d.jpg"]'),
        ("llms.txt", f"- [Secret]({SECRET_URL})"),
    ],
)
def test_r24_a_hidden_address_is_found_in_every_kind_of_file(path: str, content: str) -> None:
    file = OutputFile(path=path, content=content.encode())

    assert leaks_of(file, SECRET, BASE) == (
        "the file names /media/secret.1a2b3c4d.jpg, which is hidden",
    )


MARKED = TWELVE.replace("just", "<em>just</em>").replace("words", "words,</p> <p>")


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("x.html", f"<p>It is {TWELVE}.</p>"),
        ("x.html", f"<p>{MARKED.upper()}</p>"),
        ("x.html", f"<p>{TWELVE.replace('article', 'arti­cle')}</p>"),
        ("x.html", f'<meta name=description content="{TWELVE}">'),
        ("x.html", f'<img alt="{TWELVE}">'),
        ("feed.atom", f"<summary>{TWELVE}</summary>"),
        ("feed.atom", f"<content>&lt;p>{MARKED.replace('<', '&lt;')}</content>"),
        ("feed.rss", f"<description><![CDATA[<p>{MARKED}</p>]]></description>"),
        ("feed.json", f'{{"items": [{{"content_html": "<p>Yes:\\n{TWELVE}"}}]}}'),
        ("llms.txt", TWELVE),
    ],
)
def test_r24_twelve_words_of_a_hidden_article_are_found(path: str, content: str) -> None:
    hidden = Hidden(shingles=frozenset(shingles(f"Before it. {TWELVE}; after it")))
    file = OutputFile(path=path, content=content.encode())

    assert (f"the file has words of a hidden article: “{TWELVE}”",) == leaks_of(file, hidden, BASE)


def test_a_leak_on_many_pages_is_one_finding() -> None:
    hidden = Hidden(shingles=frozenset(shingles(TWELVE)))

    assert [
        f"da/a/index.html: error: the file has words of a hidden article: “{TWELVE}” (on 2 pages): "
        f"{LEAK} [output-leak]"
    ] == judged(
        page("da/a/index.html", f"<p>{TWELVE}"), page("da/b/index.html", TWELVE), hidden=hidden
    )


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("x.html", TWELVE.removesuffix(" has")),  # eleven words
        ("x.html", TWELVE.replace("twelve", "eleven")),
        ("x.html", " ".join(reversed(TWELVE.split()))),
        ("x.html", f"<script>{TWELVE}</script><style>{TWELVE}</style>"),
        ("team.jpg", TWELVE),
        ("x.html", '<a href="https://foreign.example/firma/da/nyheder/2012/secret/">x</a>'),
        ("llms.txt", f"{BASE}/da/nyheder/2012/secret-no-more/"),
    ],
)
def test_what_only_resembles_a_hidden_article_is_no_leak(path: str, content: str) -> None:
    hidden = Hidden(addresses=SECRET.addresses, shingles=frozenset(shingles(TWELVE)))

    assert leaks_of(OutputFile(path=path, content=content.encode()), hidden, BASE) == ()


WORDS = st.lists(st.sampled_from(["a", "b", "æ", "1"]), max_size=40)


@given(before=WORDS, run=st.lists(st.sampled_from("abc"), min_size=12, max_size=12), after=WORDS)
def test_a_run_has_one_number_wherever_it_stands(
    before: list[str], run: list[str], after: list[str]
) -> None:
    (number,) = shingles(" ".join(run))

    assert number in shingles(", ".join([*before, *run, *after]))


RUN = st.lists(st.sampled_from("abc"), min_size=12, max_size=12)


@given(one=RUN, other=RUN)
def test_different_runs_have_different_numbers(one: list[str], other: list[str]) -> None:
    assert (one == other) == (shingles(" ".join(one)) == shingles(" ".join(other)))


def test_the_numbers_are_the_same_on_every_machine() -> None:
    code = f"from sitegen.verify import shingles; print(shingles({TWELVE!r}))"
    other = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": "7"},
    )  # fmt: skip

    assert f"{shingles(TWELVE)}\n" == other.stdout
    assert {13439333836830971722} == shingles(TWELVE)


def test_the_words_of_a_page_are_the_same_for_its_source_and_its_output() -> None:
    body = "<p>Vi <em>åb</em>ner <a href=/x/>i dag</a></p>"

    assert text_of(body).split() == text_of(f"<html><body>{body}</body></html>".encode()).split()


# --- what has changed

FILES = ("a/index.html", "b/index.html", "c/index.html")


@st.composite
def sites(draw: st.DrawFn) -> dict[str, Facts]:
    """Return the facts of a few pages that may point at each other in every wrong way."""
    urls = [f"{BASE}/{path.removesuffix('index.html')}" for path in FILES]
    there = draw(st.lists(st.sampled_from(FILES), unique=True))
    links = st.sampled_from(["/firma/a/", "/firma/b/#x", "/firma/c/#y", "#x", "/firma/b"])
    sets = [(), (("da", urls[0]), ("en", urls[1]), ("x-default", urls[1]))]
    return {
        path: Facts(
            path=path,
            language="en" if path == FILES[1] else "da",
            title=draw(st.sampled_from(["T", path])),
            h1=draw(st.sampled_from([1, 1, 1, 2])),
            canonical=urls[FILES.index(path)],
            is_noindex=draw(st.sampled_from([False, False, True])),
            is_redirect=False,
            links=tuple(sorted(draw(st.sets(links, max_size=2)))),
            ids=tuple(sorted(draw(st.sets(st.sampled_from("xy"))))),
            alternates=draw(st.sampled_from(sets)),
        )
        for path in there
    }


def faults_of(facts: dict[str, Facts], *maps: OutputFile) -> bool:
    """Tell whether anything is wrong with a site, judged as a whole."""
    site = site_of(pages_of(facts.values()), facts.keys(), BASE)
    return not verify(site, maps or [sitemap(facts.values())], Findings())


def stays(before: dict[str, Facts], after: dict[str, Facts], *maps: OutputFile) -> bool:
    """Tell whether the change from one site to another is seen to be sound at a glance."""
    fresh = [path for path in after if before.get(path) != after[path]]
    old, new = sitemap(before.values()), maps or [sitemap(after.values())]
    change = Change(
        before=pages_of(before.values()), paths=before.keys(), fresh=fresh, is_mapped=[old] == new
    )
    return stays_sound(change, site_of(pages_of(after.values()), after.keys(), BASE), new)


@given(before=sites(), after=sites(), data=st.data())
def test_what_is_seen_to_stay_sound_at_a_glance_is_sound(
    before: dict[str, Facts], after: dict[str, Facts], data: st.DataObject
) -> None:
    """Nothing that judging the whole site would find is overlooked by judging its change."""
    assume(not faults_of(before))
    after = {
        path: data.draw(st.sampled_from([before.get(path, it), it])) for path, it in after.items()
    }
    if stays(before, after):
        assert not faults_of(after)


def test_a_new_text_and_a_new_article_are_judged_at_a_glance() -> None:
    files = [page(DA, alternates=PAIR), page(EN, language="en", alternates=PAIR)]
    before = {file.path: facts_of(file) for file in files}
    text = facts_of(page(DA, '<p id="new"><a href="#new">', alternates=PAIR))
    new = facts_of(page("da/nyheder/2012/y/index.html", f'<a href="/firma/{DA[:-10]}">'))

    assert stays(before, {**before, DA: text})
    assert stays(before, {**before, new.path: new})


@pytest.mark.parametrize(
    "change",
    [
        {"ids": ()},
        {"language": "en"},
        {"is_noindex": True},
        {"alternates": PAIR[:2]},
        {"canonical": EN_URL},
        {"h1": 2},
        {"links": ("/firma/gone/",)},
        {"title": EN},
    ],
    ids=str,
)
def test_what_others_may_count_on_is_not_judged_at_a_glance(change: dict[str, object]) -> None:
    files = [
        page(DA, '<p id="x">', alternates=PAIR),
        page(EN, language="da" if "title" in change else "en", alternates=PAIR),
    ]
    before = {file.path: facts_of(file) for file in files}
    after = {**before, DA: msgspec.structs.replace(before[DA], **change)}

    assert not stays(before, after)
    assert not stays(before, {EN: before[EN]})
