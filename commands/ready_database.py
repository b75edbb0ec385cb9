"""Opens the database for a command that reads or writes it, brought up to date as `serve` would."""

from collections.abc import Iterator
from contextlib import contextmanager

from commands import schema
from commands.complaints import complaining
from commands.database import open_database
from commands.logs import set_up_logging
from config import load_settings
from storage.session import Database


@contextmanager
def ready_database() -> Iterator[Database]:
    """A database that is current; a PostgreSQL that is not is refused with the way to mend it."""
    set_up_logging("WARNING")
    with complaining():
        database = open_database(load_settings())
        try:
            schema.make_current(database.engine)
            yield database
        finally:
            database.close()
