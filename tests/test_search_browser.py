"""The search page in a real Chromium, under a strict policy, among ordinary Danish stories."""

import json
import re
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlencode

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from benchmarks.search.corpus import write_project
from benchmarks.words import Vocabulary
from sitegen.pipeline import build
from sitegen.terms import STEMMED, stem, words_of
from tests.conftest import NOW, ROOT, THEME, Site
from tests.find_chromium import chromium

pytestmark = pytest.mark.browser

POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'"
)
SEARCH = "/da/soeg/"


class Strict(SimpleHTTPRequestHandler):
    """A file server whose pages may load nothing but scripts and data of their own."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a built site of some sixty ordinary stories."""
    project = tmp_path_factory.mktemp("search") / "project"
    write_project(project, 0)
    order = Site(project).order(output=project / "output", theme=THEME, now=NOW, use_cache=False)
    build(order, lambda *_: None)
    return project / "output"


@pytest.fixture(scope="module")
def home(output: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Strict, directory=str(output)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        yield launched
        launched.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 360, "height": 800})
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """Return a page that must have nothing to complain of in the end."""
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page
    assert said == []


def ask(page: Page, home: str, query: str) -> None:
    """Open the search page and type, as a reader would."""
    page.goto(home + SEARCH)
    page.get_by_role("searchbox", name="Ord, navn eller tal").press_sequentially(query)


@pytest.mark.parametrize(
    "query",
    [
        *("tilfreds", "tilfredse", "kunde", "kunderne", "outsourcing", "udvikling", "hold"),
        *("team", "tillid", "milthers", "1600", "1.600", "outsourcing-projektet", "OUTSOURCINGEN"),
        *("faciliteringsteamets", "kundernes tillid", "udviklingshold", "samarbejde", "ukrainere"),
    ],
)
def test_the_seed_is_found_by_its_words(page: Page, home: str, query: str) -> None:
    """R59: stems, prefixes, compound parts and numbers lead to the story."""
    page.goto(f"{home}{SEARCH}?q={query}")

    link = page.locator("#results").get_by_role("link", name="Faciliteringsteam giver")
    more = page.get_by_role("button", name="Vis flere")
    expect(page.locator("#results > li").first).to_be_visible()
    while not link.count() and more.is_visible():
        more.click()
    expect(link).to_be_visible()


@pytest.mark.parametrize("query", ["koebenhavn", "kobenhavn", "KØBENHAVN", "København"])
def test_a_place_is_found_however_its_letters_are_written(
    page: Page, home: str, query: str
) -> None:
    """R60"""
    page.goto(f"{home}{SEARCH}?q={query}")

    first = page.locator("#results h2").first
    expect(first).to_contain_text("København")
    expect(first.locator("mark")).to_have_text("København")


def test_what_is_typed_is_found_marked_and_counted_while_the_focus_stays(
    page: Page, home: str
) -> None:
    """R108: the count is in a live region; focus is never moved while typing."""
    ask(page, home, "tillid kunde")

    expect(page.get_by_role("status")).to_have_text("2 nyheder fundet")
    expect(page.locator("#results > li")).to_have_count(2)
    marks = page.locator("#results .summary").first.locator("mark")
    expect(marks.first).to_be_visible()
    assert {"tillid", "kunden"} <= {*marks.all_inner_texts()}
    assert page.evaluate("document.activeElement.id") == "q"


def test_headlines_come_before_summaries_and_these_before_texts_and_new_before_old(
    page: Page, home: str
) -> None:
    page.goto(f"{home}{SEARCH}?q=kunde")

    expect(page.locator("#results h2")).to_contain_text(
        [
            "Bankens kunder er blevet gladere",  # 2022, in the headline
            "Faciliteringsteam giver tilfredse kunder",  # 2012
            "Vi ansætter 35 konsulenter",  # in the summary
            "Måling viser",
            "1924-2024",  # in the text
        ]
    )


def test_the_query_stands_in_the_address_and_back_leads_to_the_one_before(
    page: Page, home: str
) -> None:
    ask(page, home, "torsk")
    expect(page).to_have_url(f"{home}{SEARCH}?q=torsk")
    page.keyboard.press("Enter")
    page.get_by_role("searchbox").fill("færge")
    expect(page).to_have_url(re.compile(r"\?q=f%C3%A6rge$"))
    page.locator("#results a").first.click()
    expect(page.locator("article h1")).to_contain_text("Lægehus på Ærø")

    page.go_back()
    expect(page.get_by_role("searchbox")).to_have_value("færge")
    expect(page.locator("#results > li")).to_have_count(2)
    page.go_back()
    expect(page.get_by_role("searchbox")).to_have_value("torsk")
    expect(page.locator("#results h2").first).to_contain_text("Fiskerne")
    page.go_back()
    expect(page.get_by_role("searchbox")).to_have_value("")
    expect(page.locator("#results > li")).to_have_count(0)


def test_everything_can_be_done_from_the_keyboard(page: Page, home: str) -> None:
    ask(page, home, "og")
    expect(page.get_by_role("status")).to_contain_text("Ingen nyheder passer til ”og”")
    page.get_by_role("searchbox").fill("år")
    page.get_by_role("searchbox").press("Enter")
    expect(page.locator("#results > li")).to_have_count(10)

    page.keyboard.press("Tab")  # the button
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#results li:first-child') !== null")
    page.get_by_role("button", name="Vis flere").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#results > li:nth-child(11) a")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("article h1")).to_be_visible()


def test_what_is_not_there_is_said_and_nothing_else_remains(page: Page, home: str) -> None:
    ask(page, home, "kunde")
    expect(page.locator("#results > li").first).to_be_visible()

    page.get_by_role("searchbox").fill("zzyzx")

    expect(page.get_by_role("status")).to_contain_text("Ingen nyheder passer til ”zzyzx”")
    expect(page.locator("#results > li")).to_have_count(0)
    expect(page.get_by_role("button", name="Vis flere")).to_be_hidden()


def test_words_that_no_story_has_together_lead_to_those_with_most_of_them(
    page: Page, home: str
) -> None:
    ask(page, home, "torsk i gilleleje zzyzx")

    expect(page.get_by_role("status")).to_contain_text("Ingen nyheder har alle ordene")
    expect(page.locator("#results h2")).to_contain_text(["Fiskerne frygter lavere kvoter"])


HOSTILE = ["<img src=x onerror=alert(1)>", "</p><b>hold</b>", "$& {n} {query}"]


@pytest.mark.parametrize("query", HOSTILE)
def test_markup_in_a_query_is_text(page: Page, home: str, query: str) -> None:
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    page.goto(f"{home}{SEARCH}?{urlencode({'q': query})}")
    expect(page.get_by_role("searchbox")).to_have_value(query)

    status = page.get_by_role("status")
    expect(status).not_to_be_empty()
    assert page.locator("main img, main b").count() == 0
    if "Ingen nyheder passer" in status.inner_text():
        expect(status).to_contain_text(query)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_and_its_results_are_accessible(browser: Browser, home: str, scheme: str) -> None:
    """R89, R108"""
    context = browser.new_context(
        viewport={"width": 320, "height": 700},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    page = context.new_page()
    for query in ("", "kunde", "zzyzx"):
        page.goto(f"{home}{SEARCH}?q={query}")
        if query:
            expect(page.get_by_role("status")).not_to_be_empty()
        found = Axe().run(page, options={"resultTypes": ["violations"]})
        assert [rule["id"] for rule in found.response["violations"]] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
    context.close()


def test_without_script_the_page_says_so_and_leads_to_the_archive(
    browser: Browser, home: str
) -> None:
    """R23"""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(home + SEARCH)

    expect(page.get_by_text("Søgningen bruger JavaScript")).to_be_in_viewport()
    expect(page.get_by_role("searchbox")).to_be_hidden()
    page.get_by_role("main").get_by_role("link", name="Hele arkivet").click()
    expect(page.locator("h1")).to_have_text("Arkiv")
    context.close()


def test_an_index_that_cannot_be_fetched_is_told_and_asked_again(
    context: BrowserContext, home: str
) -> None:
    page = context.new_page()
    page.route("**/*.json", lambda route: route.abort())
    ask(page, home, "torsk")
    expect(page.get_by_role("status")).to_contain_text("Søgningen kan ikke hentes lige nu")

    page.unroute("**/*.json")
    page.keyboard.press("Enter")

    expect(page.locator("#results > li").first).to_be_visible()


def test_an_index_that_was_laid_out_anew_meanwhile_is_read_anew(
    context: BrowserContext, home: str
) -> None:
    """A page may be open while the site is published with another layout of the index."""
    page = context.new_page()
    stale = json.dumps({"folder": "gone", "shards": 16, "buckets": 16, "places": 16})
    page.route("**/index.json", lambda route: route.fulfill(body=stale), times=1)

    ask(page, home, "torsk")

    expect(page.locator("#results > li").first).to_be_visible()


def test_no_other_page_has_a_script(output: Path) -> None:
    """R113"""
    scripted = [
        path.relative_to(output).as_posix()
        for path in output.rglob("*.html")
        if re.search(r"<script(?! type=\"application/ld\+json\")", path.read_text("utf-8"))
    ]

    assert sorted(scripted) == ["da/soeg/index.html", "en/search/index.html"]


# What the page does to a query is what the build did to the articles


def vocabulary(language: str) -> list[str]:
    """Return some ten thousand words: real ones, made-up ones, and endings without a word."""
    texts = [path.read_text("utf-8") for path in (ROOT / "tests/data/prose").glob("*.md")]
    texts += [path.read_text("utf-8") for path in (ROOT / "docs").glob("*.md")]
    texts += [(ROOT / "benchmarks/search/stories.da.txt").read_text("utf-8")]
    words = {word for text in texts for word in words_of(text)}
    made = Vocabulary(language)
    words |= {
        root + ending
        for root in made.roots[::3]
        for ending in ("", "s", "ed", "ing", "ly", "ational", "ernes", "ethed", "løst", "igst")
    }
    return sorted(
        words
        | {*["added", "dying", "paste", "yyys", "exceed", "herring", "interest", "generically"]}
    )


@pytest.mark.parametrize("language", STEMMED)
def test_the_page_stems_every_word_as_the_build_does(
    page: Page, home: str, output: Path, language: str
) -> None:
    words = vocabulary(language)
    (module,) = (output / "assets").glob(f"stem-{language}.*.js")
    page.goto(home + SEARCH)

    stems = page.evaluate(
        """async ([words, search, module]) => {
            const { Language } = await import(search);
            const language = new Language("", await import(module));
            return words.map((word) => language.stem(word));
        }""",
        [words, page.locator("script[type=module]").get_attribute("src"), f"/assets/{module.name}"],
    )

    assert [
        (word, stem(word, language), found)
        for word, found in zip(words, stems, strict=True)
        if stem(word, language) != found
    ] == []


def test_the_page_parts_texts_into_words_as_the_build_does(page: Page, home: str) -> None:
    texts = [path.read_text("utf-8") for path in (ROOT / "tests/data/prose").glob("*.md")]
    texts += ["1.600, 1,600 48.750.000,50 1/3 ½ ², A\u030alborg Þór ǿ ŒUVRE ß O’Brien kunde_liste"]
    texts += ["Київ й Ελλάς İstanbul naïve façade ÅÅ aaa oee e\u0301\u0301 1.2345 x\u00ady ﬁn"]
    page.goto(home + SEARCH)

    found = page.evaluate(
        """async ([texts, search]) => {
            const { fold } = await import(search);
            return texts.map((text) => fold(text).match(/[\\p{L}\\p{N}]+/gu));
        }""",
        [texts, page.locator("script[type=module]").get_attribute("src")],
    )

    assert [words_of(text) for text in texts] == found
