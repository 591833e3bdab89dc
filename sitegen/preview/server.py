"""Answers the browser: pages with our script in them, that script, and livereload's websocket."""

import re
from collections.abc import Callable
from importlib import resources
from typing import Any

import msgspec
from livereload.handlers import LiveReloadHandler
from tornado.web import Application, HTTPError, RequestHandler
from tornado.websocket import WebSocketClosedError

from sitegen.policy import preview_policy
from sitegen.preview.board import STATE_PATH, Board
from sitegen.preview.doors import Doors
from sitegen.preview.shelf import content_type
from sitegen.preview.words import words_for

_OWN = "/__sitegen/"
_OWN_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
_TAG = '<script src="/__sitegen/client.js" data-site="{version}" defer></script>'
_HEAD = re.compile(rb"<head(?:\s[^<>]*)?>", re.IGNORECASE)
_ONE_RANGE = re.compile(r"bytes=(\d{1,15})-(\d{0,15})")


class Guarded(RequestHandler):
    """What all answers have in common: who may ask, and that nothing is stored or shared."""

    def initialize(self, board: Board, doors: Doors, say: Callable[[str], None]) -> None:
        """Take what Tornado hands to each request's handler."""
        self.board = board
        self.doors = doors
        self.say = say

    def set_default_headers(self) -> None:
        """Set what every answer says, errors too."""
        self.clear_header("Server")
        self.set_header("Cache-Control", "no-store")
        self.set_header("Content-Security-Policy", _OWN_POLICY)
        self.set_header("Cross-Origin-Resource-Policy", "same-origin")
        self.set_header("Referrer-Policy", "same-origin")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("X-Robots-Tag", "noindex")

    def prepare(self) -> None:
        """Refuse what is not asked by a browser of this preview."""
        if reason := self.doors.refusal(self.request.headers):
            raise HTTPError(403, reason=reason)

    @property
    def wishes(self) -> str:
        """The languages that the browser asks for."""
        return self.request.headers.get("Accept-Language", "")

    def log_exception(self, kind: Any, error: Any, trace: Any) -> None:
        """Tell of a fault of our own; what the request did wrong is no news."""
        if getattr(error, "status_code", 500) >= 500:
            self.say(f"the preview failed at {self.request.path!r}: {error!r}")


class PageHandler(Guarded):
    """Serves what the last sound build published."""

    def get(self) -> None:
        """Answer with a page, a file, a redirect or the site's own page for what is not there."""
        shelf = self.board.shelf
        found = shelf.answer(self.request.path)
        if found.location:
            self.redirect(found.location)
        elif (content := shelf.read(found.path)) is None:
            self._page(404, _bare_page(self.board, self.wishes))
        elif content_type(found.path).startswith("text/html"):
            self._page(found.status, content)
        else:
            self._file(found.path, content)

    head = get

    def _page(self, status: int, content: bytes) -> None:
        self.set_status(status)
        self.set_header("Content-Type", content_type("index.html"))
        policy = preview_policy(self.request.headers["Host"])
        self.set_header("Content-Security-Policy", policy)
        tag = _TAG.format(version=self.board.state.version)
        self.finish(inject(content, tag.encode()))

    def _file(self, path: str, content: bytes) -> None:
        self.set_header("Content-Type", content_type(path))
        self.set_header("Accept-Ranges", "bytes")
        part = part_asked_for(self.request.headers.get("Range", ""), len(content))
        if part:  # without which Safari plays no film
            self.set_status(206)
            self.set_header("Content-Range", f"bytes {part[0]}-{part[-1]}/{len(content)}")
            content = content[part.start : part.stop]
        self.finish(content)


class OwnFileHandler(Guarded):
    """Serves the scripts and the style of the overlay, and what it shows."""

    def get(self) -> None:
        """Answer with one of our own files."""
        path = self.request.path
        files = _own_files() | {STATE_PATH: self.board.told(self.wishes)}
        if path not in files:
            raise HTTPError(404)
        self.set_header("Content-Type", content_type(path))
        self.finish(files[path])

    head = get


class ReloadSocket(Guarded, LiveReloadHandler):  # type: ignore[misc]  # livereload has no types
    """livereload's handshake; who listens, and what is sent when, is the board's.

    livereload itself drops a message within 3 seconds of the last where it polls its own watcher,
    which has no part here, and keeps its listeners in a list that all servers share.
    """

    def on_message(self, message: str | bytes) -> None:
        """Greet livereload's script, which listens from then on."""
        try:
            command = msgspec.json.decode(message, type=dict[str, Any]).get("command")
        except msgspec.DecodeError:
            self.close(1003, "not livereload's protocol")
            return
        if command == "hello":
            super().on_message(message)
            self.board.listeners.add(self.tell)

    def tell(self, message: dict[str, Any]) -> None:
        """Send a message, unless the page is being left."""
        try:
            sending = self.write_message(message)
        except WebSocketClosedError:
            self.on_close()
        else:
            sending.add_done_callback(lambda sent: sent.cancelled() or sent.exception())

    def on_close(self) -> None:
        """Forget a page that was closed or left."""
        self.board.listeners.discard(self.tell)


def application(board: Board, doors: Doors, say: Callable[[str], None]) -> Application:
    """Return the Tornado application of a preview."""
    shared = {"board": board, "doors": doors, "say": say}
    return Application(
        [
            (r"/livereload", ReloadSocket, shared),
            (rf"{_OWN}.*", OwnFileHandler, shared),
            (r".*", PageHandler, shared),
        ]
    )


def inject(page: bytes, tag: bytes) -> bytes:
    """Return the page with `tag` at the start of its head, or at the end if it has none."""
    head = _HEAD.search(page)
    place = head.end() if head else len(page)
    return page[:place] + tag + page[place:]


def part_asked_for(header: str, size: int) -> range:
    """Return the part of a file that a Range header asks for; empty when it is to be the whole."""
    found = _ONE_RANGE.fullmatch(header)
    if not found:
        return range(0)
    first, last = found.groups()
    return range(int(first), min(size, int(last) + 1) if last else size)


def _bare_page(board: Board, wishes: str) -> bytes:
    """Return a page of our own, where the site has none that could be shown."""
    words = words_for(wishes, board.state.language)
    text = words.not_found if board.shelf.paths else words.no_page
    text = text if board.is_open else words.being_built
    page = _own_files()[f"{_OWN}bare.html"].replace(b"{language}", words.language.encode())
    return page.replace(b"{text}", text.encode())


def _own_files() -> dict[str, bytes]:
    """Return our scripts and styles, and livereload's script, by their addresses."""
    assets = resources.files("sitegen.preview").joinpath("assets").iterdir()
    vendored = resources.files("livereload").joinpath("vendors/livereload.js")
    return {f"{_OWN}{place.name}": place.read_bytes() for place in (*assets, vendored)}
