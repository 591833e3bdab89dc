"""Shows where the time of a build goes: a cold one, and one after the edit of an article."""

import argparse
import cProfile
import datetime as dt
import pstats
import tempfile
from pathlib import Path

from benchmarks.corpus import name_of
from benchmarks.generators import ROOT, SITEGEN
from sitegen.pipeline import Order, build

SHOWN = 30


def profile(order: Order) -> pstats.Stats:
    """Return the profile of one build, in this process alone."""
    profiler = cProfile.Profile()
    profiler.runcall(build, order, lambda *_: None)
    return pstats.Stats(profiler)


def main() -> None:
    """Print the functions that took most time themselves, of both builds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stories", type=int, default=1000)
    stories = parser.parse_args().stories
    with tempfile.TemporaryDirectory(prefix="profile-") as folder:
        project = Path(folder, "project")
        SITEGEN.generate(project, stories)
        now = dt.datetime.now(dt.UTC)
        order = Order(root=project, output=project / "output", theme=ROOT / "templates", now=now)
        print(f"A cold build of {stories:,} stories:")
        profile(order).sort_stats("tottime").print_stats(SHOWN)
        edited = project / SITEGEN.source.format(name=name_of(stories // 2), language="da")
        edited.write_text(edited.read_text("utf-8") + "\nEn ny sætning.\n", "utf-8")
        print("After the edit of one article:")
        profile(order).sort_stats("tottime").print_stats(SHOWN)


if __name__ == "__main__":
    main()
