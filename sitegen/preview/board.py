"""What the preview shows at this moment, and the browsers that are told when it changes."""

import datetime as dt
import os
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

import msgspec

from sitegen.discover import read_line
from sitegen.findings import Finding
from sitegen.pipeline import Order
from sitegen.pipeline.whereabouts import whereabouts
from sitegen.preview.builder import Report
from sitegen.preview.shelf import Shelf, restock
from sitegen.preview.words import Words, words_for
from sitegen.report import summary, text_lines

STATE_PATH = "/__sitegen/state.json"
_LONGEST_LINE = 300
_SHOWN = 100  # more than anybody reads before mending some
_SAID = 15  # findings on the terminal at once, so that what matters is not scrolled away

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
    findings: tuple[Finding, ...] = ()  # errors first
    stylesheets: tuple[str, ...] = ()  # addresses that the last change of the site brought
    page: str = ""  # the address of the one page whose source was saved
    language: str = ""  # the site's default one

    @property
    def version(self) -> str:
        """The name of what is served, which a page carries to know whether it is out of date."""
        return f"{self.session}-{self.site}"


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """A state as a browser asks for it."""

    state: State
    excerpts: tuple[str, ...]  # the line of each finding
    words: Words


class Board:
    """The last good pages, and what the last build found: the one value here that changes."""

    def __init__(
        self,
        order: Order,
        clock: Callable[[], dt.datetime],
        say: Callable[[str], None],
    ) -> None:
        self.state = State(session=f"{clock().timestamp():.3f}-{os.getpid()}")
        self.shelf = Shelf(folder=order.output)
        self.listeners: set[Tell] = set()
        self._order = order
        self._clock = clock
        self._say = say

    @property
    def is_open(self) -> bool:
        """Whether a build has ended, so that there is something to tell."""
        return self.state.round > 0

    def show(self, report: Report, changed: Collection[Path], seconds: float) -> None:
        """Show how a build went: with one message to each browser, and on the terminal."""
        if not self.is_open or (report.is_sound and self._is_outdated(report)):
            self.shelf = restock(self.shelf.folder, report.base_path)
        before, self.state = self.state, after(self.state, report)
        self._tell(news(before, self.state, changed))
        # A browser is answered only after this, and so learns of the page, too.
        page = self._page_of(changed) if report.is_sound else ""
        self.state = msgspec.structs.replace(self.state, page=page)
        for line in self._lines(report, {*before.findings}):
            self._say(line)
        line = headline(report, seconds, self._clock())
        self._say(f"{line}  {self._order.base_url}{page or f'{report.base_path}/'}")

    def restyle(self, files: Mapping[str, bytes]) -> None:
        """Let browsers swap style sheets that the pages do not name yet."""
        early = {path: files[path] for path in files.keys() - self.shelf.paths}
        styles = tuple(_address(path, self.shelf.base_path) for path in early if _is_style(path))
        if styles and self.is_open:
            self.shelf = msgspec.structs.replace(self.shelf, early=early)
            self.state = msgspec.structs.replace(self.state, stylesheets=styles)
            self._tell(styles[0])

    def told(self, wishes: str) -> bytes:
        """Return the state for a browser that wishes for some languages, as JSON."""
        found = tuple(_excerpt(finding, self._order.root) for finding in self.state.findings)
        words = words_for(wishes, self.state.language)
        return msgspec.json.encode(Told(state=self.state, excerpts=found, words=words))

    def _tell(self, path: str) -> None:
        for tell in tuple(self.listeners):
            tell({"command": "reload", "path": path, "liveCSS": True, "liveImg": False})

    def _is_outdated(self, report: Report) -> bool:
        """Tell whether other files are on the shelf than the site has now."""
        shelf = self.shelf
        is_other = report.removed or not shelf.paths.issuperset(report.written)
        return bool(is_other or shelf.base_path != report.base_path or not self.state.is_sound)

    def _page_of(self, changed: Collection[Path]) -> str:
        """Return where the one article stands that was saved; nothing if there are several."""
        names = [os.path.relpath(path, self._order.root) for path in changed]
        articles = {Path(name).as_posix() for name in names if name.endswith(".md")}
        known = whereabouts(self._order) if len(articles) == 1 else {}
        address = next((known[path] for path in articles if path in known), "")
        return address and _address(address.lstrip("/"), self.shelf.base_path)

    def _lines(self, report: Report, before: set[Finding]) -> Iterator[str]:
        """Yield what is wrong: each error, and each warning that is new."""
        if report.fault:
            yield f"  {report.fault}"
        errors_first = sorted(report.findings, key=lambda each: each.severity != "error")
        new = [each for each in errors_first if each.severity == "error" or each not in before]
        for line in text_lines(new[:_SAID], partial(read_line, self._order.root)):
            yield f"  {line}"
        if len(new) > _SAID:
            yield f"  … and {len(new) - _SAID} more, which the page lists"


def after(before: State, report: Report) -> State:
    """Return the state once a build has ended."""
    is_new = before.round == 0 or (
        # A build that failed may have died while it published.
        report.is_sound and bool(report.written or report.removed or not before.is_sound)
    )
    found = sorted(report.findings, key=lambda finding: finding.severity != "error")
    errors = sum(finding.severity == "error" for finding in found)
    return State(
        session=before.session,
        site=before.site + is_new,
        round=before.round + 1,
        is_sound=report.is_sound,
        fault=report.fault,
        errors=errors,
        warnings=len(found) - errors,
        findings=tuple(found[:_SHOWN]),
        stylesheets=tuple(
            _address(path, report.base_path) for path in report.written if _is_style(path)
        ),
        language=report.language or before.language,
    )


def _is_style(path: str) -> bool:
    return path.endswith(".css")


def _address(path: str, base_path: str) -> str:
    return f"{base_path}/{quote(path)}"


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
