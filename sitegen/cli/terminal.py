"""What the commands show: findings, outcomes, progress; plain lines when nobody watches."""

import io
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

SOUND, FAULTY, MISUSED, FAILED, INTERRUPTED = 0, 1, 2, 3, 130
SLOW = 1.0  # seconds after which a build shows its progress


def show_outcome(
    outcome: Any, order: Any, seconds: float, *, is_verbose: bool, is_aside: bool
) -> None:
    """Say what a sound build did; aside, on stderr, when stdout is for a program."""
    if is_verbose:
        for name, paths in (
            ("added", outcome.added),
            ("changed", outcome.changed),
            ("removed", outcome.removed),
        ):
            for path in paths:
                click.echo(f"{name}: {path}", err=is_aside)
    counts = (
        f"{len(outcome.added)} added, {len(outcome.changed)} changed, "
        f"{len(outcome.removed)} removed, {outcome.unchanged} unchanged"
    )
    if order.is_check:
        said = f"sound: {outcome.unchanged} files, nothing written ({seconds:.1f} s)"
    else:
        said = f"{_shown(order.output, order.root)}: {counts} ({seconds:.1f} s)"
    click.echo(said, err=is_aside)


def _shown(path: Path, root: Path) -> str:
    inside = path.is_relative_to(root)
    return f"{path.relative_to(root).as_posix()}/" if inside else path.as_posix()


def say_what_can_be_said() -> None:
    """Let a terminal that lacks a letter show its number instead of failing the command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def show(lines: Sequence[str]) -> None:
    """Say something that is not the command's result."""
    for line in lines:
        click.echo(_coloured(line), err=True)


def _coloured(line: str) -> str:
    if os.environ.get("NO_COLOR") is not None:
        return line
    for word, colour in ((" error: ", "red"), (" warning: ", "yellow")):
        if word in line:
            before, _, after = line.partition(word)
            return click.style(before, bold=True) + click.style(word, fg=colour) + after
    return line


def line_reader(root: Path) -> Callable[[str, int], str] | None:
    """Return what shows a file's line under a finding, on a terminal."""
    if not sys.stderr.isatty():
        return None
    from sitegen.discover import read_line

    return lambda path, line: read_line(root, path, line)


@contextmanager
def progress_bar(*, is_quiet: bool) -> Iterator[Callable[[str, int, int], None]]:
    """Give a progress bar to builds that take over a second on a terminal."""
    if is_quiet or not sys.stderr.isatty():
        yield lambda _stage, _done, _total: None
        return
    started = time.monotonic()
    bars: list[Any] = []

    def advance(stage: str, done: int, total: int) -> None:
        if time.monotonic() - started < SLOW:
            return
        if not bars:
            bars.append(_bar())
        bars[0].update(bars[0].task_ids[0], description=stage, completed=done, total=total)

    try:
        yield advance
    finally:
        for bar in bars:
            bar.stop()


def _bar() -> Any:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    bar.add_task("")
    bar.start()
    return bar
