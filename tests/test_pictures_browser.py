"""Pictures in a real Chromium: which file it chooses, how wide it shows it, what moves."""

import re
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, sync_playwright

from tests.conftest import Site
from tests.find_chromium import chromium
from tests.test_images_renditions import a_drawing, a_photo, saved

pytestmark = pytest.mark.browser

HERE = "content/news/2024-05-17-lviv"
SITE = f"""\
-- {HERE}/index.da.md --
---
title: Nyt kontor
image: hold.jpg
image_alt: Holdet
image_credit: Eva Skov
---
Vi åbner.

![Byen](by.jpg "Byen | Foto: Eva Skov")

![En mand](mand.jpg "En mand | Foto: Eva Skov")

::: fact Kort fortalt
![Tal](tal.jpg "Tal | Foto: Eva Skov")
:::
-- content/news/2024-05-18-mand/index.da.md --
---
title: Ny mand
image: mand.jpg
image_alt: En mand
image_credit: Eva Skov
---
Han begynder.

![Lille](lille.png "Et lille billede")
"""
ADDRESSES = ("/da/nyheder/2024/nyt-kontor/", "/da/nyheder/2024/ny-mand/")
WINDOWS = [(320, 640), (360, 740), (620, 900), (800, 900), (961, 900), (1100, 800), (1280, 720),
           (1920, 1080)]  # fmt: skip


class Quiet(SimpleHTTPRequestHandler):
    """A plain file server."""

    def log_message(self, *_: object) -> None:  # keeps the test output readable
        pass


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a site with pictures of every shape; returns the address of its root."""
    project = Site(tmp_path_factory.mktemp("pictures") / "project").write(SITE)
    wide, tall = saved(a_photo(1800, 1200), "JPEG"), saved(a_photo(1200, 1800), "JPEG")
    for name in ("hold.jpg", "by.jpg", "tal.jpg"):
        project.change(f"{HERE}/{name}", wide)
    for folder in (HERE, "content/news/2024-05-18-mand"):
        project.change(f"{folder}/mand.jpg", tall)
    project.change("content/news/2024-05-18-mand/lille.png", saved(a_drawing(), "PNG"))
    assert project.build().is_sound
    handler = partial(Quiet, directory=str(project.output))
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


def shown(page: Page) -> list[dict[str, Any]]:
    """Return of each picture its file, how wide it is seen and how wide `sizes` said."""
    page.evaluate("document.querySelectorAll('img').forEach(it => it.loading = 'eager')")
    page.wait_for_function("[...document.images].every(it => it.complete && it.naturalWidth)")
    found: list[dict[str, Any]] = page.evaluate(
        """[...document.querySelectorAll('main img')].map(it => {
            const box = it.getBoundingClientRect(), ratio = it.naturalWidth / it.naturalHeight
            return {file: it.currentSrc, seen: Math.min(box.width, box.height * ratio),
                    said: it.srcset ? it.naturalWidth : 0}
        })"""
    )
    return found


@pytest.mark.parametrize("address", ADDRESSES)
def test_sizes_say_how_wide_a_picture_is_seen(browser: Browser, home: str, address: str) -> None:
    """R119: within a tenth, in every column and in windows of every size."""
    for width, height in WINDOWS:
        page = browser.new_page(viewport={"width": width, "height": height})
        page.goto(home + address)

        for each in shown(page):
            if each["said"]:
                assert each["said"] == pytest.approx(each["seen"], rel=0.1), (width, each)
            assert each["seen"] <= width
        page.close()


@pytest.mark.parametrize(
    ("width", "density", "files"),
    [
        (360, 1, ("hold-480", "by-480", "mand-480", "tal-480")),
        (360, 2, ("hold-768", "by-768", "mand-768", "tal-768")),
        (1280, 1, ("hold-1080", "by-768", "mand-480", "tal-480")),
        (1280, 2, ("hold-1440", "by-1440", "mand-1200", "tal-768")),
    ],
)
def test_the_browser_fetches_the_file_that_fits(
    browser: Browser, home: str, width: int, density: int, files: tuple[str, ...]
) -> None:
    """R119: in the best format, and no other file of the same picture."""
    page = browser.new_page(viewport={"width": width, "height": 800}, device_scale_factor=density)
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url.rpartition("/")[2]))
    page.goto(home + ADDRESSES[0])
    shown(page)
    page.close()

    pictures = [name for name in fetched if name.endswith((".avif", ".webp", ".jpg"))]
    assert sorted(files) == sorted(re.sub(r"\..*", "", name) for name in pictures)
    assert all(name.endswith(".avif") for name in pictures)


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_moves_when_a_picture_arrives(
    browser: Browser, home: str, address: str, width: int
) -> None:
    """Its place is kept: layout shift 0."""
    page = browser.new_page(viewport={"width": width, "height": 800})
    held: list[Route] = []
    is_held = True

    def hold(route: Route) -> None:
        if is_held:
            held.append(route)
        else:
            route.continue_()

    page.route("**/media/*", hold)
    page.goto(home + address, wait_until="domcontentloaded")
    page.wait_for_function("document.images[0].getBoundingClientRect().height > 100")
    before = places(page)
    is_held = False
    for route in held:
        route.continue_()
    shown(page)

    assert before == places(page)
    page.close()


def places(page: Page) -> list[list[int]]:
    found: list[list[int]] = page.evaluate(
        """[...document.querySelectorAll('main img, main figcaption, main h2')].map(it => {
            const box = it.getBoundingClientRect()
            return [box.x, box.y, box.width].map(Math.round)
        })"""
    )
    return found


def test_a_browser_that_knows_no_other_format_gets_a_jpeg(browser: Browser, home: str) -> None:
    page = browser.new_page()
    page.route(
        re.compile("/da/nyheder/"),
        lambda route: route.fulfill(
            body=re.sub("<source[^>]*>", "", route.fetch().text()), content_type="text/html"
        ),
    )
    page.goto(home + ADDRESSES[0])

    assert {Path(each["file"]).suffix for each in shown(page)} == {".jpg"}
    page.close()
