import io
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image

from sitegen.findings import Findings
from sitegen.icons import SIZES, Mark, fitted_icon, mark_of, pixel_icon, svg_icon
from tests.conftest import CONFIG, GOLDEN, Site
from tests.examples import lines_of

STYLE = """
  --paper: light-dark(#fffff0, #101010);
  --accent: light-dark(#7a1f3d, #f0a3bd);
"""


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def a_picture(width: int = 600, height: int = 600, colour: str = "#ff0000") -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(buffer, "PNG")
    return buffer.getvalue()


@pytest.mark.parametrize("name", SIZES)
def test_each_icon_has_its_size_and_the_same_bytes_every_time(name: str) -> None:
    """R75."""
    mark = mark_of("Conscensia", "")
    icon = opened(pixel_icon(name, mark))

    assert icon.size == (SIZES[name], SIZES[name])
    assert icon.format == ("ICO" if name == "favicon.ico" else "PNG")
    assert pixel_icon(name, mark) == pixel_icon(name, mark)


@pytest.mark.parametrize(
    ("title", "letter"),
    [("Conscensia", "C"), ("ørsted", "Ø"), ("“Nyt”", "N"), ("3 venner", "3"), ("…", "•")],
)
def test_the_icon_shows_the_first_letter_of_the_sites_name(title: str, letter: str) -> None:
    mark = mark_of(title, "")

    assert mark.letter == letter
    assert f">{letter}</text>" in svg_icon(mark).decode()


def test_the_icon_has_the_colours_of_the_style_sheet() -> None:
    """R143: the brand changes them in one place; what comes last holds."""
    mark = mark_of("C", f"--accent: light-dark(#000000, #ffffff);{STYLE}")
    icon = opened(pixel_icon("icon-180.png", mark)).convert("RGB")

    assert mark == Mark(letter="C", accent=("#7a1f3d", "#f0a3bd"), paper=("#fffff0", "#101010"))
    assert icon.getpixel((0, 0)) == (0x7A, 0x1F, 0x3D)
    assert all(colour in svg_icon(mark).decode() for colour in (*mark.accent, *mark.paper))


@pytest.mark.parametrize(("title", "like"), [("Åse", "A"), ("Ørsted", "O"), ("Ærø", "A")])
def test_a_letter_that_the_font_lacks_is_drawn_by_its_neighbour(title: str, like: str) -> None:
    drawn = pixel_icon("favicon.ico", mark_of(title, ""))

    assert drawn == pixel_icon("favicon.ico", mark_of(like, ""))


def test_a_letter_of_another_alphabet_becomes_a_ring() -> None:
    assert pixel_icon("favicon.ico", mark_of("Ж", "")) == pixel_icon(
        "favicon.ico", mark_of("•", "")
    )


def test_the_sites_own_picture_becomes_the_icon() -> None:
    icon = fitted_icon("icon-192.png", a_picture(), "x", Findings())

    assert icon is not None
    assert opened(icon).size == (192, 192)
    assert opened(icon).convert("RGB").getpixel((90, 90)) == (255, 0, 0)


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (a_picture(600, 500), "is 600 × 500 pixels"),
        (a_picture(64, 64), "is 64 × 64 pixels"),
        (b"no picture", "cannot be read"),
        (a_picture()[:100], "cannot be read"),
        (b"", "cannot be read"),
    ],
)
def test_a_picture_that_gives_no_icon_is_told(content: bytes, fault: str) -> None:
    findings = Findings()

    assert fitted_icon("icon-192.png", content, "templates/assets/icon.png", findings) is None
    assert lines_of(findings) == [
        f"templates/assets/icon.png: error: the icon {fault}: save it as a square PNG of"
        " 512 pixels or somewhat more [media-broken]"
    ]


def manifest_at(site: Site, page: str) -> dict[str, Any]:
    """Return the web manifest that a page names."""
    (href,) = re.findall(r'<link rel="manifest" href="/([^"]+)">', site.page(page))
    found: dict[str, Any] = json.loads(site.page(href))
    return found


@pytest.mark.parametrize(
    ("page", "language", "start"),
    [
        ("da/index.html", "da", "/da/"),
        ("en/index.html", "en", "/en/"),
        ("index.html", "da", "/da/"),
    ],
)
def test_each_language_has_a_manifest_whose_icons_are_there(
    golden: Site, page: str, language: str, start: str
) -> None:
    """R75."""
    said = manifest_at(golden, page)

    assert (said["lang"], said["start_url"]) == (language, start)
    assert [icon["sizes"] for icon in said["icons"]] == ["any", "192x192", "512x512"]
    for icon in said["icons"][1:]:
        found = opened((golden.output / icon["src"][1:]).read_bytes())
        assert icon["sizes"] == f"{found.width}x{found.height}"
    (touch,) = re.findall(r'<link rel="apple-touch-icon" href="/([^"]+)">', golden.page(page))
    assert opened((golden.output / touch).read_bytes()).size == (180, 180)


@pytest.fixture
def project(tmp_path: Any) -> Site:
    site = Site(tmp_path / "project")
    for name in ("config.toml", "content/news/2024-01-10-tilbud.da.md"):
        site.change(name, (GOLDEN / "site" / name).read_text("utf-8"))
    return site


def test_icons_of_the_site_stand_in_place_of_the_drawn_ones(project: Site) -> None:
    project.change("templates/assets/icon.svg", '<svg xmlns="http://www.w3.org/2000/svg"/>')
    (project.root / "templates/assets/icon.png").write_bytes(a_picture())
    (project.root / "content/files").mkdir()
    (project.root / "content/files/favicon.ico").write_bytes(b"own")

    site = project.build()

    assert site.is_sound, site.lines
    (vector,) = re.findall(
        r'<link rel="icon" type="image/svg\+xml" href="/([^"]+)">', site.page("da/index.html")
    )
    assert site.page(vector) == '<svg xmlns="http://www.w3.org/2000/svg"/>'
    for icon in manifest_at(site, "da/index.html")["icons"][1:]:
        image = opened((site.output / icon["src"][1:]).read_bytes()).convert("RGB")
        assert image.getpixel((5, 5)) == (255, 0, 0)
    assert (site.output / "favicon.ico").read_bytes() == b"own"
    assert not [
        path for path in site.files() if path.startswith("assets/icon.") and path.endswith("png")
    ]


def test_a_broken_icon_stops_the_site_once_and_with_its_name(project: Site) -> None:
    project.change("templates/assets/icon.png", "no picture")

    assert "templates/assets/icon.png" in "".join(project.build().lines)
    assert len([line for line in project.lines if "[media-broken]" in line]) == 1


def test_what_brand_css_says_ends_the_one_style_sheet(project: Site) -> None:
    """R143, R114: one file for browsers; the icons follow."""
    project.change("templates/assets/brand.css", ":root { --accent: light-dark(#7a1f3d, #f0a3bd) }")

    site = project.build()

    assert site.is_sound, site.lines
    styles = [path for path in site.files() if path.endswith(".css")]
    assert len(styles) == 1
    assert (
        site.page(styles[0]).rstrip().endswith(":root { --accent: light-dark(#7a1f3d, #f0a3bd) }")
    )
    (icon,) = [path for path in site.files() if path.startswith("assets/icon.")]
    assert "#7a1f3d" in site.page(icon)


def test_an_icon_follows_the_name_there_and_back(site: Callable[[str], Site]) -> None:
    """Its address stays, so that what an earlier build drew must not be taken for what is there."""
    project = site("-- content/news/2024-05-17-x.da.md --\n---\ntitle: X\n---\nTekst.\n")
    first = project.build().files()["favicon.ico"]
    project.change("config.toml", CONFIG.replace("Avisen", "Bladet")).build()
    second = project.files()["favicon.ico"]

    assert first != second
    assert project.change("config.toml", CONFIG).build().files()["favicon.ico"] == first
