"""Findings as workflow commands, which GitHub shows beside the lines of a pull request."""

from collections.abc import Iterator

from sitegen.report.documents import Report


def annotations(report: Report, place: str) -> Iterator[str]:
    """Yield a line for each finding; `place` is the project's folder in the repository."""
    if report.message:
        yield f"::error title=sitegen::{_text(report.message)}"
    for finding in report.findings:
        said = {
            "file": f"{place}{finding.path}" if finding.path else "",
            "line": str(finding.line or ""),
            "col": str(finding.column or ""),
            "title": f"sitegen: {finding.code}",
        }
        properties = ",".join(f"{name}={_property(text)}" for name, text in said.items() if text)
        yield f"::{finding.severity} {properties}::{_text(finding.advice)}"


def _text(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _text(text).replace(":", "%3A").replace(",", "%2C")
