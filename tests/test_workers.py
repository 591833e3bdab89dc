"""Many processes make what one makes, and none outlives the build."""

import multiprocessing
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
import pytest

from sitegen.findings import MachineError
from sitegen.pipeline import workers
from sitegen.pipeline.workers import spread
from tests.conftest import GOLDEN, Site


class Doubler(msgspec.Struct, frozen=True):
    """Doubles numbers; some numbers mean trouble."""

    trouble: int = -1
    kind: str = ""

    def begin(self) -> Callable[[Sequence[int]], list[int]]:
        return lambda numbers: [self.double(number) for number in numbers]

    def double(self, number: int) -> int:
        if number == self.trouble and self.kind == "killed":
            os.kill(os.getpid(), signal.SIGKILL)
        if number == self.trouble and self.kind == "fault":
            raise MachineError("the disk is full")
        return 2 * number


@pytest.mark.parametrize("cores", [1, 2, 3])
@pytest.mark.parametrize("count", [0, 1, workers.FEW, workers.FEW + 1, 500])
def test_each_item_is_made_once_whatever_the_cores(cores: int, count: int) -> None:
    made = dict(spread(Doubler(), range(count), cores))

    assert {place: 2 * place for place in range(count)} == made
    assert multiprocessing.active_children() == []


def test_few_items_start_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_process", None)

    assert list(spread(Doubler(), [1, 2], 2)) == [(0, 2), (1, 4)]


def test_workers_can_be_started_where_nothing_can_be_forked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(workers, "_FORKS", False)

    assert dict(spread(Doubler(), range(100), 2)) == {place: 2 * place for place in range(100)}


def test_a_worker_that_is_killed_is_the_machines_fault() -> None:
    with pytest.raises(MachineError, match="a worker process was killed"):
        list(spread(Doubler(70, "killed"), range(500), 2))

    assert multiprocessing.active_children() == []


def test_what_a_worker_raises_the_build_raises() -> None:
    with pytest.raises(MachineError, match="the disk is full"):
        list(spread(Doubler(70, "fault"), range(500), 2))

    assert multiprocessing.active_children() == []


def test_a_build_that_is_given_up_leaves_no_process_behind() -> None:
    results = spread(Doubler(), range(500), 2)
    next(results)
    results.close()  # type: ignore[attr-defined]

    assert multiprocessing.active_children() == []


def test_two_cores_make_the_bytes_of_one(golden: Site, tmp_path: Path) -> None:
    one, two = (Site(golden.root) for _ in range(2))
    one.output, two.output = tmp_path / "one", tmp_path / "two"
    one.build(output=one.output, use_cache=False)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(workers, "FEW", 0)
        two.build(output=two.output, cores=2)

    assert one.files() == two.files()
    assert one.lines == two.lines


def test_one_fault_of_a_template_is_told_once_and_alike_by_many_cores(golden: Site) -> None:
    lines = []
    for cores in (1, 2, 3):
        project = Site(golden.root)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(workers, "FEW", 0)
            patch.setattr(workers, "_BATCH", 2)
            path = project.root / "templates/parts/teaser.html"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("{% macro stories(a, b) %}{{ a[0].nothing }}{% endmacro %}", "utf-8")
            lines.append(project.build(cores=cores).lines)
            path.unlink()

    assert lines[0] == lines[1] == lines[2]
    assert sum("parts/teaser.html:1" in line for line in lines[0]) == 1


BUILD = """
import sys, datetime as dt
from pathlib import Path
from sitegen.pipeline import Order, build, workers
workers.FEW = 0
root, theme = map(Path, sys.argv[1:])
order = Order(root=root, output=root / "output", theme=theme, cores=2,
              now=dt.datetime(2024, 6, 1, tzinfo=dt.UTC))
def progress(stage, done, total):
    if stage == "writing pages":
        print("working", flush=True)
        sys.stdin.read()
build(order, progress)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_workers_die_with_a_build_that_is_killed(
    site: Callable[[str], Site], number: signal.Signals
) -> None:
    project = site("-- content/news/2024-05-17-x/index.da.md --\n---\ntitle: X\n---\nTekst.\n")
    command = [sys.executable, "-c", BUILD, str(project.root), str(GOLDEN.parents[1] / "templates")]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
    ) as build:
        assert build.stdout
        assert build.stdin
        assert build.stdout.readline() == b"working\n"
        build.send_signal(number)
        # every worker holds this pipe's other end: it ends when the last of them does
        assert build.stdout.read().replace(b"working\n", b"") == b""
        build.wait()

    assert not (project.output / "da").exists()
