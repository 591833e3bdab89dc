"""Builds the same news with each generator in turn, and prints a table of what each build took.

Every build is a fresh command, and is read back: all article pages must be there, and what was
changed must stand where it belongs. A build that falls short ends the comparison.
"""

import argparse
import datetime as dt
import os
import re
import shutil
import signal
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path

import msgspec

from benchmarks.corpus import NEXT_DAY, plan_story
from benchmarks.generators import GENERATORS, ROOT, SITEGEN, Generator
from benchmarks.measure import FailedError, Usage, measure

ARTICLE = re.compile(rb'<meta property="og:type" content="article"')
Measured = dict[tuple[str, str], list[Usage]]
"""What each run took, by step and generator."""


class Trial(msgspec.Struct, frozen=True, kw_only=True):
    """One generator's project in one run; the word marks what is changed."""

    generator: Generator
    project: Path
    stories: int
    run: int
    word: str


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """What an output holds: article pages, and files and article pages with the trial's word."""

    articles: int
    marked_files: int
    marked_articles: int


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """A change of the sources, and what must be seen of it: least files, exact article pages."""

    name: str
    change: Callable[[Trial], None]
    adds: int = 0
    is_shown: Callable[[Seen], bool]


def _wipe(trial: Trial) -> None:
    for name in trial.generator.leftovers:
        path = trial.project / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def _keep(_: Trial) -> None:
    """Change nothing."""


def _edit(trial: Trial) -> None:
    """Add a sentence to one article in the middle of the news."""
    story = plan_story(trial.stories // 2, trial.stories)
    path = trial.project / trial.generator.source.format(name=story.name, language="da")
    path.write_text(f"{path.read_text('utf-8')}\nEn ny sætning {trial.word} til sidst.\n", "utf-8")


def _add(trial: Trial) -> None:
    """Add a story that is newer than all others, with the word in its Danish summary."""
    day = NEXT_DAY + dt.timedelta(days=trial.run)
    story = plan_story(trial.stories + trial.run, trial.stories, day=day)
    path = trial.generator.write(trial.project, story)[0]
    summary = re.compile(r'^(summary: "?)', re.M | re.I)
    path.write_text(summary.sub(rf"\g<1>{trial.word} ", path.read_text("utf-8"), 1), "utf-8")


def _restyle(trial: Trial) -> None:
    """Give the headline of every article page a class."""
    path = trial.project / trial.generator.article_template
    headline = re.compile(r"<h1[^>]*>")
    path.write_text(headline.sub(f'<h1 class="{trial.word}">', path.read_text("utf-8"), 1), "utf-8")


STEPS = (
    Step(name="cold", change=_wipe, is_shown=lambda seen: not seen.marked_files),
    Step(name="nothing changed", change=_keep, is_shown=lambda seen: not seen.marked_files),
    Step(name="text edited", change=_edit, is_shown=lambda seen: seen.marked_articles == 1),
    Step(name="new story", change=_add, adds=1, is_shown=lambda seen: seen.marked_files >= 3),
    Step(
        name="article template edited",
        change=_restyle,
        adds=1,
        is_shown=lambda seen: seen.marked_articles == seen.articles,
    ),
)


def build_and_read(trial: Trial, step: Step) -> Usage:
    """Return what one build after a step's change took; raises FailedError unless it is whole."""
    step.change(trial)
    usage = measure(trial.generator.command, trial.project)
    seen = _seen(trial.project / trial.generator.output, trial.word.encode())
    expected = 2 * (trial.stories + trial.run + step.adds)
    if seen.articles != expected or not step.is_shown(seen):
        name = trial.generator.name
        raise FailedError(f"{name}, {step.name}: {seen}, but {expected} articles are expected")
    return usage


def _seen(output: Path, word: bytes) -> Seen:
    articles = marked_files = marked_articles = 0
    for path in output.rglob("*"):
        if path.suffix in {".html", ".rss", ".xml"}:
            page = path.read_bytes()
            is_article, is_marked = bool(ARTICLE.search(page)), word in page
            articles += is_article
            marked_files += is_marked
            marked_articles += is_article and is_marked
    return Seen(articles=articles, marked_files=marked_files, marked_articles=marked_articles)


def compare(folder: Path, stories: int, runs: int) -> Measured:
    """Return what every step took with every generator, which take turns at each step."""
    for generator in GENERATORS:
        generator.generate(folder / generator.name, stories)
    measured: Measured = {}
    for run in range(runs):
        for number, step in enumerate(STEPS):
            first = (run + number) % len(GENERATORS)
            for generator in (*GENERATORS[first:], *GENERATORS[:first]):
                trial = Trial(
                    generator=generator,
                    project=folder / generator.name,
                    stories=stories,
                    run=run,
                    word=f"mark{run}x{number}",
                )
                usage = build_and_read(trial, step)
                measured.setdefault((step.name, generator.name), []).append(usage)
                took = f"{usage.wall:.2f} s, CPU {usage.cpu:.2f} s"
                _tell(f"run {run + 1}, {step.name}, {generator.name}: {took}")
    return measured


def table(measured: Measured) -> Iterator[str]:
    """Yield the lines of a Markdown table of medians, with ratios to sitegen's."""
    yield "| Step | Generator | Wall | × sitegen | CPU | × sitegen | Peak memory |"
    yield "|---|---|--:|--:|--:|--:|--:|"
    for step in STEPS:
        ours = _median(measured[step.name, SITEGEN.name])
        for generator in GENERATORS:
            usage = _median(measured[step.name, generator.name])
            yield (
                f"| {step.name} | {generator.name} "
                f"| {usage.wall:.2f} s | {usage.wall / ours.wall:.1f} "
                f"| {usage.cpu:.2f} s | {usage.cpu / ours.cpu:.1f} | {usage.memory / 1e6:.0f} MB |"
            )


def _median(usages: list[Usage]) -> Usage:
    return Usage(
        wall=statistics.median(usage.wall for usage in usages),
        cpu=statistics.median(usage.cpu for usage in usages),
        memory=round(statistics.median(usage.memory for usage in usages)),
    )


def heading(stories: int, runs: int) -> str:
    """Return what the table is of: size, versions, machine, day."""
    pinned = re.findall(
        r"^(hugo|pelican)==(\S+)", (ROOT / "requirements-bench.lock").read_text(), re.M
    )
    others = ", ".join(f"{name.title()} {number}" for name, number in pinned)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{stories:,} stories in two languages ({2 * stories:,} articles), median of {runs}; "
        f"sitegen {version('sitegen')}, {others}; {len(os.sched_getaffinity(0))} cores, "
        f"{memory:.0f} GB, Python {sys.version.split()[0]}; {dt.datetime.now(dt.UTC).date()}."
    )


def _tell(line: str) -> None:
    print(line, file=sys.stderr)


def main() -> None:
    """Compare as the command line says, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stories", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the folder goes
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        try:
            measured = compare(Path(folder), options.stories, options.runs)
        except FailedError as error:
            sys.exit(str(error))
    print(heading(options.stories, options.runs), "", *table(measured), "", sep="\n")
    print(*(f"- {generator.name}: {generator.differs}." for generator in GENERATORS), sep="\n")


if __name__ == "__main__":
    main()
