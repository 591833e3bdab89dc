"""What commands say to programs, calendars and jobs: alone on stdout, in the right place."""

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import icalendar
import pytest

from tests.conftest import CONFIG, ROOT, Site
from tests.test_cli import ARTICLE, STORY, main, project, run, spawn

__all__ = ["project"]
FAULTY = "---\ntitle: Ny partner\ntgas: [a, 100%]\n---\n"
LATER = "content/news/2024-07-01-y.da.md"


@pytest.fixture(autouse=True)
def _nothing_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)


# documents of JSON


@pytest.mark.parametrize("command", ["build", "check", "diff", "next", "why"])
def test_every_document_says_what_it_is(project: Site, command: str) -> None:
    asked = ("/da/",) if command == "why" else ()
    sound = json.loads(run(command, *asked, "--format", "json").stdout)
    project.change("config.toml", "x = ")
    result = run(command, *asked, "--format", "json", status=1)
    faulty = json.loads(result.stdout)

    assert result.stderr == ""
    for told, status in ((sound, "sound"), (faulty, "faulty")):
        assert told["format"] == f"sitegen/{command}"
        assert (told["version"], told["status"], told["message"]) == (1, status, "")
    assert (faulty["errors"], faulty["warnings"], len(faulty["findings"])) == (1, 0, 1)


def test_a_build_tells_which_files_it_changed(project: Site) -> None:
    first = json.loads(run("build", "--format", "json").stdout)["files"]
    again = json.loads(run("build", "--format", "json").stdout)["files"]

    assert "da/nyheder/2024/ny-partner/index.html" in first["added"]
    assert again == {
        "added": [], "changed": [], "removed": [], "unchanged": len(first["added"]),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("place", "status", "word"), [("content", 2, "misused"), ("/proc/sitegen", 3, "failed")]
)
def test_a_program_hears_of_wrong_use_and_of_the_machine(
    project: Site, place: str, status: int, word: str
) -> None:
    if status == 3 and not Path("/proc").is_dir():
        pytest.skip("a folder that refuses even root")
    result = run("build", "-o", place, "--format", "json", status=status)

    told = json.loads(result.stdout)
    assert told["status"] == word
    assert f"error: {told['message']}\n" == result.stderr


DOCS = (ROOT / "docs" / "formats.md").read_text("utf-8")


@pytest.mark.parametrize("command", ["build", "check", "diff", "next", "why"])
def test_every_key_of_a_document_is_explained(project: Site, command: str) -> None:
    project.change(LATER, "---\ntitle: Fremtid\n---\n")
    asked = ("/da/",) if command == "why" else ()
    told = json.loads(run(command, *asked, "--format", "json").stdout)
    own = DOCS.split(f"\n## {'build and check' if command in ('build', 'check') else command}\n")[1]
    explained = DOCS.split("\n## build and check")[0] + own.split("\n## ")[0]

    assert [key for key in keys_of(told) if f"`{key}`" not in explained] == []


def keys_of(value: Any) -> Iterator[str]:
    """Yield the keys of a document but those that are languages."""
    if isinstance(value, dict):
        yield from (key for key in value if key not in {"da", "en"})
    for inner in value.values() if isinstance(value, dict) else value:
        if isinstance(inner, (dict, list)):
            yield from keys_of(inner)


# GitHub's annotations


def test_annotations_alone_are_on_stdout_and_the_log_shows_the_places(project: Site) -> None:
    project.change(f"{STORY}/index.da.md", FAULTY)
    result = run("check", "--format", "github", status=1)

    assert result.stdout == (
        f"::error file={STORY}/index.da.md,line=3,title=sitegen%3A front-matter-unknown-key"
        "::unknown key `tgas`: did you mean `tags`?\n"
    )
    assert f"{STORY}/index.da.md:3: error: " in result.stderr
    assert result.stderr.endswith("nothing was published: 1 error\n")


def test_a_sound_build_has_no_annotation(project: Site) -> None:
    result = run("build", "-v", "--verify", "--format", "github")

    assert result.stdout == ""
    assert "output/: " in result.stderr
    assert "verified: " in result.stderr


@pytest.mark.parametrize("is_worktree", [True, False])
def test_paths_begin_where_the_repository_does(
    project: Site, monkeypatch: pytest.MonkeyPatch, *, is_worktree: bool
) -> None:
    """In a worktree or submodule `.git` is a file."""
    project.change(f"{STORY}/index.da.md", FAULTY)
    repository = project.root.parent
    marker = repository / ".git"
    if is_worktree:
        marker.write_text("gitdir: x")
    else:
        marker.mkdir()
    monkeypatch.chdir("/")
    told = run("check", "-C", str(project.root), "--format", "github", status=1).stdout
    log = json.loads(run("check", "-C", str(project.root), "--format", "sarif", status=1).stdout)

    assert told.startswith(f"::error file=project/{STORY}/index.da.md,line=3,")
    (result,) = log["runs"][0]["results"]
    place = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place["uri"] == f"project/{STORY}/index.da.md"


def test_a_failing_machine_is_an_annotation(project: Site) -> None:
    assert run("build", "-o", "content", "--format", "github", status=2).stdout.startswith(
        "::error title=sitegen::cannot write the site to "
    )


# SARIF


def test_sarif_is_alone_on_stdout_with_help_for_its_rules(project: Site) -> None:
    project.change(f"{STORY}/index.da.md", FAULTY)
    result = run("check", "--format", "sarif", status=1)

    (rule,) = json.loads(result.stdout)["runs"][0]["tool"]["driver"]["rules"]
    assert rule["id"] == "front-matter-unknown-key"
    assert "did you mean `tags`?" in rule["help"]["markdown"]
    assert result.stderr == ""


def test_a_file_whose_name_is_no_text_breaks_no_format(project: Site) -> None:
    name = os.fsencode(project.root / "content") + b"/\xff.md"
    try:
        Path(os.fsdecode(name)).write_text(ARTICLE)
    except OSError:
        pytest.skip("this disk takes no such name")

    for style in ("text", "json", "github", "sarif"):
        done = spawn("check", "--format", style, "--summary", "page.md")
        assert done.returncode == 1, done.stderr
        assert b"Traceback" not in done.stderr


# the page of a job


def test_a_summary_is_written_where_it_is_asked_for(project: Site) -> None:
    project.change(LATER, "---\ntitle: Fremtid\n---\n")
    run("build", "--summary", "page.md")
    first = (project.root / "page.md").read_text("utf-8")
    run("build", "--summary", "page.md")

    assert first.startswith("## sitegen build: the site is sound: no findings\n")
    assert "### 2 stories\n" in first
    assert "| da | 1 | 1 | 0 | 0 | 0 | 100% |\n| en | 0 | 0 | 0 | 0 | 2 | 0% |\n" in first
    assert "- added: <code>/da/nyheder/2024/ny-partner/</code>\n" in first
    assert "- **Mon 2024-07-01 00:00** appears: Fremtid (da)\n" in first
    assert (project.root / "page.md").read_text("utf-8").count("## sitegen build") == 1


def test_a_job_on_github_has_a_page_below_what_other_steps_wrote(
    project: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = project.root / "step.md"
    page.write_text("of another step\n", "utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(page))
    project.change(f"{STORY}/index.da.md", FAULTY)
    run("check", status=1)

    said = page.read_text("utf-8")
    assert said.startswith("of another step\n## sitegen check: nothing was published: 1 error\n")
    assert "`front-matter-unknown-key`" in said
    assert "### " in said


def test_a_site_that_cannot_be_read_has_a_page_too(project: Site) -> None:
    project.change("config.toml", "x = ")
    run("build", "--summary", "page.md", status=1)

    assert "`config-syntax`" in (project.root / "page.md").read_text("utf-8")


def test_a_page_that_cannot_be_written_exits_3(project: Site) -> None:
    run("build", "--summary", "nowhere/page.md", status=3)


def test_a_job_whose_page_is_out_of_reach_builds_all_the_same(
    project: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in a container that got the runner's environment, and not its folders."""
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", "/nowhere/step.md")
    said = run("build").stderr

    assert said == "the page of this job cannot be written: No such file or directory\n"
    assert project.output.exists()


# next


def test_next_tells_what_is_ahead(project: Site) -> None:
    project.change(LATER, "---\ntitle: Fremtid\n---\n")

    assert run("next").stdout == "Mon 2024-07-01 00:00  appears  da  Fremtid\n"
    assert run("next", "--clock", "2024-07-01").stdout == "nothing will change by itself\n"
    assert not project.output.exists()


def test_next_is_a_calendar_alone_on_stdout(project: Site) -> None:
    project.change(LATER, "---\ntitle: Fremtid\n---\n")
    done = spawn("next", "--format", "ics")

    assert done.stderr == b""
    (event,) = icalendar.Calendar.from_ical(done.stdout).walk("VEVENT")
    assert event["SUMMARY"] == "Appears: Fremtid (da)"


def test_what_is_ahead_of_a_faulty_site_is_not_known(project: Site) -> None:
    project.change(f"{STORY}/index.da.md", FAULTY)

    result = run("next", "--format", "ics", status=1)
    assert result.stdout == ""
    run("next", "--clock", "i morgen", status=2)


# new


def test_new_says_what_to_do_next_and_where(project: Site) -> None:
    said = run("new", "Hej")

    assert said.stdout.count("index.") == 2
    assert "sitegen serve" in said.stderr
    assert "draft: true" in said.stderr


def test_new_takes_the_author_from_git(project: Site) -> None:
    project.change("content/people.toml", '[line-holm]\nname = "Line Holm"\n')
    subprocess.run(["git", "init", "-q"], check=True)
    subprocess.run(["git", "config", "user.name", "Line Holm"], check=True)
    path = run("new", "Hej").stdout.split()[0]

    assert "\nauthors: [line-holm]\n" in (project.root / path).read_text("utf-8")
    run("check", "-D", "--strict")


def test_new_works_without_git(project: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")

    assert run("new", "Hej").stdout


def test_new_opens_the_editor_only_on_request(
    project: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = project.root / "opened.txt"
    editor = project.root / "editor"
    editor.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > "{opened}"\n')
    editor.chmod(0o755)
    monkeypatch.setenv("EDITOR", str(editor))

    run("new", "Hej")
    assert not opened.exists()
    said = run("new", "Hej igen", "--edit").stdout
    assert [str(project.root / path) for path in said.split()] == opened.read_text().split()


def test_an_editor_that_cannot_be_opened_exits_3_and_the_files_are_there(
    project: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", "no-such-editor")
    result = run("new", "Hej", "--edit", status=3)

    assert "set EDITOR to the command of yours" in result.stderr
    assert all((project.root / path).exists() for path in result.stdout.split())


# schema


@pytest.mark.parametrize("what", ["config", "front-matter", "snippets"])
def test_a_schema_is_alone_on_stdout(
    what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And needs no site."""
    monkeypatch.chdir(tmp_path)
    result = run("schema", what)

    assert json.loads(result.stdout)
    assert result.stderr == ""


def test_another_schema_is_wrong_use(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main("schema", "people", monkeypatch=monkeypatch) == 2
    assert "config" in capsys.readouterr().err


def test_a_config_may_name_its_schema_in_the_first_line(project: Site) -> None:
    """As Even Better TOML wants it."""
    project.change("config.toml", f"#:schema ./config.schema.json\n{CONFIG}")
    project.change("config.schema.json", run("schema", "config").stdout)

    run("check", "--strict")
