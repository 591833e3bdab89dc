"""`sitegen status`: what each story is in each language, what to follow, and acceptance."""

import json
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import CONFIG, THEME, Site
from tests.test_cli import run

STORY = "content/news/2024-05-17-kontor"
DA, EN, BASIS = f"{STORY}/index.da.md", f"{STORY}/index.en.md", f"{STORY}/.basis.en.md"
SITE = f"""\
-- {DA} --
---
title: Nyt kontor i Aarhus
---

Vi åbner et kontor med 88 medarbejdere.

## Hvorfor Aarhus

Byen er god.
-- {EN} --
---
title: New office in Aarhus
---

We open an office with 88 employees.

## Why Aarhus

The city is good.
-- content/news/2024-05-18-kun.da.md --
---
title: Kun på dansk
---

Tekst.
"""
GERMAN = """
[languages.de]
label = "Deutsch"
locale = "de_DE"
title = "Die Zeitung"
section = "nachrichten"
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """Return a project with a story in two languages and one in Danish, and stand in its folder."""
    site = Site(tmp_path / "project").write(SITE)
    monkeypatch.chdir(site.root)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1717243200")  # 2024-06-01T12:00Z
    yield site


def edit(site: Site, path: str, old: str, new: str) -> None:
    text = (site.root / path).read_text("utf-8")
    assert old in text
    site.change(path, text.replace(old, new, 1))


def cells(*arguments: str, status: int = 0) -> dict[str, str]:
    """Return "state publication" of each language of each story, as in "da present public"."""
    told = json.loads(run("status", "--format", "json", *arguments, status=status).stdout)
    return {
        row["story"].removeprefix("news/"): ", ".join(
            f"{name} {each['state']}"
            + ("" if each["publication"] in {"public", None} else f" {each['publication']}")
            for name, each in row["languages"].items()
        )
        for row in told["stories"]
    }


def office() -> str:
    return cells()["2024-05-17-kontor"]


def test_what_nobody_has_accepted_is_not_said_to_be_up_to_date(project: Site) -> None:
    assert cells() == {
        "2024-05-17-kontor": "da unaccepted, en unaccepted",
        "2024-05-18-kun": "da present, en missing",
    }


def test_the_table_is_readable_where_nobody_watches(project: Site) -> None:
    assert run("status").stdout.splitlines() == [
        "Story                   da          en        ",
        "news/2024-05-17-kontor  unaccepted  unaccepted",
        "news/2024-05-18-kun     present     missing   ",
        "",
        "da: 2 of 2 stories (100 %), 1 unaccepted",
        "en: 1 of 2 stories (50 %), 1 unaccepted, 1 missing",
    ]


def test_a_table_for_a_pull_request(project: Site) -> None:
    assert run("status", "--lang", "en", "--format", "markdown").stdout.splitlines() == [
        "| Story | en |",
        "|---|---|",
        "| news/2024-05-17-kontor | unaccepted |",
        "| news/2024-05-18-kun | missing |",
        "",
        "- en: 1 of 2 stories (50 %), 1 unaccepted, 1 missing",
    ]


def test_acceptance_writes_one_sidecar_and_nothing_else(project: Site) -> None:
    before = {path for path in project.root.rglob("*") if ".sitegen" not in path.parts}
    assert run("status", "--accept", "2024-05-17-kontor").stdout == f"accepted: {BASIS}\n"

    after = {path for path in project.root.rglob("*") if ".sitegen" not in path.parts}
    assert after - before == {project.root / BASIS}
    text = (project.root / BASIS).read_text("utf-8")
    assert text.startswith("---\nsource: da\n")
    assert "\n\nVi åbner et kontor med 88 medarbejdere.\n\n" in text
    assert office() == "da present, en present"


def test_to_accept_what_is_accepted_writes_nothing(project: Site) -> None:
    run("status", "--accept", "--all")
    before = (project.root / BASIS).stat().st_ino

    assert run("status", "--accept", "--all").stdout == ""
    assert before == (project.root / BASIS).stat().st_ino


@pytest.mark.parametrize("changed", [DA, EN])
def test_either_language_may_be_behind_the_other(project: Site, changed: str) -> None:
    run("status", "--accept", "--all")
    edit(project, changed, "88", "78")

    expected = {DA: "da present, en stale", EN: "da stale, en present"}
    assert office() == expected[changed]
    edit(project, changed, "78", "88")
    assert office() == "da present, en present"


def test_what_has_changed_in_both_waits_for_somebody_to_accept_it(project: Site) -> None:
    run("status", "--accept", "--all")
    edit(project, DA, "88", "78")
    edit(project, EN, "88", "78")
    assert office() == "da both changed, en both changed"

    run("status", "--accept", EN)
    assert office() == "da present, en present"


def test_only_the_paragraphs_that_changed_are_shown(project: Site) -> None:
    run("status", "--accept", "--all")
    edit(project, DA, "88", "78")
    edit(project, DA, "Byen er god.", "Byen  er\ngod.\n\nOg den er stor.")

    assert run("status", "--diff").stdout.splitlines() == [
        f"{EN}: follow what has changed in da",
        "",
        "  changed",
        "  - Vi åbner et kontor med 88 medarbejdere.",
        "  + Vi åbner et kontor med 78 medarbejdere.",
        "",
        "  added",
        "  + Og den er stor.",
    ]
    assert run("status", "--diff", "--lang", "da").stdout == "nothing is known to be behind\n"
    told = json.loads(run("status", "--diff", "--format", "json").stdout)["changes"]
    assert [(each["language"], each["source"], each["file"]) for each in told] == [("en", "da", EN)]
    assert [each["kind"] for each in told[0]["paragraphs"]] == ["changed", "added"]


def test_a_work_list_is_markdown_to_send(project: Site) -> None:
    run("status", "--accept", "--all")
    edit(project, DA, "88", "78")
    edit(project, DA, "\n\n## Hvorfor Aarhus", "")

    assert run("status", "--diff", "--format", "markdown").stdout == (
        "## news/2024-05-17-kontor: da → en\n\n### Changed\n\nBefore:\n\n"
        "> Vi åbner et kontor med 88 medarbejdere.\n\nNow:\n\n"
        "> Vi åbner et kontor med 78 medarbejdere.\n\n### Removed\n\n> ## Hvorfor Aarhus\n"
    )


def test_keys_that_are_not_translated_are_no_change(project: Site) -> None:
    run("status", "--accept", "--all")
    edit(project, DA, "---\n", "---\nimage_credit: Bo\ntogether: true\nupdated: 2024-05-30\n")

    assert office() == "da present, en present"


def test_a_new_headline_is(project: Site) -> None:
    run("status", "--accept", "--all")
    edit(project, DA, "Nyt kontor i Aarhus", "Nye lokaler i Aarhus")

    assert office() == "da present, en stale"


@pytest.mark.parametrize(
    ("expected", "key"),
    [
        ("draft", "draft: true"),
        ("scheduled", "publish_date: 2024-06-02"),
        ("expired", "expiry_date: 2024-05-30"),
        ("withdrawn", "withdrawn: {date: 2024-05-30, reason: Fejl}"),
    ],
)
def test_what_readers_see_of_it_is_told_too(project: Site, expected: str, key: str) -> None:
    """Shared keys hold for the other language as well."""
    edit(project, DA, "---\n", f"---\n{key}\n")

    assert office().split(", ")[0] == f"da unaccepted {expected}"
    lines = run("status").stdout.splitlines()
    assert lines[1].split("  ")[1].strip() == f"unaccepted, {expected}"


def test_a_story_that_waits_for_all_its_languages_is_scheduled(project: Site) -> None:
    """R: `together` and status agree, as both ask when an article opens."""
    edit(project, "content/news/2024-05-18-kun.da.md", "---\n", "---\ntogether: true\n")
    assert cells()["2024-05-18-kun"] == "da present scheduled, en missing"

    project.change("content/news/2024-05-18-kun.en.md", "---\ntitle: Now\ndraft: true\n---\nX.\n")
    assert cells()["2024-05-18-kun"] == "da unaccepted scheduled, en unaccepted draft"
    project.change("content/news/2024-05-18-kun.en.md", "---\ntitle: Now\n---\nX.\n")
    assert cells()["2024-05-18-kun"] == "da unaccepted, en unaccepted"


def test_another_moment_may_be_asked_about(project: Site) -> None:
    told = cells("--clock", "2024-05-18T00:00", "--lang", "da")
    assert told == {"2024-05-17-kontor": "da unaccepted", "2024-05-18-kun": "da present"}

    told = cells("--clock", "2024-05-17T23:59", "--lang", "da")
    assert told["2024-05-18-kun"] == "da present scheduled"


def test_a_folder_may_be_renamed_with_what_is_in_it(project: Site) -> None:
    run("status", "--accept", "--all")
    (project.root / STORY).rename(project.root / "content/news/2024-05-17-aarhus")
    edit(project, "content/news/2024-05-17-aarhus/index.da.md", "88", "78")

    assert cells()["2024-05-17-aarhus"] == "da present, en stale"


def test_the_flat_form_has_its_sidecar_beside_it(project: Site) -> None:
    project.change("content/news/2024-05-18-kun.en.md", "---\ntitle: Now\n---\n\nText.\n")
    run("status", "--accept", "content/news/2024-05-18-kun.da.md")

    assert (project.root / "content/news/.2024-05-18-kun.basis.en.md").is_file()
    assert cells()["2024-05-18-kun"] == "da present, en present"


def test_nobody_asks_git_and_a_copy_of_the_files_knows_as_much(
    project: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("status", "--accept", "--all")
    edit(project, DA, "88", "78")
    shutil.copytree(project.root / "content", tmp_path / "copy/content", copy_function=shutil.copy)
    shutil.copy(project.root / "config.toml", tmp_path / "copy")
    monkeypatch.setenv("PATH", "")

    assert cells("-C", str(tmp_path / "copy")) == cells()


def test_a_third_language_is_held_against_both(project: Site) -> None:
    project.change("config.toml", CONFIG + GERMAN)
    project.change("templates/wording/de.toml", (THEME / "wording/en.toml").read_bytes())
    run("status", "--accept", "--all")
    project.change(f"{STORY}/index.de.md", "---\ntitle: Neues Büro\n---\n\nMit 88 Leuten.\n")
    assert office() == "da present, en present, de unaccepted"

    run("status", "--accept", "2024-05-17-kontor", "--lang", "de")
    assert office() == "da present, en present, de present"
    edit(project, DA, "88", "78")
    assert office() == "da present, en stale, de stale"
    edit(project, EN, "88", "78")
    assert office() == "da both changed, en both changed, de stale"
    run("status", "--accept", "2024-05-17-kontor", "--lang", "en")
    assert office() == "da present, en present, de stale"
    edit(project, f"{STORY}/index.de.md", "88", "78")
    run("status", "--accept", "2024-05-17-kontor", "--lang", "de")
    assert office() == "da present, en present, de present"


def test_languages_may_change_their_order(project: Site) -> None:
    """What was accepted is still known, and comes to lie where it belongs."""
    run("status", "--accept", "--all")
    edit(project, DA, "88", "78")
    head, tables = CONFIG.split("[languages.da]")
    danish, english = tables.split("[languages.en]")
    project.change("config.toml", f"{head}[languages.en]{english}\n[languages.da]{danish}")

    assert office() == "en stale, da present"
    assert run("status", "--accept", "--all").stdout.splitlines() == [
        f"accepted: {BASIS}",
        f"accepted: {STORY}/.basis.da.md",
    ]
    assert not (project.root / BASIS).exists()
    assert office() == "en present, da present"


def test_a_file_that_cannot_be_read_is_not_missing(project: Site) -> None:
    run("status", "--accept", "--all")
    project.change(EN, "Text without front matter.\n")

    assert cells(status=1)["2024-05-17-kontor"] == "da present, en unreadable"
    result = run("status", "--accept", "--all", status=1)
    assert "front-matter-missing" in result.stderr
    assert "own_digest" in (project.root / BASIS).read_text("utf-8")


@pytest.mark.parametrize(
    ("said", "arguments"),
    [
        ("name the stories whose languages agree, or say --all", ["--accept"]),
        ("name the stories whose languages agree, or say --all", ["--accept", "x", "--all"]),
        ("did you mean `2024-05-17-kontor`?", ["2024-05-17-kontr"]),
        ("the site has no language 'fr'; it has da, en", ["--lang", "fr"]),
    ],
)
def test_wrong_use_is_told_with_advice(project: Site, said: str, arguments: list[str]) -> None:
    assert said in run("status", *arguments, status=2).stderr


@pytest.mark.parametrize(
    "name",
    ["2024-05-17-kontor", "news/2024-05-17-kontor", f"{STORY}/", f"./{STORY}", DA, EN],
)
def test_a_story_has_many_names(project: Site, name: str) -> None:
    assert list(cells(name)) == ["2024-05-17-kontor"]


def test_strict_fails_when_anything_is_behind(project: Site) -> None:
    run("status", "--strict")
    run("status", "--accept", "--all")
    edit(project, DA, "88", "78")

    run("status")
    run("status", "--strict", status=1)
    run("status", "--strict", "2024-05-18-kun")


def test_the_day_on_which_it_becomes_an_error_is_told_before(project: Site) -> None:
    project.change("config.toml", f"{CONFIG}\n[translations]\ndays = 10\n")
    run("status", "--accept", "--all")
    edit(project, DA, "88", "78")
    assert "error" not in run("status").stdout, "nobody has dated the change"

    edit(project, DA, "---\n", "---\nupdated: 2024-05-30\n")
    assert "stale, error from 2024-06-09" in run("status", "--clock", "2024-06-08T23:59").stdout
    run("status", "--clock", "2024-06-08T23:59")
    run("status", "--clock", "2024-06-09T00:00", status=1)


def test_an_old_updated_dates_no_new_change(project: Site) -> None:
    project.change("config.toml", f"{CONFIG}\n[translations]\ndays = 1\n")
    edit(project, DA, "---\n", "---\nupdated: 2024-05-20\n")
    run("status", "--accept", "--all")
    edit(project, DA, "88", "78")

    assert "stale" in run("status").stdout
    assert "error" not in run("status").stdout


# sixty random edits, of which the truth is known


NAMES = "virksomhed medarbejdere udviklere partnere kunder måneder åbningen arbejder"
WORDS = NAMES.split()


class Truth:
    """A site of which somebody edits at random, and what its status must be."""

    def __init__(self, site: Site, seed: int) -> None:
        self.site = site
        self.random = random.Random(seed)
        self.stories = [f"2024-03-{day:02}-historie" for day in range(1, 21)]
        self.texts: dict[tuple[str, str], list[str]] = {}
        self.accepted: dict[str, dict[str, list[str]]] = {}
        for name in self.stories:
            for language in ("da", "en"):
                self.texts[name, language] = [
                    f"title: {language} {name}",
                    *(self._sentence() for _ in range(5)),
                ]
                self._write(name, language, self.texts[name, language])

    def _sentence(self) -> str:
        words = " ".join(self.random.sample(WORDS, 5))
        return f"De {words} og {self.random.randrange(10, 99)} {self.random.choice(WORDS)}."

    def _write(self, name: str, language: str, paragraphs: list[str], gap: str = "\n\n") -> None:
        head, *rest = paragraphs
        text = f"---\n{head}\n---\n\n{gap.join(rest)}\n"
        self.site.change(f"content/news/{name}/index.{language}.md", text)

    def edit(self) -> None:
        """Do one thing at random."""
        name, language = self.random.choice(self.stories), self.random.choice(["da", "en"])
        text = [*self.texts[name, language]]
        at = self.random.randrange(1, len(text))
        what = self.random.randrange(8)
        if what == 0:
            run("status", "--accept", name)
            self.accepted[name] = {each: self.texts[name, each] for each in ("da", "en")}
            return
        if what == 1:  # a slip, and spaces: what is written is another text, what is said is not
            slipped = text[at].replace("e ", "e  ").replace("ikler", "ikeler").replace("“", '"')
            self._write(name, language, [*text[:at], slipped, *text[at + 1 :]], "\n \n\n")
            return
        if what == 2:
            text[at] = text[at].replace(" og ", f" og {self.random.randrange(100, 999)} eller ")
        elif what == 3:
            text.insert(at, self._sentence())
        elif what == 4 and len(text) > 3:
            del text[at]
        elif what == 5 and len(text) > 3:
            first = text.pop(1)
            text.append(first)
        elif what == 6:
            text[0] = f"title: {language} {name} {self.random.randrange(1000)}"
        else:
            text[at] = self._sentence()
        self.texts[name, language] = text
        self._write(name, language, text)

    def cell(self, name: str) -> str:
        """Return what the row of a story must be."""
        if name not in self.accepted:
            return "da unaccepted, en unaccepted"
        da, en = (self.texts[name, each] != self.accepted[name][each] for each in ("da", "en"))
        if da and en:
            return "da both changed, en both changed"
        return f"da {'stale' if en else 'present'}, en {'stale' if da else 'present'}"


@pytest.mark.parametrize("seed", [1, 2])
def test_sixty_edits_are_told_as_they_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    site = Site(tmp_path / "project").write("-- content/topics.toml --\n")
    monkeypatch.chdir(site.root)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1717243200")
    truth = Truth(site, seed)
    run("status", "--accept", *truth.stories[:15])
    for name in truth.stories[:15]:
        truth.accepted[name] = {each: truth.texts[name, each] for each in ("da", "en")}
    for number in range(60):
        truth.edit()
        if number % 6 == 0:
            assert cells() == {name: truth.cell(name) for name in truth.stories}, number

    told = json.loads(run("status", "--diff", "--format", "json").stdout)["changes"]
    for each in told:
        name = each["story"].removeprefix("news/")
        old = truth.accepted[name][each["source"]]
        now = truth.texts[name, each["source"]]
        assert {p["new"] for p in each["paragraphs"] if p["kind"] == "added"} <= set(now) - set(old)
        assert {p["old"] for p in each["paragraphs"]} - {""} <= set(old)
