import json

import pytest

from sitegen.findings import Finding, Findings
from sitegen.report import as_json, summary, text_lines


def some(*codes: str) -> tuple[Finding, ...]:
    findings = Findings()
    for number, code in enumerate(codes, start=1):
        findings.add(code, "something", "mend it", path="a.md", line=number)
    return findings.found


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


def test_json_has_every_part_of_a_finding() -> None:
    assert json.loads(as_json(some("date-missing"))) == [
        {
            "path": "a.md",
            "line": 1,
            "column": None,
            "severity": "error",
            "code": "date-missing",
            "what": "something",
            "mend": "mend it",
        }
    ]
    assert json.loads(as_json(())) == []
