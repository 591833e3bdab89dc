import datetime as dt
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sitegen.findings import Findings, SiteError, UsageError
from sitegen.front_matter import read_front_matter
from sitegen.model.content import ArticleType, FrontMatter
from sitegen.scaffold import SCHEMA, NewStory, author_of, start_story
from sitegen.settings import New
from tests.examples import ZONE, a_config, lines_of, when

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
        '---\ntitle: "Ny partner i Århus"\ndate: 2024-05-17\ntype: press\ntags: []\nsummary:\n'
        "image:\nimage_alt:\nimage_credit:\ndraft: true\n---\n\n"
    )
    assert english.read_text("utf-8") == (
        '---\ntitle: "Ny partner i Århus"\nsummary:\nimage_alt:\ndraft: true\n---\n\n'
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


def test_a_title_of_300_letters_gives_an_address_that_is_not_too_long(tmp_path: Path) -> None:
    (path, _) = start_story(tmp_path, a_story("Æ" * 300))

    assert read(path).title == "Æ" * 300
    assert len(path.parent.name) <= 10 + 1 + 120


@pytest.mark.parametrize("title", ["Ny\x07 partner", "Ny\x00", "Ny\u2028 partner", "abc\udcff"])
def test_a_title_with_what_nobody_can_see_is_refused(title: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"holds an invisible character \(U\+"):
        start_story(tmp_path, a_story(title))

    assert list(tmp_path.iterdir()) == []


def test_the_author_stands_in_the_first_language_only(tmp_path: Path) -> None:
    story = NewStory(title="Ny", languages=("da", "en"), date=DAY, author="line-holm")
    danish, english = start_story(tmp_path, story)

    assert "\nauthors: [line-holm]\n" in danish.read_text("utf-8")
    assert "authors" not in english.read_text("utf-8")


def test_files_name_the_schema_that_the_project_keeps(tmp_path: Path) -> None:
    (tmp_path / SCHEMA).write_text("{}")
    paths = start_story(tmp_path, a_story())

    for path in paths:
        comment = path.read_text("utf-8").splitlines()[1]
        place = comment.removeprefix("# yaml-language-server: $schema=")
        assert (path.parent / place).resolve() == (tmp_path / SCHEMA).resolve()
        assert read(path).draft


# who writes

PEOPLE = """\
[line-holm]
name = "Line Hølm"
[bo-ravn]
name = "Bo Ravn"
left = "2014-01"
[eva]
name = "Eva Erased"
erased = true
"""


def author(tmp_path: Path, signature: str, named: str = "", people: str = PEOPLE) -> str:
    (tmp_path / "content").mkdir()
    (tmp_path / "content/people.toml").write_text(people, "utf-8")
    (tmp_path / "config.toml").write_text(f'[new]\nauthor = "{named}"\n')
    return author_of(tmp_path, a_config("da", "en", new=New(author=named)), signature)


@pytest.mark.parametrize(
    ("expected", "signature"),
    [
        ("line-holm", "Line Hølm"),
        ("line-holm", " line  HØLM"),
        ("", "Line"),
        ("", ""),
        ("", "Bo Ravn"),
        ("", "Eva Erased"),
    ],
)
def test_who_signs_with_the_name_of_a_person_is_the_author(
    expected: str, signature: str, tmp_path: Path
) -> None:
    """Someone who has left, or is to be erased, writes nothing new."""
    assert expected == author(tmp_path, signature)


def test_whom_the_config_names_goes_before_who_signs(tmp_path: Path) -> None:
    assert author(tmp_path, "Line Hølm", named="eva") == "eva"


def test_an_author_in_config_whom_nobody_knows_is_told(tmp_path: Path) -> None:
    with pytest.raises(SiteError) as caught:
        author(tmp_path, "Line Hølm", named="lin-holm")

    assert str(caught.value) == (
        "config.toml:2: error: `author` is 'lin-holm', who is not in content/people.toml: "
        "did you mean `line-holm`? [author-unknown]"
    )


def test_a_site_without_people_has_no_author(tmp_path: Path) -> None:
    assert author(tmp_path, "Line Hølm", people="") == ""
    assert author_of(tmp_path / "nowhere", a_config("da"), "Line Hølm") == ""
