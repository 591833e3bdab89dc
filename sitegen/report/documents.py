"""JSON documents that programs read: each says what it is, and in which version of its shape."""

from collections.abc import Sequence
from typing import Any, Literal

import msgspec

from sitegen.findings import Finding
from sitegen.pipeline import Outcome

VERSION = 1
"""Raised when something in a document is renamed, removed or means something else."""

Status = Literal["sound", "faulty", "misused", "failed"]
"""In words, what the exit statuses 0 to 3 say."""


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """What a build or check has to say."""

    command: str
    status: Status = "sound"
    message: str = ""  # why, when no file of the site is at fault
    findings: tuple[Finding, ...] = ()
    outcome: Outcome | None = None  # None: the site was not built


def document(report: Report, **rest: Any) -> bytes:
    """Return a JSON document that begins as all do, and goes on with what the command tells."""
    head = {
        "format": f"sitegen/{report.command}",
        "version": VERSION,
        "status": report.status,
        "message": report.message,
        "errors": _count(report.findings, "error"),
        "warnings": _count(report.findings, "warning"),
        "findings": report.findings,
    }
    return msgspec.json.format(msgspec.json.encode({**head, **rest}), indent=2)


def as_json(report: Report) -> bytes:
    """Return what a build or check found, and which files of the site it changed."""
    if report.outcome is None:
        return document(report)
    outcome = report.outcome
    names = ("added", "changed", "removed", "unchanged")
    return document(report, files={name: getattr(outcome, name) for name in names})


def _count(findings: Sequence[Finding], severity: str) -> int:
    return sum(finding.severity == severity for finding in findings)
