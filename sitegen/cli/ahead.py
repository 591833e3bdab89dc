"""The command that tells what will change by itself."""

from typing import Any

import click

from sitegen.cli.options import IN_DIRECTORY
from sitegen.cli.orders import cores, moment_of, output_folder, theme
from sitegen.cli.reporting import faults
from sitegen.cli.terminal import progress_bar


@click.command("next")
@IN_DIRECTORY
@click.option("--clock", help="What is ahead of this moment, as 2024-05-17T12:00.")
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "json", "ics"]),
    default="text",
    help="For people, programs or calendars.",
)
def next_(**options: Any) -> None:
    """Tell when the site will change by itself: what opens, what goes, what leads no more.

    A build shortly after each of these moments shows the change.

    \b
    Examples:
      sitegen next
      sitegen next --format ics > news.ics
      sitegen next --clock 2024-12-01
    """
    from sitegen.outlook import as_calendar, as_lines, as_values, look_ahead
    from sitegen.pipeline import Order
    from sitegen.report import Report, document

    root, style = options["root"], options["style"]
    order = Order(
        root=root,
        output=output_folder(root, None),
        theme=theme(),
        now=moment_of(options["clock"]),
        is_check=True,
        cores=cores(),
    )
    with faults(root, style), progress_bar(is_quiet=False) as progress:
        outlook, findings = look_ahead(order, progress)
        findings.stop_on_errors()
    if style == "json":
        click.echo(document(Report(command="next", findings=findings.found), **as_values(outlook)))
    elif style == "ics":
        click.echo(as_calendar(outlook), nl=False)
    else:
        click.echo("\n".join(as_lines(outlook)))
