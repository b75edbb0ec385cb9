"""Whether an open SQLite database is still the file that its address names, and whether that file ails.

SQLite holds on to what it opened: a file that was renamed or deleted is written on unseen, and one that was opened
while it could only be read is never written again. Both are noticed here; opening it anew is the cure.
"""

import os
import sqlite3
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, event
from sqlalchemy.exc import DBAPIError, InvalidatePoolError

GONE = "the file of the database was moved or deleted"
_OF = "database file"
_AILING = frozenset(
    {
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_NOTADB,
    }
)


@dataclass(frozen=True, slots=True)
class OpenFile:
    """The file behind a connection."""

    path: Path
    device: int
    inode: int


def find_path(url: URL) -> Path | None:
    """Where an SQLite file lies; None for a server, and for what lives in memory."""
    database = url.database
    if url.get_backend_name() != "sqlite" or not database or database == ":memory:":
        return None
    return Path(database.removeprefix("file:").partition("?")[0]).absolute()


def is_ailing(error: BaseException | None) -> bool:
    """Whether what SQLite says is of the file: a connection that met it may stay ill when the file is well again."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    code = getattr(cause, "sqlite_errorcode", None)
    return isinstance(code, int) and code & 0xFF in _AILING


def is_moved(connection: Connection) -> bool:
    """Whether the address names another file by now, or none: what is written here nobody would find."""
    opened: OpenFile | None = connection.info.get(_OF)
    return opened is not None and _look(opened.path) != opened


def watch_file(engine: Engine) -> None:
    """Let no connection be taken whose file has moved, and none make a new file in the place of one that was lost."""
    path = find_path(engine.url)
    if path is None:
        return
    seen = False

    def must_be_there(*_: object) -> None:
        # Made anew it would be empty, and SQLite would delete the log of the one that is to come back.
        if path.exists():
            return
        if seen:
            raise sqlite3.OperationalError(GONE)
        if not str(engine.url.database).startswith("file:"):  # such an address says itself how it is opened
            _make_private(path)

    def note(_driver: object, record: Any) -> None:
        nonlocal seen
        record.info[_OF] = _look(path)
        seen = True

    def must_be_the_same(_driver: object, record: Any, _proxy: object) -> None:
        opened: OpenFile | None = record.info.get(_OF)
        if opened is not None and _look(path) != opened:
            raise InvalidatePoolError(GONE)  # which opens another

    event.listen(engine, "do_connect", must_be_there)
    event.listen(engine, "connect", note)
    event.listen(engine, "checkout", must_be_the_same)


def _make_private(path: Path) -> None:
    """What people told will stand in it: for this account's eyes only, as SQLite's files beside it then are."""
    with suppress(OSError):  # SQLite says itself what is wrong
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


def _look(path: Path) -> OpenFile | None:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return OpenFile(path, found.st_dev, found.st_ino)
