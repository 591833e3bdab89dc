"""The command `sitegen status`: a table, a work list for translators, or an acceptance."""

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import click

from sitegen.cli.options import IN_DIRECTORY
from sitegen.cli.orders import order_to_look
from sitegen.cli.reporting import faults
from sitegen.cli.terminal import FAULTY, line_reader, progress_bar, show
from sitegen.findings import Finding, UsageError

_WIDE = 10_000  # columns, where nobody watches: lines are not to be broken


@click.command()
@IN_DIRECTORY
@click.argument("stories", metavar="[STORY]...", nargs=-1)
@click.option("--lang", "languages", multiple=True, help="Only this language; may be repeated.")
@click.option("--diff", is_flag=True, help="Show the paragraphs that translators are to follow.")
@click.option("--accept", is_flag=True, help="Write down that the languages of STORY agree.")
@click.option("--all", "everything", is_flag=True, help="With --accept: of every story.")
@click.option("--strict", is_flag=True, help="Exit with 1 when a translation is behind, too.")
@click.option("--clock", help="As of this moment, as 2024-05-17T12:00.")
@click.option(
    "--format", "style", type=click.Choice(["text", "json", "markdown"]), default="text",
    help="How it is shown.",
)  # fmt: skip
def status(root: Path, stories: tuple[str, ...], **options: Any) -> None:
    """Tell what each story is in each language: present, missing, stale, not yet out …

    \b
    Examples:
      sitegen status
      sitegen status --lang en --format markdown
      sitegen status --diff 2024-05-17-ny-partner
      sitegen status --accept 2024-05-17-ny-partner
    """
    with faults(root, "json" if options["style"] == "json" else "text"):
        _tell_status(order_to_look(root, options["clock"]), stories, options)


def _tell_status(order: Any, names: Sequence[str], options: dict[str, Any]) -> None:
    """Do what was asked for, and exit with 1 when a translation must not stay as it is."""
    from sitegen.status import chosen, heard, read_desk

    if options["accept"] and bool(names) == options["everything"]:
        raise UsageError("name the stories whose languages agree, or say --all")
    with progress_bar(is_quiet=False) as progress:
        desk = read_desk(order, progress)
    stories = chosen(desk, names)
    languages = _languages(desk.config.languages, options["languages"])
    if options["accept"]:
        _accept(desk, stories, languages)
        return
    findings = heard(desk, stories)
    _tell(desk, stories, languages, findings, options)
    is_faulty = any(each.severity == "error" for each in findings)
    if is_faulty or (options["strict"] and findings):
        sys.exit(FAULTY)


def _languages(known: Iterable[str], asked: Sequence[str]) -> tuple[str, ...]:
    for language in asked:
        if language not in known:
            raise UsageError(f"the site has no language {language!r}; it has {', '.join(known)}")
    return tuple(language for language in known if not asked or language in asked)


def _tell(
    desk: Any,
    stories: Sequence[Any],
    languages: Sequence[str],
    findings: Sequence[Finding],
    options: dict[str, Any],
) -> None:
    from sitegen.report import Report, document, text_lines
    from sitegen.status import as_markdown, as_values, status, work_as_lines, work_as_markdown
    from sitegen.status import worklist as work_of

    said: Any = (work_of if options["diff"] else status)(desk, stories, languages)
    if options["style"] == "json":
        report = Report(command="status", findings=tuple(findings))
        click.echo(document(report, **as_values(said)))
        return
    show(text_lines(_untold(findings), line_reader(desk.root)))
    if options["style"] == "markdown":
        lines = work_as_markdown(said) if options["diff"] else as_markdown(said)
        click.echo("\n".join(lines))
    elif options["diff"]:
        click.echo("\n".join(work_as_lines(said)) or "nothing is known to be behind")
    else:
        _table(said)


def _untold(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings that the table does not tell."""
    return [
        each
        for each in findings
        if each.severity == "error" or not each.code.startswith("translation-")
    ]


def _table(said: Any) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from sitegen.status import cell, coverage_line

    is_watched = sys.stdout.isatty()
    table = Table(box=SIMPLE_HEAD if is_watched else None, pad_edge=False, padding=(0, 2, 0, 0))
    for heading in ("Story", *said.coverage):
        table.add_column(heading, overflow="fold")
    for row in said.stories:
        tellings = row.languages.values()
        cells = (Text(cell(each), style=_STYLES.get(each.state, "")) for each in tellings)
        table.add_row(Text(row.story), *cells)
    console = Console(highlight=False, width=None if is_watched else _WIDE)
    console.print(table)
    click.echo()
    for language, coverage in said.coverage.items():
        click.echo(coverage_line(language, coverage))


_STYLES = {
    "stale": "yellow", "both changed": "yellow", "missing": "red", "unreadable": "red",
    "unaccepted": "cyan",
}  # fmt: skip


def _accept(desk: Any, stories: Sequence[Any], languages: Sequence[str]) -> None:
    from sitegen.acceptance import accept_translations
    from sitegen.status import accepted_texts

    texts = accepted_texts(desk, stories, frozenset(languages))
    for path in accept_translations(desk.root, texts):
        click.echo(f"accepted: {path}")
