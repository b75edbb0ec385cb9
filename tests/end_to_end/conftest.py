"""The program as it is installed, in a folder of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from tests.end_to_end.program import Program


@pytest.fixture
def program(tmp_path: Path) -> Iterator[Program]:
    """The program over an SQLite file that is not there yet."""
    installed = Program(tmp_path)
    yield installed
    installed.end_everything()


@pytest.fixture
def on_sqlite(sqlite_url: str, tmp_path: Path) -> Iterator[Program]:
    """The program over an SQLite file that is up to date."""
    installed = Program(tmp_path, DATABASE_URL=sqlite_url)
    yield installed
    installed.end_everything()


@pytest.fixture
def on_postgres(postgres_url: str, tmp_path: Path) -> Iterator[Program]:
    """The program over a PostgreSQL that is up to date."""
    installed = Program(tmp_path, DATABASE_URL=postgres_url)
    yield installed
    installed.end_everything()


@pytest.fixture
def on_empty_postgres(on_postgres: Program) -> Program:
    """The program over a PostgreSQL with nothing in it."""
    engine = create_engine(on_postgres.database_url)
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()
    return on_postgres


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def migrated(request: pytest.FixtureRequest) -> Program:
    """The program over a database of either kind that is up to date."""
    made: Program = request.getfixturevalue(f"on_{request.param}")
    return made
