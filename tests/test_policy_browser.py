"""Every page of the golden site in a real Chromium, under the site's own security policy."""

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from sitegen.policy import POLICY
from tests.conftest import GOLDEN, Site
from tests.find_chromium import chromium

pytestmark = pytest.mark.browser

TOLD = """
    window.broken = [];
    document.addEventListener('securitypolicyviolation', (event) =>
        window.broken.push(event.violatedDirective + ' ' + event.blockedURI));
"""


class Strict(SimpleHTTPRequestHandler):
    """A file server that sends the policy with all that it serves."""

    extensions_map = SimpleHTTPRequestHandler.extensions_map | {
        ".webmanifest": "application/manifest+json"
    }

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        self.send_header("X-Content-Type-Options", "nosniff")
        super().end_headers()

    def log_message(self, *_: object) -> None:  # keeps the test output readable
        pass


@pytest.fixture(scope="module")
def home(golden: Site) -> Iterator[str]:
    """Serve the golden site under the policy; returns the address of its root."""
    handler = partial(Strict, directory=str(golden.output))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
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
    context = browser.new_context()
    context.add_init_script(TOLD)
    yield context.new_page()
    context.close()


def test_every_page_obeys_the_policy_and_loads_nothing_foreign(
    golden: Site, home: str, page: Page
) -> None:
    """R133, R64: no violation, no foreign request, an empty console."""
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    paths = [path for path in golden.files() if path.endswith(".html")]

    for path in paths:
        if 'http-equiv="refresh"' in golden.page(path):
            continue  # it leads to another page of these
        page.goto(f"{home}/{path}")
        assert (path, []) == (path, page.evaluate("window.broken"))

    assert said == []
    assert [url for url in asked if not url.startswith(f"{home}/")] == []
    assert len(paths) > 30


def test_the_policy_is_enforced_by_the_pages_themselves(tmp_path: Path, page: Page) -> None:
    """R136: from a server that sends no header; the tests would see what is broken."""
    config = (GOLDEN / "site/config.toml").read_text("utf-8") + '[deploy]\nhost = "plain"\n'
    plain = Site(tmp_path / "project").change("config.toml", config).build()
    page.route("**/*", lambda route: route.fulfill(
        body=plain.page("da/index.html").replace("<main", '<i style="color:red">x</i><main'),
        content_type="text/html; charset=utf-8",
    ))  # fmt: skip
    page.goto("http://news.example/")

    assert page.evaluate("window.broken") == ["style-src-attr inline"]


USELESS = r"""() => {
    const useless = [];
    let all = 0;
    const state = /::[\w-]+|:(hover|focus-visible|focus|visited|active|any-link|target)\b/g;
    const walk = (rules, parent) => {
        for (const rule of rules) {
            if (rule.selectorText === undefined) { walk(rule.cssRules || [], parent); continue; }
            const nested = rule.selectorText.includes('&')
                ? rule.selectorText.replaceAll('&', `:is(${parent})`)
                : `:is(${parent}) ${rule.selectorText}`;
            const selector = parent ? nested : rule.selectorText;
            const size = rule.selectorText.length + rule.style.cssText.length;
            all += size;
            const anyState = selector.replace(state, ':not(#nothing)');
            if (!document.querySelector(anyState)) useless.push([selector, size]);
            walk(rule.cssRules, selector);
        }
    };
    for (const sheet of document.styleSheets) walk(sheet.cssRules, '');
    return { useless, all };
}"""


def test_articles_use_most_of_the_style_sheet_that_they_load(
    golden: Site, home: str, page: Page
) -> None:
    """R114: under a fifth of it is for other pages; every width, state and medium counts as use."""
    paths = [path for path in golden.files() if path.count("/") == 4 and "/202" in path]
    never: dict[str, int] | None = None
    for path in paths:
        page.goto(f"{home}/{path}")
        told = page.evaluate(USELESS)
        found = dict(told["useless"])
        never = found if never is None else {key: never[key] for key in never.keys() & found}

    assert len(paths) > 5
    assert never
    assert sum(never.values()) / told["all"] < 0.2


@pytest.mark.parametrize(("motion", "faded"), [("no-preference", "yes"), ("reduce", None)])
def test_pages_fade_into_each_other_unless_the_reader_minds(
    browser: Browser, home: str, motion: Any, faded: str | None
) -> None:
    """R126, R104."""
    context = browser.new_context(reduced_motion=motion)
    page = context.new_page()
    page.goto(f"{home}/da/")
    page.evaluate("addEventListener('pageswap', event => { event.viewTransition && "
                  "localStorage.setItem('faded', 'yes') })")  # fmt: skip
    page.locator("main h2 a").first.click()
    page.wait_for_load_state()

    assert page.evaluate("localStorage.getItem('faded')") == faded
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_link_shows_that_it_is_pointed_at_pressed_and_was_visited(
    browser: Browser, home: str, scheme: Any
) -> None:
    """R153: in text, headline, topic, menu; by more than a look that it has anyway."""
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    page.goto(f"{home}/da/nyheder/")
    tools = context.new_cdp_session(page)
    tools.send("DOM.enable")
    tools.send("CSS.enable")
    root = tools.send("DOM.getDocument")["root"]["nodeId"]

    for selector in ("h2 a", ".meta a", ".menu a:not([aria-current])", ".foot .row a"):
        node = tools.send("DOM.querySelector", {"nodeId": root, "selector": selector})["nodeId"]
        looks = set()
        for states in ([], ["hover"], ["hover", "active"], ["focus", "focus-visible"]):
            forced = {"nodeId": node, "forcedPseudoClasses": states}
            tools.send("CSS.forcePseudoState", forced)
            looks.add(page.locator(selector).first.evaluate(LOOK))
        assert len(looks) == 4, selector
    context.close()


LOOK = """node => {
    const style = getComputedStyle(node);
    return [style.color, style.textDecoration, style.outlineStyle].join();
}"""
