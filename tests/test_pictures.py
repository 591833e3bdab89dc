"""Pictures on a finished site: their files, what pages say of them, and what is not made again."""

import io
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from selectolax.lexbor import LexborHTMLParser, LexborNode

from sitegen.images import renditions
from sitegen.pipeline import amending, build
from sitegen.preview.shelf import Answer, restock
from tests.conftest import Site, settled
from tests.test_images import moving
from tests.test_images_renditions import PHOTO, a_drawing, a_photo, saved

MakeSite = Callable[[str], Site]
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

![Tal](tal.png "Tallene")

![Byen](by.jpg "Byen | Foto: Eva Skov")

Se [hele byen](by.jpg).
-- {HERE}/index.en.md --
---
title: New office
image_alt: The team
---
![The town](by.jpg "The town | Photo: Eva Skov")
"""
DANISH, ENGLISH = "da/nyheder/2024/nyt-kontor/index.html", "en/news/2024/new-office/index.html"
WIDTHS = "\n[images]\nwidths = [120, 240]\n"


@pytest.fixture
def project(site: MakeSite) -> Site:
    """A story with a main picture, a drawing and a photograph, in small sizes that are quick."""
    made = site(SITE)
    made.change("config.toml", (made.root / "config.toml").read_text("utf-8") + WIDTHS)
    made.change(f"{HERE}/hold.jpg", PHOTO)
    made.change(f"{HERE}/by.jpg", saved(a_photo(300, 400), "JPEG"))
    return made.change(f"{HERE}/tal.png", saved(a_drawing(), "PNG"))


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note the ending of every file that is made of a picture from here on."""
    noted: list[str] = []
    really = renditions._saved

    def saving(image: Image.Image, ending: str, *rest: Any, **options: Any) -> bytes:
        noted.append(ending)
        return really(image, ending, *rest, **options)

    monkeypatch.setattr(renditions, "_saved", saving)
    return noted


def pictures_of(project: Site, path: str) -> list[LexborNode]:
    return LexborHTMLParser(project.page(path)).css("main img")


def media(project: Site) -> dict[str, bytes]:
    return {path: each for path, each in project.files().items() if path.startswith("media/")}


def candidates(node: LexborNode) -> Iterator[tuple[str, int]]:
    """Yield the file of each candidate and how wide it is said to be."""
    for each in (node.attributes.get("srcset") or "").split(", "):
        if each:
            address, _, width = each.partition(" ")
            yield address.removeprefix("/"), int(width.removesuffix("w") or 0)


# what pages say


@pytest.mark.parametrize("path", [DANISH, ENGLISH])
def test_each_file_is_as_wide_and_of_the_format_that_the_page_says(
    project: Site, path: str
) -> None:
    """R119: declared size = real size, of every file in `src` and `srcset`."""
    assert project.build().is_sound
    files = media(project)

    for picture in pictures_of(project, path):
        shown = picture.attributes
        image = Image.open(io.BytesIO(files[(shown["src"] or "").removeprefix("/")]))
        assert (shown["width"], shown["height"]) == tuple(map(str, image.size))
        assert len(list(candidates(picture))) == 2
    sources = LexborHTMLParser(project.page(path)).css("picture > *")
    assert {"image/avif", "image/webp", None} == {node.attributes.get("type") for node in sources}
    for node in sources:
        for file, width in candidates(node):
            image = Image.open(io.BytesIO(files[file]))
            assert (image.width, image.get_format_mimetype()) == (
                width,
                node.attributes.get("type") or image.get_format_mimetype(),
            )


@pytest.mark.parametrize("path", [DANISH, ENGLISH])
def test_the_first_picture_is_fetched_first_and_the_rest_late(project: Site, path: str) -> None:
    """R120."""
    first, *rest = pictures_of(project.build(), path)

    assert first.attributes["fetchpriority"] == "high"
    assert "loading" not in first.attributes
    for each in rest:
        assert (each.attributes["loading"], each.attributes["decoding"]) == ("lazy", "async")


def test_without_a_main_picture_the_first_of_the_text_is_fetched_first(project: Site) -> None:
    """R120."""
    text = (project.root / HERE / "index.da.md").read_text("utf-8")
    project.change(f"{HERE}/index.da.md", re.sub(r"image.*\n", "", text))
    project.change(f"{HERE}/index.en.md", "---\ntitle: New office\n---\nText.\n").build()

    assert [each.attributes.get("fetchpriority") for each in pictures_of(project, DANISH)] == [
        "high",
        None,
    ]


def test_a_link_to_a_picture_leads_to_all_of_it(project: Site) -> None:
    link = LexborHTMLParser(project.build().page(DANISH)).css_first("main .text p a")
    assert link
    address = link.attributes["href"] or ""
    assert (
        media(project)[address.removeprefix("/")] == (project.root / HERE / "by.jpg").read_bytes()
    )


def test_feeds_and_networks_get_a_jpeg_of_its_true_size(project: Site) -> None:
    """R74."""
    page, feed = project.build().page(DANISH), project.page("da/feed.atom")
    shown = dict(re.findall(r'<meta property="(og:image[^"]*)" content="([^"]*)"', page))

    path = shown["og:image"].removeprefix("https://news.example.org/")
    image = Image.open(io.BytesIO(media(project)[path]))
    size = (shown["og:image:width"], shown["og:image:height"])
    assert ("JPEG", size) == (image.format, tuple(map(str, image.size)))
    assert shown["og:image"] in feed
    assert "avif" not in feed


def test_a_picture_that_moves_is_one_file(project: Site) -> None:
    project.change(f"{HERE}/tal.gif", moving("GIF"))
    text = '---\ntitle: New office\nimage_alt: X\n---\n![A](tal.gif "B")\n'
    project.change(f"{HERE}/index.en.md", text).build()

    picture = pictures_of(project, ENGLISH)[-1]
    assert "srcset" not in picture.attributes
    assert picture.attributes["width"] == "8"
    assert [path for path in media(project) if path.endswith(".gif")] == [
        (picture.attributes["src"] or "").removeprefix("/")
    ]


def test_an_editor_may_ask_for_a_smaller_picture(project: Site) -> None:
    picture = '<picture><img src="by.jpg" alt="A" width="60" height="9"></picture>'
    text = f"<figure>{picture}<figcaption>Foto: Eva</figcaption></figure>"
    project.change(f"{HERE}/index.da.md", "---\ntitle: Nyt kontor\n---\nText.\n")
    project.change(f"{HERE}/index.en.md", f"---\ntitle: New office\n---\n{text}\n").build()

    assert project.is_sound
    (shown,) = pictures_of(project, ENGLISH)
    assert (shown.attributes["width"], shown.attributes["height"]) == ("60", "80")
    assert "60px" in (shown.attributes["sizes"] or "")
    assert project.page(ENGLISH).count("<picture>") == 1


# which files there are


def test_only_pictures_that_a_public_article_shows_are_published(project: Site) -> None:
    """R24."""
    project.change(f"{HERE}/hemmelig.jpg", PHOTO).change(f"{HERE}/ubrugt.jpg", PHOTO)
    project.change(
        "content/news/2024-05-18-x/index.da.md",
        '---\ntitle: Kladde\ndraft: true\n---\n![X](../2024-05-17-lviv/hemmelig.jpg "Foto: X")\n',
    ).build()

    assert project.is_sound
    names = {re.sub(r"(-\d+)?\..*", "", path) for path in media(project)}
    assert names == {"media/hold", "media/tal", "media/by"}


def test_two_stories_may_show_the_same_picture(project: Site) -> None:
    before = media(project.build())
    project.change("content/news/2024-05-18-x/hold.jpg", PHOTO)
    project.change(
        "content/news/2024-05-18-x/index.da.md", '---\ntitle: Y\n---\n![X](hold.jpg "Foto: X")\n'
    ).build()

    assert project.is_sound
    assert media(project) == before


def test_formats_and_widths_are_as_configured(project: Site) -> None:
    project.change("config.toml", (project.root / "config.toml").read_text("utf-8").replace(
        "widths = [120, 240]", 'widths = [150]\nformats = ["webp"]'
    )).build()  # fmt: skip

    assert {path.partition(".")[0] for path in media(project)} == {
        "media/hold-150", "media/tal-150", "media/by-150", "media/by",
    }  # fmt: skip
    assert not [path for path in media(project) if path.endswith(".avif")]
    assert "sizes" not in project.page(DANISH)


# what is not made again


def test_a_second_build_makes_no_file(project: Site, made: list[str]) -> None:
    project.build()
    made.clear()
    project.change(f"{HERE}/index.en.md", "---\ntitle: Newer office\nimage_alt: X\n---\nText.\n")

    assert project.build().is_sound
    assert made == []


def test_what_stands_in_output_survives_the_loss_of_the_cache(
    project: Site, made: list[str]
) -> None:
    """R123: a name tells what a file was made of."""
    before = project.build().files()
    shutil.rmtree(project.root / ".sitegen")
    made.clear()

    assert project.build().files() == before
    assert set(made) <= {".png", ".jpg"}  # of the drawing, to see which of both it is
    assert len(made) == 2


def test_a_file_that_somebody_removed_or_altered_is_made_again_alone(
    project: Site, made: list[str]
) -> None:
    before = project.build().files()
    gone, altered = sorted(path for path in before if path.endswith(".avif"))[:2]
    (project.output / gone).unlink()
    (project.output / altered).write_bytes(b"x")
    made.clear()

    assert project.build().files() == before
    assert made == [".avif", ".avif"]


def test_another_picture_under_the_same_name_replaces_its_files(project: Site) -> None:
    before = media(project.build())
    project.change(f"{HERE}/by.jpg", saved(a_photo(320, 400), "JPEG")).build()
    after = media(project)
    clean = project.root.parent / "clean"
    build(project.order(output=clean, use_cache=False), lambda *_: None)

    assert {path for path in before.keys() & after if "/by" in path} == set()
    assert {path for path in before if "/by" not in path} <= after.keys()
    assert after == {
        path.relative_to(clean).as_posix(): path.read_bytes() for path in clean.glob("media/*")
    }


def test_many_processes_make_the_files_that_one_makes(project: Site) -> None:
    one = project.build().files()
    shutil.rmtree(project.root / ".sitegen")
    shutil.rmtree(project.output)

    assert project.build(cores=2).files() == one


def test_progress_is_told(project: Site) -> None:
    told: list[tuple[str, int, int]] = []
    build(project.order(), lambda *step: told.append(step))

    assert [step for step in told if step[0] == "preparing pictures"] == [
        ("preparing pictures", done, 4) for done in range(4)
    ]


# builds that publish nothing


def test_a_check_makes_no_file_and_finds_what_is_broken(project: Site, made: list[str]) -> None:
    project.build(is_check=True)

    assert project.is_sound
    assert len(made) == 2  # of the drawing, to see which of both it is
    project.change(f"{HERE}/by.jpg", PHOTO[:700]).build(is_check=True)
    assert [line.rpartition(" ")[2] for line in project.lines] == ["[media-broken]"] * 2


def test_a_build_after_a_check_has_all_its_files(project: Site) -> None:
    project.build(is_check=True).build()

    assert sum(path.endswith(".avif") for path in media(project)) == 4


def test_a_difference_names_new_files_and_takes_others_as_they_are(project: Site) -> None:
    project.build().change(f"{HERE}/ny.jpg", saved(a_photo(130, 90), "JPEG"))
    text = '---\ntitle: New office\nimage_alt: X\n---\n![New](ny.jpg "Photo: X")\n'
    project.change(f"{HERE}/index.en.md", text)
    project.build(is_check=True, compared=project.output)

    assert project.outcome
    added = [path for path in project.outcome.added if path.startswith("media/")]
    assert [re.sub(r"\.\w+\.", ".", path) for path in added] == [
        "media/ny-130.avif", "media/ny-130.jpg", "media/ny-130.webp",
    ]  # fmt: skip
    assert not [path for path in project.outcome.changed if path.startswith("media/")]


# the preview


def test_a_preview_has_the_pages_of_a_build_and_makes_plain_pictures_only(
    project: Site, made: list[str]
) -> None:
    preview = project.root.parent / "preview"
    whole = project.build(is_preview=True).files()
    made.clear()
    shutil.rmtree(project.root / ".sitegen")
    build(project.order(output=preview, is_preview=True, is_served=True), lambda *_: None)

    assert set(made) == {".jpg", ".png"}
    for path, content in whole.items():
        if path.endswith((".avif", ".webp")):
            assert not (preview / path).exists()
        elif path != ".sitegen.json":
            assert content == (preview / path).read_bytes()


def test_a_plain_picture_stands_in_for_the_others_in_a_preview(project: Site) -> None:
    build(project.order(is_preview=True, is_served=True), lambda *_: None)
    shelf = restock(project.output, "")
    asked = [file for each in LexborHTMLParser(project.page(DANISH)).css("source")
             for file, _ in candidates(each)]  # fmt: skip

    assert len(asked) == 10
    for path in asked:
        answer = shelf.answer(f"/{path}")
        assert answer == Answer(status=200, path=answer.path)
        assert Path(answer.path).stem == Path(path).stem
    assert shelf.answer("/media/nope.avif").status == 404
    assert shelf.answer(f"/{asked[0]}".replace(".avif", ".gif")).status == 404


def test_a_preview_makes_no_file_twice(project: Site, made: list[str]) -> None:
    preview = project.root.parent / "preview"
    order = project.order(output=preview, is_preview=True, is_served=True)
    build(order, lambda *_: None)
    project.build()
    made.clear()
    for change in ("A", "B"):
        project.change(f"{HERE}/index.en.md", f"---\ntitle: {change}\nimage_alt: X\n---\nText.\n")
        build(order, lambda *_: None)
        project.build()

    assert made == []


# a changed text


@pytest.mark.parametrize("is_served", [False, True])
def test_a_changed_text_beside_pictures_is_amended(
    project: Site, monkeypatch: pytest.MonkeyPatch, made: list[str], *, is_served: bool
) -> None:
    amended: list[bool] = []
    amend = amending.amend

    def listening(*asked: Any) -> Any:
        outcome = amend(*asked)
        amended.append(outcome is not None)
        return outcome

    monkeypatch.setattr(amending, "amend", listening)
    order = {"is_served": is_served, "is_preview": is_served}
    settled(project.remove(f"{HERE}/index.en.md")).build(**order)  # of which lints could tell
    made.clear()
    text = (project.root / HERE / "index.da.md").read_text("utf-8")
    project.change(f"{HERE}/index.da.md", text.replace("Se [hele", "Læs, og se [hele"))
    after = settled(project).build(**order).files()
    clean = project.root.parent / "clean"

    assert (amended, made) == ([False, True], [])
    build(project.order(output=clean, use_cache=False, **order), lambda *_: None)
    assert after == {
        path.relative_to(clean).as_posix(): path.read_bytes()
        for path in clean.rglob("*")
        if path.is_file()
    }
