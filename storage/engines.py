"""Opens the engine of a database, SQLite or PostgreSQL, so that no wait for it is without an end.

A wait that ends is an outage like any other: the webhook answers 500, and LINE sends the event again.
"""

import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.engine import ExceptionContext, make_url

from storage.database_file import is_ailing, watch_file

READ = {"fasttrack_read": True}
NO_ANSWER = {
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
}  # a server that went without a word
# What is asked here is small, and takes less time than to compile it or to call other processes to help; PostgreSQL
# thinks otherwise of what the index of words names.
AT_ONCE = {"jit": "off", "max_parallel_workers_per_gather": "0"}


@dataclass(frozen=True, slots=True)
class Waits:
    """Seconds: for a lock that another holds, for a connection, for one statement, and idle within a transaction.

    SQLite has the first alone.
    """

    lock: float = 5.0
    connect: float = 5.0
    statement: float = 30.0
    idle: float = 60.0


def open_engine(url: str, waits: Waits) -> Engine:
    """An engine that is ready for use; nothing is connected yet."""
    parsed = make_url(url)
    if parsed.drivername in ("postgresql", "postgres"):
        parsed = parsed.set(drivername="postgresql+psycopg")
    if not parsed.drivername.startswith("sqlite"):
        return create_engine(
            parsed,
            pool_size=20,
            max_overflow=20,
            pool_pre_ping=True,
            pool_timeout=waits.connect,
            hide_parameters=True,
            connect_args=_postgres_waits(parsed, waits),
        )
    if parsed.database and parsed.database != ":memory:" and not parsed.database.startswith("file:"):
        # What people told stands in this file: a folder made for it is nobody else's to read.
        Path(parsed.database).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    engine = create_engine(
        parsed,
        pool_size=32,
        max_overflow=32,
        pool_timeout=waits.lock,
        hide_parameters=True,
        connect_args={"check_same_thread": False, "timeout": waits.lock},
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    event.listen(engine, "handle_error", _give_up_connection)
    watch_file(engine)
    return engine


def _postgres_waits(url: URL, waits: Waits) -> dict[str, Any]:
    """What the address itself says goes before ours."""
    ours = {
        "lock_timeout": waits.lock,
        "statement_timeout": waits.statement,
        "idle_in_transaction_session_timeout": waits.idle,
    }
    told = url.query.get("options", "")
    asked = {name: str(int(seconds * 1000)) for name, seconds in ours.items()} | AT_ONCE
    options = " ".join(f"-c {name}={value}" for name, value in asked.items())
    given: dict[str, Any] = {
        "connect_timeout": max(2, round(waits.connect)),  # libpq takes whole seconds, and less than two as two
        "tcp_user_timeout": int((waits.statement + waits.connect) * 1000),
        **NO_ANSWER,
    }
    left = {name: value for name, value in given.items() if name not in url.query}
    return left | {"options": f"{options} {told if isinstance(told, str) else ' '.join(told)}".strip()}


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver must not open transactions of its own
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")  # a receipt given is a receipt kept, also when the power goes
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # Read-then-write under a plain BEGIN fails with "database is locked" when two writers meet.
    reading = connection.get_execution_options().get("fasttrack_read")
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def _give_up_connection(context: ExceptionContext) -> None:
    """After an error that this connection does not get over: the next unit opens another.

    A full disk makes SQLite undo the whole transaction; what came next would be written with none around it.
    """
    connection = context.connection
    if connection is None or connection.invalidated:
        return
    driver = connection.connection.driver_connection
    if not isinstance(driver, sqlite3.Connection):
        return
    ailing = is_ailing(context.original_exception)
    if ailing or not driver.in_transaction:
        context.is_disconnect = True
        context.invalidate_pool_on_disconnect = False
    if ailing:
        connection.engine.dispose()  # the others were opened in the same state, and keep it for one another
