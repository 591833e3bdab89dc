"""Runs a command and tells what it took: time, processor time and memory, of its children too."""

import os
import resource
import subprocess
import tempfile
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import msgspec

PAUSE = 0.02
"""Seconds between two looks at the memory."""


class Usage(msgspec.Struct, frozen=True, kw_only=True):
    """What a command took: seconds, seconds of processor, bytes; no bytes where none tells."""

    wall: float
    cpu: float
    memory: int


class FailedError(Exception):
    """A command failed, or made something else than it should."""


def measure(command: Sequence[str], folder: Path) -> Usage:
    """Return what a command in a folder took; raises FailedError with its last words."""
    os.sync()
    before = _cpu_of_children()
    done = threading.Event()
    with tempfile.TemporaryFile("w+") as said, ThreadPoolExecutor(1) as pool:
        start = time.perf_counter()
        with subprocess.Popen(command, cwd=folder, stdout=said, stderr=subprocess.STDOUT) as run:
            peak = pool.submit(_peak_memory, run.pid, done)
            try:
                code = run.wait()
                wall = time.perf_counter() - start
            except BaseException:  # interrupted: nothing stays behind
                run.terminate()
                raise
            finally:
                done.set()
        said.seek(0)
        if code:
            raise FailedError(f"{' '.join(command)} ended with {code}: {said.read()[-1000:]}")
        return Usage(wall=wall, cpu=_cpu_of_children() - before, memory=peak.result())


def _cpu_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _peak_memory(process: int, done: threading.Event) -> int:
    peak = 0
    while not done.wait(PAUSE):
        peak = max(peak, _memory(process))
    return peak


def _memory(process: int) -> int:
    """Return the memory of a process and its descendants; what they share counts once."""
    found = Path("/proc", str(process))
    total = 0
    with suppress(OSError):  # it has ended meanwhile
        for line in found.joinpath("smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                total = int(line.split()[1]) * 1024
        total += sum(map(_memory, _children(process)))
    return total


def cpu_of(process: int) -> float:
    """Return the seconds of processor of a process that runs, and of its descendants."""
    with suppress(OSError):  # it has ended meanwhile
        numbers = Path("/proc", str(process), "stat").read_text().rpartition(")")[2].split()
        own = sum(map(int, numbers[11:15])) / os.sysconf("SC_CLK_TCK")  # ended children included
        return own + sum(map(cpu_of, _children(process)))
    return 0.0


def _children(process: int) -> list[int]:
    tasks = Path("/proc", str(process), "task").iterdir()
    return [int(child) for task in tasks for child in (task / "children").read_text().split()]
