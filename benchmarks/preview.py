"""Saves articles while sitegen and Hugo serve them, and tells how soon an open page hears of it.

From each save to livereload's message, which both send; then the page is fetched, and must say what
was saved. The servers take turns, so that the machine's moods hit both.
"""

import argparse
import asyncio
import os
import random
import re
import socket
import statistics
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import msgspec
from tornado.httpclient import AsyncHTTPClient, HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

from benchmarks.compare import heading
from benchmarks.corpus import plan_story
from benchmarks.generators import BIN, HUGO, SITEGEN, Generator
from benchmarks.measure import FailedError, cpu_of

PATIENCE = 60.0  # seconds
PAUSES = (0.3, 0.9)  # between two saves
KINDS = ("text", "title")
EDITED = 5  # stories, in turn


class Server(msgspec.Struct, frozen=True, kw_only=True):
    """How a generator's preview is started, and where it puts an article."""

    generator: Generator
    command: Sequence[str]
    ready: str  # what it says when it answers
    address: str  # of a story of this year and slug


SERVERS = (
    Server(
        generator=SITEGEN,
        command=(str(BIN / "sitegen"), "serve", "--port"),
        ready="built in",
        address="/da/nyheder/{year}/{slug}/",
    ),
    Server(
        generator=HUGO,
        command=(HUGO.command[0], "server", "--renderToMemory", "--port"),
        ready="Web Server is available",
        address="/da/news/{year}/{slug}/",
    ),
)


class Save(msgspec.Struct, frozen=True, kw_only=True):
    """What a save took: seconds until the message, and of processor until the page was fetched."""

    kind: str
    wall: float
    cpu: float


class Served:
    """A preview that runs, and a page of it that listens."""

    def __init__(self, server: Server, project: Path, port: int, stories: int, pid: int) -> None:
        self.name = server.generator.name
        self.url = f"http://127.0.0.1:{port}"
        self._server, self._project, self._pid = server, project, pid
        self._stories = [plan_story(stories * n // EDITED, stories) for n in range(EDITED)]
        self._connection: WebSocketClientConnection | None = None

    async def listen(self) -> None:
        """Shake hands as livereload's script does."""
        address = f"{self.url.replace('http', 'ws')}/livereload"
        request = HTTPRequest(address, headers={"Origin": self.url})
        self._connection = await websocket_connect(request)
        await self._connection.write_message('{"command": "hello", "protocols": []}')

    async def save(self, number: int, kind: str) -> Save:
        """Save an article with a mark in its text or title; return what that took."""
        story, mark = self._stories[number % EDITED], f"Mærke{number}"
        path = self._project / self._server.generator.source.format(name=story.name, language="da")
        text = _marked(path.read_text("utf-8"), kind, mark)
        loop, cpu = asyncio.get_running_loop(), cpu_of(self._pid)
        path.write_text(text, "utf-8")
        started = loop.time()
        await self._reload()
        wall = loop.time() - started
        address = self._server.address.format(year=story.day.year, slug=story.name)
        page = (await AsyncHTTPClient().fetch(self.url + address)).body.decode()
        if mark not in page:
            raise FailedError(f"{self.name}: the page is told to load, and lacks what was saved")
        return Save(kind=kind, wall=wall, cpu=cpu_of(self._pid) - cpu)

    async def _reload(self) -> None:
        while self._connection:
            async with asyncio.timeout(PATIENCE):
                message = msgspec.json.decode(await self._connection.read_message() or b"{}")
            if message.get("command") == "reload":
                return


def _marked(text: str, kind: str, mark: str) -> str:
    """Return an article with a mark instead of the one before it."""
    bare = re.sub(r" ?Mærke\d+", "", text)
    return (
        re.sub(r'"$', f' {mark}"', bare, count=1, flags=re.M)
        if kind == "title"
        else (f"{bare.rstrip()} {mark}\n")
    )


def prepare(server: Server, project: Path, stories: int) -> None:
    """Write the news; those to be edited keep their address whatever their title."""
    server.generator.generate(project, stories)
    for number in range(EDITED):
        story = plan_story(stories * number // EDITED, stories)
        path = project / server.generator.source.format(name=story.name, language="da")
        text = path.read_text("utf-8")
        path.write_text(text.replace("---\n", f"---\nslug: {story.name}\n", 1), "utf-8")


@asynccontextmanager
async def served(server: Server, project: Path, stories: int) -> AsyncIterator[Served]:
    """Yield a preview once its first build is shown; it ends with the block."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    process = await asyncio.create_subprocess_exec(
        *server.command,
        str(port),
        cwd=project,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    assert process.stdout
    try:
        async for line in process.stdout:
            if server.ready in line.decode():
                break
        else:
            raise FailedError(f"{server.generator.name} ended before it served anything")
        rest = asyncio.create_task(process.stdout.read())  # so that the pipe never fills
        preview = Served(server, project, port, stories, process.pid)
        await preview.listen()
        yield preview
        rest.cancel()
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def compare(folder: Path, stories: int, saves: int) -> dict[str, list[Save]]:
    """Return what each save took with each server."""
    taken: dict[str, list[Save]] = {}
    rng = random.Random(1)
    async with AsyncExitStack() as stack:
        running = []
        for server in SERVERS:
            project = folder / server.generator.name
            prepare(server, project, stories)
            running.append(await stack.enter_async_context(served(server, project, stories)))
        for number in range(saves * len(KINDS)):
            for preview in running:
                await asyncio.sleep(rng.uniform(*PAUSES))
                save = await preview.save(number, KINDS[number * len(KINDS) // (saves * 2)])
                taken.setdefault(preview.name, []).append(save)
    return taken


def table(taken: dict[str, list[Save]]) -> Iterator[str]:
    """Yield the lines of a Markdown table."""
    yield "| Saved | Server | Median | p95 | CPU, median |"
    yield "|---|---|--:|--:|--:|"
    for kind in KINDS:
        for name, saves in taken.items():
            of_kind = [save for save in saves if save.kind == kind]
            walls = sorted(save.wall * 1000 for save in of_kind)
            p95 = walls[min(len(walls) - 1, round(len(walls) * 0.95))]
            cpu = statistics.median(save.cpu * 1000 for save in of_kind)
            median = statistics.median(walls)
            yield f"| {kind} | {name} | {median:.0f} ms | {p95:.0f} ms | {cpu:.0f} ms |"


def main() -> None:
    """Compare as the command line says, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stories", type=int, default=1000)
    parser.add_argument("--saves", type=int, default=40, help="of each kind")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        try:
            taken = asyncio.run(compare(Path(folder), options.stories, options.saves))
        except FailedError as error:
            sys.exit(str(error))
    print(heading(options.stories, options.saves), f"Load: {os.getloadavg()[0]:.1f}.", "", sep="\n")
    print(*table(taken), sep="\n")


if __name__ == "__main__":
    main()
