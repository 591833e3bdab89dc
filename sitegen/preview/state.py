"""What the browser is told about the last build."""

from collections.abc import Collection
from pathlib import Path

import msgspec

from sitegen.findings import Finding
from sitegen.preview.builder import Report

STATE_PATH = "/__sitegen/state.json"
_LONGEST_LINE = 300
_SHOWN = 100  # more than anybody reads before mending some


class Remark(msgspec.Struct, frozen=True, kw_only=True):
    """A finding as the overlay shows it."""

    place: str  # "content/news/x/index.da.md:4", or nothing
    severity: str
    code: str
    what: str
    mend: str
    excerpt: str = ""  # the line at fault


class State(msgspec.Struct, frozen=True, kw_only=True):
    """What is served, and what is wrong."""

    session: str  # sets this preview apart from the one before it
    site: int = 0  # counts the changes of what is served
    round: int = 0  # counts the builds
    is_sound: bool = True
    errors: int = 0
    warnings: int = 0
    remarks: tuple[Remark, ...] = ()  # the first of them
    stylesheets: tuple[str, ...] = ()  # addresses that the last change of the site brought

    @property
    def version(self) -> str:
        """The name of what is served, which a page carries to know whether it is out of date."""
        return f"{self.session}-{self.site}"


class News(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A build's one message, in livereload's protocol."""

    path: str
    command: str = "reload"
    live_css: bool = msgspec.field(name="liveCSS", default=True)
    live_img: bool = msgspec.field(name="liveImg", default=False)


def after(before: State, report: Report, root: Path) -> State:
    """Return the state once a build has ended."""
    is_new = before.round == 0 or (
        # A build that failed may have died while it published.
        report.is_sound and bool(report.written or report.removed or not before.is_sound)
    )
    errors = sum(finding.severity == "error" for finding in report.findings) + bool(report.fault)
    prefix = f"{report.base_path}/"
    return State(
        session=before.session,
        site=before.site + is_new,
        round=before.round + 1,
        is_sound=report.is_sound,
        errors=errors,
        warnings=len(report.findings) + bool(report.fault) - errors,
        remarks=_remarks(report, root),
        stylesheets=tuple(prefix + path for path in report.written if path.endswith(".css")),
    )


def news(before: State, now: State, changed: Collection[Path]) -> News:
    """Return what to tell the browsers: look at the state, swap a style sheet, or load anew."""
    if before.site == now.site:
        return News(path=STATE_PATH)
    is_style_alone = changed and all(path.suffix == ".css" for path in changed)
    return News(path=now.stylesheets[0] if is_style_alone and now.stylesheets else "*")


def _remarks(report: Report, root: Path) -> tuple[Remark, ...]:
    """Return what is wrong, errors first."""
    found = sorted(report.findings, key=lambda finding: finding.severity != "error")
    shown = [_remark(finding, root) for finding in found[:_SHOWN]]
    if report.fault:
        shown.insert(0, Remark(place="", severity="error", code="", what=report.fault, mend=""))
    return tuple(shown)


def _remark(finding: Finding, root: Path) -> Remark:
    return Remark(
        place=f"{finding.path}:{finding.line}" if finding.line else finding.path,
        severity=finding.severity,
        code=finding.code,
        what=finding.what,
        mend=finding.mend,
        excerpt=line_of(root, finding.path, finding.line) if finding.line else "",
    )


def line_of(root: Path, path: str, number: int) -> str:
    """Return a line of a source, or nothing when it is no longer there."""
    try:
        lines = (root / path).read_text("utf-8-sig", errors="replace").splitlines()
    except OSError:
        return ""
    line = lines[number - 1].strip() if number <= len(lines) else ""
    return line if len(line) <= _LONGEST_LINE else line[:_LONGEST_LINE] + "…"
