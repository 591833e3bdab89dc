"""What the preview shows at this moment, and the browsers that are told when it changes."""

import datetime as dt
import os
from collections.abc import Callable, Collection
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from sitegen.discover import read_line
from sitegen.findings import Finding
from sitegen.preview.builder import Report
from sitegen.preview.shelf import Shelf, restock
from sitegen.report import summary, text_lines

STATE_PATH = "/__sitegen/state.json"
_LONGEST_LINE = 300
_SHOWN = 100  # more than anybody reads before mending some

Tell = Callable[[dict[str, Any]], None]
"""Sends a message of livereload's protocol to a browser's open page."""


class State(msgspec.Struct, frozen=True, kw_only=True):
    """What the browser learns of the last build: what is served, and what is wrong."""

    session: str  # sets this preview apart from the one before it
    site: int = 0  # counts the changes of what is served
    round: int = 0  # counts the builds
    is_sound: bool = True
    fault: str = ""  # what kept the build from an end, when the sources are not at fault
    errors: int = 0
    warnings: int = 0
    remarks: tuple[tuple[Finding, str], ...] = ()  # with the line at fault, errors first
    stylesheets: tuple[str, ...] = ()  # addresses that the last change of the site brought

    @property
    def version(self) -> str:
        """The name of what is served, which a page carries to know whether it is out of date."""
        return f"{self.session}-{self.site}"


class Board:
    """The last good pages, and what the last build found: the one value here that changes."""

    def __init__(
        self,
        root: Path,
        folder: Path,
        clock: Callable[[], dt.datetime],
        say: Callable[[str], None],
    ) -> None:
        self.state = State(session=f"{clock().timestamp():.3f}-{os.getpid()}")
        self.shelf = Shelf(folder=folder)
        self.listeners: set[Tell] = set()
        self._root = root
        self._clock = clock
        self._say = say

    @property
    def is_open(self) -> bool:
        """Whether a build has ended, so that there is something to tell."""
        return self.state.round > 0

    def show(self, report: Report, changed: Collection[Path], seconds: float) -> None:
        """Show how a build went: on the terminal, and with one message to each browser."""
        if report.is_sound or not self.is_open:
            self.shelf = restock(self.shelf.folder, report.base_path)
        before, self.state = self.state, after(self.state, report, self._root)
        self._say(headline(report, seconds, self._clock()))
        details = text_lines(report.findings, partial(read_line, self._root))
        for line in [report.fault, *details] if report.fault else details:
            self._say(f"  {line}")
        path = news(before, self.state, changed)
        for tell in tuple(self.listeners):
            tell({"command": "reload", "path": path, "liveCSS": True, "liveImg": False})


def after(before: State, report: Report, root: Path) -> State:
    """Return the state once a build has ended."""
    is_new = before.round == 0 or (
        # A build that failed may have died while it published.
        report.is_sound and bool(report.written or report.removed or not before.is_sound)
    )
    found = sorted(report.findings, key=lambda finding: finding.severity != "error")
    errors = sum(finding.severity == "error" for finding in found)
    styles = (path for path in report.written if path.endswith(".css"))
    return State(
        session=before.session,
        site=before.site + is_new,
        round=before.round + 1,
        is_sound=report.is_sound,
        fault=report.fault,
        errors=errors,
        warnings=len(found) - errors,
        remarks=tuple((finding, _excerpt(finding, root)) for finding in found[:_SHOWN]),
        stylesheets=tuple(f"{report.base_path}/{path}" for path in styles),
    )


def _excerpt(finding: Finding, root: Path) -> str:
    line = read_line(root, finding.path, finding.line) if finding.line else ""
    return line.strip()[:_LONGEST_LINE]


def news(before: State, now: State, changed: Collection[Path]) -> str:
    """Return what browsers are to load: the state, a style sheet to swap, or "*", all anew."""
    if before.site == now.site:
        return STATE_PATH
    is_style_alone = changed and all(path.suffix == ".css" for path in changed)
    return now.stylesheets[0] if is_style_alone and now.stylesheets else "*"


def headline(report: Report, seconds: float, now: dt.datetime) -> str:
    """Return the terminal's one line on a build."""
    pages = sum(path.endswith(".html") for path in report.written + report.removed)
    told = [f"{pages} page{'' if pages == 1 else 's'} changed"] if report.is_sound else []
    told += [summary(report.findings)] if report.findings else []
    told += ["1 error"] if report.fault else []
    verdict = "built" if report.is_sound else "not built"
    return f"{now:%H:%M:%S}  {verdict} in {seconds * 1000:.0f} ms: {', '.join(told)}"
