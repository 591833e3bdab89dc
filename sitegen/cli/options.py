"""The flags that several commands share, the same wherever they make sense."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

OUTPUT = "output"
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
FORMATS = click.Choice(["text", "json", "github", "sarif"])


def _options(*options: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Return one decorator for options that several commands share."""

    def decorate(command: Any) -> Any:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


def _resolved(_context: click.Context, _parameter: click.Parameter, value: Path) -> Path:
    return value.absolute()


IN_DIRECTORY = click.option(
    "-C",
    "--directory",
    "root",
    type=FOLDER,
    default=".",
    callback=_resolved,
    help="The project's folder; the current one unless told.",
)
OUTPUT_DIR = click.option(
    "-o",
    "--output-dir",
    type=click.Path(path_type=Path),
    help=f"Where the site goes; {OUTPUT}/ unless told.",
)
SITE_OPTIONS = _options(
    click.option("-u", "--base-url", help="The site's address, instead of config.toml's."),
    click.option("-D", "--drafts", is_flag=True, help="Show drafts too (needs -o)."),
    click.option("-F", "--future", is_flag=True, help="Show what is not yet due (needs -o)."),
    click.option("-E", "--expired", is_flag=True, help="Show what has expired (needs -o)."),
    click.option("--clock", help="Build as of this moment, as 2024-05-17T12:00 (needs -o)."),
)
BUILD_OPTIONS = _options(
    SITE_OPTIONS,
    click.option("--strict", is_flag=True, help="Let warnings fail the command too."),
    click.option("--no-cache", is_flag=True, help="Read every article afresh."),
)
JSON_FORMAT = click.option(
    "--format",
    "style",
    type=click.Choice(["text", "json"]),
    default="text",
    help="For people, or for programs.",
)
REPORT_OPTIONS = _options(
    click.option("--format", "style", type=FORMATS, default="text", help="How findings are shown."),
    click.option(
        "--summary",
        type=click.Path(dir_okay=False, path_type=Path),
        help="Also write a page in Markdown to this file; on GitHub the job's page has it anyway.",
    ),
    click.option("-q", "--quiet", is_flag=True, help="Say only what is wrong."),
    click.option("-v", "--verbose", is_flag=True, help="Name every file that changed."),
)
