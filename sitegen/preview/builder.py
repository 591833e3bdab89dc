"""Builds in a process of its own, which stays warm between builds and can be killed anywhere."""

import asyncio
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from urllib.parse import urlsplit

import msgspec

from sitegen import pipeline
from sitegen.discover import read_config_text
from sitegen.findings import Finding, Findings, MachineError, SiteError, UsageError
from sitegen.pipeline import Order
from sitegen.publish import Memory
from sitegen.settings import read_config

_SPAWN = multiprocessing.get_context("spawn")
_ASK_AGAIN = 0.5  # seconds


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """How a build went."""

    is_sound: bool  # the site was published
    findings: tuple[Finding, ...] = ()
    fault: str = ""  # what kept the build from an end, when the sources are not at fault
    written: tuple[str, ...] = ()  # paths below the output folder that are new or changed
    removed: tuple[str, ...] = ()
    base_path: str = ""  # of the site's addresses, as in "/nyheder"
    language: str = ""  # the site's default one


Build = Callable[[Order], Report]
"""Goes to the build process by its name: a module's function, or of a module's class."""


class SiteBuilder:
    """Builds the site again and again, and remembers the folder between two builds."""

    def __init__(self) -> None:
        self._memory = Memory()

    def __call__(self, order: Order) -> Report:
        """Return how the build went; `order.base_url` still lacks the site's base path."""
        whole, language = with_base_path(order)
        base_path = urlsplit(whole.base_url or "").path
        failed = Report(is_sound=False, base_path=base_path, language=language)
        try:
            outcome = pipeline.build(whole, lambda _stage, _done, _total: None, self._memory)
        except SiteError as error:
            return msgspec.structs.replace(failed, findings=error.findings)
        except (MachineError, UsageError) as error:
            return msgspec.structs.replace(failed, fault=str(error))
        return msgspec.structs.replace(
            failed,
            is_sound=True,
            findings=outcome.findings,
            written=outcome.added + outcome.changed,
            removed=outcome.removed,
        )


def with_base_path(order: Order) -> tuple[Order, str]:
    """Return the order with the site's base path at the preview's address; the site's language."""
    ignored = Findings()  # the build itself finds them again
    config = read_config(read_config_text(order.root, ignored) or "", ignored)
    if config is None:
        return order, ""
    address = f"{order.base_url}{config.base_path}"
    return msgspec.structs.replace(order, base_url=address), config.default_language


class BuildProcess:
    """The process that builds; it is started when first needed, and again after it died."""

    def __init__(self, build: Build) -> None:
        self._build = build
        self._running: tuple[BaseProcess, Connection] | None = None

    async def build(self, order: Order) -> Report:
        """Return how the build went, even when the process died over it."""
        running = self._running
        process, pipe = running if running and running[0].is_alive() else self._start()
        with suppress(OSError):  # it has died meanwhile, which `_answer` tells
            pipe.send(order)
        report = await asyncio.to_thread(_answer, process, pipe)
        if report is not None:
            return report
        self.kill()
        what = f"the build stopped unexpectedly (exit code {process.exitcode})"
        return Report(is_sound=False, fault=f"{what}; save any file to try again")

    def kill(self) -> None:
        """End the process, and the workers that it started."""
        if not self._running:
            return
        (process, _), self._running = self._running, None
        if sys.platform != "win32" and process.pid:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
        process.kill()
        process.join()

    def _start(self) -> tuple[BaseProcess, Connection]:
        self.kill()
        pipe, theirs = _SPAWN.Pipe()
        process = _SPAWN.Process(target=_build_on_demand, args=(theirs, self._build))
        with _interrupts_held():
            process.start()
        theirs.close()
        self._running = process, pipe
        return self._running


def _answer(process: BaseProcess, pipe: Connection) -> Report | None:
    """Wait for the report; None when the process died before it had one."""
    # Workers that outlive the process keep its ends of pipes open, so that only asking tells.
    while not wait([pipe, process.sentinel], timeout=_ASK_AGAIN) and process.is_alive():
        pass
    with suppress(EOFError, OSError):
        if pipe.poll():
            report: Report = pipe.recv()
            return report
    process.join(_ASK_AGAIN)  # on its way out, it still has an exit code to leave
    return None


def _build_on_demand(orders: Connection, build: Build) -> None:
    """Run in the build process: answer each order with a report until the preview is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform != "win32":
        os.setsid()  # the terminal's Ctrl-C is the preview's, which then kills this whole group
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    with suppress(EOFError, BrokenPipeError):
        while True:
            orders.send(build(orders.recv()))


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Let a new process inherit a blocked SIGINT: it would print a traceback while it imports."""
    if sys.platform == "win32":
        yield
        return
    resource_tracker.ensure_running()  # its start would lift the block
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
