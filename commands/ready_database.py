"""Opens the database for a command that reads or writes it, brought up to date as `serve` would."""

from collections.abc import Iterator
from contextlib import contextmanager

import click

from commands import schema
from commands.parts import open_database
from config import load_settings
from storage.session import Database


@contextmanager
def ready_database() -> Iterator[Database]:
    """A database that is current; a PostgreSQL that is not is refused with the way to mend it."""
    database = open_database(load_settings())
    try:
        if not schema.is_current(database.engine):
            if database.dialect != "sqlite":
                raise click.ClickException("The database is not up to date: run `fasttrack migrate` first.")
            schema.upgrade(database.engine)
        yield database
    finally:
        database.close()
