"""What a run says: as lines, as JSON, as GitHub's annotations, as SARIF, as a page in Markdown."""

import datetime as dt
import json
import re
import subprocess
import sys
from typing import Any
from urllib.parse import unquote

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.findings import CODES, Finding, Findings
from sitegen.outlook import Affected, Change, Coming, Coverage, Outlook
from sitegen.pipeline import Outcome
from sitegen.report import (
    Report,
    annotations,
    as_json,
    as_sarif,
    help_of,
    summary,
    text_lines,
)
from sitegen.report.digest import digest
from tests.conftest import ROOT
from tests.examples import a_config, addresses_of, at

OUTCOME = Outcome(
    findings=(), added=("da/nyheder/2024/x/index.html", "index.html"),
    changed=("en/index.html",), unchanged=7,
)  # fmt: skip
ANYTHING = st.text(st.characters(codec="utf-8"), max_size=30)


def some(*codes: str) -> tuple[Finding, ...]:
    findings = Findings()
    for number, code in enumerate(codes, start=1):
        findings.add(code, "something", "mend it", path="a.md", line=number)
    return findings.found


def a_finding(**said: Any) -> Finding:
    values: dict[str, Any] = {"severity": "error", "code": "date-missing", "what": "something"}
    return Finding(**(values | said))


def test_each_finding_is_a_line() -> None:
    findings = some("date-missing", "content-empty")

    assert text_lines(findings) == [
        "a.md:1: error: something: mend it [date-missing]",
        "a.md:2: warning: something: mend it [content-empty]",
    ]


def test_the_faulty_line_stands_under_it() -> None:
    lines = text_lines(some("date-missing"), lambda path, line: f"  {path} says {line}  ")

    assert lines[1:] == ["    1 | a.md says 1"]


@pytest.mark.parametrize("line", ["", "   "])
def test_a_line_that_cannot_be_shown_is_left_out(line: str) -> None:
    assert len(text_lines(some("date-missing"), lambda path, number: line)) == 1


def test_a_finding_without_a_line_shows_none() -> None:
    findings = Findings()
    findings.add("content-empty", "nothing there", path="content")

    assert len(text_lines(findings.found, lambda path, number: "x")) == 1


def test_a_shown_line_cannot_take_over_the_terminal() -> None:
    shown = text_lines(some("date-missing"), lambda path, line: "a\x1b[31m\tb\x07" + "x" * 300)[1]

    assert shown.startswith("    1 | a�[31m  b�xxx")
    assert len(shown) == len("    1 | ") + 160


@pytest.mark.parametrize(
    ("expected", "codes"),
    [
        ("no findings", ()),
        ("1 error", ("date-missing",)),
        ("2 errors, 1 warning", ("date-missing", "slug-empty", "content-empty")),
        ("2 warnings", ("content-empty", "content-empty")),
    ],
)
def test_the_summary_counts_errors_and_warnings(expected: str, codes: tuple[str, ...]) -> None:
    assert expected == summary(some(*codes))


# JSON


def test_json_says_what_it_is_and_has_every_part_of_a_finding() -> None:
    report = Report(command="check", status="faulty", findings=some("date-missing"))

    assert json.loads(as_json(report)) == {
        "format": "sitegen/check",
        "version": 1,
        "status": "faulty",
        "message": "",
        "errors": 1,
        "warnings": 0,
        "findings": [
            {
                "path": "a.md",
                "line": 1,
                "column": None,
                "severity": "error",
                "code": "date-missing",
                "what": "something",
                "mend": "mend it",
            }
        ],
    }


def test_json_tells_which_files_a_sound_build_changed() -> None:
    told = json.loads(as_json(Report(command="build", outcome=OUTCOME)))

    assert told["status"] == "sound"
    assert told["files"] == {
        "added": ["da/nyheder/2024/x/index.html", "index.html"],
        "changed": ["en/index.html"],
        "removed": [],
        "unchanged": 7,
    }


# GitHub's annotations


def test_an_annotation_has_its_place_in_the_repository() -> None:
    finding = a_finding(path="content/x.md", line=4, column=2, what="no date", mend="write one")
    report = Report(command="build", findings=(finding,))

    assert list(annotations(report, "sites/news/")) == [
        "::error file=sites/news/content/x.md,line=4,col=2,title=sitegen%3A date-missing"
        "::no date: write one"
    ]


def test_an_annotation_without_a_place_names_none() -> None:
    report = Report(command="build", findings=(a_finding(severity="warning"),))

    assert list(annotations(report, "site/")) == [
        "::warning title=sitegen%3A date-missing::something"
    ]


def test_what_no_file_is_to_blame_for_is_an_annotation_too() -> None:
    report = Report(command="build", status="failed", message="the disk is 100% full")

    assert list(annotations(report, "")) == ["::error title=sitegen::the disk is 100%25 full"]


def read_command(line: str) -> tuple[str, dict[str, str], str]:
    """Return the command, properties and message of a line, as GitHub's runner reads it."""
    found = re.fullmatch(r"::(\w+) (.*?)::(.*)", line)
    assert found, line
    pairs = (part.split("=", 1) for part in found[2].split(","))

    def unescaped(text: str) -> str:
        for code, letter in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ",")):
            text = text.replace(code, letter)
        return text.replace("%25", "%")

    return found[1], {name: unescaped(value) for name, value in pairs}, unescaped(found[3])


@given(path=ANYTHING, what=ANYTHING, mend=ANYTHING)
def test_an_annotation_is_read_as_it_was_meant_whatever_it_holds(
    path: str, what: str, mend: str
) -> None:
    finding = a_finding(path=path, what=what, mend=mend)
    (line,) = annotations(Report(command="build", findings=(finding,)), "")

    assert "\n" not in line
    assert "\r" not in line
    _, properties, message = read_command(line)
    assert properties.get("file", "") == path
    assert message == finding.advice


# SARIF


def closed(required: tuple[str, ...] = (), **properties: Any) -> dict[str, Any]:
    return {
        "type": "object", "properties": properties, "required": list(required),
        "additionalProperties": False,
    }  # fmt: skip


def list_of(items: Any) -> dict[str, Any]:
    return {"type": "array", "items": items}


TEXT, COUNT = {"type": "string", "minLength": 1}, {"type": "integer", "minimum": 1}
LEVEL = {"enum": ["none", "note", "warning", "error"]}
MESSAGE = closed(("text",), text=TEXT, markdown=TEXT)
PLACE = closed(uri={"type": "string", "format": "uri-reference"}, uriBaseId=TEXT)
REGION = closed(startLine=COUNT, startColumn=COUNT)
RULE = closed(
    ("id",), id=TEXT, shortDescription=MESSAGE, help=MESSAGE,
    defaultConfiguration=closed(level=LEVEL),
)  # fmt: skip
RESULT = closed(
    ("message",), ruleId=TEXT, ruleIndex={"type": "integer", "minimum": 0}, level=LEVEL,
    message=MESSAGE,
    locations=list_of(closed(physicalLocation=closed(artifactLocation=PLACE, region=REGION))),
)  # fmt: skip
INVOCATION = closed(
    ("executionSuccessful",), executionSuccessful={"type": "boolean"},
    exitCode={"type": "integer"},
    toolExecutionNotifications=list_of(closed(("message",), level=LEVEL, message=MESSAGE)),
)  # fmt: skip
DRIVER = closed(("name",), name=TEXT, semanticVersion=TEXT, rules=list_of(RULE))
RUN = closed(
    ("tool",), tool=closed(("driver",), driver=DRIVER), invocations=list_of(INVOCATION),
    columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]}, results=list_of(RESULT),
)  # fmt: skip
SARIF = closed(
    ("version", "runs"), version={"const": "2.1.0"}, runs=list_of(RUN), **{"$schema": TEXT}
)
"""What SARIF 2.1.0 allows of the parts that we write; whatever else stands there is refused."""

HELP = help_of((ROOT / "docs" / "findings.md").read_text("utf-8"))


def sarif(report: Report, place: str = "") -> Any:
    told = json.loads(as_sarif(report, place, HELP, "1.2.3"))
    jsonschema.validate(told, SARIF, format_checker=jsonschema.FormatChecker())
    return told["runs"][0]


def test_sarif_names_each_rule_once_and_where_it_was_broken() -> None:
    findings = some("slug-empty", "date-missing", "slug-empty")
    run = sarif(Report(command="check", status="faulty", findings=findings), "my site/")

    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["date-missing", "slug-empty"]
    assert [result["ruleIndex"] for result in run["results"]] == [1, 0, 1]
    where = run["results"][0]["locations"][0]["physicalLocation"]
    assert where == {
        "artifactLocation": {"uri": "my%20site/a.md", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 1},
    }
    assert run["invocations"] == [{"executionSuccessful": True, "exitCode": 1}]


def test_every_rule_of_sarif_has_its_help_from_the_docs() -> None:
    findings = tuple(a_finding(code=code, severity="error") for code in CODES)
    rules = sarif(Report(command="check", findings=findings))["tool"]["driver"]["rules"]

    assert {rule["id"] for rule in rules} == set(CODES) == set(HELP)
    for rule in rules:
        assert f"[{rule['id']}]" in rule["help"]["markdown"]
        assert "```" not in rule["help"]["text"]


def test_sarif_without_docs_has_no_help_and_is_sound() -> None:
    report = Report(command="check", findings=some("date-missing"))
    told = json.loads(as_sarif(report, "", {}, "1.2.3"))

    assert "help" not in told["runs"][0]["tool"]["driver"]["rules"][0]


def test_sarif_tells_that_the_machine_failed() -> None:
    run = sarif(Report(command="build", status="failed", message="the disk is full"))

    (invocation,) = run["invocations"]
    assert (invocation["executionSuccessful"], invocation["exitCode"]) == (False, 3)
    assert invocation["toolExecutionNotifications"][0]["message"]["text"] == "the disk is full"


@given(
    path=ANYTHING, line=st.none() | st.integers(1, 99), column=st.none() | st.integers(1, 99),
    what=ANYTHING.filter(bool),
)  # fmt: skip
def test_sarif_is_sound_whatever_is_found(
    path: str, line: int | None, column: int | None, what: str
) -> None:
    finding = a_finding(path=path, line=line, column=column, what=what)
    (result,) = sarif(Report(command="check", findings=(finding,)))["results"]

    assert result["message"]["text"] == what
    if path:
        place = result["locations"][0]["physicalLocation"]["artifactLocation"]
        assert unquote(place["uri"]) == path


# the page in Markdown


def an_outlook(**said: Any) -> Outlook:
    articles = (
        Affected(language="da", title="Ny *partner* | <b>", address="/da/x/", path="x.da.md"),
        Affected(language="en", title="New partner", address="/en/x/", path="x.en.md"),
    )
    change = Change(kind="opens", story="news/x", articles=articles)
    values: dict[str, Any] = {
        "addresses": addresses_of(a_config("da", "en")),
        "now": dt.datetime(2024, 6, 1, tzinfo=dt.UTC),
        "stories": 4,
        "coverage": (
            Coverage(language="da", public=3, draft=1, of=4),
            Coverage(language="en", public=1, scheduled=1, expired=1, missing=1, of=4),
        ),
        "coming": (Coming(at=at("2024-07-01 09:00"), changes=(change,)),),
    }
    return Outlook(**(values | said))


def test_the_page_tells_stories_pages_coverage_what_comes_and_findings() -> None:
    report = Report(command="build", findings=some("content-empty"), outcome=OUTCOME)
    page = digest(report, an_outlook())

    assert page.startswith("## sitegen build: the site is sound: 1 warning\n\n")
    assert "| warning | <code>a.md:1</code> | something: mend it | `content-empty` |\n" in page
    assert "### 4 stories\n" in page
    assert "| da | 3 | 0 | 1 | 0 | 0 | 75% |\n| en | 1 | 1 | 0 | 1 | 1 | 75% |\n" in page
    assert "<summary><b>da</b>: 1 added, 0 changed, 0 removed</summary>" in page
    assert "- added: <code>/da/nyheder/2024/x/</code>\n" in page
    assert "- **Mon 2024-07-01 09:00** appears: Ny \\*partner\\* \\| &lt;b&gt; (da, en)\n" in page


def test_the_page_of_a_site_that_cannot_be_read_tells_what_is_wrong() -> None:
    page = digest(Report(command="check", status="faulty", findings=some("config-missing")), None)

    assert page.startswith("## sitegen check: nothing was published: 1 error\n")
    assert "stories" not in page


def test_the_page_of_a_quiet_site_says_so() -> None:
    outcome = Outcome(findings=(), unchanged=9)
    page = digest(Report(command="build", outcome=outcome), an_outlook(coming=(), stories=1))

    assert "### 1 story\n" in page
    assert "### Changed addresses\n\nNone.\n" in page
    assert page.endswith("### What changes by itself\n\nNothing.\n\n")


def test_the_page_tells_errors_first_and_shows_code_as_such() -> None:
    warning = a_finding(severity="warning", path="a.md", what="a warning")
    error = a_finding(path="b.md", what="unknown key `a|b_c`", mend="see *this*")
    page = digest(Report(command="check", findings=(warning, error)), None)

    assert "unknown key <code>a&#124;b_c</code>: see \\*this\\* |" in page
    assert page.index("b.md") < page.index("a.md")


def test_the_page_stays_below_what_github_shows() -> None:
    """A summary above 1 MiB is refused by GitHub, and nothing of it is shown."""
    many = Outcome(findings=(), added=tuple(f"da/nyheder/2024/{n}/index.html" for n in range(5000)))
    findings = tuple(a_finding(line=n, path="x" * 300, mend="m" * 900) for n in range(1, 3000))
    moments = an_outlook().coming * 500
    page = digest(
        Report(command="build", findings=findings, outcome=many), an_outlook(coming=moments)
    )

    assert len(page.encode()) < 400_000
    assert "… and 2,899 more" in page
    assert "… and 4,900 more" in page
    assert "… and 490 more (`sitegen next` tells all)" in page


@given(what=st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1))
def test_what_is_found_cannot_break_out_of_its_cell(what: str) -> None:
    page = digest(Report(command="check", findings=(a_finding(what=what, path=what),)), None)
    row = page.splitlines()[4] if len(page.splitlines()) > 4 else ""
    bare = re.sub(r"\\.", "", page.partition("|---|---|---|---|\n")[2].removesuffix("\n\n"))

    assert row
    assert bare.count("|") == 5
    assert "<" not in bare.replace("<code>", "").replace("</code>", "")


def test_what_tells_findings_loads_nothing_that_reads_a_site() -> None:
    """A build that has nothing to do is over before it could be loaded."""
    program = "import sys, sitegen.report; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)

    assert not {b"sitegen.outlook", b"sitegen.plan", b"babel"} & set(loaded.stdout.split())
