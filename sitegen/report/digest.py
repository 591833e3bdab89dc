"""A run in Markdown, for the page that GitHub shows above a job's log."""

import html
import re
from collections.abc import Iterator, Sequence

from sitegen.difference import Difference, differences
from sitegen.findings import Finding
from sitegen.outlook import WORDS, Coming, Outlook, local_text
from sitegen.report.documents import Report
from sitegen.report.lines import summary

_MOST = 100  # of each kind: GitHub shows no page above 1 MiB
_MOMENTS = 10
_RESULTS = {
    "sound": "the site is sound",
    "faulty": "nothing was published",
    "misused": "nothing was done",
    "failed": "the machine failed",
}


def digest(report: Report, outlook: Outlook | None) -> str:
    """Return what a build or check found and did; None: no story could be read."""
    parts = [_heading(report), *_findings(report.findings)]
    if outlook:
        languages = tuple(outlook.config.languages)
        found = differences(report.outcome, languages) if report.outcome else {}
        parts += [_coverage(outlook), *_pages(found), _ahead(outlook)]
    return "\n\n".join(parts) + "\n\n"


def _heading(report: Report) -> str:
    said = f"{_RESULTS[report.status]}: {report.message or summary(report.findings)}"
    return f"## sitegen {report.command}: {_plain(said)}"


def _findings(findings: Sequence[Finding]) -> Iterator[str]:
    if findings:
        errors_first = sorted(findings, key=lambda each: each.severity)
        rows = [
            f"| {each.severity} | {_code(_place(each))} | {_plain(each.advice)} | `{each.code}` |"
            for each in errors_first[:_MOST]
        ]
        yield "\n".join(["| | Where | What | Code |", "|---|---|---|---|", *rows])
        yield from _rest(len(findings))


def _place(finding: Finding) -> str:
    return f"{finding.path}:{finding.line}" if finding.line else finding.path


def _coverage(outlook: Outlook) -> str:
    heads = ("Language", "Public", "Scheduled", "Draft", "Expired", "Missing", "Coverage")
    rows = [
        f"| {each.language} | {each.public} | {each.scheduled} | {each.draft} | {each.expired} "
        f"| {each.missing} | {each.share:.0%} |"
        for each in outlook.coverage
    ]
    stories = f"{outlook.stories:,} {'story' if outlook.stories == 1 else 'stories'}"
    table = [f"| {' | '.join(heads)} |", "|---|--:|--:|--:|--:|--:|--:|", *rows]
    return f"### {stories}\n\n" + "\n".join(table)


def _pages(found: dict[str, Difference]) -> Iterator[str]:
    if not found:
        return
    yield "### Changed addresses"
    if found == dict.fromkeys(found, Difference()):
        yield "None."
        return
    for language, difference in found.items():
        kinds = {
            "added": difference.added,
            "changed": difference.changed,
            "removed": difference.removed,
        }
        counts = ", ".join(f"{len(addresses):,} {kind}" for kind, addresses in kinds.items())
        lines = [f"- {kind}: {_code(each)}" for kind, all_ in kinds.items() for each in all_]
        name = language or "shared"
        if not lines:
            yield f"**{name}**: nothing"
            continue
        shown = "\n".join([*lines[:_MOST], *_rest(len(lines))])
        yield f"<details><summary><b>{name}</b>: {counts}</summary>\n\n{shown}\n\n</details>"


def _rest(number: int) -> Iterator[str]:
    if number > _MOST:
        yield f"… and {number - _MOST:,} more"


def _ahead(outlook: Outlook) -> str:
    lines = [_moment(each, outlook) for each in outlook.coming[:_MOMENTS]]
    if more := len(outlook.coming) - len(lines):
        lines.append(f"- … and {more} more (`sitegen next` tells all)")
    return "\n".join(["### What changes by itself", "", *(lines or ["Nothing."])])


def _moment(moment: Coming, outlook: Outlook) -> str:
    said = (
        f"{WORDS[change.kind]}: {_plain(change.articles[0].title)} "
        f"({', '.join(article.language for article in change.articles)})"
        for change in moment.changes
    )
    return f"- **{local_text(moment.at, outlook)}** {'; '.join(said)}"


def _plain(text: str) -> str:
    """Return a text of which Markdown makes itself, and code of what stands in backticks."""
    parts = re.split(r"`([^`]*)`", " ".join(text.split()))
    return "".join(
        _code(part) if number % 2 else _escaped(part) for number, part in enumerate(parts)
    )


def _escaped(text: str) -> str:
    return html.escape(re.sub(r"([\\`*_\[\]|~#$@!])", r"\\\1", text), quote=False)


def _code(text: str) -> str:
    return f"<code>{html.escape(text).replace('|', '&#124;')}</code>" if text else ""
