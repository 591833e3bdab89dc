"""The news that benchmarks build: the same in every run, equal in both languages, without fault."""

import re
import sys
from pathlib import Path

import msgspec
import pytest

from benchmarks.compare import STEPS, Trial, build_and_read
from benchmarks.corpus import LANGUAGES, Fact, plan_story, tell
from benchmarks.generators import GENERATORS, SITEGEN
from benchmarks.measure import FailedError
from benchmarks.search.compare import Answer, scores
from benchmarks.search.corpus import Query, queries, story_names, write_project
from tests.conftest import Site

STORIES = 16
"""So many that every person and every topic occurs."""


def written(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file()
    }


def test_the_same_seed_writes_the_same_files_and_another_writes_others(tmp_path: Path) -> None:
    for generator in GENERATORS:
        for folder, seed in (("first", 1), ("second", 1), ("other", 2)):
            generator.generate(tmp_path / generator.name / folder, STORIES, seed)
        first, second, other = (
            written(tmp_path / generator.name / folder) for folder in ("first", "second", "other")
        )

        assert first == second
        assert first.keys() == other.keys()
        assert first != other


def test_both_languages_tell_the_facts_of_a_story_in_words_of_their_own() -> None:
    for number in range(STORIES):
        story = plan_story(number, STORIES)
        planned = [part.fact for block in story.blocks for part in block.sentences if part.fact]
        danish, english = (tell(story, language, lambda *_: "x").body for language in LANGUAGES)

        assert planned
        assert all(fact.told("da") in danish and fact.told("en") in english for fact in planned)
        shared = set(re.findall(r"\w{8,}", danish)) & set(re.findall(r"\w{8,}", english))
        assert not shared - {"November", "September"}


def test_figures_and_days_are_written_as_each_language_writes_them() -> None:
    money = Fact(number=1234, unit=2)

    assert (money.told("da"), money.told("en")) == ("1.234 mio. kr.", "1,234 million kroner")


@pytest.mark.parametrize(
    ("program", "told"),
    [("", "articles=0.* but 32 articles"), ("raise SystemExit('disk full')", "with 1: disk full")],
)
def test_a_build_that_is_not_whole_ends_the_comparison(
    tmp_path: Path, program: str, told: str
) -> None:
    idle = msgspec.structs.replace(SITEGEN, command=(sys.executable, "-c", program))
    trial = Trial(generator=idle, project=tmp_path, stories=STORIES, run=0, word="mark")

    with pytest.raises(FailedError, match=told):
        build_and_read(trial, STEPS[0])


def test_sitegen_builds_the_news_and_finds_only_that_they_have_no_address(tmp_path: Path) -> None:
    site = Site(tmp_path / "project")
    SITEGEN.generate(site.root, STORIES)

    site.build()

    assert site.is_sound
    assert [finding.code for finding in site.findings] == ["base-url-unknown"]
    articles = [name for name in site.files() if re.fullmatch(r"(da|en)/\w+/\d{4}/.+html", name)]
    assert len(articles) - 2 == 2 * STORIES  # beside a page for the year in each language
    assert 'href="/da/nyheder/2012/' in site.page(articles[0])


# What search must find


def test_every_query_names_stories_that_are_there() -> None:
    asked = queries()

    assert len(asked) >= 60
    assert {name for query in asked for name in query.stories} <= story_names()
    assert all(query.stories for query in asked)
    assert len({query.text for query in asked}) == len(asked)


def test_the_stories_that_are_searched_have_no_fault(tmp_path: Path) -> None:
    write_project(tmp_path / "project", 2 * STORIES + len(story_names()))
    built = Site(tmp_path / "project").build()

    assert [line for line in built.lines if " error: " in line] == []
    articles = [*built.output.glob("da/nyheder/2*/*/index.html")]
    assert len(articles) == STORIES + len(story_names())
    assert story_names() <= {article.parent.name for article in articles}


def test_recall_and_precision_are_those_of_what_can_be_judged(tmp_path: Path) -> None:
    """A made-up story that has the words is neither right nor wrong; one without them is wrong."""
    for name, text in (("made-1", "et hold"), ("made-2", "andet")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "index.html").write_text(text, "utf-8")
    query = Query(kind="name", text="hold", stories=("a", "b"))
    found = ["/a/", "/made-1/", "/made-2/", "/c/"]
    answer = Answer(query=query, found=found, bytes=1000)

    recall, precision, median, p95 = scores([answer], frozenset("abc"), tmp_path)

    assert (recall, precision, median, p95) == (1 / 2, 1 / 3, 1000, 1000)
