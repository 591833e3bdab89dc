"""One preview from start to end: it opens the doors, keeps building, and leaves nothing behind."""

import asyncio
import datetime as dt
import signal
import threading
import webbrowser
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import msgspec
from tornado.httpserver import HTTPServer

from sitegen.pipeline import Order
from sitegen.preview.board import Board
from sitegen.preview.builder import Build, BuildProcess
from sitegen.preview.doors import LOCAL, doors, is_wildcard, url_of
from sitegen.preview.ports import address_in_network, listen
from sitegen.preview.rebuilds import Rebuilds
from sitegen.preview.server import application
from sitegen.preview.watch import watch, watched

_OUTPUT = ".sitegen/preview"
_LARGEST_HEADER = 1 << 20  # so that an endless address gets an answer, and not silence
_LARGEST_BODY = 1 << 10  # nothing is ever sent to a preview
_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")


class Preview(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked of a preview."""

    root: Path  # the project's folder
    theme: Path  # the templates that the package brings
    clock: Callable[[], dt.datetime]  # now, in a zone
    port: int = 8000
    host: str = ""  # a second address to be reached at, as by a phone
    open_browser: bool = False
    open_page: Callable[[str], object] = webbrowser.open
    polling: bool = False  # look at all sources again and again, where a disk tells of no change
    drafts: bool = True
    future: bool = True
    expired: bool = False

    def order(self, port: int) -> Order:
        """Return the order for a build at this moment; the site's base path is still to come."""
        return Order(
            root=self.root,
            output=self.root / _OUTPUT,
            theme=self.theme,
            now=self.clock(),
            base_url=url_of(LOCAL[0], port),
            drafts=self.drafts,
            future=self.future,
            expired=self.expired,
            is_preview=True,
        )


async def run(plan: Preview, say: Callable[[str], None], build: Build) -> int:
    """Return the exit code for the signal that ended the preview."""
    stopped: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    with suppress(NotImplementedError):  # Windows: Ctrl-C ends `asyncio.run`
        for number in _ending_signals():
            asyncio.get_running_loop().add_signal_handler(number, _stop, stopped, number)
    async with running(plan, say, build) as work:
        ends: tuple[asyncio.Future[Any], ...] = (stopped, work)
        await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        if work.done():
            work.result()  # raises what went wrong in the preview itself
    return stopped.result()


def _ending_signals() -> Iterator[int]:
    for name in _SIGNALS:
        number = getattr(signal, name, None)  # Windows has no SIGHUP
        is_ignored = name == "SIGHUP" and signal.getsignal(signal.SIGHUP) == signal.SIG_IGN
        if number and not is_ignored:  # as by nohup
            yield number


def _stop(stopped: asyncio.Future[int], number: int) -> None:
    if not stopped.done():
        stopped.set_result(128 + number)


@asynccontextmanager
async def running(
    plan: Preview, say: Callable[[str], None], build: Build
) -> AsyncIterator[asyncio.Task[None]]:
    """Keep a preview going, as the task that is yielded; its first line says the address."""
    sockets, port = listen(plan.port, plan.host)
    board = Board(plan.root, plan.root / _OUTPUT, plan.clock, say)
    process = BuildProcess(build)
    server = HTTPServer(
        application(board, doors(plan.host, port), say),
        max_header_size=_LARGEST_HEADER,
        max_body_size=_LARGEST_BODY,
    )
    server.add_sockets(sockets)
    _say_addresses(plan, port, say)
    if plan.open_browser:  # in a thread that nobody waits for: some browsers block
        url = url_of(LOCAL[0], port)
        threading.Thread(target=plan.open_page, args=(url,), daemon=True).start()
    work = asyncio.create_task(_work(plan, port, process, board))
    try:
        yield work
    finally:
        process.kill()
        work.cancel()
        await asyncio.wait({work})
        server.stop()
        await server.close_all_connections()


async def _work(plan: Preview, port: int, process: BuildProcess, board: Board) -> None:
    rebuilds = Rebuilds(process.build, lambda: plan.order(port), board.show)
    async with asyncio.TaskGroup() as group:
        group.create_task(
            watch(watched(plan.root, plan.theme), rebuilds.request, is_polling=plan.polling)
        )
        group.create_task(rebuilds.run())


def _say_addresses(plan: Preview, port: int, say: Callable[[str], None]) -> None:
    say(f"The preview is at {url_of(LOCAL[0], port)}/ (Ctrl-C ends it)")
    if plan.port not in {0, port}:
        say(f"port {plan.port} is in use, so this is port {port}")
    if plan.host and plan.host not in LOCAL:
        shown = address_in_network() if is_wildcard(plan.host) else plan.host
        say(f"on a phone in the same network: {url_of(shown or plan.host, port)}/")
        say("warning: everyone in this network can read the preview, drafts included")
