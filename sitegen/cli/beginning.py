"""The commands that one begins with: a new story, and what helps a program to complete keys."""

import datetime as dt
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import click

from sitegen.cli.options import IN_DIRECTORY
from sitegen.cli.orders import config_of, now
from sitegen.cli.reporting import faults
from sitegen.cli.terminal import show
from sitegen.findings import MachineError, UsageError

READY = (
    "write the texts there; `sitegen serve` shows each save",
    "take the line `draft: true` away in each file when it is ready",
)


@click.command()
@IN_DIRECTORY
@click.argument("title")
@click.option("--lang", "languages", multiple=True, help="Only in this language; may be repeated.")
@click.option("--type", "kind", type=click.Choice(["news", "press", "customer"]), default="news")
@click.option("--date", type=click.DateTime(["%Y-%m-%d"]), help="Its date; today unless told.")
@click.option("--edit", is_flag=True, help="Open the files in your editor ($VISUAL, $EDITOR).")
def new(root: Path, title: str, languages: tuple[str, ...], **options: Any) -> None:
    """Start a story with TITLE: a draft in every language, ready to be written.

    Its author is `author` below [new] in config.toml, else the person of people.toml who has the
    name that Git knows you by, else the company.

    \b
    Examples:
      sitegen new "Ny partner i Lviv"
      sitegen new "Årsregnskab 2024" --type press --lang da --edit
    """
    from sitegen.scaffold import NewStory, author_of, start_story

    with faults(root, "text"):
        config = config_of(root)
        for language in languages:
            if language not in config.languages:
                known = ", ".join(config.languages)
                raise UsageError(f"the site has no language {language!r}; it has {known}")
        date: dt.datetime | None = options["date"]
        story = NewStory(
            title=" ".join(title.split()),
            languages=tuple(dict.fromkeys(languages or config.languages)),
            date=date.date() if date else now().astimezone(config.zone).date(),
            type=options["kind"],
            author=author_of(root, config, _name_in_git(root)),
        )
        paths = start_story(root, story)
        for path in paths:
            click.echo(path.relative_to(root).as_posix())
        show(READY)
        if options["edit"]:
            _edit(paths)


def _edit(paths: Sequence[Path]) -> None:
    try:
        click.edit(filename=[str(path) for path in paths])
    except click.ClickException as error:
        mend = "set EDITOR to the command of yours, or open the files yourself"
        raise MachineError(f"{error.format_message()}; {mend}") from error


def _name_in_git(root: Path) -> str:
    """Return the name that Git writes into what somebody commits here; empty without Git."""
    import subprocess

    command = ["git", "-C", str(root), "config", "--get", "user.name"]
    with suppress(OSError, subprocess.TimeoutExpired):
        done = subprocess.run(command, capture_output=True, check=False, timeout=5)
        return done.stdout.decode("utf-8", "replace").strip()
    return ""


@click.command()
@click.argument("what", type=click.Choice(["config", "front-matter", "snippets"]))
def schema(what: str) -> None:
    """Print what editors' programs need to complete and check config.toml and front matter.

    JSON Schemas of the two, or snippets for VS Code, which knows no schema within Markdown.

    \b
    Examples:
      sitegen schema config > config.schema.json
      sitegen schema front-matter > front-matter.schema.json
      sitegen schema snippets > .vscode/sitegen.code-snippets
    """
    from sitegen.shapes import config_schema, front_matter_schema, snippets

    makers = {"config": config_schema, "front-matter": front_matter_schema, "snippets": snippets}
    click.echo(makers[what]())
