"""The press kit: what journalists can take from an article, and that it is always the same."""

import io
import json
import re
import shutil
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image
from selectolax.lexbor import LexborHTMLParser, LexborNode

from sitegen.images import ARTIST
from sitegen.kit.portable import portable
from sitegen.markup import captions_of
from sitegen.pipeline import build
from tests.conftest import Site, settled
from tests.test_images import CAMERA, exif
from tests.test_images_renditions import PHOTO, a_photo, saved

HERE = "content/news/2024-05-17-lviv"
SITE = f"""\
-- {HERE}/index.da.md --
---
title: Nyt kontor i Århus
type: press
summary: Et lead om 1.600 km.
image: hold.jpg
image_alt: Holdet
image_caption: Holdet på trappen.
image_credit: Eva Skov
---
Vi åbner [kontoret](../2024-05-16-x/index.da.md).

![Byen](by.jpg "Byen | Foto: Per Ås")

::: fact Kort fortalt
Otte folk.
:::

::: quote Eva Skov, direktør
Det er godt.
:::
-- {HERE}/index.en.md --
---
title: New office
image_alt: The team
---
We open.
-- content/news/2024-05-16-x/index.da.md --
---
title: X
---
Tekst.
"""
MORE = """
[contact]
name = "Åse Kjær"
phone = "+45 12 34 56 78"

[company]
name = "Fjordens Software"
about = { da = "Vi laver software.", en = "We make software." }
"""
PAGE, ENGLISH = (
    "da/nyheder/2024/nyt-kontor-i-aarhus/index.html",
    "en/news/2024/new-office/index.html",
)


@pytest.fixture
def project(site: Callable[[str], Site]) -> Site:
    made = site(SITE)
    made.change("config.toml", (made.root / "config.toml").read_text("utf-8") + MORE)
    made.change(f"{HERE}/hold.jpg", saved(a_photo(130, 90), "JPEG", exif=exif()))
    return made.change(f"{HERE}/by.jpg", PHOTO)


def offered(project: Site, path: str = PAGE) -> list[LexborNode]:
    return LexborHTMLParser(project.page(path)).css(".downloads li a")


def content_of(project: Site, link: LexborNode) -> bytes:
    return (project.output / (link.attributes["href"] or "").removeprefix("/")).read_bytes()


def kit_of(project: Site, path: str = PAGE) -> dict[str, bytes]:
    """Return the files of an article's kit by their names."""
    with zipfile.ZipFile(io.BytesIO(content_of(project, offered(project, path)[0]))) as kit:
        assert kit.testzip() is None
        return {name.partition("/")[2]: kit.read(name) for name in kit.namelist()}


# what an article offers


def test_an_article_offers_its_kit_and_all_of_each_picture(project: Site) -> None:
    """R14: links resolve, stated size = the file's; each picture with its credit."""
    assert project.build().is_sound
    links = offered(project)

    texts = [" ".join(link.text().split()) for link in links]
    assert [re.sub(r"[\d,]+ KB", "N KB", text) for text in texts] == [
        "Pressepakke (ZIP, N KB)",
        "Holdet på trappen (JPG, N KB)",
        "Byen (JPG, N KB)",
    ]
    for link in links:
        size = max(1, round(len(content_of(project, link)) / 1000))
        assert link.text().endswith(f", {size}\u00a0KB)")
    credits = [node.text() for node in LexborHTMLParser(project.page(PAGE)).css(".downloads span")]
    assert credits == ["Foto: Eva Skov", "Foto: Per Ås"]
    assert content_of(project, links[2]) == PHOTO


def test_each_language_has_a_kit_of_its_own(project: Site) -> None:
    """R14."""
    links = offered(project.build(), ENGLISH)

    assert "Press kit (ZIP" in links[0].text()
    assert {"new-office-en.txt", "hold.jpg"} <= kit_of(project, ENGLISH).keys()


@pytest.mark.parametrize(
    "after", ["", "type: press\nwithdrawn: {date: 2024-05-20, reason: Fejl}\n"]
)
def test_other_types_and_what_is_withdrawn_have_none(project: Site, after: str) -> None:
    text = (project.root / HERE / "index.da.md").read_text("utf-8")
    text = text.replace("type: press\n", after)
    project.change(f"{HERE}/index.da.md", text).build()

    assert project.is_sound
    assert offered(project) == []
    assert not [path for path in project.files() if "-da." in path and path.endswith(".zip")]


def test_other_types_may_be_given_kits(project: Site) -> None:
    config = (project.root / "config.toml").read_text("utf-8")
    project.change("config.toml", f'{config}\n[press]\nkits = ["news"]\n').build()

    assert [link.text().split(" ")[0] for link in offered(project, "da/nyheder/2024/x/index.html")]
    assert offered(project) == []


# what is in it


def test_the_kit_holds_text_markdown_json_and_pictures(project: Site) -> None:
    """R14, R124: pictures without the camera's data, with whose they are."""
    kit = kit_of(project.build())

    name = "nyt-kontor-i-aarhus-da"
    assert list(kit) == [f"{name}.txt", f"{name}.md", f"{name}.json", "hold.jpg", "by.jpg"]
    image = Image.open(io.BytesIO(kit["hold.jpg"]))
    assert (image.size, ARTIST in image.getexif()) == ((130, 90), True)
    assert CAMERA not in image.getexif()


def test_the_text_is_plain_and_whole(project: Site) -> None:
    assert kit_of(project.build())["nyt-kontor-i-aarhus-da.txt"].decode().split("\n\n") == [
        "PRESSEMEDDELELSE", "Nyt kontor i Århus", "17. maj 2024", "Et lead om 1.600 km.",
        "Vi åbner kontoret.", "Byen", "Foto: Per Ås", "Det er godt.", "Eva Skov, direktør",
        "Kort fortalt", "Otte folk.", "Pressekontakt", "Åse Kjær", "+45 12 34 56 78",
        "Fjordens Software", "Vi laver software.", "Billeder",
        "hold.jpg – Holdet på trappen – Foto: Eva Skov", "by.jpg – Byen – Foto: Per Ås",
        "https://news.example.org/da/nyheder/2024/nyt-kontor-i-aarhus/\n",
    ]  # fmt: skip


def test_the_markdown_needs_no_other_file(project: Site) -> None:
    text = kit_of(project.build())["nyt-kontor-i-aarhus-da.md"].decode()

    assert text.startswith("# Nyt kontor i Århus\n\n17. maj 2024\n\n**Et lead om 1.600 km.**\n")
    assert "[kontoret](https://news.example.org/da/nyheder/2024/x/)" in text
    assert '![Byen](by.jpg "Byen | Foto: Per Ås")' in text
    assert "**Kort fortalt**\n\nOtte folk." in text
    assert "> Det er godt.\n>\n> – Eva Skov, direktør" in text


def test_the_json_says_whose_each_picture_is(project: Site) -> None:
    said = json.loads(kit_of(project.build())["nyt-kontor-i-aarhus-da.json"])

    assert (said["title"], said["language"]) == ("Nyt kontor i Århus", "da")
    assert said["published"] == "2024-05-17T12:00:00+02:00"
    assert said["pictures"] == [
        {"file": "hold.jpg", "alt": "Holdet", "caption": "Holdet på trappen.",
         "credit": "Foto: Eva Skov"},
        {"file": "by.jpg", "alt": "Byen", "caption": "Byen", "credit": "Foto: Per Ås"},
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("![A](a.jpg) [B](a.jpg)", "![A](KIT) [B](WEB)"),
        ('[![A](a.jpg "T")](b.md#c)', '[![A](KIT "T")](OTHER)'),
        ("[A](<et billede.jpg>) [B](et%20billede.jpg)", "[A](<SPACED>) [B](SPACED)"),
        ('<img alt="x" src="a.jpg"> <a href="a.jpg">', '<img alt="x" src="KIT"> <a href="WEB">'),
        ("[A](https://x.dk/) a.jpg", "[A](https://x.dk/) a.jpg"),
        ("[A]{lang=en} b{.small}\n{: #id}", "A b"),
        ("::: fact T\na\n:::\nb", "**T**\n\na\nb"),
        ("::: quote\na\n\nb\n:::", "> a\n>\n> b"),
        ("```\n::: fact T\n{: .a}\n```", "```\n::: fact T\n{: .a}\n```"),
    ],
)
def test_markdown_becomes_portable(written: str, expected: str) -> None:
    links: dict[Any, str] = {
        ("image", "a.jpg"): "KIT", ("link", "a.jpg"): "WEB", ("link", "b.md#c"): "OTHER",
        ("link", "et billede.jpg"): "SPACED",
    }  # fmt: skip

    assert portable(written, links) == expected


def test_captions_are_read_off_the_figures_of_a_text() -> None:
    html = (
        '<figure><a href="\x020\x03"><img alt="A &amp; B" src="\x021\x03"></a>'
        '<figcaption>En <em>by</em> <span class="credit">Foto: Å</span></figcaption></figure>'
        '<p><img alt="C" src="\x022\x03"><img alt="D" src="/x.png"></p>'
    )

    assert [(it.index, it.alt, it.caption, it.credit) for it in captions_of(html)] == [
        (1, "A & B", "En by", "Foto: Å"),
        (2, "C", "", ""),
    ]


# the same bytes


def test_the_same_article_gives_the_same_bytes(project: Site) -> None:
    """R128."""
    first = project.build().files()
    shutil.rmtree(project.root / ".sitegen")
    shutil.rmtree(project.output)

    assert project.build().files() == first


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        (f"{HERE}/index.da.md", "Vi åbner", "Nu åbner vi"),
        (f"{HERE}/index.da.md", "Foto: Per Ås", "Foto: Bo Ås"),
        ("config.toml", "Åse Kjær", "Ib Lund"),
        ("config.toml", "Vi laver", "Vi skriver"),
        (f"{HERE}/by.jpg", "", ""),
    ],
)
@pytest.mark.parametrize("is_checked", [False, True])
def test_an_edit_gives_the_kit_of_a_clean_build(
    project: Site, path: str, before: str, after: str, *, is_checked: bool
) -> None:
    old = kit_of(settled(project).build())
    if before:
        text = (project.root / path).read_text("utf-8").replace(before, after)
        project.change(path, text)
    else:
        project.change(path, saved(a_photo(200, 90), "JPEG"))
    settled(project)
    if is_checked:
        project.build(is_check=True)
    project.build()
    new = project.files()
    clean = project.root.parent / "clean"
    build(project.order(output=clean, use_cache=False), lambda *_: None)

    assert kit_of(project) != old
    assert new == {
        each.relative_to(clean).as_posix(): each.read_bytes()
        for each in clean.rglob("*")
        if each.is_file()
    }


def test_a_difference_knows_the_kit_that_a_build_would_make(project: Site) -> None:
    text = (project.build().root / HERE / "index.da.md").read_text("utf-8")
    project.change(f"{HERE}/index.da.md", text.replace("Vi åbner", "Nu åbner vi"))
    foreseen = project.build(is_check=True, compared=project.output).outcome
    made = project.build().outcome

    assert foreseen
    assert made
    assert (foreseen.added, foreseen.removed) == (made.added, made.removed)
    assert len([path for path in made.added if path.endswith(".zip")]) == 1
