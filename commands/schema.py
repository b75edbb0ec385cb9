"""Brings the database up to date, and knows whether it is.

Whether it is takes one small query. An empty SQLite file is made straight from the models, which a test holds
equal to the migrations; alembic, which costs most of a second to import, is loaded only to migrate.
"""

import importlib
import re
from typing import Any

from sqlalchemy import Column, MetaData, String, Table, inspect, text
from sqlalchemy.engine import Engine

from config import SettingsProblem, home
from storage.models import Base

NUMBERED = re.compile(r"(\d{4})_[a-z0-9_]+\.py")
REVISION = Table(
    "alembic_version", MetaData(), Column("version_num", String(32), primary_key=True)
)  # as alembic has it
ONE_AT_A_TIME = 6911_1676  # PostgreSQL's advisory lock of whoever migrates


def newest_revision() -> str:
    """The revision this code needs: the highest number in `migrations/versions`."""
    files = (home() / "migrations" / "versions").glob("*.py")
    numbers = [found[1] for file in files if (found := NUMBERED.fullmatch(file.name))]
    return max(numbers)


def find_revision(engine: Engine) -> str | None:
    """The revision the database is at; None where it is empty."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        return found


def is_current(engine: Engine) -> bool:
    """Whether the database is what this code needs. Raises SettingsProblem where a newer program made it."""
    found, needed = find_revision(engine), newest_revision()
    if found is not None and found > needed:
        raise SettingsProblem(
            f"The database is at revision {found}, but this program knows only up to {needed}: "
            "install the program that made it, or restore a copy from before."
        )
    return found == needed


def make_current(engine: Engine) -> None:
    """Bring an SQLite file up to date; a PostgreSQL is left to `migrate`, as SettingsProblem says."""
    if is_current(engine):
        return
    if engine.dialect.name != "sqlite":
        raise SettingsProblem(
            f"The database is not up to date (it is at {find_revision(engine) or 'no revision'}, "
            f"{newest_revision()} is needed): run `fasttrack migrate`, then start again."
        )
    if not _create(engine):
        upgrade(engine)


def _create(engine: Engine) -> bool:
    """Make every table in an SQLite file that has none; False where it has some."""
    with engine.begin() as connection:
        if inspect(connection).get_table_names():
            return False
        Base.metadata.create_all(connection)
        REVISION.create(connection)
        connection.execute(REVISION.insert().values(version_num=newest_revision()))
    return True


def upgrade(engine: Engine) -> None:
    """Bring the database to the newest revision; who does so meanwhile waits, and finds it done."""
    alembic: Any = importlib.import_module("alembic.command")
    configuration: Any = importlib.import_module("alembic.config")
    config = configuration.Config()
    config.set_main_option("script_location", str(home() / "migrations"))
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            # Migrating takes the time it takes, and so does waiting for who migrates meanwhile.
            connection.execute(text("SET LOCAL lock_timeout = 0"))
            connection.execute(text("SET LOCAL statement_timeout = 0"))
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ONE_AT_A_TIME})
        config.attributes["connection"] = connection
        alembic.upgrade(config, "head")
