"""Statements of the hot path, compiled once.

A turn of a conversation sends half a dozen small statements. On SQLite, SQLAlchemy's own execution costs several
times what the database takes for them, so there they go to the driver as compiled, with the same conversions of
values that SQLAlchemy would make. Elsewhere the way to the server costs more than either, and they go as usual.
"""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.base import Executable
from sqlalchemy.types import TypeEngine

from storage.database_file import is_ailing

INSERTS: dict[str, Callable[..., Any]] = {"sqlite": sqlite_insert, "postgresql": postgresql_insert}
Convert = Callable[[Any], Any]
Row = Sequence[Any]


class Prepared:
    """One statement, or one a dialect where they differ (`INSERT … ON CONFLICT`)."""

    def __init__(self, statement: Executable | Mapping[str, Executable]) -> None:
        self._statements = statement if isinstance(statement, Mapping) else None
        self._statement = None if isinstance(statement, Mapping) else statement
        self._sqlite: _Compiled | None = None

    def run(self, connection: Connection, values: Mapping[str, Any]) -> Sequence[Row]:
        """Execute it; the rows it returns, none where it returns none."""
        name = connection.dialect.name
        if name == "sqlite":
            return self._compile(connection).run(connection, values)
        done = connection.execute(self._of(name), dict(values))
        return done.all() if done.returns_rows else ()

    def run_many(self, connection: Connection, many: Sequence[Mapping[str, Any]]) -> None:
        """Execute it for each of these; what it returns is not looked at."""
        name = connection.dialect.name
        if name == "sqlite":
            self._compile(connection).run_many(connection, many)
        elif many:
            connection.execute(self._of(name), [dict(values) for values in many])

    def _compile(self, connection: Connection) -> "_Compiled":
        if self._sqlite is None:
            self._sqlite = _Compiled(self._of("sqlite"), connection)
        return self._sqlite

    def _of(self, name: str) -> Any:
        return self._statements[name] if self._statements is not None else self._statement


class _Compiled:
    def __init__(self, statement: Any, connection: Connection) -> None:
        dialect = connection.dialect
        compiled: Any = statement.compile(dialect=dialect, compile_kwargs={"render_postcompile": True})
        self._text = str(compiled)
        self._order = tuple(
            (name, compiled.params.get(name), _bind(compiled.binds[name].type, dialect))
            for name in compiled.positiontup
        )
        columns = getattr(statement, "selected_columns", None)
        if columns is None:
            columns = getattr(statement, "exported_columns", None) or ()
        reads = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns]
        self._reads = tuple(reads) if any(reads) else None

    def run(self, connection: Connection, values: Mapping[str, Any]) -> Sequence[Row]:
        try:
            rows = _find_driver(connection).execute(self._text, self._bind_all(values)).fetchall()
        except sqlite3.Error as error:
            raise self._explain(connection, error) from error
        if self._reads is None:
            return rows
        return [
            tuple(value if read is None else read(value) for value, read in zip(row, self._reads, strict=True))
            for row in rows
        ]

    def run_many(self, connection: Connection, many: Sequence[Mapping[str, Any]]) -> None:
        try:
            _find_driver(connection).executemany(self._text, [self._bind_all(values) for values in many])
        except sqlite3.Error as error:
            raise self._explain(connection, error) from error

    def _bind_all(self, values: Mapping[str, Any]) -> list[Any]:
        given = values.get
        return [
            given(name, constant) if make is None else make(given(name, constant))
            for name, constant, make in self._order
        ]

    def _explain(self, connection: Connection, error: sqlite3.Error) -> Exception:
        """The error as SQLAlchemy would raise it; the connection is given up where it does not get over it."""
        driver = connection.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        ailing = is_ailing(error)
        if ailing or not driver.in_transaction:
            connection.invalidate(error)
        if ailing:
            connection.engine.dispose()
        return DBAPIError.instance(
            self._text, None, error, sqlite3.Error, hide_parameters=True, dialect=connection.dialect
        )


def _find_driver(connection: Connection) -> sqlite3.Connection:
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    if not driver.in_transaction:  # SQLite has undone it all; alone this would be written for good
        raise sqlite3.OperationalError("SQLite has undone the transaction")
    return driver


def _bind(kind: TypeEngine[Any], dialect: Any) -> Convert | None:
    return kind.dialect_impl(dialect).bind_processor(dialect)
