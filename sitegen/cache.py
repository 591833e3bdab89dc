"""What was parsed before, kept by the hash of all that it was made from; safe to delete."""

import hashlib
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path

import msgspec

from sitegen.findings import Finding, MachineError
from sitegen.model.content import Body, Card

FILE = "cache.sqlite"
_LIBRARIES = ("markdown", "python-frontmatter", "pyyaml", "nh3", "msgspec", "babel")
_FORMAT = 1_937_335_911  # tells our files from others'; another number makes older ones useless
_SCHEMA = """
CREATE TABLE IF NOT EXISTS parsed
(key TEXT PRIMARY KEY, card BLOB NOT NULL, body BLOB NOT NULL, sum INTEGER NOT NULL)
"""


class Parsed(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one Markdown file."""

    card: Card | None  # None: the findings hold an error
    findings: tuple[Finding, ...] = ()


class Cache:
    """Cards and bodies by key; bodies are read one at a time, so few are ever in memory."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._used: set[str] = set()
        self._parsed = msgspec.msgpack.Decoder(Parsed)
        self._body = msgspec.msgpack.Decoder(Body)
        self._encode = msgspec.msgpack.Encoder().encode

    def parsed(self, key: str) -> Parsed | None:
        """Return what became of the file with this key, if it was parsed before."""
        self._used.add(key)
        query = "SELECT card, body, sum FROM parsed WHERE key = ?"
        row = self._connection.execute(query, (key,)).fetchone()
        return self._parsed.decode(row[0]) if row and _sum(row[0], row[1]) == row[2] else None

    def keep(self, key: str, parsed: Parsed, body: Body) -> None:
        """Remember what became of a file."""
        card, text = self._encode(parsed), self._encode(body)
        row = (key, card, text, _sum(card, text))
        try:
            self._connection.execute("INSERT OR REPLACE INTO parsed VALUES (?, ?, ?, ?)", row)
        except sqlite3.OperationalError as error:
            raise MachineError(f"the cache cannot be written ({error})") from error

    def body(self, key: str) -> Body:
        """Return the body of a card of this build."""
        row = self._connection.execute("SELECT body FROM parsed WHERE key = ?", (key,)).fetchone()
        return self._body.decode(row[0])

    def collect(self) -> None:
        """Forget what no file of this build needs."""
        used = [(key,) for key in self._used]
        self._connection.execute("CREATE TEMPORARY TABLE used (key TEXT PRIMARY KEY)")
        self._connection.executemany("INSERT INTO used VALUES (?)", used)
        self._connection.execute("DELETE FROM parsed WHERE key NOT IN (SELECT key FROM used)")


def _sum(card: bytes, body: bytes) -> int:
    """Return what tells whether the disk still says what was written."""
    return zlib.crc32(body, zlib.crc32(card))


@contextmanager
def open_cache(folder: Path | None) -> Iterator[Cache]:
    """Open the cache in a folder; without one, or with a damaged one, start from nothing."""
    connection = _connect(folder)
    try:
        yield Cache(connection)
    finally:  # after an error, too: what was parsed stays true
        with suppress(sqlite3.Error):  # a cache that cannot be saved only costs time
            connection.commit()
        connection.close()


def _connect(folder: Path | None) -> sqlite3.Connection:
    if folder is not None:
        with suppress(OSError, sqlite3.OperationalError):  # unwritable, or another build has it
            folder.mkdir(parents=True, exist_ok=True)
            try:
                return _opened(folder / FILE)
            except _UnusableError:
                (folder / FILE).unlink()
                return _opened(folder / FILE)
    return _opened(Path(":memory:"))


class _UnusableError(Exception):
    """The file is damaged, or no cache of ours."""


def _opened(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=0)
    try:
        connection.execute("PRAGMA synchronous = OFF")  # nothing is lost that cannot be made again
        connection.execute("BEGIN IMMEDIATE")
        made_by = connection.execute("PRAGMA user_version").fetchone()[0]
        tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        if tables and (made_by != _FORMAT or _damage(connection) != "ok"):
            raise _UnusableError
        connection.execute(_SCHEMA)
        connection.execute(f"PRAGMA user_version = {_FORMAT}")
    except sqlite3.OperationalError:
        connection.close()
        raise
    except (_UnusableError, sqlite3.DatabaseError, UnicodeDecodeError) as error:
        connection.close()
        raise _UnusableError from error
    return connection


def _damage(connection: sqlite3.Connection) -> str:
    return str(connection.execute("PRAGMA integrity_check(1)").fetchone()[0])


def fingerprint(*parts: bytes) -> str:
    """Return the key of something made from these bytes by this very version of sitegen."""
    digest = hashlib.blake2b(_own_version(), digest_size=16)
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.hexdigest()


@cache
def _own_version() -> bytes:
    """Return a hash of sitegen's own sources and of the libraries that shape what is kept."""
    digest = hashlib.blake2b(digest_size=16)
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(path.read_bytes())
    for name in _LIBRARIES:
        digest.update(version(name).encode())
    return digest.digest()
