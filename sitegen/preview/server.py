"""Answers the browser: pages with our script in them, that script, and livereload's websocket."""

import asyncio
from collections.abc import Callable
from http.client import responses
from importlib import resources
from typing import Any

import msgspec
from livereload.handlers import LiveReloadHandler
from tornado.web import Application, RequestHandler
from tornado.websocket import WebSocketClosedError

from sitegen.preview.board import Board
from sitegen.preview.doors import Doors
from sitegen.preview.injection import inject
from sitegen.preview.ranges import asked_range
from sitegen.preview.shelf import content_type

_OWN = "/__sitegen/"
_LONGEST_ADDRESS = 8_000
_OWN_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
_PAGE_POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'self'; connect-src 'self' ws://{host}"
)
_TAG = '<script src="/__sitegen/client.js" data-site="{version}" defer></script>'
_BARE_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>{text} · sitegen</title>
</head>
<body><main><h1>{text}</h1></main></body>
</html>
"""


class Guarded(RequestHandler):
    """What all answers have in common: who may ask, and that nothing is stored or shared."""

    policy = _OWN_POLICY

    def initialize(self, board: Board, doors: Doors, say: Callable[[str], None]) -> None:
        """Take what Tornado hands to each request's handler."""
        self.board = board
        self.doors = doors
        self.say = say

    def set_default_headers(self) -> None:
        """Set what every answer says, errors too."""
        self.clear_header("Server")
        self.set_header("Cache-Control", "no-store")
        self.set_header("Content-Security-Policy", self.policy)
        self.set_header("Cross-Origin-Resource-Policy", "same-origin")
        self.set_header("Referrer-Policy", "same-origin")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("X-Robots-Tag", "noindex")

    def prepare(self) -> None:
        """Refuse what is not asked by a browser of this preview."""
        reason = self.doors.refusal(self.request.headers)
        if reason:
            self._end(403, reason)
        elif len(self.request.uri or "") > _LONGEST_ADDRESS:
            self._end(414, "this address is too long")

    def compute_etag(self) -> None:
        """Return no tag: nothing of a preview is to be kept."""

    def write_error(self, status_code: int, **_: Any) -> None:
        """Write an error that Tornado found, as plain text."""
        self._end(status_code, responses.get(status_code, ""))

    def log_exception(self, kind: Any, error: Any, trace: Any) -> None:
        """Tell of a fault of our own; what the request did wrong is no news."""
        if getattr(error, "status_code", 500) >= 500:
            self.say(f"the preview failed at {self.request.path!r}: {error!r}")

    def _end(self, status: int, text: str) -> None:
        self.set_status(status)
        self.set_header("Content-Type", "text/plain; charset=UTF-8")
        self.finish(f"{text}\n")


class PageHandler(Guarded):
    """Serves what the last sound build published."""

    def get(self) -> None:
        """Answer with a page, a file, a redirect or the site's own page for what is not there."""
        if not self.board.is_open:
            self._page(404, _bare("The site is being built"))
            return
        shelf = self.board.shelf
        found = shelf.answer(self.request.path)
        if found.status == 400:
            self.send_error(400)
        elif found.location:
            self.redirect(found.location)
        elif (content := shelf.read(found.path) if found.path else None) is None:
            is_empty = not shelf.paths
            self._page(404, _bare("There is no page to show yet" if is_empty else "Not found"))
        elif content_type(found.path).startswith("text/html"):
            self._page(found.status, content)
        else:
            self._file(found.path, content)

    head = get

    def _page(self, status: int, content: bytes) -> None:
        self.set_status(status)
        self.set_header("Content-Type", content_type(".html"))
        policy = _PAGE_POLICY.format(host=self.request.headers["Host"])
        self.set_header("Content-Security-Policy", policy)
        tag = _TAG.format(version=self.board.state.version)
        self.finish(inject(content, tag.encode()))

    def _file(self, path: str, content: bytes) -> None:
        self.set_header("Content-Type", content_type(path))
        self.set_header("Accept-Ranges", "bytes")
        asked = asked_range(self.request.headers.get("Range", ""), len(content))
        if asked:
            self.set_status(206)
            self.set_header("Content-Range", f"bytes {asked.start}-{asked.stop - 1}/{len(content)}")
            content = content[asked.start : asked.stop]
        self.finish(content)


class OwnFileHandler(Guarded):
    """Serves the scripts and the style of the overlay, and what it shows."""

    def get(self) -> None:
        """Answer with one of our own files."""
        name = self.request.path.removeprefix(_OWN)
        content = self._content(name)
        if content is None:
            self.send_error(404)
            return
        self.set_header("Content-Type", content_type(name))
        self.finish(content)

    head = get

    def _content(self, name: str) -> bytes | None:
        if name == "state.json":
            return msgspec.json.encode(self.board.state)
        source = _OWN_FILES.get(name)
        return resources.files(source[0]).joinpath(source[1]).read_bytes() if source else None


_OWN_FILES = {
    "client.js": ("sitegen.preview", "assets/client.js"),
    "client.css": ("sitegen.preview", "assets/client.css"),
    "livereload.js": ("livereload", "vendors/livereload.js"),
}


class _Message(msgspec.Struct, frozen=True):
    command: str


class ReloadSocket(Guarded, LiveReloadHandler):  # type: ignore[misc]  # livereload has no types
    """livereload's handshake; who listens, and what is sent when, is the board's.

    livereload itself drops a message within 3 seconds of the last where it polls its own watcher,
    which has no part here, and keeps its listeners in a list that all servers share.
    """

    def prepare(self) -> None:
        """Refuse pages of other sites; also clients that do not say who asks."""
        super().prepare()
        if not self._finished and not self.check_origin(self.request.headers.get("Origin")):
            self._end(403, "another site may not listen to the preview")

    def check_origin(self, origin: str | None) -> bool:
        """Tell whether the page that asks is one of ours."""
        return self.doors.is_same_origin(origin, self.request.headers.get("Host", ""))

    def on_message(self, message: str | bytes) -> None:
        """Greet livereload's script, which listens from then on."""
        try:
            command = msgspec.json.decode(message, type=_Message).command
        except msgspec.DecodeError:
            self.close(1003, "not livereload's protocol")
            return
        if command == "hello":
            super().on_message(message)
            self.board.listeners.add(self)

    def tell(self, message: dict[str, Any]) -> None:
        """Send a message, unless the page is being left."""
        try:
            self.write_message(message).add_done_callback(asyncio.Future.exception)
        except WebSocketClosedError:
            self.on_close()

    def on_close(self) -> None:
        """Forget a page that was closed or left."""
        self.board.listeners.discard(self)


def application(board: Board, doors: Doors, say: Callable[[str], None]) -> Application:
    """Return the Tornado application of a preview."""
    shared = {"board": board, "doors": doors, "say": say}
    return Application(
        [
            (r"/livereload", ReloadSocket, shared),
            (rf"{_OWN}.*", OwnFileHandler, shared),
            (r".*", PageHandler, shared),
        ],
        log_function=lambda handler: None,
        websocket_max_message_size=64 * 1024,
    )


def _bare(text: str) -> bytes:
    return _BARE_PAGE.format(text=text).encode()
