"""Brings the database up to date, and knows whether it is.

Whether it is takes one small query; alembic, which costs most of a second to import, is loaded only to migrate.
"""

import importlib
import re
from typing import Any

from sqlalchemy import inspect, text
from sqlalchemy.engine import Engine

from config import home

NUMBERED = re.compile(r"(\d{4})_[a-z0-9_]+\.py")


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
    """Whether the database is what this code needs."""
    return find_revision(engine) == newest_revision()


def upgrade(engine: Engine) -> None:
    """Bring the database to the newest revision."""
    alembic: Any = importlib.import_module("alembic.command")
    configuration: Any = importlib.import_module("alembic.config")
    config = configuration.Config()
    config.set_main_option("script_location", str(home() / "migrations"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        alembic.upgrade(config, "head")
