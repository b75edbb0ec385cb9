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
            if self._sqlite is None:
                self._sqlite = _Compiled(self._of(name), connection)
            return self._sqlite.run(connection, values)
        done = connection.execute(self._of(name), dict(values))
        return done.all() if done.returns_rows else ()

    def _of(self, name: str) -> Any:
        return self._statements[name] if self._statements is not None else self._statement


class _Compiled:
    def __init__(self, statement: Any, connection: Connection) -> None:
        dialect = connection.dialect
        compiled: Any = statement.compile(dialect=dialect, compile_kwargs={"render_postcompile": True})
        self._text = str(compiled)
        self._constants: dict[str, Any] = {name: value for name, value in compiled.params.items() if value is not None}
        self._order = tuple((name, _bind(compiled.binds[name].type, dialect)) for name in compiled.positiontup)
        columns = getattr(statement, "selected_columns", None)
        if columns is None:
            columns = getattr(statement, "exported_columns", None) or ()
        reads = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns]
        self._reads = tuple(reads) if any(reads) else None

    def run(self, connection: Connection, values: Mapping[str, Any]) -> Sequence[Row]:
        given = {**self._constants, **values}
        parameters = [given.get(name) if make is None else make(given.get(name)) for name, make in self._order]
        driver = connection.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        try:
            if not driver.in_transaction:  # SQLite has undone it all; alone this would be written for good
                raise sqlite3.OperationalError("SQLite has undone the transaction")
            rows = driver.execute(self._text, parameters).fetchall()
        except sqlite3.Error as error:
            ailing = is_ailing(error)
            if ailing or not driver.in_transaction:
                connection.invalidate(error)
            if ailing:
                connection.engine.dispose()
            raise DBAPIError.instance(
                self._text, None, error, sqlite3.Error, hide_parameters=True, dialect=connection.dialect
            ) from error
        if self._reads is None:
            return rows
        return [
            tuple(value if read is None else read(value) for value, read in zip(row, self._reads, strict=True))
            for row in rows
        ]


def _bind(kind: TypeEngine[Any], dialect: Any) -> Convert | None:
    return kind.dialect_impl(dialect).bind_processor(dialect)
