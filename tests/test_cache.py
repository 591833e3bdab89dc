import sqlite3
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sitegen.cache import (
    FILE,
    Cache,
    DamagedCacheError,
    Parsed,
    encode,
    fingerprint,
    last_change,
    open_bodies,
    open_cache,
    stamp_of,
)
from sitegen.cache.stamps import TICK
from sitegen.findings import Finding, MachineError
from sitegen.model.content import Body, Reference
from sitegen.model.pages import Made, Prepared
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


def keep(cache: Cache, key: str, parsed: Parsed = PARSED, body: Body = BODY) -> None:
    cache.keep(key, encode(parsed), encode(body))


def fill(folder: Path | None, *keys: str) -> None:
    with open_cache(folder) as cache:
        for key in keys:
            keep(cache, key)


def kept(folder: Path, *keys: str) -> list[str]:
    with open_cache(folder) as cache:
        found = cache.parsed(keys)
        return [key for key in keys if key in found]


def survives(folder: Path, *keys: str) -> list[str]:
    """Return what is still there, as a build sees it: once damage shows, nothing is."""
    try:
        return kept(folder, *keys)
    except DamagedCacheError:
        return kept(folder, *keys)


def test_what_was_kept_is_there_in_the_next_build(folder: Path) -> None:
    fill(folder, "k")

    with open_cache(folder) as cache:
        assert cache.parsed(["k", "other"]) == {"k": PARSED}
        assert cache.body("k") == BODY


def test_an_article_with_errors_is_remembered_too(folder: Path) -> None:
    broken = Parsed(card=None, findings=PARSED.findings)
    with open_cache(folder) as cache:
        keep(cache, "k", broken)

    with open_cache(folder) as cache:
        assert cache.parsed(["k"]) == {"k": broken}


def test_a_later_result_replaces_an_earlier_one(folder: Path) -> None:
    fill(folder, "k")
    with open_cache(folder) as cache:
        keep(cache, "k", body=Body(html="new"))

    with open_cache(folder) as cache:
        assert cache.body("k").html == "new"


def test_a_build_that_fails_keeps_what_it_parsed(folder: Path) -> None:
    with pytest.raises(RuntimeError), open_cache(folder) as cache:
        keep(cache, "k")
        raise RuntimeError

    assert kept(folder, "k") == ["k"]


def test_collecting_forgets_what_the_build_did_not_need(folder: Path) -> None:
    fill(folder, "used", "unused")
    with open_cache(folder) as cache:
        cache.parsed(["used", "new"])
        keep(cache, "new")
        cache.collect([])

    assert kept(folder, "used", "unused", "new") == ["used", "new"]


def test_without_a_folder_nothing_is_written(tmp_path: Path) -> None:
    with open_cache(None) as cache:
        keep(cache, "k")
        assert cache.parsed(["k"]) == {"k": PARSED}

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
    connection.execute("UPDATE notes SET value = X'00' WHERE name = 'version'")
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

    assert survives(folder, "k", "k1", "k499") == []
    fill(folder, "k")
    assert kept(folder, "k") == ["k"]


def test_a_row_that_the_disk_changed_is_parsed_again(folder: Path) -> None:
    fill(folder, "k", "sound")
    connection = sqlite3.connect(folder / FILE)
    connection.execute("UPDATE cards SET value = X'00' WHERE key = 'k'")
    connection.commit()
    connection.close()

    assert kept(folder, "k", "sound") == ["sound"]


@settings(deadline=None, suppress_health_check=list(HealthCheck), max_examples=60)
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

    def build() -> None:
        with open_cache(folder) as cache:
            for number in range(40):
                key = f"k{number}"
                if not cache.parsed([key]):
                    keep(cache, key)
                if not cache.parsed([key]):
                    raise DamagedCacheError  # as builds do
                assert (cache.parsed([key]), cache.body(key)) == ({key: PARSED}, BODY)
            cache.collect([])

    try:
        build()
    except DamagedCacheError:
        build()


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
        keep(cache, "k")
        assert cache.parsed(["k"]) == {"k": PARSED}


def test_two_builds_at_once_do_not_disturb_each_other(folder: Path) -> None:
    fill(folder, "k")
    with open_cache(folder) as first:
        keep(first, "first")
        with open_cache(folder) as second:
            assert second.parsed(["k"]) == {}
            keep(second, "second")

    assert kept(folder, "k", "first", "second") == ["k", "first"]


def test_a_full_disk_is_the_machines_fault() -> None:
    with open_cache(None) as cache:
        cache._connection.execute("PRAGMA max_page_count = 30")
        with pytest.raises(MachineError, match="the cache cannot be written"):
            keep(cache, "k", body=Body(html="x" * 1_000_000))


def test_other_processes_read_what_was_shared(folder: Path) -> None:
    with open_cache(folder) as cache:
        keep(cache, "k")
        bodies = open_bodies(folder)
        assert not bodies.has("k")
        cache.share()
        keep(cache, "later")

        assert bodies.body("k") == BODY
        assert not bodies.has("later")


def test_a_body_that_is_missing_or_damaged_is_never_made_up(folder: Path) -> None:
    with pytest.raises(DamagedCacheError), open_cache(folder) as cache:
        cache.body("k")


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


# --- files that have not changed


def test_a_source_is_known_by_its_stamp_until_that_changes(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"1")
    stamp = stamp_of(path.stat())
    with open_cache(folder) as cache:
        cache.now = last_change(stamp) + TICK
        cache.keep_source("a.md", stamp, b"digest")
        cache.collect(["a.md"])

    with open_cache(folder) as cache:
        assert cache.source("a.md", stamp) == b"digest"
        assert cache.source("b.md", stamp) is None
        path.write_bytes(b"12")
        assert cache.source("a.md", stamp_of(path.stat())) is None


def test_a_source_so_young_that_a_change_might_not_show_is_not_remembered(
    folder: Path, tmp_path: Path
) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"1")
    stamp = stamp_of(path.stat())
    with open_cache(folder) as cache:
        cache.now = last_change(stamp) + TICK - 1
        cache.keep_source("a.md", stamp, b"digest")

        assert cache.source("a.md", stamp) is None


def test_a_source_that_is_gone_is_forgotten(folder: Path) -> None:
    with open_cache(folder) as cache:
        cache.now = TICK
        cache.keep_source("a.md", b"\0" * 32, b"digest")
        cache.collect([])

    with open_cache(folder) as cache:
        assert cache.source("a.md", b"\0" * 32) is None


MADE = Made(inputs=b"inputs", digest="d", reason="article")


def test_what_is_known_of_pages_belongs_to_one_folder(folder: Path) -> None:
    with open_cache(folder) as cache:
        cache.keep_pages("output", [("a.html", encode(MADE)), ("b.html", encode(MADE))])
        cache.keep_standing("output", [("a.html", b"stamp", "d")])
        cache.forget_pages("output", ["b.html"])
        cache.keep_note("output", "seen", b"note")

    with open_cache(folder) as cache:
        assert cache.pages("output") == {"a.html": MADE}
        assert cache.standing("output") == {"a.html": (b"stamp", "d")}
        assert cache.note("output", "seen") == b"note"
        assert (cache.pages("preview"), cache.standing("preview")) == ({}, {})
        assert cache.note("preview", "seen") is None


@pytest.mark.parametrize("column", ["path = 'other.html'", "value = X'00'", "site = 'other'"])
def test_a_page_that_the_disk_changed_is_made_again(folder: Path, column: str) -> None:
    with open_cache(folder) as cache:
        cache.keep_pages("output", [("a.html", encode(MADE))])
    connection = sqlite3.connect(folder / FILE)
    connection.execute(f"UPDATE pages SET {column}")
    connection.commit()
    connection.close()

    with open_cache(folder) as cache:
        assert (cache.pages("output"), cache.pages("other")) == ({}, {})


def test_a_picture_is_forgotten_when_no_build_asks_for_it(folder: Path) -> None:
    prepared = Prepared(address="/media/a.jpg", size=9, width=1, height=2)
    with open_cache(folder) as cache:
        cache.keep_picture("k", prepared)
        cache.keep_picture("other", prepared)
        assert cache.picture("k") == prepared
        cache.collect([])

    with open_cache(folder) as cache:
        assert (cache.picture("k"), cache.picture("other")) == (prepared, None)
