"""When nothing has changed, nothing is done; whatever has changed is noticed."""

import datetime as dt
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from sitegen.cache import is_settled, last_change, stamp_of
from sitegen.cache.stamps import TICK
from sitegen.pipeline import order, reading, stories
from tests.conftest import NOW, Site, settled

MakeSite = Callable[[str], Site]
STORY = """\
-- content/news/2024-05-17-lviv/index.da.md --
---
title: Ny partner
expiry_date: 2024-06-10
---
Tekst.
-- content/news/2024-05-17-lviv/index.en.md --
---
title: New partner
---
Text.
-- content/files/bilag.txt --
Bilag
"""
HEAD = "content/news/2024-05-17-lviv/index.da.md"


@pytest.fixture
def built(site: MakeSite) -> Site:
    """A site that was built, and has not changed since."""
    project = settled(site(STORY)).build()
    assert project.lines == []
    return project


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note each build that goes further than the guard."""
    done: list[str] = []
    original = reading.read_sources

    def spy(asked: order.Order) -> object:
        done.append("built")
        return original(asked)

    monkeypatch.setattr(stories, "read_sources", spy)
    return done


def test_a_build_of_the_same_does_nothing(built: Site, work: list[str]) -> None:
    before = built.files()

    built.build(now=NOW + dt.timedelta(days=1))

    assert work == []
    assert built.outcome
    assert (built.outcome.changed, built.outcome.unchanged) == ((), len(before) - 1)
    assert built.files() == before


def test_a_check_of_the_same_does_nothing(built: Site, work: list[str]) -> None:
    built.build(is_check=True).build(is_check=True)

    assert work == ["built"]


def test_warnings_are_said_again_though_nothing_is_done(site: MakeSite, work: list[str]) -> None:
    project = site(STORY)
    config = (project.root / "config.toml").read_text("utf-8")
    project.change("config.toml", config.replace("news.example.org", "www.example.com"))

    first = settled(project).build().lines
    again = project.build().lines

    assert work == ["built"]
    assert first == again
    assert "[base-url-unknown]" in first[0]


def edit_and_put_the_time_back(site: Site) -> None:
    path = site.root / HEAD
    before = path.stat()
    path.write_bytes(path.read_bytes().replace(b"Tekst", b"Txtek"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


CHANGES: dict[str, Callable[[Site], object]] = {
    "an article, its time put back": edit_and_put_the_time_back,
    "a file of output/ gone": lambda site: (site.output / "da/index.html").unlink(),
    "a file of output/ altered": lambda site: (site.output / "da/index.html").write_text("x"),
    "a foreign file in output/": lambda site: (site.output / "da/mine.txt").write_text("x"),
    "the manifest gone": lambda site: (site.output / ".sitegen.json").unlink(),
    "a template of one's own": lambda site: site.change("templates/parts/share.html", "Del"),
    "the config": lambda site: site.change("config.toml", site.root.joinpath("config.toml")
                                           .read_text("utf-8").replace("Avisen", "Bladet")),
    "a picture beside an article": lambda site: site.change("content/news/x/x.png", b"x"),
    "a copied file": lambda site: site.change("content/files/bilag.txt", "Nyt"),
    "a list of addresses": lambda site: site.change("gone.txt", "/da/vaek/\n"),
}  # fmt: skip


@pytest.mark.parametrize("what", CHANGES)
def test_every_change_is_noticed(built: Site, work: list[str], what: str) -> None:
    CHANGES[what](built)
    if what == "the manifest gone":
        for path in sorted(built.output.rglob("*"), reverse=True):
            path.unlink() if path.is_file() else path.rmdir()

    built.build()

    assert work == ["built"]
    clean = Site(built.root)
    clean.output = built.root.parent / "clean"
    clean.build(output=clean.output, use_cache=False)
    ours = {path: content for path, content in built.files().items() if path != "da/mine.txt"}
    assert clean.files() == ours


@pytest.mark.parametrize(
    "now",
    [
        dt.datetime(2024, 6, 10, 22, tzinfo=dt.UTC),  # the end of 10 June in Copenhagen
        NOW - dt.timedelta(seconds=1),
    ],
)
def test_a_moment_that_passed_and_a_clock_turned_back_are_noticed(
    built: Site, work: list[str], now: dt.datetime
) -> None:
    built.build(now=now)

    assert work == ["built"]


def test_nothing_is_done_until_the_very_moment(built: Site, work: list[str]) -> None:
    built.build(now=dt.datetime(2024, 6, 10, 21, 59, 59, tzinfo=dt.UTC))

    assert work == []


@pytest.mark.parametrize(
    "asked", [{"is_strict": True}, {"base_url": "https://example.org"}, {"use_cache": False}]
)
def test_another_order_is_another_build(
    built: Site, work: list[str], asked: dict[str, object]
) -> None:
    built.build(**asked)

    assert work == ["built"]


def test_a_file_younger_than_the_disks_clock_can_tell_is_not_trusted(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"1")
    stamp = stamp_of(path.stat())

    assert is_settled(stamp, last_change(stamp) + TICK)
    assert not is_settled(stamp, last_change(stamp) + TICK - 1)
