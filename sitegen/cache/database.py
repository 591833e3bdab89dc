"""Opens the database of a cache: one that is damaged, foreign or of another version is replaced."""

import hashlib
import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path

FILE = "cache.sqlite"
_FORMAT = 1_937_335_912  # tells our files from others'; another number makes older ones useless
_SCHEMA = """
CREATE TABLE IF NOT EXISTS sources
(path TEXT PRIMARY KEY, stamp BLOB NOT NULL, digest BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS cards (key TEXT PRIMARY KEY, value BLOB NOT NULL, sum INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS bodies (key TEXT PRIMARY KEY, value BLOB NOT NULL, sum INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS pictures
(key TEXT PRIMARY KEY, value BLOB NOT NULL, sum INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS pages
(site TEXT, path TEXT, value BLOB NOT NULL, sum INTEGER NOT NULL, PRIMARY KEY (site, path));
CREATE TABLE IF NOT EXISTS standing
(site TEXT, path TEXT, stamp BLOB NOT NULL, digest TEXT NOT NULL, PRIMARY KEY (site, path))
WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS notes
(site TEXT, name TEXT, value BLOB NOT NULL, sum INTEGER NOT NULL, PRIMARY KEY (site, name));
"""


class UnusableError(Exception):
    """The file is damaged, or no cache of this version of sitegen."""


def connect(folder: Path | None) -> sqlite3.Connection:
    """Return a database in the folder, else in memory; what cannot be used is replaced."""
    if folder is not None:
        with suppress(OSError, sqlite3.OperationalError):  # unwritable, or another build has it
            folder.mkdir(parents=True, exist_ok=True)
            try:
                return _opened(folder / FILE)
            except UnusableError:
                discard(folder)
                return _opened(folder / FILE)
    return _opened(Path(":memory:"))


def discard(folder: Path) -> None:
    """Remove the database from a folder."""
    for ending in ("", "-wal", "-shm", "-journal"):
        (folder / f"{FILE}{ending}").unlink(missing_ok=True)


def _opened(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=0, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode = WAL")  # workers read while the build writes
        connection.execute("PRAGMA synchronous = OFF")  # nothing is lost that cannot be made again
        connection.execute("BEGIN IMMEDIATE")
        made_by = connection.execute("PRAGMA user_version").fetchone()[0]
        tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        if tables and made_by != _FORMAT:
            raise UnusableError
        for statement in _SCHEMA.split(";"):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {_FORMAT}")
        found = connection.execute("SELECT value FROM notes WHERE name = 'version'").fetchone()
        if found != (own_version(),):
            _start_anew(connection)
        connection.execute("COMMIT")  # so that workers find the tables
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError:
        connection.close()
        raise
    except (UnusableError, sqlite3.DatabaseError, UnicodeDecodeError) as error:
        connection.close()
        raise UnusableError from error
    return connection


def _start_anew(connection: sqlite3.Connection) -> None:
    """Forget what another version of sitegen, or of a library, has made."""
    for table in ("sources", "cards", "bodies", "pictures", "pages", "standing", "notes"):
        connection.execute(f"DELETE FROM {table}")
    connection.execute("INSERT INTO notes VALUES ('', 'version', ?, 0)", (own_version(),))


@cache
def own_version() -> bytes:
    """Return a hash of sitegen's own sources, and of the packages that shape what is kept."""
    digest = hashlib.blake2b(sys.version.encode(), digest_size=16)
    for path in sorted(Path(__file__).parent.parent.rglob("*.py")):
        digest.update(path.read_bytes())
    for name in sorted(_installed()):
        digest.update(name.encode())
    return digest.digest()


def _installed() -> Iterator[str]:
    """Yield the name and version of every package, as their folders are called."""
    for folder in filter(os.path.isdir, sys.path):
        for entry in os.scandir(folder):
            if entry.name.endswith((".dist-info", ".egg-info")):
                yield entry.name
