"""`fasttrack migrate`: bring the database up to date."""

import click

from commands import schema
from commands.complaints import complaining
from commands.database import open_database
from config import load_settings


@click.command()
def migrate() -> None:
    """Bring the database named by DATABASE_URL to the newest revision; safe to run twice."""
    with complaining():
        database = open_database(load_settings())
        before = schema.find_revision(database.engine)
        if not schema.is_current(database.engine):
            schema.upgrade(database.engine)
        after = schema.find_revision(database.engine)
        database.close()
    click.echo(f"database is at revision {after}" + ("" if before == after else f" (was {before or 'empty'})"))
