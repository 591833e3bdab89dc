import datetime as dt
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sitegen.findings import Findings, UsageError
from sitegen.front_matter import read_front_matter
from sitegen.model.content import ArticleType, FrontMatter
from sitegen.scaffold import NewStory, start_story
from tests.examples import ZONE, lines_of, when

DAY = dt.date(2024, 5, 17)


def a_story(title: str = "Ny partner i Århus", kind: ArticleType = "news") -> NewStory:
    return NewStory(title=title, languages=("da", "en"), date=DAY, type=kind)


def read(path: Path) -> FrontMatter:
    findings = Findings()
    split = read_front_matter(path.read_bytes(), path.name, ZONE, "news", findings)
    assert not lines_of(findings)
    assert split
    assert split.front
    return split.front


def test_a_story_has_a_file_in_every_language(tmp_path: Path) -> None:
    paths = start_story(tmp_path, a_story())

    assert [path.relative_to(tmp_path).as_posix() for path in paths] == [
        f"content/news/2024-05-17-ny-partner-i-aarhus/index.{tag}.md" for tag in ("da", "en")
    ]


def test_shared_keys_stand_in_the_first_language_only(tmp_path: Path) -> None:
    danish, english = start_story(tmp_path, a_story(kind="press"))

    assert danish.read_text("utf-8") == (
        '---\ntitle: "Ny partner i Århus"\ndate: 2024-05-17\ntype: press\nsummary:\n'
        "draft: true\n---\n\n"
    )
    assert english.read_text("utf-8") == (
        '---\ntitle: "Ny partner i Århus"\nsummary:\ndraft: true\n---\n\n'
    )


def test_a_new_story_is_a_draft_that_can_be_read(tmp_path: Path) -> None:
    front = read(start_story(tmp_path, a_story())[0])

    assert ("Ny partner i Århus", when("2024-05-17"), True) == (
        front.title,
        front.date,
        front.draft,
    )


@settings(deadline=None, suppress_health_check=list(HealthCheck))
@given(title=st.text("aå \"'\\:#{}[]&*!|>%@`,-?\u00ad😀", max_size=20).map(lambda t: f"x{t}x"))
def test_any_title_is_written_as_it_was_given(tmp_path: Path, title: str) -> None:
    root = tmp_path / title.encode().hex()

    assert read(start_story(root, a_story(title))[0]).title == title


@pytest.mark.parametrize(
    "name", ["", "/index.da.md", ".md", ".da.md"], ids=["folder", "file", "flat", "flat.da"]
)
def test_a_story_that_is_there_is_never_touched(name: str, tmp_path: Path) -> None:
    there = tmp_path / f"content/news/2024-05-17-ny-partner-i-aarhus{name}"
    there.parent.mkdir(parents=True)
    if name:
        there.write_text("mine")
    else:
        there.mkdir()

    with pytest.raises(UsageError, match=r"^content/news/.* exists already; choose a new title$"):
        start_story(tmp_path, a_story())

    assert not name or there.read_text() == "mine"


def test_a_story_whose_name_only_begins_alike_is_another(tmp_path: Path) -> None:
    start_story(tmp_path, a_story("Ny partner i Århus igen"))

    assert len(start_story(tmp_path, a_story())) == 2


@pytest.mark.parametrize("title", ["", "  ", "Привіт", "!?"])
def test_a_title_without_an_address_is_refused(title: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no address can be made of the title"):
        start_story(tmp_path, a_story(title))

    assert list(tmp_path.iterdir()) == []
