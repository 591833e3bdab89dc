"""What is wrong with one file, before the file's name is known."""

import msgspec

from sitegen.findings import Findings


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """A finding without its path."""

    line: int  # of the file
    code: str
    what: str
    mend: str


def report(faults: list[Fault], path: str, findings: Findings) -> None:
    """Hand the faults of one file to the collector."""
    for fault in faults:
        findings.add(fault.code, fault.what, fault.mend, path=path, line=fault.line)


def shortened(text: str, length: int = 60) -> str:
    """Return a text as a finding quotes it: on one line, visible, and not too long."""
    shown = text if len(text) <= length else f"{text[: length - 1]}…"
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in shown)
