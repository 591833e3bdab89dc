"""What the preview shows at this moment, and the browsers that are told when it changes."""

import datetime as dt
import os
from collections.abc import Callable, Collection
from functools import partial
from pathlib import Path
from typing import Any, Protocol

import msgspec

from sitegen.preview.builder import Report
from sitegen.preview.shelf import Shelf, restock
from sitegen.preview.state import State, after, line_of, news
from sitegen.report import text_lines


class Listener(Protocol):
    """A browser's open page."""

    def tell(self, message: dict[str, Any]) -> None:
        """Send it a message."""


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
        self.listeners: set[Listener] = set()
        self._root = root
        self._clock = clock
        self._say = say

    @property
    def is_open(self) -> bool:
        """Whether a build has ended, so that there is something to tell."""
        return self.state.round > 0

    def show(self, report: Report, changed: Collection[Path], seconds: float) -> None:
        """Show how a build went: on the terminal, and with one message to each browser."""
        before, self.state = self.state, after(self.state, report, self._root)
        is_listed = not report.removed and self.shelf.paths.issuperset(report.written)
        if not before.round or (report.is_sound and not is_listed):
            self.shelf = restock(self.shelf.folder, report.base_path)
        self._say(headline(report, self.state, seconds, self._clock()))
        details = text_lines(report.findings, partial(line_of, self._root))
        for line in [report.fault, *details] if report.fault else details:
            self._say(f"  {line}")
        message = msgspec.to_builtins(news(before, self.state, changed))
        for listener in tuple(self.listeners):
            listener.tell(message)


def headline(report: Report, state: State, seconds: float, now: dt.datetime) -> str:
    """Return the terminal's one line on a build."""
    pages = sum(path.endswith(".html") for path in report.written + report.removed)
    counts = [(pages, "page changed", "pages changed")] if report.is_sound else []
    counts += [(state.errors, "error", "errors")] if state.errors else []
    counts += [(state.warnings, "warning", "warnings")] if state.warnings else []
    told = ", ".join(f"{number} {one if number == 1 else more}" for number, one, more in counts)
    verdict = "built" if report.is_sound else "not built"
    return f"{now:%H:%M:%S}  {verdict} in {seconds * 1000:.0f} ms: {told}"
