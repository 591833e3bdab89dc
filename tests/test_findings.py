import pytest

from sitegen.findings import ADJUSTABLE, CODES, Finding, Findings, SiteError


def a_finding(**keys: object) -> Finding:
    values = {"severity": "error", "code": "date-missing", "what": "no date", **keys}
    return Finding(**values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("expected", "finding"),
    [
        ("error: no date [date-missing]", a_finding()),
        ("a.md: error: no date [date-missing]", a_finding(path="a.md")),
        ("a.md:4: error: no date [date-missing]", a_finding(path="a.md", line=4)),
        (
            "a.md:4:7: warning: no date: add one [date-missing]",
            a_finding(path="a.md", line=4, column=7, severity="warning", mend="add one"),
        ),
    ],
)
def test_a_finding_is_one_line(expected: str, finding: Finding) -> None:
    assert expected == str(finding)


def test_the_level_is_the_codes_own() -> None:
    findings = Findings()
    findings.add("content-empty", "nothing there")
    findings.add("date-missing", "no date")

    assert [finding.severity for finding in findings.found] == ["warning", "error"]


def test_checks_of_the_config_set_another_level() -> None:
    findings = Findings({"content-empty": "error", "date-missing": "warning", "slug-empty": "off"})
    for code in ("content-empty", "date-missing", "slug-empty"):
        findings.add(code, "something")

    assert [f"{finding.code} {finding.severity}" for finding in findings.found] == [
        "content-empty error",
        "date-missing warning",
    ]


def test_findings_are_sorted_by_place_and_told_once() -> None:
    findings = Findings()
    for path, line in [("b.md", 1), ("a.md", 10), ("a.md", 9), ("a.md", None), ("a.md", 9)]:
        findings.add("date-missing", "no date", path=path, line=line)
    findings.add("content-empty", "nothing there")

    assert [(finding.path, finding.line) for finding in findings.found] == [
        ("", None),
        ("a.md", None),
        ("a.md", 9),
        ("a.md", 10),
        ("b.md", 1),
    ]


def test_findings_of_one_line_are_sorted_by_column_and_code() -> None:
    findings = Findings()
    for code, column in [("slug-empty", 1), ("date-missing", 1), ("date-missing", None)]:
        findings.add(code, "something", path="a.md", line=1, column=column)

    found = [(finding.code, finding.column) for finding in findings.found]

    assert found == [("date-missing", None), ("date-missing", 1), ("slug-empty", 1)]


def test_findings_made_elsewhere_join_the_others() -> None:
    findings = Findings()
    findings.add("date-missing", "no date")
    findings.extend([a_finding(), a_finding(path="a.md")])

    assert (a_finding(), a_finding(path="a.md")) == findings.found


def test_warnings_do_not_stop_a_build() -> None:
    findings = Findings()
    findings.add("content-empty", "nothing there")
    findings.stop_on_errors()

    assert findings.errors == ()


def test_an_error_stops_a_build_with_all_that_was_found() -> None:
    findings = Findings()
    findings.add("content-empty", "nothing there")
    findings.add("date-missing", "no date", path="a.md")

    with pytest.raises(SiteError) as stopped:
        findings.stop_on_errors()

    assert findings.found == stopped.value.findings
    assert (
        str(stopped.value)
        == "warning: nothing there [content-empty]\na.md: error: no date [date-missing]"
    )


def test_an_unknown_code_is_a_programmers_mistake() -> None:
    with pytest.raises(KeyError):
        Findings().add("no-such-code", "something")


@pytest.mark.parametrize("code", CODES)
def test_every_code_is_plain_and_explained(code: str) -> None:
    assert code == code.lower()
    assert set(code) <= set("abcdefghijklmnopqrstuvwxyz-")
    assert CODES[code].meaning.endswith(".")
    assert CODES[code].level in {"warning", "error"} or code in ADJUSTABLE
