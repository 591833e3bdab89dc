"""What earlier builds found out, kept by what it was made from; safe to delete, never trusted."""

import hashlib
import sqlite3
import zlib
from collections.abc import Collection, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import msgspec

from sitegen.cache.database import FILE, connect, discard, own_version
from sitegen.cache.stamps import Stamp, content_digest, disk_time, is_settled, last_change, stamp_of
from sitegen.findings import Finding, MachineError
from sitegen.model.content import Body, Card
from sitegen.model.pages import Made, Prepared

__all__ = [
    "FILE", "Bodies", "Cache", "DamagedCacheError", "Parsed", "Stamp", "content_digest",
    "disk_time", "encode", "fingerprint", "is_settled", "last_change", "note_of", "open_bodies",
    "open_cache", "own_version", "stamp_of",
]  # fmt: skip

CLOCK = "clock"
_FEW = 32  # cards that are looked for one by one
encode = msgspec.msgpack.Encoder().encode


class Parsed(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one Markdown file."""

    card: Card | None  # None: the findings hold an error
    findings: tuple[Finding, ...] = ()
    notes: bytes = b""  # what its translations are compared by


class _Noted(msgspec.Struct, frozen=True, kw_only=True):
    """As much of a Parsed as is needed to compare translations."""

    notes: bytes = b""


class DamagedCacheError(Exception):
    """The disk gave back something else than was written: the build must begin anew."""


class Bodies:
    """The bodies of parsed articles, read one at a time, so that few are ever in memory."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._body = msgspec.msgpack.Decoder(Body)

    def body(self, key: str) -> Body:
        """Return the body of a card of this build."""
        value = self._value("SELECT value, sum FROM bodies WHERE key = ?", key)
        if value is None:
            raise DamagedCacheError
        return self._body.decode(value)

    def has(self, key: str) -> bool:
        """Tell whether the file with this key was parsed before."""
        return bool(self._run("SELECT 1 FROM cards WHERE key = ?", (key,)))

    def note(self, site: str, name: str) -> bytes | None:
        """Return a note about a site."""
        return self._value("SELECT value, sum FROM notes WHERE site = ? AND name = ?", site, name)

    def _value(self, query: str, *names: str) -> bytes | None:
        """Return the one value that a query finds, if it is as it was written."""
        row = next(iter(self._run(query, names)), None)
        return row[0] if row and _sum(row[0], *names) == row[1] else None

    def _run(self, query: str, names: tuple[Any, ...] = ()) -> list[Any]:
        with _faults():
            return self._connection.execute(query, names).fetchall()

    def _each(self, query: str, names: tuple[Any, ...] = ()) -> Iterator[Any]:
        """Yield rows as they are read: all of them at once would fill the memory."""
        with _faults():
            yield from self._connection.execute(query, names)


class Cache(Bodies):
    """All that is kept between builds: cards and bodies by key, pages and files by site.

    A site is one output folder: what was made for a preview says nothing of output/.
    """

    def __init__(self, connection: sqlite3.Connection, folder: Path | None) -> None:
        super().__init__(connection)
        self.folder = folder  # where others can read along; None: in memory
        self.now = self.disk_time()
        self._used: set[str] = set()
        self._parsed = msgspec.msgpack.Decoder(Parsed)
        self._noted = msgspec.msgpack.Decoder(_Noted)
        self._made = msgspec.msgpack.Decoder(Made)
        self._prepared = msgspec.msgpack.Decoder(Prepared)
        rows = self._run("SELECT path, stamp, digest FROM sources")
        self._sources: dict[str, tuple[Stamp, bytes]] = {row[0]: row[1:] for row in rows}

    def disk_time(self) -> int:
        """Return the time in nanoseconds as the disk tells it; 0 for a cache in memory."""
        return disk_time(self.folder / CLOCK) if self.folder else 0

    def source(self, path: str, stamp: Stamp) -> bytes | None:
        """Return the digest of a source's content, unless it may have changed."""
        known = self._sources.get(path)
        return known[1] if known and known[0] == stamp else None

    def keep_source(self, path: str, stamp: Stamp, digest: bytes) -> None:
        """Remember the digest of a source, unless a later change of it might not show."""
        if is_settled(stamp, self.now):
            self._sources[path] = stamp, digest
            self._run("INSERT OR REPLACE INTO sources VALUES (?, ?, ?)", (path, stamp, digest))

    def keep_sources(self, sources: Iterable[tuple[str, Stamp, bytes]]) -> None:
        """Remember the digests of sources whose files were put in place anew."""
        rows = (row for row in sources if is_settled(row[1], self.now))
        self._many("INSERT OR REPLACE INTO sources VALUES (?, ?, ?)", rows)

    def keys(self) -> set[str]:
        """Return the keys of all files that were parsed before."""
        return {row[0] for row in self._run("SELECT key FROM cards")}

    def parsed(self, keys: Collection[str]) -> dict[str, Parsed]:
        """Return what became of the files with these keys, of those that were parsed before."""
        self._used.update(keys)
        decode, wanted = self._parsed.decode, frozenset(keys)
        query = "SELECT key, value, sum FROM cards"
        if len(wanted) <= _FEW:
            query, names = f"{query} WHERE key IN ({', '.join('?' * len(wanted))})", (*wanted,)
            rows = self._each(query, names)
        else:
            rows = self._each(query)
        return {
            key: decode(value)
            for key, value, total in rows
            if key in wanted and _sum(value, key) == total
        }

    def notes(self, key: str) -> bytes:
        """Return the notes on the file with this key, from which translations are compared."""
        value = self._value("SELECT value, sum FROM cards WHERE key = ?", key)
        if value is None:
            raise DamagedCacheError
        return self._noted.decode(value).notes

    def keep(self, key: str, parsed: bytes, body: bytes) -> None:
        """Remember what became of a file: a Parsed and its Body, encoded."""
        for table, value in (("cards", parsed), ("bodies", body)):
            row = key, value, _sum(value, key)
            self._run(f"INSERT OR REPLACE INTO {table} VALUES (?, ?, ?)", row)

    def pages(self, site: str) -> dict[str, Made]:
        """Return what is known of the finished files of a site, by path."""
        rows = self._each("SELECT path, value, sum FROM pages WHERE site = ?", (site,))
        return {
            path: self._made.decode(value)
            for path, value, total in rows
            if _sum(value, site, path) == total
        }

    def keep_pages(self, site: str, made: Iterable[tuple[str, bytes]]) -> None:
        """Remember finished files: the path and the encoded Made of each."""
        rows = ((site, path, value, _sum(value, site, path)) for path, value in made)
        self._many("INSERT OR REPLACE INTO pages VALUES (?, ?, ?, ?)", rows)

    def forget_pages(self, site: str, paths: Iterable[str]) -> None:
        """Forget files that the site no longer has."""
        self._many("DELETE FROM pages WHERE site = ? AND path = ?", [(site, p) for p in paths])
        self._many("DELETE FROM standing WHERE site = ? AND path = ?", [(site, p) for p in paths])

    def standing(self, site: str) -> dict[str, tuple[Stamp, str]]:
        """Return the stamp and digest of each file in the folder of a site, as last seen."""
        rows = self._run("SELECT path, stamp, digest FROM standing WHERE site = ?", (site,))
        return {row[0]: row[1:] for row in rows}

    def keep_standing(self, site: str, files: Iterable[tuple[str, Stamp, str]]) -> None:
        """Remember what stands in the folder of a site."""
        rows = [(site, *file) for file in files]
        self._many("INSERT OR REPLACE INTO standing VALUES (?, ?, ?, ?)", rows)

    def keep_note(self, site: str, name: str, value: bytes) -> None:
        """Remember a note about a site."""
        row = site, name, value, _sum(value, site, name)
        self._run("INSERT OR REPLACE INTO notes VALUES (?, ?, ?, ?)", row)

    def picture(self, key: str) -> Prepared | None:
        """Return what is known of a prepared picture."""
        self._used.add(key)
        value = self._value("SELECT value, sum FROM pictures WHERE key = ?", key)
        return self._prepared.decode(value) if value else None

    def keep_picture(self, key: str, prepared: Prepared) -> None:
        """Remember what became of a picture."""
        value = encode(prepared)
        row = key, value, _sum(value, key)
        self._run("INSERT OR REPLACE INTO pictures VALUES (?, ?, ?)", row)

    def share(self) -> None:
        """Let other processes see all that was kept so far."""
        self._run("COMMIT")
        self._run("BEGIN IMMEDIATE")

    def collect(self, sources: Iterable[str]) -> None:
        """Forget what no file of this build needs."""
        for table in ("cards", "bodies", "pictures"):
            rows = self._run(f"SELECT key FROM {table}")
            unused = [row for row in rows if row[0] not in self._used]
            self._many(f"DELETE FROM {table} WHERE key = ?", unused)
        gone = self._sources.keys() - set(sources)
        self._many("DELETE FROM sources WHERE path = ?", [(path,) for path in gone])

    def _many(self, query: str, rows: Iterable[Any]) -> None:
        with _faults():
            self._connection.executemany(query, rows)


def _sum(value: bytes, *names: str) -> int:
    """Return what tells whether the disk still says what was written, under the same name."""
    return zlib.crc32(value, zlib.crc32("\0".join(names).encode()))


@contextmanager
def _faults() -> Iterator[None]:
    """Say whether the machine or the file is at fault."""
    try:
        yield
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL:
            raise MachineError(f"the cache cannot be written ({error})") from error
        raise DamagedCacheError from error


@contextmanager
def open_cache(folder: Path | None) -> Iterator[Cache]:
    """Open the cache in a folder; without one, or with a damaged one, start from nothing."""
    connection = connect(folder)
    is_on_disk = bool(connection.execute("PRAGMA database_list").fetchone()[2])
    try:
        yield Cache(connection, folder if is_on_disk else None)
    except DamagedCacheError:
        connection.close()
        if folder:
            with suppress(OSError):
                discard(folder)
        raise
    finally:  # after an error, too: what was parsed stays true
        with suppress(sqlite3.Error):  # a cache that cannot be saved only costs time
            connection.execute("COMMIT")
        connection.close()


def open_bodies(folder: Path) -> Bodies:
    """Open the bodies that another process has shared, only to read them."""
    return Bodies(sqlite3.connect(f"{(folder / FILE).resolve().as_uri()}?mode=ro", uri=True))


def note_of(folder: Path, site: str, name: str) -> bytes | None:
    """Return a note about a site that another process has kept, or None when that is unknown."""
    with suppress(sqlite3.Error, DamagedCacheError):
        address = f"{(folder / FILE).resolve().as_uri()}?mode=ro"
        with closing(sqlite3.connect(address, uri=True)) as connection:
            return Bodies(connection).note(site, name)
    return None


def fingerprint(*parts: bytes) -> str:
    """Return the key of something that is made from these bytes alone."""
    digest = hashlib.blake2b(digest_size=16)
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.hexdigest()
