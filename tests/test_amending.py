"""A changed text is published without planning the site again, to the bytes of a clean build."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sitegen.cache import open_cache
from sitegen.findings import UsageError
from sitegen.pipeline import Order, Outcome, amending
from sitegen.pipeline.atlas import Atlas, chart_of
from sitegen.pipeline.stages import plan_site
from tests.conftest import APART, CONFIG, NOW, Site, settled

MakeSite = Callable[[str], Site]
SECRET = "Det her er endnu en hemmelighed, som ingen uden for huset må få at vide"
STORIES = """\
-- content/news/2024-05-17-lviv/index.da.md --
---
title: Ny partner
summary: Kort sagt
tags: [kunder]
authors: [bo]
---
Første afsnit.

## Et afsnit

Det sagde [naboen](../2024-05-20-kyiv.da.md).
-- content/news/2024-05-17-lviv/index.en.md --
---
title: New partner
---
First paragraph.

Second paragraph.
-- content/news/2024-05-20-kyiv.da.md --
---
title: Kyiv
tags: [kunder]
---
Se [afsnittet](2024-05-17-lviv/index.da.md#et-afsnit).

Og mere.
-- content/news/2024-05-21-kladde.da.md --
---
title: Kladde
draft: true
---
Det her er endnu en hemmelighed, som ingen uden for huset må få at vide noget som helst om.
-- content/pages/om.da.md --
---
title: Om os
---
Vi er her.

Endnu.
-- content/people.toml --
[bo]
name = "Bo Hansen"
-- content/topics.toml --
[kunder]
name = { da = "Kunder", en = "Clients" }
"""
HEAD = "content/news/2024-05-17-lviv/index.da.md"
ENGLISH = "content/news/2024-05-17-lviv/index.en.md"
KYIV = "content/news/2024-05-20-kyiv.da.md"
ABOUT = "content/pages/om.da.md"


@pytest.fixture
def amended(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Whether each build that was asked to amend did so."""
    told: list[bool] = []
    amend = amending.amend

    def listening(order: Order, *rest: Any) -> Outcome | None:
        outcome = amend(order, *rest)
        if order.use_cache:  # else it is the clean build of a comparison
            told.append(outcome is not None)
        return outcome

    monkeypatch.setattr(amending, "amend", listening)
    return told


@pytest.fixture
def built(site: MakeSite) -> Site:
    """A site that was built, and has not changed since."""
    project = settled(site(STORIES).change("config.toml", APART)).build()
    assert project.is_sound
    return project


def edit(site: Site, path: str, old: str, new: str) -> None:
    """Replace something in a file, at a time of its own."""
    file = site.root / path
    text = file.read_text("utf-8")
    assert old in text
    site.change(path, text.replace(old, new))
    settled(site)


def is_clean(site: Site, tmp_path: Path, now: dt.datetime = NOW) -> bool:
    """Tell whether a site is what a clean build makes of its sources."""
    clean = Site(site.root)
    clean.output = tmp_path / "clean"
    clean.build(now=now, use_cache=False)
    return clean.lines == site.lines and clean.files() == site.files()


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (HEAD, "Første afsnit.", "Første afsnit, med et ord til."),
        (HEAD, "## Et afsnit", "## Et afsnit\n\nOg nok et.\n\n### Et underafsnit"),
        (HEAD, "Det sagde", "Så da var det, at de"),
        (HEAD, "Første afsnit.", f"{SECRET}."),  # public here, whoever else may say it
        (ENGLISH, "Second", "The second"),
        (ABOUT, "Endnu", "Endnu i dag"),
    ],
)
def test_a_changed_text_is_amended(
    built: Site, amended: list[bool], tmp_path: Path, path: str, old: str, new: str
) -> None:
    edit(built, path, old, new)
    built.build()

    assert amended == [True]
    assert is_clean(built, tmp_path)
    assert built.outcome
    assert len(built.outcome.changed) >= 1
    again = settled(built).build().outcome
    assert again
    assert (again.changed, len(amended)) == ((), 1), "a build after that has nothing to do"


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (HEAD, "title: Ny partner", "title: Nyere partner"),
        (HEAD, "Kort sagt", "Sagt kort"),
        (HEAD, "## Et afsnit", "## Et andet afsnit"),
        (HEAD, "[naboen](../2024-05-20-kyiv.da.md)", "naboen"),
        (HEAD, "Det sagde", "Det sagde Bo Hansen og"),
        (HEAD, "Det sagde", "<script>"),
        (HEAD, "Det sagde", "[intet](intet.da.md)"),
        (KYIV, "Se [afsnittet]", "Og se [afsnittet]"),
        ("content/people.toml", "Bo Hansen", "Bo Jensen"),
        ("config.toml", "Avisen", "Bladet"),
        ("content/news/2024-05-21-kladde.da.md", "Det her", "Dette her"),
    ],
)
def test_what_other_pages_may_show_is_planned_again(
    built: Site, amended: list[bool], tmp_path: Path, path: str, old: str, new: str
) -> None:
    edit(built, path, old, new)
    built.build()

    assert amended == [False]
    if built.is_sound:
        assert is_clean(built, tmp_path)


def test_nothing_is_amended_when_anything_else_has_changed(
    built: Site, amended: list[bool], tmp_path: Path
) -> None:
    """A file of output/ that was altered, another source, a moment that has passed."""
    (built.root / "output/da/index.html").write_bytes(b"altered")
    edit(built, HEAD, "Første", "Allerførste")
    built.build()
    built.change("content/news/2024-05-29-ny.da.md", "---\ntitle: Ny\n---\nTekst.\n")
    edit(built, HEAD, "Allerførste", "Første")
    built.build()
    (built.root / ABOUT).unlink()
    edit(built, HEAD, "Første", "Allerførste")
    built.build()

    assert amended == [False, False, False]
    assert is_clean(built, tmp_path)


def test_an_amended_site_is_still_known_to_the_next_build(
    built: Site, amended: list[bool], tmp_path: Path
) -> None:
    edit(built, HEAD, "Første", "Allerførste")
    built.build()
    edit(built, HEAD, "title: Ny partner", "title: Nyere partner")
    built.build()
    edit(built, ENGLISH, "Second", "The second")
    built.build()

    assert amended == [True, False, True]
    assert is_clean(built, tmp_path)


def test_what_two_sites_of_one_project_have_read_is_not_confused(
    built: Site, amended: list[bool], tmp_path: Path
) -> None:
    edit(built, HEAD, "Første", "Allerførste")
    other = Site(built.root)
    other.output = tmp_path / "other"
    other.build()
    built.build()

    assert other.is_sound
    assert amended == [False, False], "the other has collected what was read before"
    assert is_clean(built, tmp_path)


def test_every_page_of_an_article_comes_out_of_the_chart_as_it_was_planned(golden: Site) -> None:
    order = golden.order()
    with open_cache(order.cache_folder) as cache:
        work, _, _ = plan_site(order, cache, lambda *_: None)
        chart = chart_of(cache, order.site)
        assert chart
        atlas = Atlas(chart, work.cards, work.sources.registry)
        planned = {
            page.article.path: page
            for page in work.site.pages
            if page.article and page.kind in {"article", "fixed"}
        }

        assert len(planned) > 10
        assert planned == {path: atlas.page(path) for path in chart.leaves}


def touch(site: Site, *folders: str) -> None:
    """Put every file in place anew, with the same bytes: as when a site is copied or cloned."""
    for folder in folders:
        for path in (site.root / folder).rglob("*"):
            if path.is_file():
                content = path.read_bytes()
                path.unlink()
                path.write_bytes(content)
    settled(site)


def test_a_site_that_was_copied_with_its_cache_is_known_by_its_bytes(
    built: Site, amended: list[bool], tmp_path: Path
) -> None:
    """CI clones the sources, and puts .sitegen/ and output/ back from the run before."""
    touch(built, "content", "output")
    again = built.build().outcome
    third = built.build().outcome

    assert again
    assert (again.added, again.changed, amended) == ((), (), [True])
    assert again == third
    assert is_clean(built, tmp_path)


def test_an_edit_of_a_copied_site_is_amended(
    built: Site, amended: list[bool], tmp_path: Path
) -> None:
    touch(built, "content", "output")
    edit(built, HEAD, "Første", "Allerførste")
    built.build()

    assert amended == [True]
    assert is_clean(built, tmp_path)


@pytest.mark.parametrize("spoilt", ["output/da/index.html", "output/.sitegen.json"])
def test_a_copy_of_which_a_file_was_altered_is_made_anew(
    built: Site, amended: list[bool], tmp_path: Path, spoilt: str
) -> None:
    touch(built, "content", "output")
    path = built.root / spoilt
    path.write_bytes(path.read_bytes().replace(b"a", b"b", 1))
    try:
        settled(built).build()
    except UsageError:
        return  # a manifest that was altered is told

    assert amended == [False]
    assert is_clean(built, tmp_path)


def test_what_one_language_alone_says_from_now_on_is_told(
    built: Site, amended: list[bool], tmp_path: Path
) -> None:
    same = "Vi er nu 12 kolleger.", "We are now 12 colleagues."
    built.change(HEAD, f"---\ntitle: Ny partner\nsummary: Kort\n---\nAfsnit.\n\n{same[0]}\n")
    built.change(ENGLISH, f"---\ntitle: New partner\nsummary: So\n---\nText.\n\n{same[1]}\n")
    built.change(KYIV, "---\ntitle: Kyiv\n---\nHer.\n")
    settled(built.change("config.toml", CONFIG)).build()
    before = built.lines
    edit(built, HEAD, "er nu 12", "er nu så 12")
    built.build()
    edit(built, HEAD, "12", "13")
    built.build()

    assert amended == [False, True, False]
    assert len(built.lines) == len(before) + 1
    assert is_clean(built, tmp_path)


def test_a_changed_text_is_found_by_its_new_words(built: Site, amended: list[bool]) -> None:
    def holding(word: str) -> list[str]:
        index = (path for path in built.files() if "/search/" in path or "/soeg/" in path)
        return [path for path in index if word.encode() in built.files()[path]]

    edit(built, HEAD, "Det sagde", "Zebraen blev set, sagde")
    built.build()

    assert amended == [True]
    assert holding("zebra")


def test_what_is_told_of_the_text_alone_follows_its_changes(
    built: Site, amended: list[bool], tmp_path: Path
) -> None:
    """A warning that stays, at a line that moves; one that comes; one that goes."""
    edit(built, ENGLISH, "Second", "TODO: second")
    built.build()
    told = [line for line in built.lines if "[text-leftover]" in line]
    edit(built, ENGLISH, "TODO", "And more.\n\nTODO")
    built.build()
    moved = [line for line in built.lines if "[text-leftover]" in line]
    assert is_clean(built, tmp_path)
    edit(built, ENGLISH, "TODO: second", "Second")
    built.build()

    assert amended == [True, True, True]
    assert (len(told), len(moved)) == (1, 1)
    assert told != moved
    assert is_clean(built, tmp_path)


def test_a_warning_forbids_to_publish_where_nothing_may_be_wrong(
    built: Site, amended: list[bool]
) -> None:
    built.build(is_strict=True)
    edit(built, ENGLISH, "Second", "TODO: second")

    assert not built.build(is_strict=True).is_sound
    assert not any(amended)
