"""Opening the database, and the one way to write to it.

`Database.begin` is a unit of work: what is queued for LINE inside it is written just before the commit, and
delivery is woken just after.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session, sessionmaker

import clock
from storage import outbox
from storage.links import Links
from storage.shared_commit import SharedCommit

READ = {"fasttrack_read": True}


class Database:
    """An engine and its sessions. `lease` is set where this process delivers what it writes."""

    def __init__(self, url: str, links: Links | None = None) -> None:
        self.engine = _engine(url)
        self.links = links
        self.dialect = self.engine.dialect.name
        self.lease: timedelta | None = None
        self.after_commit: Callable[[outbox.Queued], None] | None = None
        self._shared = SharedCommit(self.engine) if self.dialect == "sqlite" else None
        # An error in the ORM must undo no more than its own unit: on SQLite others share the transaction.
        self._riding: dict[str, Any] = {
            "expire_on_commit": False,
            "join_transaction_mode": "create_savepoint" if self._shared else "rollback_only",
        }
        self._reads = sessionmaker(self.engine.execution_options(**READ), expire_on_commit=False)

    @contextmanager
    def begin(self, now: datetime | None = None) -> Iterator[Session]:
        """One transaction: commits at the end, rolls back whole on any error.

        The connection is opened first and the session only rides on it: most turns of a conversation never need
        the ORM, and what `storage` sends by `connection()` then costs no session machinery.
        """
        opened = self._shared.unit() if self._shared else self.engine.begin()
        with opened as connection, Session(connection, **self._riding) as session:
            session.info.update(connection=connection, links=self.links)
            queued = outbox.open_queue(session, lease=self.lease)
            yield session
            outbox.write_queue(session, now or clock.now())
            if session.in_transaction():
                session.commit()  # writes what is pending; the connection's own commit follows
        if queued.written and self.after_commit:
            self.after_commit(queued)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session for looking only; nothing done in it is kept."""
        with self._reads() as session:
            session.info["connection"] = session.connection()
            yield session

    def close(self) -> None:
        """Give back every connection."""
        if self._shared:
            self._shared.close()
        self.engine.dispose()


def _engine(url: str) -> Engine:
    parsed = make_url(url)
    if parsed.drivername in ("postgresql", "postgres"):
        parsed = parsed.set(drivername="postgresql+psycopg")
    if not parsed.drivername.startswith("sqlite"):
        return create_engine(parsed, pool_size=20, max_overflow=20, pool_pre_ping=True, hide_parameters=True)
    if parsed.database and parsed.database != ":memory:" and not parsed.database.startswith("file:"):
        # What people told stands in this file: a folder made for it is nobody else's to read.
        Path(parsed.database).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    engine = create_engine(
        parsed, pool_size=32, max_overflow=32, hide_parameters=True, connect_args={"check_same_thread": False}
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver must not open transactions of its own
    cursor = connection.cursor()
    cursor.execute("PRAGMA busy_timeout=10000")
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")  # a receipt given is a receipt kept, also when the power goes
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # Read-then-write under a plain BEGIN fails with "database is locked" when two writers meet.
    reading = connection.get_execution_options().get("fasttrack_read")
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
