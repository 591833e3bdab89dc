"""A publication that is killed or fails at any of its steps loses no page; two never mix.

Run as a program, this file walks the matrix: it builds in forks of itself, each of which meets its
fault at a later change of the disk, until one gets through without meeting it.
"""

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

import pytest

from sitegen.findings import Findings, MachineError
from sitegen.model.pages import OutputFile
from sitegen.publish import Publication
from sitegen.publish.lock import _seize as seize

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs fork and kill -9")

Site = dict[str, bytes]

GONE = "da/nyheder/2012/gone/index.html"
OLD: Site = {
    "index.html": b"front, old",
    "same.css": b"body {}",
    "da/nyheder/index.html": b"list, old",
    GONE: b"removed",
    "da/nyheder/2012/stays/index.html": b"article, old",
    "fil": b"becomes a folder",
    "mappe/x/index.html": b"becomes a file",
    "files/Rapport.pdf": b"changes its case",
}
NEW: Site = {
    "index.html": b"front, new",
    "same.css": b"body {}",
    "da/nyheder/index.html": b"list, new",
    "da/nyheder/2024/new/index.html": b"added",
    "da/nyheder/2012/stays/index.html": b"article, new",
    "en/news/2024/new/index.html": b"added",
    "fil/index.html": b"was a file",
    "mappe": b"was a folder",
    "files/rapport.pdf": b"changes its case",
}
THIRD: Site = {"index.html": b"front, third", "da/x/index.html": b"third"}

UNHURT, FAILED, SOUND = 0, 3, 4
CHANGES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate", "os.link", "os.utime"}


def build(root: Path, site: Site) -> None:
    with Publication(root, root / "output") as publication:
        for path, content in site.items():
            publication.stage(OutputFile(path=path, content=content))
        publication.publish(Findings())


def snapshot(folder: Path) -> Site:
    """Return all that is below a folder, empty folders too."""
    places = sorted(folder.rglob("*"))
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else b"a folder"
        for path in places
    }


# --- the matrix


def kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def fail(number: int) -> Callable[[], None]:
    def act() -> None:
        raise OSError(number, os.strerror(number))

    return act


FAULTS = {"kill": kill, "ENOSPC": fail(errno.ENOSPC), "EACCES": fail(errno.EACCES)}


def watch(point: int, act: Callable[[], None], *, lasts: bool) -> Callable[[], bool]:
    """Call `act` at the n-th change of the disk, and at all later ones if it `lasts`."""
    count = 0

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal count
        flags = arguments[2] if event == "open" else 0
        if event in CHANGES or (isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR)):
            count += 1
            if count == point or (lasts and count > point):
                act()

    sys.addaudithook(hook)
    return lambda: count >= point


def run_with_fault(root: Path, point: int, fault: str) -> int:
    """Build the new site in a fork that meets a fault; returns how that ended."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            name, _, lasts = fault.partition("+")
            met = watch(point, FAULTS[name], lasts=bool(lasts))
            try:
                build(root, NEW)
                status = SOUND if met() else UNHURT
            except MachineError:
                status = FAILED
        finally:
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def torn_pages(output: Path, old: Site) -> list[str]:
    """Return the paths that have neither old nor new bytes, or that went before the new came."""
    torn = []
    for path in old.keys() | NEW.keys():
        place = output / path
        content = place.read_bytes() if place.is_file() else None
        if content not in {old.get(path), NEW.get(path)}:
            torn.append(path)
    if old and not (output / GONE).exists():
        torn += [path for path in NEW if not (output / path).is_file()]
    return torn


def walk(fault: str, old: Site) -> Iterator[dict[str, object]]:
    """Yield, for each step of a publication, how a build fared whose fault came there."""
    memory = Path("/dev/shm")  # a disk would be asked to write each of some thousand sites
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        base = Path(folder)
        clean = {name: base / name for name in ("old", "new", "third")}
        for place, site in zip(clean.values(), (old, NEW, THIRD), strict=True):
            if site:
                build(place, site)
        point = 0
        status = SOUND
        while status != UNHURT:
            point += 1
            root = base / "root"
            shutil.copytree(clean["old"], root) if old else root.mkdir()
            status = run_with_fault(root, point, fault)
            torn = torn_pages(root / "output", old)
            again = root.rename(base / "again")
            shutil.copytree(again, base / "root")
            build(again, NEW)
            build(root, THIRD)
            yield {
                "point": point,
                "status": status,
                "torn": torn,
                "mends": snapshot(again) == snapshot(clean["new"]),
                "moves on": snapshot(root) == snapshot(clean["third"]),
            }
            shutil.rmtree(again)
            shutil.rmtree(root)


def matrix(fault: str, start: str) -> list[dict[str, object]]:
    run = subprocess.run(
        [sys.executable, __file__, fault, start], capture_output=True, text=True, check=False
    )
    assert run.stderr == ""
    rows: list[dict[str, object]] = json.loads(run.stdout)
    return rows


@pytest.mark.parametrize("start", ["old", "nothing"])
@pytest.mark.parametrize(
    ("fault", "endings"),
    [
        ("kill", {-signal.SIGKILL, UNHURT}),
        ("ENOSPC", {FAILED, SOUND, UNHURT}),
        ("EACCES", {FAILED, SOUND, UNHURT}),
        ("ENOSPC+", {FAILED, SOUND, UNHURT}),
    ],
)
def test_at_whatever_step_a_build_dies_every_page_is_whole_and_the_next_build_is_clean(
    fault: str, start: str, endings: set[int]
) -> None:
    """Nothing is torn, nothing left lying about; and so when the next build is of another site."""
    rows = matrix(fault, start)

    assert len(rows) > 20
    assert endings == {row["status"] for row in rows} | (endings & {SOUND})
    assert [row for row in rows if row["torn"] or not row["mends"] or not row["moves on"]] == []


# --- the lock

HOLD = """
import os, sys
from pathlib import Path
from sitegen.publish import Publication

root = Path(sys.argv[1])
with Publication(root, root / "output"):
    if len(sys.argv) > 2 and os.fork() == 0:  # a worker, which outlives its build
        print("worker", flush=True)
        sys.stdin.read()
        os._exit(0)
    if len(sys.argv) == 2:
        print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def hold(tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Start another process that has the lock, and wait until it has."""
    started: list[subprocess.Popen[str]] = []

    def start(*options: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", HOLD, str(tmp_path), *options],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        assert pipe(process.stdout).readline()
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def pipe(stream: IO[str] | None) -> IO[str]:
    assert stream is not None
    return stream


def test_a_second_build_gives_up_after_ten_seconds_and_is_told_who_holds_the_folder(
    tmp_path: Path,
    hold: Callable[..., subprocess.Popen[str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    holder = hold()
    before = snapshot(tmp_path)
    waits: list[float] = []
    monkeypatch.setattr("time.sleep", waits.append)

    with pytest.raises(MachineError) as fault:
        build(tmp_path, NEW)

    assert f"another build is running (pid {holder.pid})" == str(fault.value)
    assert pytest.approx(sum(waits)) == 10.0
    assert before == snapshot(tmp_path)


def test_a_second_build_waits_until_the_first_is_done(
    tmp_path: Path,
    hold: Callable[..., subprocess.Popen[str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    holder = hold()
    waits: list[float] = []

    def finish(seconds: float) -> None:
        waits.append(seconds)
        holder.communicate("")

    monkeypatch.setattr("time.sleep", finish)
    build(tmp_path, NEW)

    assert len(waits) == 1
    assert {path: it for path, it in snapshot(tmp_path / "output").items() if path in NEW} == NEW


@pytest.mark.parametrize("options", [(), ("with a worker",)])
def test_the_lock_dies_with_its_process_even_when_a_worker_lives_on(
    tmp_path: Path,
    hold: Callable[..., subprocess.Popen[str]],
    options: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    holder = hold(*options)
    holder.kill()
    holder.wait()
    waits: list[float] = []
    monkeypatch.setattr("time.sleep", waits.append)

    build(tmp_path, NEW)

    assert waits == []

    assert ".sitegen-lock" not in snapshot(tmp_path / "output")


@pytest.mark.parametrize("is_made_anew", [False, True])
def test_a_lock_that_its_last_holder_took_away_is_no_lock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_made_anew: bool
) -> None:
    lock = tmp_path / "output/.sitegen-lock"
    waits: list[float] = []

    def seize_what_is_gone(descriptor: int) -> bool:
        if not waits:
            lock.unlink()
            if is_made_anew:
                lock.touch()
        return seize(descriptor)

    monkeypatch.setattr("sitegen.publish.lock._seize", seize_what_is_gone)
    monkeypatch.setattr("time.sleep", waits.append)

    with Publication(tmp_path, tmp_path / "output"):
        assert len(waits) == 1
        assert str(os.getpid()) == lock.read_text("ascii")


BUILD = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
import test_publish_faults as faults

site = {path: content + sys.argv[3].encode() for path, content in faults.NEW.items()}
faults.os.sync = lambda: None  # this is about turns, not about a slow disk
print("ready", flush=True)
sys.stdin.read()
faults.build(Path(sys.argv[2]), site)
"""


def test_eight_builds_at_once_take_turns(tmp_path: Path) -> None:
    folder = str(Path(__file__).parent)
    builds = [
        subprocess.Popen(
            [sys.executable, "-c", BUILD, folder, str(tmp_path), str(number)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for number in range(8)
    ]
    for process in builds:
        pipe(process.stdout).readline()
    for process in builds:
        pipe(process.stdin).close()
    assert [process.wait() for process in builds] == [0] * 8
    for process in builds:
        pipe(process.stdout).close()

    found = snapshot(tmp_path / "output")
    assert len({found[path].removeprefix(content) for path, content in NEW.items()}) == 1
    assert not {".sitegen-lock", ".sitegen-staging"} & found.keys()


if __name__ == "__main__":
    os.sync = lambda: None  # the matrix kills processes, not the machine
    start = OLD if sys.argv[2] == "old" else {}
    json.dump(list(walk(sys.argv[1], start)), sys.stdout)
