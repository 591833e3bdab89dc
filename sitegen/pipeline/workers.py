"""Spreads work over the machine's cores, with the results of one process."""

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Generic, Protocol, TypeVar

from sitegen.findings import MachineError

_FORKS = sys.platform == "linux"
"""Forked workers have what they need at once; elsewhere it is unsafe, so that they are sent it."""

FEW = 64
"""So many pieces of work are done before workers would have started."""
_BATCH = 32

Item = TypeVar("Item")
Result = TypeVar("Result")
_In_contra = TypeVar("_In_contra", contravariant=True)
_Out_co = TypeVar("_Out_co", covariant=True)


class Maker(Protocol[_In_contra, _Out_co]):
    """Work that can be sent to another process."""

    def begin(self) -> Callable[[Sequence[_In_contra]], Sequence[_Out_co]]:
        """Return what makes the results of a batch, once files are opened."""
        ...


def pays(items: Sequence[object], cores: int, batch: int = _BATCH) -> bool:
    """Tell whether there is so much to do that workers are started."""
    return cores > 1 and len(items) > (FEW if batch > 1 else 1)


def spread(
    maker: Maker[Item, Result], items: Sequence[Item], cores: int, batch: int = _BATCH
) -> Iterator[tuple[int, Result]]:
    """Yield the place of each item and what was made of it, as they are done.

    A `batch` of 1 is for items that each take longer than to start a worker.
    """
    if not pays(items, cores, batch):
        make = maker.begin()
        for start in range(0, len(items), batch):
            yield from enumerate(make(items[start : start + batch]), start)
        return
    workers: _Workers[Item, Result] = _Workers(batch)
    try:
        workers.start(maker, items, cores)
        yield from workers.results(len(items))
    finally:
        workers.end()


class _Workers(Generic[Item, Result]):
    """Processes that each wait for the number of a batch, and answer with its results."""

    def __init__(self, batch: int) -> None:
        self._batch = batch
        self._running: dict[Connection, BaseProcess] = {}

    def start(self, maker: Maker[Item, Result], items: Sequence[Item], cores: int) -> None:
        """Start the processes, before anything else starts a thread."""
        for _ in range(cores):
            ours, theirs = multiprocessing.Pipe()
            others = [*self._running, ours] if _FORKS else []
            process = _process(
                target=_serve, args=(theirs, others, maker, items, self._batch), daemon=True
            )
            process.start()
            theirs.close()
            self._running[ours] = process

    def results(self, total: int) -> Iterator[tuple[int, Result]]:
        """Yield what is done until all is; raises MachineError when a worker dies."""
        batches = iter(range(0, total, self._batch))
        busy = {pipe for pipe in self._running if _ask(pipe, batches)}
        while busy:
            for pipe in wait(list(busy)):
                assert isinstance(pipe, Connection)
                try:
                    start, results = pipe.recv()
                except (EOFError, OSError) as error:
                    raise MachineError("a worker process was killed") from error
                if isinstance(results, BaseException):
                    raise results
                if not _ask(pipe, batches):
                    busy.discard(pipe)
                yield from enumerate(results, start)

    def end(self) -> None:
        """Leave no process behind, whatever happened."""
        for pipe, process in self._running.items():
            process.kill()
            process.join()
            pipe.close()


def _process(target: Callable[..., None], args: tuple[Any, ...], *, daemon: bool) -> BaseProcess:
    if _FORKS:
        return multiprocessing.get_context("fork").Process(target=target, args=args, daemon=daemon)
    return multiprocessing.get_context("spawn").Process(target=target, args=args, daemon=daemon)


def _ask(pipe: Connection, batches: Iterator[int]) -> bool:
    """Hand out the next batch, if there is one."""
    batch = next(batches, None)
    if batch is None:
        return False
    with suppress(OSError):  # it has died, as its answer will tell
        pipe.send(batch)
    return True


def _serve(
    pipe: Connection,
    others: Sequence[Connection],
    maker: Maker[Item, Result],
    items: Sequence[Item],
    batch: int,
) -> None:
    """Run in a worker: make batch after batch until the build has gone."""
    for other in others:
        other.close()  # else nobody would notice when the build dies
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the terminal's Ctrl-C is the build's
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    make = maker.begin()
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):
        while True:
            start = pipe.recv()
            try:
                results = make(items[start : start + batch])
            except Exception as error:  # noqa: BLE001  # raised again in the build
                pipe.send((start, error))
                return
            pipe.send((start, results))
    os._exit(0)
