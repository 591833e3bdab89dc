"""Findings as SARIF 2.1.0, which code scanning and editors' programs read."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import msgspec

from sitegen.findings import CODES, Finding
from sitegen.report.documents import Report

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {"off": "none"}  # others have the same name
_EXIT = {"sound": 0, "faulty": 1, "misused": 2, "failed": 3}
_FENCE = re.compile(r"^```\n?", re.MULTILINE)
_RULE = re.compile(r"^### ([a-z-]+)\n\n(.*?)(?=^##|\Z)", re.MULTILINE | re.DOTALL)


def help_of(page: str) -> dict[str, str]:
    """Return what docs/findings.md says of each code, in Markdown."""
    return {code: text.strip() for code, text in _RULE.findall(page)}


def as_sarif(report: Report, place: str, help_texts: Mapping[str, str], version: str) -> bytes:
    """Return a SARIF log; `place` is the project's folder in the repository."""
    codes = sorted({finding.code for finding in report.findings})
    driver = {
        "name": "sitegen",
        "semanticVersion": version,
        "rules": [_rule(code, help_texts.get(code, "")) for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "invocations": [_invocation(report)],
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, codes, place) for finding in report.findings],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return msgspec.json.format(msgspec.json.encode(log), indent=2)


def _rule(code: str, markdown: str) -> dict[str, Any]:
    known = CODES[code]
    rule: dict[str, Any] = {
        "id": code,
        "shortDescription": {"text": known.meaning},
        "defaultConfiguration": {"level": _LEVELS.get(known.level, known.level)},
    }
    if markdown:
        rule["help"] = {"text": _FENCE.sub("", markdown).strip(), "markdown": markdown}
    return rule


def _invocation(report: Report) -> dict[str, Any]:
    said: dict[str, Any] = {
        "executionSuccessful": report.status in {"sound", "faulty"},
        "exitCode": _EXIT[report.status],
    }
    if report.message:
        notice = {"level": "error", "message": {"text": report.message}}
        said["toolExecutionNotifications"] = [notice]
    return said


def _result(finding: Finding, codes: list[str], place: str) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": codes.index(finding.code),
        "level": finding.severity,
        "message": {"text": finding.advice},
    }
    if finding.path:
        uri = quote(f"{place}{finding.path}")
        where: dict[str, Any] = {"artifactLocation": {"uri": uri, "uriBaseId": "%SRCROOT%"}}
        if finding.line:
            where["region"] = {"startLine": finding.line}
            if finding.column:
                where["region"]["startColumn"] = finding.column
        result["locations"] = [{"physicalLocation": where}]
    return result
