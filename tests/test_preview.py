"""The preview without a browser: who may ask, what is answered, what is built when, how it ends."""

import asyncio
import datetime as dt
import json
import os
import random
import re
import select
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable, Collection, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tornado.httpclient import HTTPClientError, HTTPRequest
from tornado.httpserver import HTTPServer
from tornado.websocket import WebSocketClientConnection, websocket_connect

from sitegen.findings import Finding, MachineError, SiteError, UsageError
from sitegen.pipeline import Order
from sitegen.policy import POLICY
from sitegen.preview import Preview, serve
from sitegen.preview.board import STATE_PATH, Board, State, after, headline, news
from sitegen.preview.builder import BuildProcess, Report, SiteBuilder
from sitegen.preview.doors import Doors, listen
from sitegen.preview.rebuilds import Rebuilds
from sitegen.preview.server import application, inject, part_asked_for
from sitegen.preview.session import running
from sitegen.preview.shelf import Answer, Shelf, content_type, restock
from sitegen.preview.styles import Styles, files_of_theme
from sitegen.preview.watch import snapshot, watch, watched
from sitegen.preview.words import words_for
from tests.conftest import Site
from tests.preview_builds import PAGE, build_copy, line_with, publish, started

NOON = dt.datetime(2026, 11, 24, 12, 0, 5, tzinfo=dt.UTC)
SOUND = Report(is_sound=True, written=("index.html",))
FAULT = Finding(path="content/a.md", line=2, severity="error", code="x", what="w", mend="m")
MILD = msgspec.structs.replace(FAULT, severity="warning")
BROKEN = Report(is_sound=False, findings=(FAULT,))
TAG = b"<script>ours</script>"
T = TypeVar("T")
SITE = {
    "index.html": PAGE.format("front"),
    "404.html": PAGE.format("not here"),
    "da/404.html": PAGE.format("findes ikke"),
    "da/index.html": PAGE.format("forside"),
    "da/nyheder/smørrebrød/index.html": PAGE.format("blødt"),
    "da/feed.json": "{}",
    "assets/site.css": "a{}",
    "files/film.mp4": "0123456789",
}


def clock() -> dt.datetime:
    return NOON


def soon(work: Coroutine[Any, Any, T]) -> T:
    """Run a test's coroutine; what does not happen within ten seconds fails."""

    async def limited() -> T:
        async with asyncio.timeout(10):
            return await work

    return asyncio.run(limited())


# --- who may ask ---------------------------------------------------------------------------------


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost:8000", "LOCALHOST:8000"])
def test_this_machine_may_ask(host: str) -> None:
    assert Doors(port=8000).refusal({"Host": host}) == ""


@pytest.mark.parametrize(
    "host",
    ["", ":8000", "evil.example", "evil.example:8000", "127.0.0.1", "127.0.0.1:8001",
     "192.168.1.2:8000", "localhost.evil.example:8000", "127.0.0.1:8000@evil", "[::1]:8000"],
)  # fmt: skip
def test_any_other_name_is_refused_so_that_dns_rebinding_leads_nowhere(host: str) -> None:
    assert Doors(port=8000).refusal({"Host": host})


def test_a_second_address_is_let_in_and_nothing_beside_it() -> None:
    let_in = Doors(port=8000, host="192.168.1.2")

    assert let_in.refusal({"Host": "192.168.1.2:8000"}) == ""
    assert let_in.refusal({"Host": "127.0.0.1:8000"}) == ""
    assert let_in.refusal({"Host": "192.168.1.3:8000"})


def test_on_all_addresses_numbers_are_let_in_and_names_are_not() -> None:
    let_in = Doors(port=8000, host="0.0.0.0")

    assert let_in.refusal({"Host": "10.0.0.7:8000"}) == ""
    assert let_in.refusal({"Host": "[fe80::1]:8000"}) == ""
    assert let_in.refusal({"Host": "10.0.0.7:8001"})
    assert let_in.refusal({"Host": "evil.example:8000"})


def test_on_port_80_the_port_need_not_be_said() -> None:
    assert Doors(port=80).refusal({"Host": "localhost"}) == ""


@pytest.mark.parametrize(
    ("site", "mode", "is_refused"),
    [
        ("same-origin", "no-cors", False),
        ("none", "navigate", False),
        ("cross-site", "navigate", False),
        ("cross-site", "no-cors", True),
        ("cross-site", "cors", True),
        ("same-site", "no-cors", True),
    ],
)
def test_another_site_may_link_here_but_load_nothing(
    site: str, mode: str, *, is_refused: bool
) -> None:
    headers = {"Host": "localhost:8000", "Sec-Fetch-Site": site, "Sec-Fetch-Mode": mode}

    assert bool(Doors(port=8000).refusal(headers)) == is_refused


@pytest.mark.parametrize(
    ("origin", "is_ours"),
    [
        ("http://localhost:8000", True),
        ("http://127.0.0.1:8000", False),
        ("https://localhost:8000", False),
        ("http://evil.example", False),
        ("null", False),
        (None, False),
    ],
)
def test_only_a_page_of_this_very_address_may_listen(origin: str | None, *, is_ours: bool) -> None:
    headers = {"Host": "localhost:8000", "Upgrade": "websocket"}
    headers |= {"Origin": origin} if origin else {}

    assert (Doors(port=8000).refusal(headers) == "") == is_ours


def test_a_page_of_a_foreign_name_that_leads_here_may_not_listen() -> None:
    host = "evil.example:8000"

    assert Doors(port=8000).refusal(
        {"Host": host, "Upgrade": "websocket", "Origin": f"http://{host}"}
    )


def test_the_address_for_a_phone_is_one_of_this_machine() -> None:
    assert Doors(port=8000).phone_url == Doors(port=8000, host="localhost").phone_url == ""
    assert Doors(port=8000, host="192.168.1.2").phone_url == "http://192.168.1.2:8000"
    assert Doors(port=8000, host="fe80::1").phone_url == "http://[fe80::1]:8000"
    assert Doors(port=8000, host="0.0.0.0").phone_url.startswith("http://")


# --- the script goes into the page ---------------------------------------------------------------


@pytest.mark.parametrize(
    "page",
    [
        b"<html><head>|<title>x</title></head><body></body></html>",
        b"<HTML><HEAD >|</HEAD><BODY></BODY></HTML>",
        b"<head\n prefix='og: https://ogp.me/ns#'>|<title>x</title></head>",
        b"<html><header></header><head>|</head>",
        b"<p>no head</p></body></html>|",
        b"a fragment|",
        b"|",
    ],
)
def test_the_tag_stands_first_in_the_head_or_else_at_the_end(page: bytes) -> None:
    """First, so that no text in the page, such as a script's, can pass for the head's end."""
    assert inject(page.replace(b"|", b""), TAG) == page.replace(b"|", TAG)


@given(st.text(alphabet="<>/!-'\"hedboscript =", max_size=60))
def test_any_page_gets_the_tag_once_and_loses_nothing(text: str) -> None:
    page = text.encode()

    whole = inject(page, TAG)

    assert whole.count(TAG) == 1
    assert whole.replace(TAG, b"") == page


@pytest.mark.parametrize("unit", [b"<head ", b"<head", b"<"])
def test_hostile_pages_cost_no_more_than_their_length(unit: bytes) -> None:
    page = unit * 100_000

    assert len(inject(page, TAG)) == len(page) + len(TAG)


# --- which file answers --------------------------------------------------------------------------


def shelf(base_path: str = "") -> Shelf:
    return Shelf(folder=Path("/nowhere"), paths=frozenset(SITE), base_path=base_path)


@pytest.mark.parametrize(
    ("address", "answer"),
    [
        ("/", Answer(status=200, path="index.html")),
        ("/da/", Answer(status=200, path="da/index.html")),
        ("/da", Answer(status=302, location="/da/")),
        ("/da/index.html", Answer(status=200, path="da/index.html")),
        ("/da/nyheder/sm%C3%B8rrebr%C3%B8d/",
         Answer(status=200, path="da/nyheder/smørrebrød/index.html")),
        ("/da/nyheder/sm%C3%B8rrebr%C3%B8d",
         Answer(status=302, location="/da/nyheder/sm%C3%B8rrebr%C3%B8d/")),
        ("/da/nyheder/borte/", Answer(status=404, path="da/404.html")),
        ("/da/borte", Answer(status=404, path="da/404.html")),
        ("/da/404.html/x", Answer(status=404, path="da/404.html")),
        ("/en/gone/", Answer(status=404, path="404.html")),
        ("//da", Answer(status=404, path="404.html")),
        ("//evil.example/..", Answer(status=404, path="404.html")),
        ("/../../etc/passwd", Answer(status=404, path="404.html")),
        ("/%2e%2e/%2e%2e/etc/passwd", Answer(status=404, path="404.html")),
        ("/..%2fetc/passwd", Answer(status=404, path="404.html")),
        ("/..\\etc", Answer(status=404, path="404.html")),
        ("/.sitegen.json", Answer(status=404, path="404.html")),
        ("/.git/HEAD", Answer(status=404, path="404.html")),
        ("http://evil.example/", Answer(status=404, path="404.html")),
        ("*", Answer(status=404, path="404.html")),
        ("/%00", Answer(status=404, path="404.html")),
        ("/%ff", Answer(status=404, path="404.html")),
        ("/\xff", Answer(status=404, path="404.html")),
        ("/da/nyheder/sm\xc3\xb8rrebr\xc3\xb8d/",
         Answer(status=200, path="da/nyheder/smørrebrød/index.html")),
    ],
)  # fmt: skip
def test_an_address_leads_to_a_listed_file_or_nowhere(address: str, answer: Answer) -> None:
    assert shelf().answer(address) == answer


@pytest.mark.parametrize(
    ("address", "answer"),
    [
        ("/", Answer(status=302, location="/nyt/")),
        ("/nyt", Answer(status=302, location="/nyt/")),
        ("/nyt/", Answer(status=200, path="index.html")),
        ("/nyt/da", Answer(status=302, location="/nyt/da/")),
        ("/nyt/da/borte", Answer(status=404, path="da/404.html")),
        ("/da/", Answer(status=404, path="404.html")),
        ("/nytt/", Answer(status=404, path="404.html")),
    ],
)
def test_every_address_stands_below_the_base_path(address: str, answer: Answer) -> None:
    assert shelf("/nyt").answer(address) == answer


@given(st.text(max_size=40))
def test_no_address_is_too_odd_for_an_answer(text: str) -> None:
    answer = shelf().answer(f"/{text}")

    assert answer.status in {200, 302, 404}
    assert answer.path in {*SITE, ""}


def test_a_file_that_has_just_gone_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "file.txt").write_text("f")

    assert Shelf(folder=tmp_path).read("file.txt") == b"f"
    assert Shelf(folder=tmp_path).read("gone.txt") is None
    assert Shelf(folder=tmp_path).read("") is None


def test_the_shelf_holds_what_the_manifest_lists(tmp_path: Path) -> None:
    publish(tmp_path, {"a.html": "", "b/index.html": ""})
    (tmp_path / "stray.html").write_text("")

    assert restock(tmp_path, "/x").paths == {"a.html", "b/index.html"}


def test_without_a_sound_manifest_the_shelf_is_empty(tmp_path: Path) -> None:
    assert restock(tmp_path / "nothing", "").paths == frozenset()
    (tmp_path / ".sitegen.json").write_text('{"version":1,"files":{"../x":""}}')
    assert restock(tmp_path, "").paths == frozenset()


def test_a_files_type_is_known_by_its_name_and_text_is_said_to_be_utf_8() -> None:
    assert content_type("a/index.html") == "text/html; charset=UTF-8"
    assert content_type("da/feed.atom") == "application/atom+xml; charset=UTF-8"
    assert content_type("search/0.json") == "application/json; charset=UTF-8"
    assert content_type("a/site.js") == "text/javascript; charset=UTF-8"
    assert content_type("a/index.html.gz") == "application/octet-stream"
    assert content_type("a/picture.webp") == "image/webp"
    assert content_type("a/PICTURE.JPG") == "image/jpeg"
    assert content_type("a/unknown") == "application/octet-stream"


@pytest.mark.parametrize(
    ("header", "part"),
    [
        ("bytes=0-3", range(4)),
        ("bytes=4-", range(4, 10)),
        ("bytes=5-99", range(5, 10)),
        ("bytes=10-", range(0)),
        ("bytes=5-4", range(0)),
        ("bytes=-3", range(0)),
        ("bytes=-", range(0)),
        ("bytes=0-1,3-4", range(0)),
        ("lines=1-2", range(0)),
        ("", range(0)),
    ],
)
def test_a_range_from_a_place_on_is_understood(header: str, part: range) -> None:
    assert part_asked_for(header, 10) == part


# --- the server ----------------------------------------------------------------------------------


class Reply(msgspec.Struct, frozen=True):
    status: int
    headers: dict[str, str]
    body: bytes


class Served(msgspec.Struct, frozen=True):
    """A server without builds."""

    board: Board
    port: int
    said: list[str]

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    async def send(self, request: bytes) -> Reply:
        """Return the answer to the bytes of a request."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(request)
        answer = await reader.read()
        writer.close()
        await writer.wait_closed()
        head, _, body = answer.partition(b"\r\n\r\n")
        first, *rest = head.decode("latin-1").split("\r\n")
        headers = {
            name.lower(): value for name, _, value in (line.partition(": ") for line in rest)
        }
        return Reply(int(first.split()[1]) if first else 0, headers, body)

    async def ask(self, target: str, method: str = "GET", **headers: str) -> Reply:
        named = {"Host": self.host, "Connection": "close"}
        named |= {name.replace("_", "-"): value for name, value in headers.items()}
        rest = "".join(f"{name}: {value}\r\n" for name, value in named.items() if value)
        return await self.send(f"{method} {target} HTTP/1.1\r\n{rest}\r\n".encode("latin-1"))

    async def listen(self, origin: str | None = "") -> WebSocketClientConnection:
        """Return a websocket that has shaken hands as livereload's script does."""
        headers = {} if origin is None else {"Origin": origin or f"http://{self.host}"}
        url = f"ws://{self.host}/livereload"
        connection = await websocket_connect(HTTPRequest(url, headers=headers))
        await connection.write_message('{"command": "hello", "protocols": []}')
        hello = json.loads(await connection.read_message() or "{}")
        assert hello["protocols"] == ["http://livereload.com/protocols/official-7"]
        return connection


def order_at(root: Path) -> Order:
    return Order(root=root, output=root / "out", theme=root, now=NOON, base_url="http://x:1")


@asynccontextmanager
async def served(root: Path, *, shown: bool = True) -> AsyncIterator[Served]:
    publish(root / "out", SITE)
    said: list[str] = []
    board = Board(order_at(root), clock, said.append)
    if shown:
        board.show(Report(is_sound=True, written=tuple(SITE)), (), 0.1)
    sockets, doors = listen(0, "")
    server = HTTPServer(application(board, doors, said.append), max_header_size=1 << 20)
    server.add_sockets(sockets)
    yield Served(board, doors.port, said)
    server.stop()
    await server.close_all_connections()


def answer_to(root: Path, target: str, method: str = "GET", **headers: str) -> Reply:
    async def asked() -> Reply:
        async with served(root) as server:
            return await server.ask(target, method, **headers)

    return soon(asked())


def test_a_page_is_served_with_our_script_and_the_file_stays_as_built(tmp_path: Path) -> None:
    reply = answer_to(tmp_path, "/da/")

    version = f"{NOON.timestamp():.3f}-{os.getpid()}-1"
    tag = f'<script src="/__sitegen/client.js" data-site="{version}" defer></script>'
    assert reply.status == 200
    assert reply.headers["content-type"] == "text/html; charset=UTF-8"
    assert reply.body.decode() == SITE["da/index.html"].replace("<head>", f"<head>{tag}")
    assert (tmp_path / "out/da/index.html").read_text() == SITE["da/index.html"]


def test_every_answer_is_private_unindexed_and_never_stored(tmp_path: Path) -> None:
    async def asked() -> list[Reply]:
        async with served(tmp_path) as server:
            targets = ["/", "/gone", "/assets/site.css", "/__sitegen/client.js", "/%ff", "/da"]
            replies = [await server.ask(target) for target in targets]
            return [*replies, await server.ask("/", Host="evil.example")]

    for reply in soon(asked()):
        assert reply.headers["x-robots-tag"] == "noindex"
        assert reply.headers["cache-control"] == "no-store"
        assert reply.headers["cross-origin-resource-policy"] == "same-origin"
        assert reply.headers["x-content-type-options"] == "nosniff"
        assert "access-control-allow-origin" not in reply.headers
        assert "server" not in reply.headers


def test_pages_obey_the_sites_policy_and_our_own_files_do_nothing(tmp_path: Path) -> None:
    """R133: what a reader's browser would refuse, an editor's refuses too."""
    page = answer_to(tmp_path, "/").headers["content-security-policy"]
    own = answer_to(tmp_path, "/__sitegen/client.js").headers["content-security-policy"]

    for_readers = re.sub(r" ws://127\.0\.0\.1:\d+", "", page)
    assert for_readers.replace("frame-ancestors 'self'", "frame-ancestors 'none'") == POLICY
    assert "connect-src 'self' ws://127.0.0.1:" in page
    assert own.startswith("default-src 'none'")


def test_the_sites_own_page_answers_what_is_not_there_in_its_language(tmp_path: Path) -> None:
    reply = answer_to(tmp_path, "/da/nyheder/borte/")

    assert reply.status == 404
    assert b"findes ikke" in reply.body
    assert b"client.js" in reply.body


def test_head_says_what_get_says_without_the_body(tmp_path: Path) -> None:
    got, head = answer_to(tmp_path, "/da/"), answer_to(tmp_path, "/da/", "HEAD")

    assert head.status == 200
    assert head.body == b""
    assert head.headers["content-length"] == str(len(got.body))


def test_a_page_is_never_served_in_parts(tmp_path: Path) -> None:
    reply = answer_to(tmp_path, "/da/", Range="bytes=0-9")

    assert reply.status == 200
    assert reply.body.endswith(b"</html>")


def test_a_film_is_served_in_parts(tmp_path: Path) -> None:
    reply = answer_to(tmp_path, "/files/film.mp4", Range="bytes=2-4")

    assert reply.status == 206
    assert reply.body == b"234"
    assert reply.headers["content-range"] == "bytes 2-4/10"
    assert reply.headers["content-type"] == "video/mp4"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "FOO"])
def test_nothing_can_be_done_but_read(tmp_path: Path, method: str) -> None:
    assert answer_to(tmp_path, "/", method).status in {400, 405}


@pytest.mark.parametrize(
    ("target", "status"),
    [
        ("/" + "a" * 70_000, 404),
        ("/" + "a/" * 35_000, 404),
        ("/%00", 404),
        ("/%ff", 404),
        ("/%", 404),
        ("/../x", 404),
        ("/__sitegen/", 404),
        ("/__sitegen/../client.js", 404),
        ("/__sitegen/server.py", 404),
        ("/__sitegen/%ff", 404),
        ("/forcereload", 404),
        ("/livereload", 400),
    ],
)
def test_an_odd_address_is_the_askers_mistake(tmp_path: Path, target: str, status: int) -> None:
    assert (
        answer_to(tmp_path, target, Origin="http://127.0.0.1").status in {status, 403}
        if target == "/livereload"
        else answer_to(tmp_path, target).status == status
    )


def odd_lines() -> Iterator[bytes]:
    """Yield 2,000 request lines: noise, and noise where an address, method or version stands."""
    chance = random.Random(1)
    targets = [b"/", b"/da/", b"/__sitegen/state.json", b"/livereload", b"http://", b"*", b"//"]
    for number in range(2000):
        noise = chance.randbytes(chance.randrange(1, 200)).replace(b"\n", b"")
        target = chance.choice(targets) + noise.replace(b" ", b"")
        yield (
            noise,
            b"GET " + target + b" HTTP/1.1",
            b"GET /" + b"%%%02x" % (number % 256) + b"..%2f%00 HTTP/1.1",
            noise + b" / HTTP/1.1",
            b"GET / HTTP/" + noise,
        )[number % 5]


def test_no_request_line_ends_the_server_or_is_called_its_fault(tmp_path: Path) -> None:
    """T12: 2,000 odd request lines, each with our own Host, then a sound one."""
    lines_sent = [*odd_lines()]

    async def asked() -> tuple[list[Reply], Reply, list[str]]:
        async with served(tmp_path) as server:
            host = f"\r\nHost: {server.host}\r\nConnection: close\r\n\r\n".encode()
            odd = [await server.send(line + host) for line in lines_sent]
            return odd, await server.ask("/"), server.said[1:]

    odd, sound, said = soon(asked())

    assert {reply.status // 100 for reply in odd} <= {0, 2, 3, 4}
    assert sound.status == 200
    assert said == []


def test_no_request_line_gets_a_foreign_host_or_origin_served(tmp_path: Path) -> None:
    """T12: whatever else is odd about it."""
    heads = [
        ("evil.example", ""),
        ("127.0.0.1", ""),
        ("", ""),
        ("{}", "\r\nOrigin: http://evil.example\r\nUpgrade: websocket"),
        ("{}", "\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: cors"),
    ]

    async def asked() -> list[Reply]:
        async with served(tmp_path) as server:
            return [
                await server.send(
                    line
                    + f"\r\nHost: {host.format(server.host)}{rest}\r\n".encode()
                    + b"Connection: close\r\n\r\n"
                )
                for line, (host, rest) in zip(odd_lines(), 400 * heads, strict=True)
            ]

    assert {reply.status // 100 for reply in soon(asked())} <= {0, 4}


def test_our_own_pages_speak_the_browsers_language_or_else_the_sites(tmp_path: Path) -> None:
    async def asked() -> list[Reply]:
        async with served(tmp_path, shown=False) as server:
            (tmp_path / "out/.sitegen.json").unlink()
            wishes = ("da-DK,da;q=0.9,en;q=0.8", "de, en;q=0.2, da;q=0.1", "de")
            first = [await server.ask("/", Accept_Language=wish) for wish in wishes]
            server.board.show(msgspec.structs.replace(BROKEN, language="da"), (), 0.1)
            return [*first, await server.ask("/", Accept_Language="de")]

    danish, english, unknown, of_the_site = (reply.body for reply in soon(asked()))

    assert b'<html lang="da">' in danish
    assert b"Siderne bygges" in danish
    assert b"The site is being built" in english
    assert b"The site is being built" in unknown
    assert b"Der er endnu ingen side at vise" in of_the_site


@pytest.mark.parametrize(
    ("wishes", "language"),
    [("da", "da"), ("en-GB", "en"), ("", "en"), ("*", "en"), ("da;q=0", "en"), (";;,=", "en"),
     ("da;q=1.0009", "en"), ("sv, DA-dk", "da")],
)  # fmt: skip
def test_the_words_are_in_a_language_that_is_wished_for(wishes: str, language: str) -> None:
    assert words_for(wishes, "sv").language == language


def test_a_foreign_host_is_refused(tmp_path: Path) -> None:
    assert answer_to(tmp_path, "/", Host="evil.example").status == 403
    assert answer_to(tmp_path, "/", Host="").status in {400, 403}
    assert answer_to(tmp_path, "/__sitegen/state.json", Host="evil.example").status == 403


def test_another_sites_script_gets_nothing(tmp_path: Path) -> None:
    reply = answer_to(tmp_path, "/", Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="no-cors")

    assert reply.status == 403


def test_until_the_first_build_has_ended_a_page_of_our_own_says_so(tmp_path: Path) -> None:
    async def asked() -> Reply:
        async with served(tmp_path, shown=False) as server:
            return await server.ask("/da/nyheder/")

    reply = soon(asked())

    assert reply.status == 404
    assert b"<h1>The site is being built</h1>" in reply.body
    assert b"client.js" in reply.body


def test_when_the_first_build_fails_a_page_of_our_own_carries_the_overlay(tmp_path: Path) -> None:
    async def asked() -> Reply:
        async with served(tmp_path, shown=False) as server:
            (tmp_path / "out/.sitegen.json").unlink()
            server.board.show(BROKEN, (), 0.1)
            return await server.ask("/")

    reply = soon(asked())

    assert b"<h1>There is no page to show yet</h1>" in reply.body
    assert b"client.js" in reply.body


def test_when_the_first_build_fails_the_pages_of_the_last_preview_stay(tmp_path: Path) -> None:
    async def asked() -> Reply:
        async with served(tmp_path, shown=False) as server:
            server.board.show(BROKEN, (), 0.1)
            return await server.ask("/da/")

    assert b"forside" in soon(asked()).body


def test_our_own_scripts_and_style_are_served(tmp_path: Path) -> None:
    async def asked() -> list[Reply]:
        names = ["client.js", "client.css", "livereload.js"]
        async with served(tmp_path) as server:
            return [await server.ask(f"/__sitegen/{name}") for name in names]

    client, style, livereload = soon(asked())

    assert client.headers["content-type"] == "text/javascript; charset=UTF-8"
    assert style.headers["content-type"] == "text/css; charset=UTF-8"
    assert b"LiveReloadPluginSitegen" in client.body
    assert b"protocols/official-7" in livereload.body


def test_the_state_names_place_fault_mend_and_line(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content/a.md").write_text("one\n  two <script>\n")

    async def asked() -> Reply:
        async with served(tmp_path) as server:
            server.board.show(BROKEN, (), 0.1)
            return await server.ask(STATE_PATH)

    state = json.loads(soon(asked()).body)

    assert state["state"]["is_sound"] is False
    assert [state["state"][key] for key in ("site", "round", "errors")] == [1, 2, 1]
    assert state["state"]["findings"] == [msgspec.to_builtins(FAULT)]
    assert state["excerpts"] == ["two <script>"]
    assert state["words"]["language"] == "en"


# --- the websocket -------------------------------------------------------------------------------


def test_every_build_sends_one_message_however_soon_after_the_last(tmp_path: Path) -> None:
    """livereload alone drops what comes within three seconds."""

    async def heard() -> list[Any]:
        async with served(tmp_path) as server:
            connection = await server.listen()
            for report in (SOUND, SOUND, BROKEN, BROKEN, SOUND):
                server.board.show(report, (), 0.0)
            messages = [json.loads(await connection.read_message() or "") for _ in range(5)]
            connection.close()
            return messages

    messages = soon(heard())

    assert [message["path"] for message in messages] == ["*", "*", STATE_PATH, STATE_PATH, "*"]
    assert {message["command"] for message in messages} == {"reload"}
    assert {message["liveCSS"] for message in messages} == {True}


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1", None])
def test_no_other_site_may_listen(tmp_path: Path, origin: str | None) -> None:
    async def refused() -> int:
        async with served(tmp_path) as server:
            with pytest.raises(HTTPClientError) as raised:
                await server.listen(origin)
            return raised.value.code

    assert soon(refused()) == 403


@pytest.mark.parametrize("message", ["notjson", "[]", '"x"', "1", "\0"])
def test_what_is_not_livereloads_protocol_ends_that_connection_alone(
    tmp_path: Path, message: str
) -> None:
    async def heard() -> tuple[str | bytes | None, str | bytes | None, list[str]]:
        async with served(tmp_path) as server:
            good, bad = await server.listen(), await server.listen()
            await bad.write_message(message)
            end = await bad.read_message()
            server.board.show(SOUND, (), 0.0)
            heard = await good.read_message()
            good.close()
            bad.close()
            return end, heard, server.said[1:]

    end, news_heard, said = soon(heard())

    assert end is None
    assert json.loads(news_heard or "")["command"] == "reload"
    assert len(said) == 1


def test_a_page_that_was_left_is_told_nothing(tmp_path: Path) -> None:
    async def left() -> int:
        async with served(tmp_path) as server:
            connection = await server.listen()
            connection.close()
            await connection.read_message()
            while server.board.listeners:
                server.board.show(SOUND, (), 0.0)
                await asyncio.sleep(0)
            return len(server.board.listeners)

    assert soon(left()) == 0


# --- what the browser is told --------------------------------------------------------------------

START = State(session="s", round=1)


def test_the_first_build_makes_every_waiting_page_load_anew() -> None:
    for report in (SOUND, BROKEN, Report(is_sound=True)):
        assert after(State(session="s"), report).version == "s-1"


def test_a_build_that_changed_nothing_loads_nothing_anew() -> None:
    now = after(START, Report(is_sound=True))

    assert now.version == START.version
    assert news(START, now, [Path("a.md")]) == STATE_PATH


def test_a_failed_build_leaves_the_page_and_brings_the_overlay() -> None:
    now = after(START, BROKEN)

    assert now.version == START.version
    assert news(START, now, [Path("a.css")]) == STATE_PATH


def test_a_mended_site_is_loaded_anew_even_if_nothing_changed() -> None:
    """The build that failed may have died while it published."""
    broken = after(START, BROKEN)
    now = after(broken, Report(is_sound=True))

    assert news(broken, now, [Path("a.md")]) == "*"


def test_style_alone_is_swapped_under_its_new_name() -> None:
    report = Report(is_sound=True, written=("assets/site.1a.css", "i.html"), base_path="/nyt")
    now = after(START, report)

    assert news(START, now, [Path("templates/assets/site.css")]) == "/nyt/assets/site.1a.css"
    assert news(START, now, [Path("site.css"), Path("a.md")]) == "*"
    assert news(START, now, []) == "*"


def test_a_fault_of_the_machine_is_told() -> None:
    now = after(START, Report(is_sound=False, fault="the disk is full"))

    assert (now.fault, now.is_sound) == ("the disk is full", False)


def test_errors_come_first_and_endless_lists_are_cut() -> None:
    many = tuple(msgspec.structs.replace(MILD, line=n) for n in range(1, 500))
    now = after(START, Report(is_sound=False, findings=(*many, FAULT)))

    assert now.findings[0] == FAULT
    assert len(now.findings) == 100
    assert (now.errors, now.warnings) == (1, 499)


@pytest.mark.parametrize("line", [None, 1, 99])
def test_a_line_that_is_not_there_is_not_shown(tmp_path: Path, line: int | None) -> None:
    board = Board(order_at(tmp_path), clock, lambda _: None)
    finding = msgspec.structs.replace(FAULT, line=line)
    board.show(Report(is_sound=False, findings=(finding,)), (), 0)

    assert json.loads(board.told(""))["excerpts"] == [""]


@pytest.mark.parametrize(
    ("report", "line"),
    [
        (
            Report(is_sound=True, written=("a.html", "b.css"), removed=("c.html",)),
            "12:00:05  built in 123 ms: 2 pages changed",
        ),
        (SOUND, "12:00:05  built in 123 ms: 1 page changed"),
        (BROKEN, "12:00:05  not built in 123 ms: 1 error"),
        (Report(is_sound=False, fault="disk full"), "12:00:05  not built in 123 ms: 1 error"),
        (
            Report(is_sound=True, findings=(MILD, msgspec.structs.replace(MILD, line=3))),
            "12:00:05  built in 123 ms: 0 pages changed, 2 warnings",
        ),
    ],
)
def test_the_terminal_has_a_line_for_each_build(report: Report, line: str) -> None:
    assert headline(report, 0.1234, NOON) == line


def test_the_terminal_has_each_finding_with_the_line_at_fault(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content/a.md").write_text("one\ntwo")
    said: list[str] = []
    board = Board(order_at(tmp_path), clock, said.append)
    board.show(BROKEN, (), 0)
    board.show(Report(is_sound=False, fault="the disk is full"), (), 0)

    assert said[:2] == ["  content/a.md:2: error: w: m [x]", "      2 | two"]
    assert said[3:4] == ["  the disk is full"]


def test_the_terminal_ends_with_how_it_stands_and_where_to_look(tmp_path: Path) -> None:
    """Only new warnings are told, and never so many that the address is scrolled away."""
    said: list[str] = []
    board = Board(order_at(tmp_path), clock, said.append)
    many = tuple(msgspec.structs.replace(MILD, line=n) for n in range(1, 40))
    board.show(msgspec.structs.replace(SOUND, findings=many, base_path="/nyt"), (), 0)
    first = [*said]
    board.show(msgspec.structs.replace(SOUND, findings=many[1:], base_path="/nyt"), (), 0)

    assert len(first) == 17
    assert first[-2:] == [
        "  … and 24 more, which the page lists",
        "12:00:05  built in 0 ms: 1 page changed, 39 warnings  http://x:1/nyt/",
    ]
    assert said[17:] == ["12:00:05  built in 0 ms: 1 page changed, 38 warnings  http://x:1/nyt/"]


def test_the_page_just_edited_is_told_with_its_address(site: Callable[[str], Site]) -> None:
    """If it is one: who saves two articles is sent nowhere."""
    made = site("")
    for name in ("en", "to"):
        made.change(f"content/news/{name}.da.md", ARTICLE.replace("En prøve", name))
    made.build()
    assert made.is_sound
    order = Order(root=made.root, output=made.root / "output", theme=made.root, now=NOON,
                  base_url="http://x:1")  # fmt: skip
    one, two = (made.root / f"content/news/{name}.da.md" for name in ("en", "to"))
    said: list[str] = []
    board = Board(order, clock, said.append)
    pages = []
    for changed in ([one], [one, two], [made.root / "config.toml"], [one, one.with_name("en.jpg")]):
        board.show(SOUND, changed, 0)
        pages.append(board.state.page)

    assert pages == ["/da/nyheder/2024/en/", "", "", "/da/nyheder/2024/en/"]
    assert said[-1].endswith("http://x:1/da/nyheder/2024/en/")


def test_a_style_sheet_is_shown_before_any_page_names_it(tmp_path: Path) -> None:
    async def heard() -> tuple[Any, Reply, list[str]]:
        async with served(tmp_path) as server:
            connection = await server.listen()
            server.board.restyle({"assets/site.css": b"", "assets/site.2.css": b"b{}"})
            message = json.loads(await connection.read_message() or "")
            connection.close()
            return (
                message["path"],
                await server.ask("/assets/site.2.css"),
                json.loads(server.board.told(""))["state"]["stylesheets"],
            )

    path, style, told = soon(heard())

    assert path == "/assets/site.2.css"
    assert style.body == b"b{}"
    assert told == ["/assets/site.2.css"]


def test_only_style_sheets_are_made_before_the_pages() -> None:
    async def story() -> None:
        made: asyncio.Queue[Any] = asyncio.Queue()

        async def make() -> dict[str, bytes]:
            return {"a.css": b""}

        styles = Styles(make, made.put_nowait)
        work = asyncio.create_task(styles.run())
        styles.request([Path("a.md")])
        styles.request([Path("a.css"), Path("a.md")])
        assert await made.get() == {"a.css": b""}
        work.cancel()

    soon(story())


def test_a_theme_that_cannot_be_read_is_the_builds_to_tell(tmp_path: Path) -> None:
    assert files_of_theme(order_at(tmp_path)) == {}


# --- builds, one at a time -----------------------------------------------------------------------


class Desk:
    """A builder whose builds end when the test says so."""

    def __init__(self) -> None:
        self.begun: asyncio.Queue[int] = asyncio.Queue()
        self.reports: asyncio.Queue[Report] = asyncio.Queue()
        self.shown: asyncio.Queue[tuple[Report, Collection[Path]]] = asyncio.Queue()
        self.rebuilds = Rebuilds(self.build, self.show)
        self._count = 0

    async def build(self) -> Report:
        self._count += 1
        self.begun.put_nowait(self._count)
        return await self.reports.get()

    def show(self, report: Report, changed: Collection[Path], seconds: float) -> None:
        self.shown.put_nowait((report, changed))


def with_desk(story: Callable[[Desk], Coroutine[Any, Any, None]]) -> None:
    async def told() -> None:
        desk = Desk()
        work = asyncio.create_task(desk.rebuilds.run())
        await story(desk)
        work.cancel()

    soon(told())


def test_many_changes_during_a_build_make_one_more_build() -> None:
    async def story(desk: Desk) -> None:
        desk.rebuilds.request([Path("a")])
        assert await desk.begun.get() == 1
        for name in "bcd":
            desk.rebuilds.request([Path(name)])
        desk.reports.put_nowait(SOUND)
        assert await desk.begun.get() == 2
        desk.reports.put_nowait(SOUND)

        assert await desk.shown.get() == (SOUND, {Path("a")})
        assert await desk.shown.get() == (SOUND, {Path("b"), Path("c"), Path("d")})
        assert desk.begun.empty()

    with_desk(story)


def test_a_half_saved_file_is_not_called_a_fault() -> None:
    """Row 28: never "missing title" from a half file."""

    async def story(desk: Desk) -> None:
        desk.rebuilds.request([Path("a")])
        assert await desk.begun.get() == 1
        desk.reports.put_nowait(BROKEN)
        desk.rebuilds.request([Path("a")])
        assert await desk.begun.get() == 2
        desk.reports.put_nowait(SOUND)

        assert (await desk.shown.get())[0] == SOUND

    with_desk(story)


def test_a_fault_that_stays_is_shown_soon() -> None:
    async def story(desk: Desk) -> None:
        desk.rebuilds.request([Path("a")])
        desk.reports.put_nowait(BROKEN)
        started = asyncio.get_running_loop().time()

        assert (await desk.shown.get())[0] == BROKEN
        assert asyncio.get_running_loop().time() - started < 0.9

    with_desk(story)


def test_what_changed_before_a_fault_still_counts_when_it_is_mended() -> None:
    """Else a page's change would be taken for the style's alone."""

    async def story(desk: Desk) -> None:
        desk.rebuilds.request([Path("a.md")])
        desk.reports.put_nowait(BROKEN)
        await desk.shown.get()
        desk.rebuilds.request([Path("b.css")])
        desk.reports.put_nowait(SOUND)

        assert (await desk.shown.get())[1] == {Path("a.md"), Path("b.css")}

    with_desk(story)


# --- watching ------------------------------------------------------------------------------------


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a project's folder, small but whole."""
    root = tmp_path / "site"
    for folder in ("content", "templates", "output", ".git"):
        (root / folder).mkdir(parents=True)
    (root / "config.toml").write_text("")
    (root / "content/index.html").write_text(PAGE.format("one"))
    return root


def changes_after(root: Path, act: Callable[[], object], *, is_polling: bool = False) -> set[str]:
    """Return what is found changed by `act`, as names below the project."""

    async def found_first() -> set[str]:
        sources = watched(root, root / "templates")
        found: asyncio.Queue[Collection[Path]] = asyncio.Queue()
        work = asyncio.create_task(watch(sources, found.put_nowait, is_polling=is_polling))
        assert await found.get() == sources.folders
        act()
        last = root / "content/last.md"
        last.write_text("after the act")
        paths: set[Path] = set()
        while last not in paths:
            paths.update(await found.get())
        work.cancel()
        return {path.relative_to(root).as_posix() for path in paths - {last}}

    return soon(found_first())


def _replace(place: Path, text: str, mtime: int = 0) -> None:
    beside = place.with_name(f".{place.name}.tmp")
    beside.write_text(text)
    if mtime:
        os.utime(beside, (mtime, mtime))
    beside.replace(place)


@pytest.mark.parametrize("is_polling", [False, True])
@pytest.mark.parametrize("way", ["write", "replace", "old", "same", "new", "folder", "remove"])
def test_every_way_of_saving_is_noticed(project: Path, way: str, *, is_polling: bool) -> None:
    """T13: also files whose time is old, or the same as before."""
    page = project / "content/index.html"
    time = page.stat().st_mtime_ns

    def act() -> None:
        match way:
            case "write":
                page.write_text("two")
            case "replace":
                _replace(page, "two")
            case "old":
                _replace(page, "two", 1_000_000_000)
            case "same":
                page.write_text(PAGE.format("two"))
                os.utime(page, ns=(time, time))
            case "new":
                (project / "content/new.md").write_text("x")
            case "folder":
                (project / "content/a/b").mkdir(parents=True)
                (project / "content/a/b/new.md").write_text("x")
            case "remove":
                page.unlink()

    expected = {"new": "content/new.md", "folder": "content/a"}

    found = changes_after(project, act, is_polling=is_polling)

    assert any(path.startswith(expected.get(way, "content/index.html")) for path in found)


@pytest.mark.parametrize("is_polling", [False, True])
def test_what_is_no_source_starts_no_build(project: Path, *, is_polling: bool) -> None:
    names = ["content/a.md~", "content/.#a.md", "content/#a.md#", "content/.a.md.swp",
             "content/4913", "content/.DS_Store", "output/index.html", ".git/HEAD",
             "other.toml", "content/a.md.tmp", "content/a.md___jb_tmp___"]  # fmt: skip

    def act() -> None:
        for name in names:
            (project / name).write_text("x")
        (project / "content/index.html").read_text()

    assert changes_after(project, act, is_polling=is_polling) <= {"content"}


def test_a_folder_that_was_away_is_watched_again(project: Path) -> None:
    """As when another branch is checked out."""

    async def story() -> None:
        found: asyncio.Queue[Collection[Path]] = asyncio.Queue()
        sources = watched(project, project / "templates")
        work = asyncio.create_task(watch(sources, found.put_nowait))
        assert await found.get() == sources.folders
        for old, new in (("content", "away"), ("away", "content")):
            (project / old).rename(project / new)
            while await found.get() != sources.folders:
                pass  # the folder itself is found as well
        page = project / "content/index.html"
        page.write_text("again")
        assert await found.get() == {page}
        work.cancel()

    soon(story())


def test_where_the_system_tells_of_no_change_the_preview_looks_itself(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def no_watch(*places: Path, **options: object) -> AsyncIterator[Any]:
        if places:
            raise OSError("OS file watch limit reached")
        yield options

    async def story() -> None:
        found: asyncio.Queue[Collection[Path]] = asyncio.Queue()
        sources = watched(project, project / "templates")
        work = asyncio.create_task(watch(sources, found.put_nowait))
        for _ in ("listening", "looking"):
            assert await found.get() == sources.folders
        page = project / "content/index.html"
        page.write_text("two")
        assert await found.get() == {page}
        work.cancel()

    monkeypatch.setattr("sitegen.preview.watch.awatch", no_watch)
    soon(story())


def test_a_project_without_a_folder_is_watched_until_it_comes(tmp_path: Path) -> None:
    async def story() -> None:
        found: asyncio.Queue[Collection[Path]] = asyncio.Queue()
        sources = watched(tmp_path, tmp_path / "templates")
        work = asyncio.create_task(watch(sources, found.put_nowait))
        assert await found.get() == sources.folders
        (tmp_path / "content").mkdir()
        assert await found.get() == sources.folders
        (tmp_path / "content/a.md").write_text("x")
        assert tmp_path / "content/a.md" in await found.get()
        work.cancel()

    soon(story())


def test_a_theme_elsewhere_is_watched_and_a_link_in_circles_ends(tmp_path: Path) -> None:
    root, theme = tmp_path / "site", tmp_path / "theme"
    (root / "content").mkdir(parents=True)
    (root / "content/self").symlink_to(root / "content")
    theme.mkdir()
    (theme / "page.html").write_text("x")

    assert theme / "page.html" in snapshot(watched(root, theme))


# --- the build process ---------------------------------------------------------------------------


def order_for(project: Path) -> Order:
    output = project / ".sitegen/preview"
    return Order(root=project, output=output, theme=project / "templates", now=NOON)


@contextmanager
def build_process() -> Iterator[BuildProcess]:
    process = BuildProcess(build_copy)
    try:
        yield process
    finally:
        process.kill()


def test_builds_share_a_process_which_is_replaced_when_it_dies(project: Path) -> None:
    """Row 27: also a build that leaves by `sys.exit` leaves the preview standing."""
    page = project / "content/index.html"

    async def story() -> list[Report]:
        reports = []
        with build_process() as process:
            for text in ("one", "two", "DIE", "LEAVE", "three"):
                page.write_text(text)
                reports.append(await process.build(order_for(project)))
        return reports

    one, two, died, left, three = soon(story())

    assert one.written == two.written == three.written == ("index.html",)
    assert not died.is_sound
    assert "exit code 7" in died.fault
    assert "exit code 5" in left.fault


def test_a_build_can_be_killed_in_its_middle(project: Path, tmp_path: Path) -> None:
    gate = tmp_path / "gate"
    os.mkfifo(gate)
    (project / "content/index.html").write_text(f"WAIT {gate}")

    async def story() -> Report:
        with build_process() as process:
            build = asyncio.create_task(process.build(order_for(project)))
            with await asyncio.to_thread(gate.open, "w"):  # opens when the build reads from it
                process.kill()
                return await build

    assert "stopped unexpectedly" in soon(story()).fault


def test_the_build_gets_the_previews_address_with_the_sites_base_path(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Order] = []

    class Outcome(msgspec.Struct):
        findings: tuple[Finding, ...] = ()
        added: tuple[str, ...] = ("a.html",)
        changed: tuple[str, ...] = ("b.html",)
        removed: tuple[str, ...] = ("c.html",)

    def build(order: Order, progress: Callable[[str, int, int], None], memory: object) -> Outcome:
        progress("stage", 1, 1)
        seen.append(order)
        return Outcome()

    monkeypatch.setattr("sitegen.pipeline.build", build)
    (project / "config.toml").write_text(CONFIG)
    preview = Preview(root=project, theme=project / "templates", clock=clock)

    report = SiteBuilder()(preview.order("http://127.0.0.1:8000"))

    assert seen[0].base_url == "http://127.0.0.1:8000/nyt"
    assert (seen[0].drafts, seen[0].future, seen[0].is_preview) == (True, True, True)
    assert seen[0].output == project / ".sitegen/preview"
    assert report.base_path == "/nyt"
    assert report.written == ("a.html", "b.html")


ARTICLE = """---
title: En prøve
date: 2024-05-17
summary: Kort sagt.
---

Tekst.
"""
CONFIG = """
base_url = "https://example.com/nyt"
title = "T"
default_language = "da"
[languages.da]
label = "Dansk"
locale = "da_DK"
title = "T"
section = "nyheder"
"""


@pytest.mark.parametrize(
    ("error", "report"),
    [
        (SiteError((FAULT,)), BROKEN),
        (MachineError("disk full"), Report(is_sound=False, fault="disk full")),
        (UsageError("no"), Report(is_sound=False, fault="no")),
    ],
)
def test_what_stops_a_build_becomes_its_report(
    project: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, report: Report
) -> None:
    def build(order: Order, progress: object, memory: object) -> None:
        raise error

    monkeypatch.setattr("sitegen.pipeline.build", build)

    assert SiteBuilder()(order_for(project)) == report


# --- ports ---------------------------------------------------------------------------------------


def test_a_port_in_use_gives_way_to_the_next_free_one() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        sockets, doors = listen(port, "")
    for opened in sockets:
        opened.close()

    assert doors.port > port


@pytest.mark.parametrize(
    ("host", "bound"),
    [
        ("", {"127.0.0.1"}),
        ("localhost", {"127.0.0.1"}),
        ("127.0.0.1", {"127.0.0.1"}),
        ("127.0.0.2", {"127.0.0.1", "127.0.0.2"}),
        ("0.0.0.0", {"0.0.0.0"}),
        ("::", {"0.0.0.0", "::"}),
    ],
)
def test_this_machines_own_address_is_always_listened_at(host: str, bound: set[str]) -> None:
    sockets, doors = listen(0, host)
    names = [opened.getsockname() for opened in sockets]
    for opened in sockets:
        opened.close()

    assert {name[0] for name in names} == bound
    assert {name[1] for name in names} == {doors.port}


def test_an_address_that_is_not_this_machines_is_refused() -> None:
    with pytest.raises(UsageError, match="no address of this machine"):
        listen(0, "192.0.2.1")
    with pytest.raises(UsageError, match="no address of this machine"):
        listen(0, "no.such.invalid")


def test_no_port_at_all_is_the_machines_fault() -> None:
    with socket.create_server(("127.0.0.1", 65_535)), pytest.raises(MachineError, match="--port"):
        listen(65_535, "")


# --- from start to end ---------------------------------------------------------------------------


def test_a_save_reaches_every_listening_page(project: Path) -> None:
    async def story() -> tuple[list[str], list[str], bytes]:
        said: asyncio.Queue[str] = asyncio.Queue()
        plan = Preview(root=project, theme=project / "templates", clock=clock, port=0)
        page = project / "content/index.html"
        paths = []
        async with running(plan, said.put_nowait, build_copy):
            first = await said.get()
            port = int(first.split(":")[2].split("/")[0])
            assert "built" in await said.get()
            server = Served(None, port, [])  # type: ignore[arg-type]
            connection = await server.listen()
            for text in ("two", "a\nFAULT", "three"):
                page.write_text(PAGE.format(text))
                paths.append(json.loads(await connection.read_message() or "")["path"])
            connection.close()
            rest = [await said.get() for _ in range(4)]
            return paths, [first, *rest], (await server.ask("/")).body

    paths, said, body = soon(story())

    assert paths == ["*", STATE_PATH, "*"]
    assert said[0].startswith("The preview is at http://127.0.0.1:")
    assert "1 page changed" in said[1]
    assert said[2].startswith("  content/index.html:2: error:")
    assert "not built" in said[4]
    assert b"three" in body


def test_a_fault_of_the_preview_itself_is_not_hidden(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The watch gets the plan's word on polling, and here fails with it."""

    async def watch_badly(sources: object, found: object, *, is_polling: bool) -> None:
        raise RuntimeError(f"polling: {is_polling}")

    monkeypatch.setattr("sitegen.preview.session.watch", watch_badly)
    plan = Preview(root=project, theme=project, clock=clock, port=0, polling=True)
    said: list[str] = []

    with pytest.raises(ExceptionGroup) as raised:
        serve(plan, said.append, build=build_copy)

    assert [str(error) for error in raised.value.exceptions] == ["polling: True"]


def test_the_browser_is_opened_and_a_second_address_comes_with_a_warning(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def story() -> tuple[list[str], str]:
        said: list[str] = []
        opened: asyncio.Queue[str] = asyncio.Queue()
        loop = asyncio.get_running_loop()
        plan = Preview(
            root=project,
            theme=project / "templates",
            clock=clock,
            port=0,
            host="127.0.0.2",
            open_browser=True,
        )
        monkeypatch.setattr(
            "webbrowser.open", lambda url: loop.call_soon_threadsafe(opened.put_nowait, url)
        )
        async with running(plan, said.append, build_copy):
            return said, await opened.get()

    said, url = soon(story())

    assert said[0] == f"The preview is at {url}/ (Ctrl-C ends it)"
    assert "127.0.0.2" in said[1]
    assert said[2].startswith("warning: everyone in this network")


ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


@ON_LINUX
@pytest.mark.parametrize(
    ("name", "code", "moment"),
    [
        ("SIGINT", 130, "preview is at"),
        ("SIGINT", 130, "built in"),
        ("SIGTERM", 143, "built in"),
        ("SIGHUP", 129, "built in"),
    ],
)
def test_a_signal_ends_all_at_once_and_quietly(
    project: Path, name: str, code: int, moment: str
) -> None:
    """T14. Ctrl-C reaches the whole group, so the build process gets it as well."""
    with started(project) as process:
        line_with(process, moment)
        children = _children(process.pid)
        os.killpg(process.pid, getattr(signal, name))

        assert process.wait(timeout=5) == code
        assert process.stderr
        assert process.stderr.read() == ""
        assert all(map(_has_ended, children))


@ON_LINUX
def test_a_signal_ends_a_build_and_its_workers(project: Path, tmp_path: Path) -> None:
    gate = tmp_path / "gate"
    os.mkfifo(gate)
    (project / "content/index.html").write_text(f"WAIT {gate}")
    # The gate opens when the build's worker reads from it.
    with started(project) as process, gate.open("w") as writing:
        children = _children(process.pid)
        process.send_signal(signal.SIGINT)

        assert process.wait(timeout=5) == 130
        assert all(map(_has_ended, children))
        readers = select.poll()
        readers.register(writing, select.POLLERR)
        assert readers.poll(5000)  # there are none: the worker has ended, too


@ON_LINUX
def test_a_preview_that_is_killed_leaves_no_build_process(project: Path) -> None:
    with started(project) as process:
        line_with(process, "built in")
        children = _children(process.pid)
        process.kill()

        assert all(map(_has_ended, children))


def _children(pid: int) -> list[int]:
    """Return the processes that a process started, each as a descriptor that tells of its end."""
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return [os.pidfd_open(int(word)) for word in listed.split()]


def _has_ended(descriptor: int) -> bool:
    ended, _, _ = select.select([descriptor], [], [], 5)
    os.close(descriptor)
    return bool(ended)
