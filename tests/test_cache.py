import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sitegen.cache import FILE, Cache, Parsed, fingerprint, open_cache
from sitegen.findings import Finding, MachineError
from sitegen.model.content import Body, Reference
from tests.examples import a_card, when

CARD = a_card(
    "news/x/index.da.md",
    headings=("a",),
    references=(Reference(kind="link", target="y", line=7),),
    date=when("2012-03-15 09:00"),
    folder_day="2012-03-15",
    extra={"n": [1, {"deep": True}]},
)
PARSED = Parsed(
    card=CARD, findings=(Finding(path="a.md", line=3, severity="warning", code="x", what="y"),)
)
BODY = Body(html="<p>\x021\x03</p>", boxes=("<aside></aside>",))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / ".sitegen"


def fill(folder: Path | None, *keys: str) -> None:
    with open_cache(folder) as cache:
        for key in keys:
            cache.keep(key, PARSED, BODY)


def kept(folder: Path, *keys: str) -> list[str]:
    with open_cache(folder) as cache:
        return [key for key in keys if cache.parsed(key)]


def test_what_was_kept_is_there_in_the_next_build(folder: Path) -> None:
    fill(folder, "k")

    with open_cache(folder) as cache:
        assert cache.parsed("k") == PARSED
        assert cache.body("k") == BODY
        assert cache.parsed("other") is None


def test_an_article_with_errors_is_remembered_too(folder: Path) -> None:
    broken = Parsed(card=None, findings=PARSED.findings)
    with open_cache(folder) as cache:
        cache.keep("k", broken, Body(html=""))

    with open_cache(folder) as cache:
        assert cache.parsed("k") == broken


def test_a_later_result_replaces_an_earlier_one(folder: Path) -> None:
    fill(folder, "k")
    with open_cache(folder) as cache:
        cache.keep("k", PARSED, Body(html="new"))

    with open_cache(folder) as cache:
        assert cache.body("k").html == "new"


def test_a_build_that_fails_keeps_what_it_parsed(folder: Path) -> None:
    with pytest.raises(RuntimeError), open_cache(folder) as cache:
        cache.keep("k", PARSED, BODY)
        raise RuntimeError

    assert kept(folder, "k") == ["k"]


def test_collecting_forgets_what_the_build_did_not_need(folder: Path) -> None:
    fill(folder, "used", "unused")
    with open_cache(folder) as cache:
        cache.parsed("used")
        cache.parsed("new")
        cache.keep("new", PARSED, BODY)
        cache.collect()

    assert kept(folder, "used", "unused", "new") == ["used", "new"]


def test_without_a_folder_nothing_is_written(tmp_path: Path) -> None:
    with open_cache(None) as cache:
        cache.keep("k", PARSED, BODY)
        assert cache.parsed("k") == PARSED

    assert list(tmp_path.iterdir()) == []


def another_program(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE parsed (key TEXT, whatever INT)")
    connection.execute("INSERT INTO parsed VALUES ('k', 1)")
    connection.commit()
    connection.close()


def older_version(path: Path) -> None:
    fill(path.parent, "k")
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 1")
    connection.commit()
    connection.close()


def damaged_pages(path: Path) -> None:
    fill(path.parent, *(f"k{number}" for number in range(500)))
    content = bytearray(path.read_bytes())
    content[8192:40960] = b"\xff" * (40960 - 8192)
    path.write_bytes(content)


UNUSABLE = {
    "an empty file": lambda path: path.write_bytes(b""),
    "a text": lambda path: path.write_text("no database " * 1000),
    "the beginning of a database": lambda path: path.write_bytes(
        b"SQLite format 3\x00" + b"x" * 99
    ),
    "another program's database": another_program,
    "an older version's cache": older_version,
    "damaged pages": damaged_pages,
}


@pytest.mark.parametrize("name", UNUSABLE)
def test_a_file_that_cannot_be_used_is_begun_anew(name: str, folder: Path) -> None:
    folder.mkdir()
    UNUSABLE[name](folder / FILE)

    assert kept(folder, "k", "k1", "k499") == []
    fill(folder, "k")
    assert kept(folder, "k") == ["k"]


def test_a_row_that_the_disk_changed_is_parsed_again(folder: Path) -> None:
    fill(folder, "k", "sound")
    connection = sqlite3.connect(folder / FILE)
    connection.execute("UPDATE parsed SET body = X'00' WHERE key = 'k'")
    connection.commit()
    connection.close()

    assert kept(folder, "k", "sound") == ["sound"]


@settings(
    deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60
)
@given(st.lists(st.tuples(st.integers(0), st.integers(0, 255)), min_size=1, max_size=20))
def test_no_damage_is_more_than_a_clean_build(
    tmp_path: Path, damage: list[tuple[int, int]]
) -> None:
    folder = tmp_path / ".sitegen"
    (folder / FILE).unlink(missing_ok=True)
    fill(folder, *(f"k{number}" for number in range(40)))
    content = bytearray((folder / FILE).read_bytes())
    for place, byte in damage:
        content[place % len(content)] = byte
    (folder / FILE).write_bytes(content)

    with open_cache(folder) as cache:
        for number in range(40):
            key = f"k{number}"
            if cache.parsed(key) is None:
                cache.keep(key, PARSED, BODY)
            assert (cache.parsed(key), cache.body(key)) == (PARSED, BODY)
        cache.collect()


def in_the_way(path: Path) -> Path:
    path.write_text("a file where the folder should be")
    return path


def no_folder(path: Path) -> Path:
    (path / FILE).mkdir(parents=True)
    return path


@pytest.mark.parametrize("make", [in_the_way, no_folder])
def test_a_folder_that_cannot_be_written_only_costs_time(make: object, folder: Path) -> None:
    assert callable(make)
    make(folder)

    with open_cache(folder) as cache:
        cache.keep("k", PARSED, BODY)
        assert cache.parsed("k") == PARSED


def test_two_builds_at_once_do_not_disturb_each_other(folder: Path) -> None:
    fill(folder, "k")
    with open_cache(folder) as first:
        first.keep("first", PARSED, BODY)
        with open_cache(folder) as second:
            assert second.parsed("k") is None
            second.keep("second", PARSED, BODY)

    assert kept(folder, "k", "first", "second") == ["k", "first"]


@pytest.fixture
def full_disk() -> Iterator[Cache]:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE parsed (key TEXT, card BLOB, body BLOB, sum INTEGER)")
    connection.execute("PRAGMA max_page_count = 3")
    yield Cache(connection)
    connection.close()


def test_a_full_disk_is_the_machines_fault(full_disk: Cache) -> None:
    with pytest.raises(MachineError, match="the cache cannot be written"):
        full_disk.keep("k", PARSED, Body(html="x" * 100_000))


@pytest.mark.parametrize(
    "parts",
    [
        (b"a", b"bd"),
        (b"ab", b"c"),
        (b"a",),
        (b"a", b"bc", b""),
        (b"a", b"", b"bc"),
        (b"bc", b"a"),
        (b"abc",),
        (),
    ],
)
def test_a_key_changes_when_any_part_changes(parts: tuple[bytes, ...]) -> None:
    assert fingerprint(*parts) != fingerprint(b"a", b"bc")


@given(st.lists(st.binary()), st.lists(st.binary()))
def test_only_the_same_parts_have_the_same_key(one: list[bytes], other: list[bytes]) -> None:
    assert (fingerprint(*one) == fingerprint(*other)) is (one == other)
