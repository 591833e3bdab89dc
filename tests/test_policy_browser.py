"""Every page of the golden site in a real Chromium, under the site's own security policy."""

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from sitegen.policy import POLICY
from tests.conftest import Site
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


def test_the_policy_is_enforced_by_the_pages_themselves(golden: Site, page: Page) -> None:
    """R136: from a server that sends no header; the test would see what is broken."""
    page.route("**/*", lambda route: route.fulfill(
        body=golden.page("da/index.html").replace("<main", '<i style="color:red">x</i><main'),
        content_type="text/html; charset=utf-8",
    ))  # fmt: skip
    page.goto("http://news.example/")

    assert page.evaluate("window.broken") == ["style-src-attr inline"]
