"""The work of `sitegen diff`: a build that is only compared, and what it promises to readers."""

from typing import Any

import click

from sitegen.cli.terminal import line_reader, progress_bar, show
from sitegen.findings import UsageError

NOT_YET = "readers may rely on these once they are in published.txt (`sitegen diff --accept`):"
ACCEPTED = "added to published.txt:"


def tell_difference(order: Any, config: Any, options: dict[str, Any]) -> None:
    """Show what a build would change; with --accept, note what readers may rely on."""
    from sitegen.acceptance import accept
    from sitegen.difference import as_lines, as_values, differences
    from sitegen.pipeline import build
    from sitegen.report import Report, document, text_lines
    from sitegen.settings import EXAMPLE_BASE_URL

    is_json = options["style"] == "json"
    if options["accept"] and (order.base_url or config.base_url) == EXAMPLE_BASE_URL:
        what = "nobody can know its addresses while `base_url` in config.toml is the example"
        raise UsageError(f"nothing of this site is public: {what}")
    with progress_bar(is_quiet=options["quiet"]) as progress:
        outcome = build(order, progress)
    found = differences(outcome, tuple(config.languages))
    if is_json:
        report = Report(command="diff", findings=outcome.findings)
        click.echo(document(report, **as_values(found, outcome.unpromised)))
    else:
        show(text_lines(outcome.findings, line_reader(order.root)))
        if not options["quiet"]:
            heading = ACCEPTED if options["accept"] else NOT_YET
            click.echo("\n".join(as_lines(found, heading, outcome.unpromised)))
    if options["accept"]:
        accept(order.root, outcome.unpromised)
