"""The commands that editors and CI type, and the one room that prints."""

import signal
import sys
import time
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

import click

from sitegen.cli.ahead import next_
from sitegen.cli.beginning import new, schema
from sitegen.cli.options import (
    BUILD_OPTIONS,
    FOLDER,
    IN_DIRECTORY,
    JSON_FORMAT,
    OUTPUT_DIR,
    REPORT_OPTIONS,
    SITE_OPTIONS,
)
from sitegen.cli.orders import (
    address_or_file,
    config_of,
    cores,
    now,
    order_of,
    output_folder,
    theme,
)
from sitegen.cli.reporting import TEXTUAL, command, faults, tell, write_summary
from sitegen.cli.statuses import status
from sitegen.cli.terminal import (
    INTERRUPTED,
    MISUSED,
    SOUND,
    progress_bar,
    say_what_can_be_said,
    show_outcome,
)
from sitegen.findings import SiteError


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="sitegen", prog_name="sitegen")
def cli() -> None:
    """Turn a folder of Markdown news into a static site in several languages.

    \b
    Examples:
      sitegen new "Ny partner i Lviv"   start an article in every language
      sitegen serve                     see each save in the browser
      sitegen check                     find what is wrong, write nothing
      sitegen build                     the site in output/
    """


cli.add_command(status)


@cli.command()
@IN_DIRECTORY
@OUTPUT_DIR
@BUILD_OPTIONS
@click.option("--verify", is_flag=True, help="Compare with a clean build, byte for byte.")
@REPORT_OPTIONS
def build(**options: Any) -> None:
    """Build the site into output/, or nothing: an error leaves the last good site untouched.

    \b
    Examples:
      sitegen build
      sitegen build --strict --format json
      sitegen build --verify
      sitegen build --drafts -o /tmp/preview
    """
    _run(options, is_check=False)


@cli.command()
@IN_DIRECTORY
@BUILD_OPTIONS
@REPORT_OPTIONS
def check(**options: Any) -> None:
    """Find everything that is wrong with the site, without writing it.

    \b
    Examples:
      sitegen check
      sitegen check --drafts --future
      sitegen check --format github --summary page.md
    """
    _run({**options, "output_dir": None, "verify": False}, is_check=True)


@cli.command()
@IN_DIRECTORY
@click.option("-p", "--port", type=click.IntRange(1, 65535), default=8000, help="The port.")
@click.option("--host", default="", help="Also answer on this address, as for a phone.")
@click.option("--open", "open_browser", is_flag=True, help="Open the browser.")
@click.option("--poll", "polling", is_flag=True, help="Look for changes; for network disks.")
def serve(**options: Any) -> None:
    """Preview the site with live reload; drafts and future stories are shown and marked.

    \b
    Examples:
      sitegen serve
      sitegen serve --port 8080 --open
    """
    from sitegen.preview import Preview
    from sitegen.preview import serve as serve_preview

    preview = Preview(theme=theme(), clock=now, cores=cores(), **options)
    with faults(preview.root, "text"):
        sys.exit(serve_preview(preview, click.echo))


@cli.command()
@IN_DIRECTORY
@click.argument("folder", metavar="[DIR]", required=False, type=FOLDER)
@click.option("--accept", is_flag=True, help="Add what readers may rely on to published.txt.")
@click.option("-u", "--base-url", help="The site's address, instead of config.toml's.")
@JSON_FORMAT
@click.option("-q", "--quiet", is_flag=True, help="Say only what is wrong.")
def diff(root: Path, folder: Path | None, **options: Any) -> None:
    """Tell what a build would change in DIR, by language; output/ unless told.

    Told are also the addresses that readers know and would lose, and those that are new.

    \b
    Examples:
      sitegen diff
      sitegen diff --accept
    """
    from sitegen.cli.differing import tell_difference
    from sitegen.pipeline import Order

    output = output_folder(root, folder)
    with faults(root, options["style"]):
        order = Order(
            root=root,
            output=output,
            theme=theme(),
            now=now(),
            base_url=options["base_url"],
            is_check=True,
            compared=output,
            cores=cores(),
        )
        tell_difference(order, config_of(root), options)


@cli.command()
@IN_DIRECTORY
@OUTPUT_DIR
@SITE_OPTIONS
@JSON_FORMAT
@click.argument("url")
def why(url: str, style: str, **options: Any) -> None:
    """Tell what the page at URL is made of, what last changed it, what a build would do with it.

    URL is an address, with or without the host, or a file of output/. Flags that the site was
    built with must be told again.

    \b
    Examples:
      sitegen why /da/nyheder/
      sitegen why https://news.example.org/da/ --format json
      sitegen why output/da/index.html
    """
    from sitegen.report import Report, document
    from sitegen.why import as_lines, as_values, explain

    order = order_of(options, is_check=False)
    with faults(order.root, style), progress_bar(is_quiet=False) as progress:
        told = explain(order, address_or_file(url), progress)
    as_json = document(Report(command="why"), **as_values(told)) if style == "json" else b""
    click.echo(as_json or "\n".join(as_lines(told)))


@cli.command()
@IN_DIRECTORY
@OUTPUT_DIR
def clean(root: Path, output_dir: Path | None) -> None:
    """Remove the cache, and those files of output/ that sitegen wrote; nothing else.

    \b
    Examples:
      sitegen clean
    """
    from sitegen.publish import clean as clean_up

    with faults(root, "text"):
        clean_up(root, output_folder(root, output_dir))


for further in (new, next_, schema):
    cli.add_command(further)


def main() -> NoReturn:
    """Run the command line and exit with its status."""
    say_what_can_be_said()
    signal.signal(signal.SIGTERM, _terminated)
    try:
        cli(standalone_mode=False)
    except click.exceptions.Abort:
        sys.exit(INTERRUPTED)
    except click.ClickException as error:
        error.show()
        sys.exit(MISUSED)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    sys.exit(SOUND)


def _terminated(number: int, _frame: FrameType | None) -> NoReturn:
    """End as Ctrl-C does: what was begun is put away."""
    sys.exit(128 + number)


def _run(options: dict[str, Any], *, is_check: bool) -> None:
    """Build or check, show what was found, exit with what that means."""
    from sitegen.report import Report

    root, style = options["root"], options["style"]
    order = order_of(options, is_check=is_check)
    started = time.monotonic()
    with faults(root, style), progress_bar(is_quiet=options["quiet"]) as progress:
        outcome = _made(order, options, progress)
    tell(Report(command=command(), findings=outcome.findings, outcome=outcome), style, root)
    if style in TEXTUAL and not options["quiet"]:
        is_aside = style != "text"
        seconds = time.monotonic() - started
        show_outcome(outcome, order, seconds, is_verbose=options["verbose"], is_aside=is_aside)
        if options["verify"]:
            click.echo("verified: a clean build makes the same, byte for byte", err=is_aside)


def _made(order: Any, options: dict[str, Any], progress: Any) -> Any:
    """Return what a build or check did, and sum it up where that is asked for."""
    from sitegen.pipeline import build as build_site
    from sitegen.proof import build_verified

    path = options["summary"]
    try:
        outcome = (build_verified if options["verify"] else build_site)(order, progress)
    except SiteError as error:
        write_summary(path, order, progress, status="faulty", findings=error.findings)
        raise
    write_summary(path, order, progress, findings=outcome.findings, outcome=outcome)
    return outcome
