"""The preview in a real Chromium: a save is seen, a fault is shown over the last good page."""

import re
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

from tests.find_chromium import chromium
from tests.preview_builds import line_with, started

pytestmark = pytest.mark.browser
expect.set_options(timeout=15_000)  # a busy machine; nothing waits longer than it must

HTML = """<!doctype html>
<html lang="da">
<head><meta charset="utf-8"><title>Side</title>
<link rel="stylesheet" href="/{style}"></head>
<body><main><h1>{text}</h1><p><a href="/other.html">Videre</a></p></main></body>
</html>
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        yield launched
        launched.close()


class Desk:
    """An editor's desk: a project, its preview, and a page of it in a browser."""

    def __init__(self, root: Path, url: str, page: Page) -> None:
        self.root = root
        self.url = url
        self.page = page
        self.complaints: list[str] = []
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._note)

    def _note(self, line: ConsoleMessage) -> None:
        if line.type == "error" and "Failed to load resource" not in line.text:
            self.complaints.append(line.text)

    def save(self, text: str, name: str = "index.html", style: str = "site.css") -> None:
        """Save a page with this headline."""
        (self.root / "content" / name).write_text(HTML.format(text=text, style=style))

    def expect_headline(self, text: str) -> None:
        expect(self.page.locator("h1")).to_have_text(text)

    @property
    def overlay(self) -> Any:
        return self.page.get_by_role("alertdialog")

    def wait_until_listening(self) -> None:
        self.page.locator("sitegen-preview[data-live]").wait_for(state="attached")

    def mark(self) -> None:
        """Leave a mark that a page loaded anew does not have."""
        self.page.evaluate("window.mark = 1")

    def has_mark(self) -> bool:
        return bool(self.page.evaluate("window.mark === 1"))


def go_at_once(page: Page, process: subprocess.Popen[str]) -> None:
    """Open the front page; the first build may end, and load it anew, while it is loading."""
    page.goto(line_with(process, "preview is at").split()[4], wait_until="commit")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a project with two pages and a style sheet."""
    root = tmp_path / "site"
    (root / "content").mkdir(parents=True)
    (root / "templates").mkdir()
    (root / "content/index.html").write_text(HTML.format(text="Første", style="site.css"))
    (root / "content/other.html").write_text(HTML.format(text="Anden", style="site.css"))
    (root / "content/site.css").write_text("h1 { color: rgb(1, 2, 3) }")
    return root


@contextmanager
def previewed(root: Path, browser: Browser, *, real: bool = False, **looks: Any) -> Iterator[Desk]:
    """Yield a desk, and see to it that the browser had nothing to complain about."""
    context = browser.new_context(**looks)
    context.set_default_timeout(10_000)
    with started(root, real=real) as process:
        url = line_with(process, "preview is at").split()[4]
        line_with(process, "built in")
        desk = Desk(root, url, context.new_page())
        desk.page.goto(url)
        desk.wait_until_listening()
        yield desk
        process.terminate()
        assert process.wait(timeout=5) == 143
        assert process.stderr
        assert process.stderr.read() == ""
        context.close()
    after_the_end = re.compile("net::ERR_CONNECTION_(REFUSED|RESET)")
    assert [text for text in desk.complaints if not after_the_end.search(text)] == []


@pytest.fixture
def desk(root: Path, browser: Browser) -> Iterator[Desk]:
    with previewed(root, browser) as desk:
        yield desk


def test_a_save_is_seen_and_the_reader_keeps_their_place(desk: Desk) -> None:
    desk.save("Ny" + "<p>x</p>" * 200)
    desk.page.get_by_role("heading", name="Ny").wait_for()
    desk.wait_until_listening()
    desk.page.evaluate("window.scrollTo(0, 700)")
    desk.save("Nyere" + "<p>x</p>" * 200)
    desk.page.get_by_role("heading", name="Nyere").wait_for()
    desk.page.evaluate(
        """() => new Promise((done) => {
            const look = () => scrollY === 700 ? done() : requestAnimationFrame(look);
            look();
        })"""
    )


def test_the_last_of_many_saves_is_seen(desk: Desk) -> None:
    """livereload alone loses the second of two saves within three seconds."""
    for number in range(20):
        desk.save(f"Udgave {number}")
        desk.save(f"Anden {number}", "other.html")

    desk.expect_headline("Udgave 19")
    for number in range(5):
        desk.save(f"Igen {number}")
        desk.expect_headline(f"Igen {number}")


def test_a_fault_is_shown_over_the_last_good_page_and_goes_when_mended(desk: Desk) -> None:
    desk.save("Fejl FAULT")
    expect(desk.overlay).to_be_visible()

    expect(desk.overlay).to_contain_text("Not built: 1 error")
    expect(desk.overlay).to_contain_text("content/index.html:5")
    expect(desk.overlay).to_contain_text("error: the <b>title</b> is missing")
    expect(desk.overlay).to_contain_text("write one")
    expect(desk.overlay).to_contain_text("<h1>Fejl FAULT</h1>")
    expect(desk.overlay).to_contain_text("title-missing")
    assert desk.overlay.locator("b, h1").count() == 0
    desk.expect_headline("Første")

    desk.save("Rettet")
    desk.expect_headline("Rettet")
    expect(desk.overlay).to_have_count(0)


def test_taking_the_fault_back_takes_the_overlay_away_too(desk: Desk) -> None:
    """The site is then the same as before, byte for byte."""
    desk.save("Fejl FAULT")
    expect(desk.overlay).to_be_visible()
    desk.save("Første")
    expect(desk.overlay).to_have_count(0)
    desk.expect_headline("Første")


def test_escape_hides_the_overlay_until_the_next_build(desk: Desk) -> None:
    desk.save("Fejl FAULT")
    expect(desk.overlay).to_be_visible()
    desk.page.keyboard.press("Escape")
    expect(desk.overlay).to_have_count(0)
    badge = desk.page.get_by_role("button", name="1 error")
    expect(badge).to_be_visible()

    desk.page.get_by_role("link", name="Videre").click()
    desk.expect_headline("Anden")
    expect(badge).to_be_visible()
    expect(desk.overlay).to_have_count(0)
    badge.click()
    expect(desk.overlay).to_be_visible()
    desk.overlay.get_by_role("button", name="Hide").click()
    expect(desk.overlay).to_have_count(0)

    desk.save("Stadig FAULT")
    expect(desk.overlay).to_contain_text("Stadig")


def test_warnings_are_counted_in_a_corner_and_listed_on_demand(desk: Desk) -> None:
    desk.save("Nogenlunde MILD FAULT")
    desk.expect_headline("Nogenlunde MILD FAULT")
    badge = desk.page.get_by_role("button", name="1 warning")
    expect(badge).to_be_visible()
    expect(desk.overlay).to_have_count(0)

    badge.focus()
    desk.page.keyboard.press("Enter")
    expect(desk.overlay).to_contain_text("warning: the <b>title</b> is missing")
    desk.page.keyboard.press("Escape")
    desk.save("Godt")
    desk.expect_headline("Godt")
    expect(badge).to_have_count(0)


@pytest.mark.parametrize("is_hashed", [False, True])
def test_style_is_swapped_without_loading_the_page(
    root: Path, browser: Browser, *, is_hashed: bool
) -> None:
    old, new = ("site.1a2b3c4d.css", "site.5e6f7a8b.css") if is_hashed else ("site.css",) * 2
    (root / "content/site.css").rename(root / "content" / old)
    for name in ("index.html", "other.html"):
        (root / "content" / name).write_text(HTML.format(text="Første", style=old))
    with previewed(root, browser) as desk:
        expect(desk.page.locator("h1")).to_have_css("color", "rgb(1, 2, 3)")
        desk.mark()
        (root / "content" / new).write_text("h1 { color: rgb(4, 5, 6) }")
        expect(desk.page.locator("h1")).to_have_css("color", "rgb(4, 5, 6)")
        assert desk.has_mark()

        desk.save("Og teksten", style=new)
        desk.expect_headline("Og teksten")
        assert not desk.has_mark()


@pytest.mark.parametrize(
    "html",
    ["<h1>{}</h1>", "<script type='x'>'</head>'</script><h1>{}</h1>", "<body><h1>{}</h1></body>"],
)
def test_a_page_without_a_head_is_alive_too(desk: Desk, html: str) -> None:
    place = desk.root / "content/index.html"
    for text in ("Uden", "Stadig uden"):
        place.write_text(html.format(text))
        desk.expect_headline(text)
        desk.wait_until_listening()


def test_without_any_page_yet_the_faults_are_shown_and_the_page_follows(
    root: Path, browser: Browser
) -> None:
    (root / "content/index.html").write_text("FAULT")
    page = browser.new_page()
    with started(root) as process:
        go_at_once(page, process)
        expect(page.get_by_role("alertdialog")).to_contain_text("content/index.html:1")
        expect(page.locator("h1")).to_have_text("There is no page to show yet")
        (root / "content/index.html").write_text("<h1>Endelig</h1>")
        expect(page.locator("h1")).to_have_text("Endelig")
        page.context.close()


def test_a_page_finds_a_preview_that_was_started_anew(root: Path, browser: Browser) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    page = browser.new_page()
    with started(root, port=port) as process:
        go_at_once(page, process)
        expect(page.locator("h1")).to_have_text("Første")
        page.locator("sitegen-preview[data-live]").wait_for(state="attached")
        process.terminate()
        process.wait(timeout=5)
        expect(page.get_by_role("button")).to_have_text("The preview has ended")
    (root / "content/index.html").write_text("<h1>Mens du var væk</h1>")
    with started(root, port=port):
        expect(page.locator("h1")).to_have_text("Mens du var væk")
        page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_overlay_fits_a_phone_and_the_readers_scheme(
    root: Path, browser: Browser, scheme: str
) -> None:
    size = {"width": 360, "height": 640}
    with previewed(root, browser, viewport=size, color_scheme=scheme) as desk:
        desk.save("FAULT " + "langtord" * 60)
        expect(desk.overlay).to_be_visible()
        expect(desk.overlay.get_by_role("button", name="Hide")).to_be_in_viewport(ratio=1)
        box = desk.overlay.bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 360
        assert box["height"] <= 640
        paper = "rgb(255, 255, 255)" if scheme == "light" else "rgb(27, 33, 30)"
        expect(desk.overlay).to_have_css("background-color", paper)

        assert Axe().run(desk.page).response["violations"] == []
        desk.complaints.clear()  # axe sets styles, which the pages' policy forbids


ARTICLE = """---
title: {title}
date: 2024-05-17
---

{text}
"""


def test_the_sites_own_build_is_previewed_below_its_base_path(
    tmp_path: Path, browser: Browser
) -> None:
    """Edit, break, mend: as an editor sees it, drafts and future stories included."""
    root, ours = tmp_path / "site", Path(__file__).parent.parent
    shutil.copytree(ours / "content", root / "content")
    config = (ours / "config.toml").read_text()
    base_url = re.compile("^base_url = .*$", re.MULTILINE)
    (root / "config.toml").write_text(base_url.sub('base_url = "https://example.com/nyt"', config))
    story = root / "content/news/en-proeve.da.md"
    story.write_text(ARTICLE.format(title="En prøve\ndraft: true", text="Første udgave."))
    style = root / "templates/assets/site.css"
    style.parent.mkdir(parents=True)
    shutil.copy(ours / "templates/assets/site.css", style)
    with previewed(root, browser, real=True) as desk:
        desk.page.goto(f"{desk.url}nyt/da/nyheder/2024/en-proeve/")
        desk.expect_headline("En prøve")
        expect(desk.page.get_by_text("Første udgave.")).to_be_visible()
        desk.wait_until_listening()

        story.write_text(
            ARTICLE.format(title="En bedre prøve", text="Anden udgave.\n\n#### For dybt")
        )
        expect(desk.overlay).to_contain_text("content/news/en-proeve.da.md:8")
        expect(desk.page.get_by_text("Første udgave.")).to_be_visible()

        story.write_text(ARTICLE.format(title="En prøve", text="Tredje udgave."))
        expect(desk.page.get_by_text("Tredje udgave.")).to_be_visible()
        expect(desk.overlay).to_have_count(0)
        desk.mark()
        style.write_text(f"{style.read_text()} h1 {{ color: rgb(9, 8, 7) }}")
        expect(desk.page.locator("h1")).to_have_css("color", "rgb(9, 8, 7)")
        assert desk.has_mark()
        desk.page.goto(f"{desk.url}nyt/da/findes-ikke/")
        expect(desk.page.locator("h1")).to_be_visible()


def test_another_site_in_the_same_browser_learns_nothing(desk: Desk, tmp_path: Path) -> None:
    """Row 25: not by script, not by fetch, not by websocket."""
    elsewhere = tmp_path / "elsewhere"
    (elsewhere / "content").mkdir(parents=True)
    (elsewhere / "templates").mkdir()
    (elsewhere / "content/index.html").write_text("<h1>Andetsteds</h1>")
    attempt = """async ([url, socket]) => {
        const loaded = await new Promise((done) => {
            const script = Object.assign(document.createElement("script"), { src: url });
            script.onload = () => done("loaded");
            script.onerror = () => done("refused");
            document.body.append(script);
        });
        const fetched = await fetch(url).then(() => "read", () => "refused");
        const heard = await new Promise((done) => {
            const listening = new WebSocket(socket);
            listening.onopen = () => done("open");
            listening.onerror = () => done("refused");
        });
        return [loaded, fetched, heard];
    }"""
    with started(elsewhere) as process:
        context = desk.page.context.browser.new_context(bypass_csp=True)  # type: ignore[union-attr]
        page = context.new_page()
        address = line_with(process, "preview is at").split()[4]
        line_with(process, "built in")  # which loads an open page anew
        page.goto(address)
        socket_url = desk.url.replace("http", "ws") + "livereload"
        for url in (f"{desk.url}__sitegen/client.js", f"{desk.url}__sitegen/state.json"):
            outcome = page.evaluate(attempt, [url, socket_url])
            assert outcome == ["refused", "refused", "refused"]
        context.close()
