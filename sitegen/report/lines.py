"""Findings as lines of text, as editors read them on a terminal."""

from collections.abc import Callable, Iterable, Sequence

from sitegen.findings import Finding

LineOf = Callable[[str, int], str]
"""Returns the text of a file's line, or an empty one."""


def text_lines(findings: Iterable[Finding], line_of: LineOf | None = None) -> list[str]:
    """Return a line for each finding, with the faulty line under it where it can be shown."""
    lines: list[str] = []
    for finding in findings:
        lines.append(str(finding))
        shown = line_of(finding.path, finding.line) if line_of and finding.line else ""
        if shown.strip():
            lines.append(f"    {finding.line} | {_harmless(shown.strip())[:160]}")
    return lines


def _harmless(text: str) -> str:
    """Return the text without what would move a terminal's cursor or change its colours."""
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in text.expandtabs(2))


def summary(findings: Sequence[Finding]) -> str:
    """Return how many errors and warnings there are: "2 errors, 1 warning"."""
    errors = sum(finding.severity == "error" for finding in findings)
    counts = ((errors, "error"), (len(findings) - errors, "warning"))
    return ", ".join(counted(number, word) for number, word in counts if number) or "no findings"


def counted(number: int, word: str) -> str:
    """Return "1 error" or "2 errors"."""
    return f"{number:,} {word}{'' if number == 1 else 's'}"
