"""The command line: what each command does, says, and exits with."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sitegen import cli as command_line
from sitegen.cli import cli
from sitegen.findings import MachineError
from sitegen.settings import EXAMPLE_BASE_URL
from tests.conftest import CONFIG, ROOT, Site

COMMANDS = ("build", "check", "serve", "new", "next", "status", "diff", "why", "schema", "clean")
ARTICLE = "---\ntitle: Ny partner\n---\nTekst.\n"
STORY = "content/news/2024-05-17-x"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """Return a sound project in one language fewer than it has, and stand in its folder."""
    site = Site(tmp_path / "project").write(f"-- {STORY}/index.da.md --\n{ARTICLE}")
    monkeypatch.chdir(site.root)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1717243200")  # 2024-06-01T12:00Z
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    yield site


def run(*arguments: str, status: int = 0) -> Result:
    """Run a command in this process; its status must be as expected, and no exception be left."""
    result = CliRunner().invoke(cli, arguments)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception

    assert result.exit_code == status, result.output
    assert "Traceback" not in result.output
    return result


def main(*arguments: str, monkeypatch: pytest.MonkeyPatch) -> int | str | None:
    """Run the whole program in this process and return its status."""
    monkeypatch.setattr(sys, "argv", ["sitegen", *arguments])
    with pytest.raises(SystemExit) as caught:
        command_line.main()
    return caught.value.code


def spawn(*arguments: str, **options: object) -> "subprocess.CompletedProcess[bytes]":
    """Run the whole program in a process of its own."""
    command = [sys.executable, "-m", "sitegen", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **options.pop("env", {})}  # type: ignore[dict-item]
    return subprocess.run(command, env=environment, check=False, capture_output=True, **options)  # type: ignore[call-overload, no-any-return]


# help


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_each_command_has_examples_that_it_understands(command: str) -> None:
    said = run(command, "--help").output
    examples = re.findall(rf"^ +sitegen {command}(.*)$", said.split("Examples:")[1], re.M)

    assert examples
    for options in re.findall(r"--[\w-]+", " ".join(examples)):
        assert options in said.split("Options:")[1]


def test_the_first_help_names_each_command() -> None:
    said = run("--help").output

    assert all(f"\n  {command} " in said for command in COMMANDS)
    assert said.count("Examples:") == 1


def test_no_command_at_all_shows_the_help_as_wrong_use(monkeypatch: pytest.MonkeyPatch) -> None:
    assert main(monkeypatch=monkeypatch) == 2


def test_the_version_is_told() -> None:
    assert re.fullmatch(r"sitegen, version \d+\.\d+\.\d+\n", run("--version").output)


# exit statuses


def test_a_sound_build_exits_0_and_says_what_it_did(project: Site) -> None:
    result = run("build")

    assert re.fullmatch(
        r"output/: \d+ added, 0 changed, 0 removed, 0 unchanged \(\d+\.\d s\)\n", result.stdout
    )
    assert result.stderr == ""
    assert (project.output / "da/nyheder/2024/ny-partner/index.html").exists()


def test_a_check_exits_0_and_writes_nothing(project: Site) -> None:
    result = run("check")

    assert re.fullmatch(r"sound: \d+ files, nothing written \(\d+\.\d s\)\n", result.stdout)
    assert not project.output.exists()


@pytest.mark.parametrize("command", ["build", "check"])
def test_an_error_exits_1_and_is_told_on_stderr(project: Site, command: str) -> None:
    project.change(f"{STORY}/index.da.md", "---\ntitel: x\n---\n")
    result = run(command, status=1)

    assert result.stdout == ""
    assert result.stderr == (
        f"{STORY}/index.da.md:2: error: unknown key `titel`: did you mean `title`?"
        " [front-matter-unknown-key]\n"
        "nothing was published: 1 error\n"
    )


def test_a_missing_config_exits_1(project: Site) -> None:
    project.remove("config.toml")

    for command in (["build"], ["check"], ["new", "Hej"]):
        assert "[config-missing]" in run(*command, status=1).stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["nope"], ["build", "--nope"], ["build", "extra"], ["new"], ["build", "-C", "nowhere"],
        ["build", "--clock", "yesterday", "-o", "x"], ["build", "--format", "xml"],
        ["new", "x", "--type", "y"], ["new", "x", "--date", "tomorrow"], ["serve", "-p", "99999"],
        ["build", "-u", "example.com"], ["build", "-u", "javascript:alert(1)"],
    ],
)  # fmt: skip
def test_wrong_use_exits_2(
    project: Site,
    arguments: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(*arguments, monkeypatch=monkeypatch) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "rror: " in said.err
    assert not project.output.exists()


def test_an_unwritable_output_exits_3(project: Site) -> None:
    """A folder in /proc refuses even root; elsewhere a file stands where the folder would."""
    place = "/proc/sitegen" if Path("/proc").is_dir() else str(project.root / "config.toml/x")
    result = run("build", "-o", place, status=3)

    assert re.search(r"^error: cannot write /proc/sitegen", result.stderr)


def test_a_disk_that_fails_exits_3(project: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*_: object) -> None:
        raise OSError(28, "No space left on device", "output/index.html")

    monkeypatch.setattr("sitegen.pipeline.build", failing)
    result = run("build", status=3)

    assert result.stderr == "error: output/index.html: No space left on device\n"


def test_a_failing_machine_exits_3(project: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*_: object) -> None:
        raise MachineError("the disk is full")

    monkeypatch.setattr("sitegen.pipeline.build", failing)

    assert run("build", status=3).stderr == "error: the disk is full\n"


def test_an_interruption_exits_130(project: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("sitegen.pipeline.build", interrupted)

    assert main("build", monkeypatch=monkeypatch) == 130


@pytest.mark.skipif(os.name == "nt", reason="no such signals")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_an_interrupted_build_leaves_no_trace(project: Site, name: str) -> None:
    """A signal in the midst of writing: output/ is not there yet, and stays so."""
    program = (
        "import os, signal\n"
        "from sitegen import cli\n"
        "from sitegen.pipeline import judging\n"
        f"judging.Evidence.judge = lambda *_: os.kill(os.getpid(), signal.{name})\n"
        "import sys; sys.argv = ['sitegen', 'build']; cli.main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
    )

    assert done.returncode in {128 + signal.Signals[name], -signal.SIGINT}
    assert b"Traceback" not in done.stderr
    assert not project.output.exists()


# findings


def test_strict_lets_warnings_fail(project: Site) -> None:
    project.remove(f"{STORY}/index.da.md").change("content/files/x.txt", "x")

    assert "[content-empty]" in run("check").stderr
    result = run("check", "--strict", status=1)
    assert result.stderr.endswith("nothing was published: 1 warning\n")


def test_strict_keeps_a_site_with_warnings_from_being_published(project: Site) -> None:
    run("build")
    before = project.files()
    project.change("config.toml", CONFIG.replace("https://news.example.org", EXAMPLE_BASE_URL))

    result = run("build", "--strict", status=1)

    assert "[base-url-unknown]" in result.stderr
    assert before == project.files()


def test_the_level_of_a_finding_in_config_can_be_set_in_config(project: Site) -> None:
    config = CONFIG.replace("https://news.example.org", EXAMPLE_BASE_URL)
    project.change("config.toml", config + '[checks]\nbase-url-unknown = "off"\n')

    assert run("check", "--strict").stderr == ""


def test_strict_lets_a_sound_site_pass(project: Site) -> None:
    run("build", "--strict")


@pytest.mark.parametrize(
    ("text", "status", "severities"),
    [(ARTICLE, 0, []), ("---\ntitel: x\n---\n", 1, ["error"])],
)
def test_json_is_alone_on_stdout(
    project: Site, text: str, status: int, severities: list[str]
) -> None:
    project.change(f"{STORY}/index.da.md", text)
    result = run("build", "--format", "json", "-v", status=status)
    found = json.loads(result.stdout)["findings"]

    assert severities == [each["severity"] for each in found]
    assert result.stderr == ""
    for each in found:
        assert each["path"] == f"{STORY}/index.da.md"
        assert each["line"] == 2


def test_json_survives_a_terminal_without_our_letters(project: Site) -> None:
    project.change(f"{STORY}/index.da.md", "---\ntitle: Ø\nЇжак: x\n---\n")
    done = spawn("check", "--format", "json", env={"PYTHONIOENCODING": "latin-1"})

    assert done.returncode == 1
    assert "Їжак" in json.loads(done.stdout)["findings"][0]["what"]


def test_text_survives_a_terminal_without_our_letters(project: Site) -> None:
    project.change("content/files/Їжак.txt", "x")
    done = spawn("build", "-v", env={"PYTHONIOENCODING": "latin-1"})

    assert done.returncode == 0
    assert b"added: \\u0407\\u0436\\u0430\\u043a.txt" in done.stdout


def test_quiet_says_only_what_is_wrong(project: Site) -> None:
    assert run("build", "-q").output == ""


def test_verbose_names_every_file(project: Site) -> None:
    run("build")
    project.change(f"{STORY}/index.da.md", ARTICLE.replace("Tekst", "Ny tekst"))
    project.change("content/news/2024-05-18-y.da.md", "---\ntitle: Y\n---\n")
    said = run("build", "-v").stdout

    assert "added: da/nyheder/2024/y/index.html\n" in said
    assert "changed: da/nyheder/2024/ny-partner/index.html\n" in said
    project.remove("content/news/2024-05-18-y.da.md")
    assert "removed: da/nyheder/2024/y/index.html\n" in run("build", "-v").stdout


# colours and progress


PTY = """
import os, pty, sys
sys.exit(os.waitstatus_to_exitcode(pty.spawn([sys.executable, "-c", sys.argv[1], *sys.argv[2:]])))
"""
SLOW = """
import sys
from sitegen import cli
from sitegen.cli import terminal
terminal.SLOW = 0.0
sys.argv[0] = "sitegen"
cli.main()
"""


def on_a_terminal(*arguments: str, **environment: str) -> str:
    """Return what a build without patience shows on a terminal."""
    done = subprocess.run(
        [sys.executable, "-c", PTY, SLOW, *arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm", **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    return done.stdout.decode()


@pytest.mark.skipif(os.name == "nt", reason="no pseudo-terminals")
def test_a_terminal_gets_colours_progress_and_the_faulty_line(project: Site) -> None:
    project.change(f"{STORY}/index.da.md", "---\ntitle: x\ntgas: [a]\n---\n")
    said = on_a_terminal("check")

    assert "\x1b[31m error: " in said
    assert "    3 | tgas: [a]" in said
    assert re.search(r"(reading articles|writing pages).*\d+/\d+", said)


@pytest.mark.skipif(os.name == "nt", reason="no pseudo-terminals")
def test_no_color_is_respected(project: Site) -> None:
    project.change(f"{STORY}/index.da.md", "---\ntitle: x\ntgas: [a]\n---\n")
    said = on_a_terminal("check", "-q", NO_COLOR="1")

    assert "\x1b[3" not in said
    assert "\x1b[1m" not in said
    assert " error: " in said


def test_a_pipe_gets_no_escape_codes_and_no_progress(project: Site) -> None:
    project.change(f"{STORY}/index.da.md", "---\ntitel: x\n---\n")
    done = spawn("check")

    assert b"\x1b" not in done.stderr + done.stdout
    assert b"reading articles" not in done.stderr
    assert b"    2 |" not in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="no such pipes")
def test_a_reader_that_goes_away_is_no_fault(project: Site) -> None:
    command = f"'{sys.executable}' -m sitegen build -v | true"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, shell=True, env=environment, capture_output=True, check=False)

    assert b"Traceback" not in done.stderr


# where things are


def test_another_directory_is_built_from_anywhere(
    project: Site, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    said = run("build", "-C", "project").stdout

    assert said.startswith("output/: ")
    assert project.output.is_dir()
    assert not (tmp_path / "output").exists()


def test_an_output_folder_is_seen_from_where_one_stands(
    project: Site, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    run("build", "-C", "project", "-o", "public")

    assert (tmp_path / "public/index.html").exists()
    assert not project.output.exists()


@pytest.mark.parametrize("flag", [["-D"], ["-F"], ["-E"], ["--clock", "2024-05-20"]])
@pytest.mark.parametrize("place", [[], ["-o", "output"], ["-o", "./x/../output/y"]])
def test_what_readers_must_not_see_needs_a_folder_of_its_own(
    project: Site, flag: list[str], place: list[str]
) -> None:
    said = run("build", *flag, *place, status=2).stderr

    assert "must not reach readers: name another folder with -o" in said
    assert not project.output.exists()


@pytest.mark.parametrize("place", ["/", "..", ".", "content", "content/x", "templates", "foreign"])
def test_a_folder_that_holds_something_else_is_refused(project: Site, place: str) -> None:
    project.change("foreign/letter.txt", "mine").change("templates/parts/x.html", "x")
    before = sorted(project.root.rglob("*"))
    said = run("build", "-o", place, status=2).stderr

    assert said.startswith("error: cannot write the site to ")
    assert before == sorted(project.root.rglob("*"))


def test_the_address_of_the_site_can_be_another(project: Site) -> None:
    run("build", "-u", "https://example.com/nyheder")

    assert 'href="https://example.com/nyheder/da/"' in project.page("da/index.html")


# the clock


def test_source_date_epoch_is_the_clock(project: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    page = project.output / "da/nyheder/2024/ny-partner/index.html"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    run("build", "-q")
    assert not page.exists()

    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1717243200")
    run("build", "-q")
    assert page.exists()


@pytest.mark.parametrize("epoch", ["tomorrow", "²", "9" * 30])
def test_a_clock_that_cannot_be_read_exits_2(
    project: Site, monkeypatch: pytest.MonkeyPatch, epoch: str
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)

    assert "SOURCE_DATE_EPOCH" in run("build", status=2).stderr


@pytest.mark.parametrize(("clock", "is_there"), [("2024-05-16", False), ("2024-05-17", True)])
def test_the_clock_can_be_set(project: Site, clock: str, is_there: bool) -> None:  # noqa: FBT001
    run("build", "--clock", clock, "-o", "then")

    assert is_there == (project.root / "then/da/nyheder/2024/ny-partner").exists()


# new


def test_a_new_story_has_a_file_in_each_language_and_is_sound(project: Site) -> None:
    said = run("new", "Ny  partner\ni Lviv", "--type", "press", "--date", "2024-05-20").stdout
    folder = "content/news/2024-05-20-ny-partner-i-lviv"

    assert said == f"{folder}/index.da.md\n{folder}/index.en.md\n"
    assert (project.root / folder / "index.da.md").read_text("utf-8") == (
        '---\ntitle: "Ny partner i Lviv"\ndate: 2024-05-20\ntype: press\ntags: []\nsummary:\n'
        "image:\nimage_alt:\nimage_credit:\ndraft: true\n---\n\n"
    )
    assert "date" not in (project.root / folder / "index.en.md").read_text("utf-8")
    run("check", "-D", "--strict")
    run("build", "--strict")
    assert "lviv" not in project.page("sitemap.xml")


@pytest.mark.parametrize("title", ['"Ærø" & <b>{{ x }}', "# 1: - [a]", "3. maj\tåbner vi", "'"])
def test_a_new_story_of_any_title_is_sound(project: Site, title: str) -> None:
    status = 0 if re.search(r"\w", title) else 2
    run("new", title, status=status)

    run("check", "-D", "--strict")


def test_a_new_story_has_the_day_of_the_clock(project: Site) -> None:
    assert run("new", "Hej").stdout.startswith("content/news/2024-06-01-hej/")


def test_a_new_story_may_be_in_some_languages_only(project: Site) -> None:
    said = run("new", "Hello", "--lang", "en", "--lang", "en").stdout

    assert said == "content/news/2024-06-01-hello/index.en.md\n"
    assert "has no language 'de'; it has da, en" in run("new", "x", "--lang", "de", status=2).stderr


def test_an_existing_story_is_never_touched(project: Site) -> None:
    run("new", "Hej")
    path = project.root / "content/news/2024-06-01-hej/index.da.md"
    path.write_text("mine")

    assert "exists already" in run("new", "Hej", status=2).stderr
    assert path.read_text() == "mine"


@pytest.mark.parametrize("title", ["", "  ", "Їжак", "…", "\udcff", "abc\udcff"])
def test_a_title_that_gives_no_address_is_wrong_use(project: Site, title: str) -> None:
    before = sorted(project.root.rglob("*"))

    assert run("new", title, status=2).stderr.startswith("error: ")
    assert before == sorted(project.root.rglob("*"))


def test_a_story_that_cannot_be_written_exits_3(project: Site) -> None:
    project.remove(f"{STORY}/index.da.md")
    (project.root / STORY).rmdir()
    (project.root / "content/news").rmdir()
    project.change("content/news", "a file")

    assert "Not a directory" in run("new", "Hej", status=3).stderr


# diff


def known(project: Site) -> list[str]:
    return (project.root / "published.txt").read_text("utf-8").splitlines()


def test_diff_tells_what_a_build_would_change_and_writes_nothing(project: Site) -> None:
    run("build")
    before = sorted(project.root.rglob("*"))
    project.change("content/news/2024-05-18-y/index.da.md", "---\ntitle: Y\n---\n")
    said = run("diff").stdout

    assert "da: 1 added, 9 changed, 0 removed\n  added: /da/nyheder/2024/y/\n" in said
    assert "published.txt (`sitegen diff --accept`):\n" in said
    assert "\n  /da/nyheder/2024/ny-partner/\n  /da/nyheder/2024/y/\n" in said
    assert [path for path in project.root.rglob("*") if path not in before] == [
        project.root / "content/news/2024-05-18-y",
        project.root / "content/news/2024-05-18-y/index.da.md",
    ]
    assert not (project.output / "da/nyheder/2024/y").exists()


def test_diff_is_never_taken_for_a_check_that_has_nothing_to_do(
    project: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The guard before a build knows what a check found, and not how two folders differ."""
    long_ago = (1_500_000_000, 1_500_000_000)
    for path in [project.root, *project.root.rglob("*")]:
        os.utime(path, long_ago)
    monkeypatch.setattr("sitegen.pipeline.guard.TICK", -(10**18))
    run("check")
    first = run("diff").stdout

    assert "  added: /da/nyheder/2024/ny-partner/\n" in first
    assert first == run("diff").stdout
    assert run("check").stdout.startswith("sound: ")


def test_diff_compares_with_the_folder_that_is_named(project: Site) -> None:
    run("build", "-o", "live")

    assert "da: 0 added, 0 changed, 0 removed\n" in run("diff", "live").stdout
    assert "da: 0 added, 0 changed, 0 removed\n" not in run("diff").stdout
    run("diff", "nowhere", status=2)


@pytest.mark.skipif(os.name == "nt", reason="no links without rights")
def test_diff_with_a_folder_that_cannot_be_read_says_so(project: Site) -> None:
    (project.root / "live").mkdir()
    (project.root / "live/astray").symlink_to("astray")

    said = run("diff", "live", status=3).stderr
    assert said.startswith(f"error: cannot read {project.root.as_posix()}/live/astray: ")


def test_diff_is_json_alone_on_stdout(project: Site) -> None:
    told = json.loads(run("diff", "--format", "json").stdout)

    assert "/da/nyheder/2024/ny-partner/" in told["pages"]["da"]["added"]
    assert "/da/nyheder/2024/ny-partner/" in told["unpromised"]
    project.change(f"{STORY}/index.da.md", "---\ntitel: x\n---\n")
    told = json.loads(run("diff", "--format", "json", status=1).stdout)

    assert [each["code"] for each in told["findings"]] == ["front-matter-unknown-key"]


def test_accepting_makes_the_list_then_adds_to_it_and_never_takes_away(project: Site) -> None:
    said = run("diff", "--accept").stdout
    first = known(project)

    assert "added to published.txt:\n" in said
    assert first == sorted(first)
    assert "/da/nyheder/2024/ny-partner/" in first
    assert "published.txt" not in run("diff", "--accept").stdout
    project.change("content/news/2024-05-18-y.da.md", "---\ntitle: Y\n---\n")
    run("diff", "--accept", "-q")

    assert known(project) == sorted([*first, "/da/nyheder/2024/y/"])
    assert not project.output.exists()


def test_drafts_and_what_is_not_due_are_not_promised(project: Site) -> None:
    """R24"""
    project.change("content/news/2024-05-18-y.da.md", "---\ntitle: Kladde\ndraft: true\n---\n")
    project.change("content/news/2034-05-18-z.da.md", "---\ntitle: Fremtid\n---\n")
    run("diff", "--accept")

    assert not [line for line in known(project) if "kladde" in line or "fremtid" in line]


def test_a_lost_address_fails_build_check_and_diff_and_is_not_accepted(project: Site) -> None:
    run("diff", "--accept")
    before = known(project)
    project.change(f"{STORY}/index.da.md", ARTICLE.replace("Ny partner", "Vi vokser"))

    for command in (["build"], ["check"], ["diff"], ["diff", "--accept"], ["build", "-o", "x"]):
        assert "aliases: [/da/nyheder/2024/ny-partner/]" in run(*command, status=1).stderr
    assert before == known(project)
    assert not project.output.exists()


def test_a_preview_of_another_moment_is_not_held_to_the_promise(project: Site) -> None:
    run("diff", "--accept")

    run("build", "--clock", "2020-01-01", "-o", "then")
    run("check", "--clock", "2020-01-01")
    project.change(f"{STORY}/index.da.md", ARTICLE.replace("title", "draft: true\ntitle"))
    run("check", status=1)
    run("check", "-D", "-F")


def test_a_site_that_is_nowhere_yet_promises_nothing(project: Site) -> None:
    project.change("config.toml", CONFIG.replace("https://news.example.org", EXAMPLE_BASE_URL))

    assert "nothing of this site is public" in run("diff", "--accept", status=2).stderr
    assert not (project.root / "published.txt").exists()


# clean


def test_clean_removes_what_sitegen_wrote_and_nothing_else(project: Site) -> None:
    run("build")
    project.change("output/mine.txt", "mine")

    run("clean")

    assert sorted(path.name for path in project.output.iterdir()) == ["mine.txt"]
    assert not (project.root / ".sitegen").exists()
    assert (project.root / STORY / "index.da.md").exists()


def test_clean_may_be_said_twice(project: Site) -> None:
    run("build")

    assert run("clean").output == run("clean").output == ""
    assert not project.output.exists()


def test_clean_refuses_a_folder_of_ones_own(project: Site) -> None:
    run("clean", "-o", "content", status=2)

    assert (project.root / STORY / "index.da.md").exists()


def test_a_build_without_cache_keeps_none(project: Site) -> None:
    run("build", "--no-cache")

    assert not (project.root / ".sitegen").exists()


# why


def test_why_explains_a_page_and_writes_nothing_into_the_site(project: Site) -> None:
    run("build")
    before = project.files()
    said = run("why", "/da/nyheder/2024/ny-partner/").stdout

    assert said.startswith("/da/nyheder/2024/ny-partner/\n  file: ")
    assert f"\n  written in: {STORY}/index.da.md\n" in said
    assert before == project.files()


def test_why_is_json_alone_on_stdout(project: Site) -> None:
    result = run("why", "https://news.example.org/da/", "--format", "json")

    assert json.loads(result.stdout)["kind"] == "front"
    assert result.stderr == ""


def test_why_knows_a_file_from_where_one_stands(
    project: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("build")
    monkeypatch.chdir(project.output / "da")

    assert run("why", "-C", "../..", "index.html").stdout.startswith("/da/\n")


@pytest.mark.parametrize("url", ["/da/nyheder/2024/ny-partnr/", "https://x.example/da/", "x" * 999])
def test_why_of_what_the_site_has_not_exits_2(project: Site, url: str) -> None:
    assert run("why", url, status=2).stderr.startswith("error: ")


def test_why_looks_at_the_site_that_the_flags_name(project: Site) -> None:
    project.change("content/news/2024-05-18-y.da.md", "---\ntitle: Y\ndraft: true\n---\n")
    flags = ("-o", "preview", "--drafts", "-u", "https://x.example")
    run("build", *flags)

    assert "leave it as it is" in run("why", "/da/nyheder/2024/y/", *flags).stdout
    assert "cannot see it yet" in run("why", "/da/nyheder/2024/y/", status=2).stderr


def test_why_of_a_faulty_site_tells_what_keeps_it_from_looking(project: Site) -> None:
    project.change("config.toml", "x = ")

    assert "config.toml:1: error: " in run("why", "/da/", status=1).stderr


# verify


def test_a_verified_build_says_so(project: Site) -> None:
    said = run("build", "--verify").stdout

    assert said.endswith("verified: a clean build makes the same, byte for byte\n")
    assert run("build", "--verify", "-q").output == ""
    assert json.loads(run("build", "--verify", "--format", "json").stdout)["findings"] == []
    run("build", "--verify", "--drafts", "--strict", "-u", "https://x.example", "-o", "preview")
    assert not (project.root / ".sitegen/verify").exists()


def test_a_build_that_differs_from_a_clean_one_exits_3(
    project: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is sitegen's fault: 1 would tell authors to look for one of theirs."""
    run("build")
    monkeypatch.setattr("sitegen.proof.differing", lambda *_: iter(["da/index.html"]))
    said = run("build", "--verify", status=3).stderr

    assert said.startswith("error: the site differs from a clean build of it (da/index.html); ")
    assert not (project.root / ".sitegen/verify").exists()


def test_an_error_in_the_sources_comes_before_any_proof(project: Site) -> None:
    project.change(f"{STORY}/index.da.md", "---\ntitel: x\n---\n")

    assert "nothing was published" in run("build", "--verify", status=1).stderr


def test_checks_in_config_reach_the_command(project: Site) -> None:
    project.change("config.toml", CONFIG + '[checks]\nfront-matter-unknown-key = "warning"\n')
    project.change(f"{STORY}/index.da.md", "---\ntitle: x\ntgas: [a]\n---\n")

    assert " warning: unknown key" in run("check").stderr
