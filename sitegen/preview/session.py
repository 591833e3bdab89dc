"""One preview from start to end: it opens the doors, keeps building, and leaves nothing behind."""

import asyncio
import datetime as dt
import signal
import threading
import webbrowser
from collections.abc import AsyncIterator, Callable, Collection, Iterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import msgspec
from tornado.httpserver import HTTPServer

from sitegen.pipeline import Order
from sitegen.preview.board import Board
from sitegen.preview.builder import Build, BuildProcess
from sitegen.preview.doors import Doors, listen
from sitegen.preview.rebuilds import Rebuilds
from sitegen.preview.server import application
from sitegen.preview.styles import Styles, files_of_theme
from sitegen.preview.watch import watch, watched

_OUTPUT = ".sitegen/preview"
_LARGEST_HEADER = 1 << 20  # so that an endless address gets an answer, and not silence


class Preview(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked of a preview."""

    root: Path  # the project's folder
    theme: Path  # the templates that the package brings
    clock: Callable[[], dt.datetime]  # now, in a zone
    port: int = 8000
    host: str = ""  # a second address to be reached at, as by a phone
    open_browser: bool = False
    cores: int = 1  # how many processes may build at once
    polling: bool = False  # look at all sources again and again, where a disk tells of no change

    def order(self, url: str) -> Order:
        """Return the order for a build at this moment; the site's base path is still to come."""
        return Order(
            root=self.root,
            output=self.root / _OUTPUT,
            theme=self.theme,
            now=self.clock(),
            base_url=url,
            drafts=True,
            future=True,
            is_preview=True,
            is_served=True,
            cores=self.cores,
        )


async def run(plan: Preview, say: Callable[[str], None], build: Build) -> int:
    """Return the exit code for the signal that ended the preview."""
    codes: asyncio.Queue[int] = asyncio.Queue()
    with suppress(NotImplementedError):  # Windows: Ctrl-C ends `asyncio.run`
        for number in _ending_signals():
            loop = asyncio.get_running_loop()
            loop.add_signal_handler(number, codes.put_nowait, 128 + number)
    async with running(plan, say, build) as work:
        work.add_done_callback(lambda _: codes.put_nowait(0))
        code = await codes.get()
        if work.done():
            work.result()  # raises what went wrong in the preview itself
    return code


def _ending_signals() -> Iterator[int]:
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)  # Windows has no SIGHUP
        is_ignored = name == "SIGHUP" and signal.getsignal(signal.SIGHUP) == signal.SIG_IGN
        if number and not is_ignored:  # as by nohup
            yield number


@asynccontextmanager
async def running(
    plan: Preview, say: Callable[[str], None], build: Build
) -> AsyncIterator[asyncio.Task[None]]:
    """Keep a preview going, as the task that is yielded; its first line says the address."""
    sockets, doors = listen(plan.port, plan.host)
    board = Board(plan.order(doors.url), plan.clock, say)
    process = BuildProcess(build)
    server = HTTPServer(application(board, doors, say), max_header_size=_LARGEST_HEADER)
    server.add_sockets(sockets)
    _say_addresses(plan, doors, say)
    if plan.open_browser:  # in a thread that nobody waits for: some browsers block
        threading.Thread(target=webbrowser.open, args=(doors.url,), daemon=True).start()
    rebuilds = Rebuilds(lambda: process.build(plan.order(doors.url)), board.show)
    styles = Styles(lambda: asyncio.to_thread(files_of_theme, plan.order(doors.url)), board.restyle)
    work = asyncio.create_task(_work(plan, rebuilds, styles))
    try:
        yield work
    finally:
        work.cancel()
        await asyncio.wait({work})
        process.kill()  # now that no build can begin
        server.stop()
        await server.close_all_connections()


async def _work(plan: Preview, rebuilds: Rebuilds, styles: Styles) -> None:
    def found(changed: Collection[Path]) -> None:
        styles.request(changed)
        rebuilds.request(changed)

    sources = watched(plan.root, plan.theme)
    async with asyncio.TaskGroup() as group:
        group.create_task(watch(sources, found, is_polling=plan.polling))
        group.create_task(rebuilds.run())
        group.create_task(styles.run())


def _say_addresses(plan: Preview, doors: Doors, say: Callable[[str], None]) -> None:
    say(f"The preview is at {doors.url}/ (Ctrl-C ends it)")
    if plan.port not in {0, doors.port}:
        say(f"port {plan.port} is in use, so this is port {doors.port}")
    if doors.phone_url:
        say(f"on a phone in the same network: {doors.phone_url}/")
        say("warning: everyone in this network can read the preview, drafts included")
