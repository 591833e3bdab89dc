"""Says what a run found in the format that was asked for: alone on stdout, text on stderr."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

import click

from sitegen.cli.terminal import FAILED, FAULTY, MISUSED, line_reader, show
from sitegen.findings import MachineError, SiteError, UsageError

TEXTUAL = frozenset({"text", "github"})
"""Formats that say the same to people, too, as a log shows annotations without their places."""
FOR_STEPS = "GITHUB_STEP_SUMMARY"


@contextmanager
def faults(root: Path, style: str) -> Iterator[None]:
    """Show an author's or a machine's fault as such, and exit with its status."""
    try:
        yield
    except SiteError as error:
        _end(root, style, FAULTY, status="faulty", findings=error.findings)
    except UsageError as error:
        _end(root, style, MISUSED, status="misused", message=str(error))
    except MachineError as error:
        _end(root, style, FAILED, status="failed", message=str(error))
    except BrokenPipeError:
        raise  # whoever listened has gone; nothing failed
    except OSError as error:
        message = f"{error.filename or 'the system'}: {error.strerror or error}"
        _end(root, style, FAILED, status="failed", message=message)


def _end(root: Path, style: str, code: int, **said: Any) -> NoReturn:
    from sitegen.report import Report, summary

    report = Report(command=command(), **said)
    tell(report, style, root)
    if report.message:
        show([f"error: {report.message}"])
    elif style in TEXTUAL:
        show([f"nothing was published: {summary(report.findings)}"])
    sys.exit(code)


def command() -> str:
    """Return the name of the command that runs."""
    return click.get_current_context().info_name or ""


def tell(report: Any, style: str, root: Path) -> None:
    """Say what was found, and in JSON what was done."""
    from sitegen.report import annotations, as_json, as_sarif, help_of, text_lines

    if style == "json":
        click.echo(as_json(report))
    elif style == "sarif":
        place, page = place_in_repository(root), _findings_page()
        click.echo(as_sarif(report, place, help_of(page), _version()))
    elif style == "github":
        for line in annotations(report, place_in_repository(root)):
            click.echo(line)
    if style in TEXTUAL:
        show(text_lines(report.findings, line_reader(root)))


def place_in_repository(root: Path) -> str:
    """Return the path of the project in its repository, such as "site/", or an empty one."""
    project = root.resolve()
    holders = (each for each in (project, *project.parents) if (each / ".git").exists())
    place = project.relative_to(next(holders, project)).as_posix()
    return "" if place == "." else f"{place}/"


def write_summary(path: Path | None, order: Any, progress: Any, **said: Any) -> None:
    """Write what was found and done as Markdown: anew to `path`, or below what a job's page has.

    Nobody asked for the latter by name, so no build fails for want of it.
    """
    step = os.environ.get(FOR_STEPS)
    if not (path or step):
        return
    from sitegen.outlook import look_ahead
    from sitegen.report import Report
    from sitegen.report.digest import digest

    try:
        outlook = look_ahead(order, progress)[0]
    except SiteError:
        outlook = None
    text = digest(Report(command=command(), **said), outlook)
    if path:
        path.write_text(text, "utf-8")
        return
    try:
        with Path(step or "").open("a", encoding="utf-8") as page:
            page.write(text)
    except OSError as error:  # in a container, it may lie outside
        show([f"the page of this job cannot be written: {error.strerror or error}"])


def _findings_page() -> str:
    """Return docs/findings.md: in a wheel beside the package, else the checkout's."""
    package = Path(__file__).parent.parent
    for page in (package / "findings.md", package.parent / "docs" / "findings.md"):
        if page.is_file():
            return page.read_text("utf-8")
    return ""


def _version() -> str:
    from importlib.metadata import version

    return version("sitegen")
