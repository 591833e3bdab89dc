"""The commands that editors and CI type, and the one room that prints."""

import datetime as dt
import os
import signal
import sys
import time
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

import click

from sitegen.cli.options import (
    FOLDER,
    FORMAT,
    IN_DIRECTORY,
    OUTPUT,
    OUTPUT_DIR,
    REPORT_OPTIONS,
    SITE_OPTIONS,
)
from sitegen.cli.terminal import (
    INTERRUPTED,
    MISUSED,
    SOUND,
    faults,
    is_text,
    line_reader,
    progress_bar,
    say_what_can_be_said,
    show,
    show_outcome,
)
from sitegen.findings import UsageError


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


@cli.command()
@IN_DIRECTORY
@OUTPUT_DIR
@SITE_OPTIONS
@REPORT_OPTIONS
def build(**options: Any) -> None:
    """Build the site into output/, or nothing: an error leaves the last good site untouched.

    \b
    Examples:
      sitegen build
      sitegen build --strict --format json
      sitegen build --drafts -o /tmp/preview
    """
    _run(options, is_check=False)


@cli.command()
@IN_DIRECTORY
@SITE_OPTIONS
@REPORT_OPTIONS
def check(**options: Any) -> None:
    """Find everything that is wrong with the site, without writing it.

    \b
    Examples:
      sitegen check
      sitegen check --drafts --future
    """
    _run({**options, "output_dir": None}, is_check=True)


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

    preview = Preview(theme=_theme(), clock=_now, cores=_cores(), **options)
    with faults(preview.root, "text"):
        sys.exit(serve_preview(preview, click.echo))


@cli.command()
@IN_DIRECTORY
@click.argument("title")
@click.option("--lang", "languages", multiple=True, help="Only in this language; may be repeated.")
@click.option("--type", "kind", type=click.Choice(["news", "press", "customer"]), default="news")
@click.option("--date", type=click.DateTime(["%Y-%m-%d"]), help="Its date; today unless told.")
def new(
    root: Path, title: str, languages: tuple[str, ...], kind: Any, date: dt.datetime | None
) -> None:
    """Start a story with TITLE: a draft in every language, ready to be written.

    \b
    Examples:
      sitegen new "Ny partner i Lviv"
      sitegen new "Årsregnskab 2024" --type press --lang da
    """
    from sitegen.scaffold import NewStory, start_story

    with faults(root, "text"):
        config = _config(root)
        for language in languages:
            if language not in config.languages:
                known = ", ".join(config.languages)
                raise UsageError(f"the site has no language {language!r}; it has {known}")
        title = " ".join(title.split())
        if not is_text(title):
            raise UsageError(f"the title {title!r} holds what is no letter in this terminal")
        story = NewStory(
            title=title,
            languages=tuple(dict.fromkeys(languages or config.languages)),
            date=date.date() if date else _now().astimezone(config.zone).date(),
            type=kind,
        )
        for path in start_story(root, story):
            click.echo(path.relative_to(root).as_posix())


@cli.command()
@IN_DIRECTORY
@click.argument("folder", metavar="[DIR]", required=False, type=FOLDER)
@click.option("--accept", is_flag=True, help="Add what readers may rely on to published.txt.")
@click.option("-u", "--base-url", help="The site's address, instead of config.toml's.")
@FORMAT
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

    output = _output(root, folder)
    with faults(root, options["style"]):
        order = Order(
            root=root,
            output=output,
            theme=_theme(),
            now=_now(),
            base_url=options["base_url"],
            is_check=True,
            compared=output,
            cores=_cores(),
        )
        tell_difference(order, _config(root), options)


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
        clean_up(root, _output(root, output_dir))


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
    from sitegen.pipeline import Order
    from sitegen.pipeline import build as build_site
    from sitegen.report import as_json, text_lines

    root, style = options["root"], options["style"]
    special = [name for name in ("drafts", "future", "expired", "clock") if options[name]]
    output = _output(root, options["output_dir"])
    if special and not is_check and output.resolve().is_relative_to((root / OUTPUT).resolve()):
        flags = ", ".join(f"--{name}" for name in special)
        raise click.UsageError(f"{flags} must not reach readers: name another folder with -o")
    order = Order(
        root=root,
        output=output,
        theme=_theme(),
        now=_moment(options["clock"]),
        base_url=options["base_url"],
        drafts=options["drafts"],
        future=options["future"],
        expired=options["expired"],
        is_preview=bool(special),
        is_check=is_check,
        is_strict=options["strict"],
        use_cache=not options["no_cache"],
        cores=_cores(),
    )
    started = time.monotonic()
    with faults(root, style), progress_bar(is_quiet=options["quiet"]) as progress:
        outcome = build_site(order, progress)
    if style == "json":
        click.echo(as_json(outcome.findings).encode())
    else:
        show(text_lines(outcome.findings, line_reader(root)))
        if not options["quiet"]:
            show_outcome(outcome, order, time.monotonic() - started, is_verbose=options["verbose"])


def _config(root: Path) -> Any:
    from sitegen.discover import read_config_text
    from sitegen.findings import Findings
    from sitegen.settings import read_config

    findings = Findings()
    text = read_config_text(root, findings)
    config = read_config(text, findings) if text is not None else None
    findings.stop_on_errors()
    return config


def _output(root: Path, output_dir: Path | None) -> Path:
    return root / OUTPUT if output_dir is None else output_dir.absolute()


def _theme() -> Path:
    """Return the templates that the package brings: in a wheel beside it, else the checkout's."""
    package = Path(__file__).parent.parent
    packed = package / "theme"
    return packed if packed.is_dir() else package.parent / "templates"


def _moment(clock: str | None) -> dt.datetime:
    if clock is None:
        return _now()
    try:
        return dt.datetime.fromisoformat(clock)
    except ValueError:
        mend = "write it as 2024-05-17 or 2024-05-17T12:00"
        raise click.BadParameter(f"{clock!r} is no moment; {mend}", param_hint="--clock") from None


def _cores() -> int:
    """Return how many cores this process may use, which is fewer than there are in a container."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _now() -> dt.datetime:
    """Return the one moment of this run; SOURCE_DATE_EPOCH sets it for reproducible builds."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return dt.datetime.now(dt.UTC)
    try:
        return dt.datetime.fromtimestamp(int(epoch), dt.UTC)
    except (ValueError, OverflowError, OSError):
        what = f"SOURCE_DATE_EPOCH is {epoch!r}; it must be a number of seconds since 1970"
        raise click.UsageError(what) from None
