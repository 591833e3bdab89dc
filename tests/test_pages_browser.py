"""The built site in a real Chromium: what readers and screen readers meet."""

import re
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Request, expect, sync_playwright

from sitegen.pipeline import build
from tests.conftest import NOW, ROOT, THEME, Site
from tests.find_chromium import chromium

pytestmark = pytest.mark.browser

DANISH = "/da/nyheder/2012/faciliteringsteam-giver-tilfredse-kunder/"
ENGLISH = "/en/news/2012/facilitation-team-earns-satisfied-customers/"
KINDS = {
    "gateway": ("/",),
    "front": ("/da/", "/en/"),
    "article": (DANISH, ENGLISH),
    "list": ("/da/nyheder/", "/en/news/"),
    "year": ("/da/nyheder/2012/", "/en/news/2012/"),
    "archive": ("/da/nyheder/arkiv/", "/en/news/archive/"),
    "topic": ("/da/emner/kundesamarbejde/", "/en/topics/working-with-customers/"),
    "person": ("/da/personer/line-milthers/", "/en/people/line-milthers/"),
    "fixed": ("/da/privatliv/", "/en/privacy/"),
    "press": ("/da/presse/", "/en/press/"),
    "search": ("/da/soeg/", "/en/search/"),
    "not_found": ("/404.html", "/da/404.html", "/en/404.html"),
}
ADDRESSES = [address for addresses in KINDS.values() for address in addresses]
QUANTITY = r"88\u00a0procent|1\.600\u00a0km|15\.\u00a0marts\u00a02012"
VIEWS = [(1280, "light"), (320, "dark")]


class Quiet(SimpleHTTPRequestHandler):
    """A plain file server: the site needs no rules of a host (R141)."""

    def log_message(self, *_: object) -> None:  # keeps the test output readable
        pass


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the real site, freshly built; returns the address of its root."""
    output = tmp_path_factory.mktemp("built") / "output"
    order = Site(ROOT).order(output=output, theme=THEME, now=NOW, use_cache=False)
    build(order, lambda *_: None)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(output)))
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
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(("width", "scheme"), VIEWS)
def test_every_page_is_accessible_quiet_and_fits(
    browser: Browser, home: str, width: int, scheme: str
) -> None:
    """R89 axe finds nothing; R64 no foreign request, no cookie; R97 nothing scrolls sideways."""
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    page = context.new_page()
    said: list[str] = []
    foreign: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", partial(_note_foreign, home, foreign))

    for address in ADDRESSES:
        page.goto(home + address)
        found = Axe().run(page, options={"resultTypes": ["violations"]})
        violations = [rule["id"] for rule in found.response["violations"]]
        assert (address, []) == (address, violations)
        width_of_all = page.evaluate("document.documentElement.scrollWidth")
        assert width_of_all <= width, address

    assert said == []
    assert foreign == []
    assert context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    context.close()


def _note_foreign(home: str, foreign: list[str], request: Request) -> None:
    if not request.url.startswith(home):
        foreign.append(request.url)


@pytest.mark.parametrize(("address", "language"), [(DANISH, "da"), (ENGLISH, "en")])
def test_the_article_is_read_in_its_language(
    page: Page, home: str, address: str, language: str
) -> None:
    page.goto(home + address)

    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.locator("h1")).to_have_count(1)
    expect(page.locator("main article time").first).to_have_attribute(
        "datetime", "2012-03-15T12:00:00+01:00"
    )


@pytest.mark.parametrize("address", [address for address in ADDRESSES if address != "/"])
def test_the_switcher_leads_to_the_same_place_in_the_other_language_and_back(
    page: Page, home: str, address: str
) -> None:
    """R36, R37: followed from every page: 200, the right language, and never `/` by surprise."""
    page.goto(home + address)
    here = page.locator("html").get_attribute("lang")
    other = {"da": "en", "en": "da"}[str(here)]
    link = page.locator(f"nav a[hreflang={other}]")
    expect(link).to_be_visible()

    with page.expect_navigation() as arrived:
        link.click()

    assert arrived.value.status == 200
    expect(page.locator("html")).to_have_attribute("lang", other)
    assert page.url != f"{home}/"
    if "404" in address:
        return
    page.locator(f"nav a[hreflang={here}]").click()
    expect(page).to_have_url(home + address)


def test_the_first_tab_leads_past_the_header(page: Page, home: str) -> None:
    """R92: the skip link is the first stop, is seen, and moves the focus to the content."""
    page.goto(home + DANISH)
    page.keyboard.press("Tab")

    focused = page.locator(":focus")
    expect(focused).to_have_text("Spring til indhold")
    expect(focused).to_be_in_viewport()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_no_line_ends_between_a_number_and_its_unit(browser: Browser, home: str) -> None:
    """R57: at 320 px, `88 procent`, `1.600 km` and the date each stand on one line."""
    context = browser.new_context(viewport={"width": 320, "height": 900})
    page = context.new_page()
    page.goto(home + DANISH)

    heights = page.evaluate(
        """() => {
            const found = [];
            const walker = document.createTreeWalker(document.querySelector('main'), 4);
            while (walker.nextNode()) {
                const text = walker.currentNode.data;
                for (const match of text.matchAll(/QUANTITY/g)) {
                    const range = document.createRange();
                    range.setStart(walker.currentNode, match.index);
                    range.setEnd(walker.currentNode, match.index + match[0].length);
                    found.push([match[0], range.getClientRects().length]);
                }
            }
            return found;
        }""".replace("QUANTITY", QUANTITY)
    )

    assert len(heights) >= 4
    assert [name for name, lines in heights if lines != 1] == []
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_links_in_text_are_underlined_and_focus_is_seen(
    browser: Browser, home: str, scheme: str
) -> None:
    """R94, R96: colour alone never tells a link; the focus outline is at least 3 px."""
    context = browser.new_context(color_scheme="dark" if scheme == "dark" else "light")
    page = context.new_page()
    page.goto(f"{home}/da/om-conscensia/")
    link = page.locator("main .text a, main p a").first

    style = link.evaluate("node => getComputedStyle(node).textDecorationLine")
    link.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")

    assert "underline" in style or "border" in style
    assert float(outline.removesuffix("px")) >= 3
    context.close()


def test_the_article_prints_on_at_most_three_pages(page: Page, home: str, tmp_path: Path) -> None:
    """R106: only the article, as a letter."""
    page.goto(home + DANISH)
    paper = tmp_path / "article.pdf"
    page.pdf(path=str(paper), format="A4")

    assert len(re.findall(rb"/Type\s*/Page\b", paper.read_bytes())) <= 3
    page.emulate_media(media="print")
    expect(page.locator("nav").first).to_be_hidden()
