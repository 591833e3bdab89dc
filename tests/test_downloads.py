"""What is said of files that readers download, and what the press page offers."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from sitegen.downloads import format_and_size, is_for, title_of
from tests.conftest import Site

LANGUAGES = ("da", "en")


@pytest.mark.parametrize(
    ("name", "size", "danish", "english"),
    [
        ("a.jpg", 2_400_000, "JPG, 2,4 MB", "JPG, 2.4 MB"),
        ("press/A b.JPEG", 2_000_000, "JPG, 2 MB", "JPG, 2 MB"),
        ("a.svg", 0, "SVG, 1 KB", "SVG, 1 KB"),
        ("a.tar.gz", 1_499, "GZ, 1 KB", "GZ, 1 KB"),
        ("a.pdf", 999_499, "PDF, 999 KB", "PDF, 999 KB"),
        ("a.pdf", 999_500, "PDF, 1 MB", "PDF, 1 MB"),
        ("a.zip", 999_949_999, "ZIP, 999,9 MB", "ZIP, 999.9 MB"),
        ("a.mov", 1_250_000_000, "MOV, 1,2 GB", "MOV, 1.2 GB"),
        ("LICENSE", 1_000, "1 KB", "1 KB"),
    ],
)
def test_format_and_size_are_said_as_each_language_writes_them(
    name: str, size: int, danish: str, english: str
) -> None:
    """R13, R56: with a space at which no line breaks."""
    said = [format_and_size(name, size, locale) for locale in ("da_DK", "en_GB")]

    assert [text.replace("\u00a0", " ") for text in said] == [danish, english]
    assert all(text.count("\u00a0") == 1 for text in said)


@given(st.integers(0, 10**12))
def test_a_size_has_at_most_three_digits_before_its_sign(size: int) -> None:
    whole = format_and_size("", size, "en_GB").partition("\u00a0")[0].partition(".")[0]

    assert 1 <= int(whole) <= 1000


@pytest.mark.parametrize(
    ("path", "title", "languages"),
    [
        ("press/faktaark.da.pdf", "Faktaark", ("da",)),
        ("press/fact-sheet_2024.en.pdf", "Fact sheet 2024", ("en",)),
        ("press/logo-sort.svg", "Logo sort", LANGUAGES),
        ("press/v1.2.pdf", "V1.2", LANGUAGES),
        ("åse.jpg", "Åse", LANGUAGES),
    ],
)
def test_a_files_name_says_what_it_is_and_for_whom(
    path: str, title: str, languages: tuple[str, ...]
) -> None:
    assert title_of(path, LANGUAGES) == title
    assert tuple(each for each in LANGUAGES if is_for(path, each, LANGUAGES)) == languages


SITE = """\
-- content/news/2024-05-17-x/index.da.md --
---
title: Nyt kontor
authors: [line, gone]
---
Vi åbner.
-- content/people.toml --
[line]
name = "Line Holm"
title = { da = "Direktør", en = "Director" }
portrait = "folk/line.jpg"
[gone]
name = "Per Ås"
portrait = "folk/per.jpg"
left = "2014-01"
-- content/files/press/logo.svg --
<svg xmlns="http://www.w3.org/2000/svg"/>
-- content/files/press/Å fakta.da.pdf --
x
-- content/files/press/facts.en.pdf --
x
-- content/files/folk/line.jpg --
x
-- content/files/folk/per.jpg --
x
-- content/files/other.pdf --
x
"""


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("da/presse", ["Logo (SVG, 1 KB)", "Å fakta (PDF, 3,2 MB)", "Direktør (JPG, 12 KB)"]),
        ("en/press", ["Facts (PDF, 1 KB)", "Logo (SVG, 1 KB)", "Director (JPG, 12 KB)"]),
    ],
)
def test_the_press_page_offers_logo_facts_and_portraits_with_type_and_size(
    site: Callable[[str], Site], page: str, expected: list[str]
) -> None:
    """R13: the stated size is the file's; who has left is not shown."""
    project = site(SITE).change("content/files/press/Å fakta.da.pdf", b"x" * 3_234_000)
    project.change("content/files/folk/line.jpg", b"x" * 12_300).build()
    links = LexborHTMLParser(project.page(f"{page}/index.html")).css(".downloads a")

    texts = [link.text().replace("\u00a0", " ") for link in links]
    assert [text.removeprefix("Line Holm, ") for text in texts] == expected


def test_a_new_size_is_told_and_no_other_page_is_made_again(site: Callable[[str], Site]) -> None:
    project = site(SITE).build()
    project.change("content/files/press/logo.svg", b" " * 5_000).build()

    assert project.outcome
    assert project.outcome.changed == (
        "da/presse/index.html",
        "en/press/index.html",
        "press/logo.svg",
    )
    assert "(SVG, 5\u00a0KB)" in project.page("da/presse/index.html")


def test_the_folder_is_as_configured_and_may_be_missing(site: Callable[[str], Site]) -> None:
    project = site(SITE)
    config = (project.root / "config.toml").read_text("utf-8")
    project.change("config.toml", f'{config}\n[press]\nfolder = "nowhere"\n').build()

    links = LexborHTMLParser(project.page("da/presse/index.html")).css(".downloads a")
    assert [link.attributes["href"] for link in links] == ["/folk/line.jpg"]
