"""The migrations make what the models say, on both kinds of database, up and down and up again."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Engine, create_engine, inspect, text

from commands import schema
from config import SettingsProblem, home
from storage.models import Base
from storage.service_levels import add, load
from storage.session import Database


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A database as the migrations left it, opened as the program opens it."""
    opened = Database(database_url)
    yield opened
    opened.close()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def empty_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database in which there is nothing yet."""
    url = f"sqlite:///{tmp_path}/empty.db"
    if request.param == "postgres":
        url = request.getfixturevalue("postgres_url")
        engine = create_engine(url)
        with engine.begin() as connection:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
        engine.dispose()
    opened = Database(url)
    yield opened
    opened.close()


def _go(engine: Engine, direction: str, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(home() / "migrations"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        getattr(command, direction)(config, revision)


def _tables(engine: Engine) -> set[str]:
    return set(inspect(engine).get_table_names()) - {"alembic_version"}


def _is_modelled(name: str | None, _kind: str, _parents: Any) -> bool:
    """The index that cases are searched by is not in the models: it is made by SQL of its own on each database."""
    return not (name or "").startswith("case_grams")


def _differences(engine: Engine) -> list[Any]:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "include_name": _is_modelled})
        return list(compare_metadata(context, Base.metadata))


def _describe(engine: Engine) -> dict[str, Any]:
    """Everything a reader of the database can tell of it, in an order of our own."""
    seen = inspect(engine)
    looks = (
        seen.get_columns,
        seen.get_indexes,
        seen.get_unique_constraints,
        seen.get_foreign_keys,
        seen.get_check_constraints,
    )

    def tell(found: list[Any]) -> list[str]:
        return sorted(json.dumps(each, default=str, sort_keys=True) for each in found)

    return {table: [tell(look(table)) for look in looks] for table in seen.get_table_names()}


def _list_triggers(engine: Engine) -> dict[str, str]:
    """What SQLite does by itself when rows change, as it was told to."""
    with engine.connect() as connection:
        told = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")).all()
    return {name: " ".join(sql.split()) for name, sql in told}


def test_the_migrations_make_what_the_models_say(database: Database) -> None:
    assert _differences(database.engine) == [], "write the missing step in migrations/versions/"


def test_down_to_nothing_and_up_again(database: Database) -> None:
    made = _tables(database.engine)

    _go(database.engine, "downgrade", "base")
    assert _tables(database.engine) == set()
    assert schema.find_revision(database.engine) is None
    _go(database.engine, "upgrade", "head")

    assert _tables(database.engine) == made
    assert _differences(database.engine) == []
    assert schema.is_current(database.engine)


def test_every_step_can_be_taken_back_alone(database: Database) -> None:
    revisions = sorted(file.name[:4] for file in (home() / "migrations" / "versions").glob("[0-9]*.py"))
    for below in ["base", *revisions][-2::-1]:
        _go(database.engine, "downgrade", below)
        _go(database.engine, "upgrade", "+1")
        _go(database.engine, "downgrade", below)

    _go(database.engine, "upgrade", "head")
    assert _differences(database.engine) == []


def test_days_that_staff_set_are_service_levels_from_then_on(database: Database) -> None:
    """With the moment they were set at, so that the figures of before it stay; and are days again, taken back."""
    _go(database.engine, "downgrade", "0009")
    _go(database.engine, "downgrade", "-1")
    with database.engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO category_overrides (code, th, resolve_days, offered, updated_at) VALUES"
                " ('road', 'ถนน', 5, true, '2026-10-01 09:00'), ('tree', 'ต้นไม้', NULL, true, '2026-10-01 09:00')"
            )
        )
    _go(database.engine, "upgrade", "head")
    with database.begin() as session:
        assert [(each.amount, each.set_at.isoformat()[:10]) for each in load(session)["road", "resolve"]] == [
            (5, "2026-10-01")
        ]
        add(session, "waste", "resolve", 2, datetime(2026, 11, 1, tzinfo=UTC))
        add(session, "road", "resolve", None, datetime(2026, 11, 1, tzinfo=UTC))
    _go(database.engine, "downgrade", "0009")
    _go(database.engine, "downgrade", "-1")
    with database.engine.connect() as connection:
        kept = connection.execute(text("SELECT code, resolve_days FROM category_overrides ORDER BY code")).all()
    assert [tuple(row) for row in kept] == [("road", None), ("tree", None), ("waste", 2)]
    _go(database.engine, "upgrade", "head")


def test_an_empty_database_is_brought_up_once_however_many_try(empty_database: Database) -> None:
    assert not schema.is_current(empty_database.engine)
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(schema.upgrade, [empty_database.engine] * 4))

    assert schema.is_current(empty_database.engine)
    assert schema.find_revision(empty_database.engine) == schema.newest_revision()
    assert _differences(empty_database.engine) == []


def test_a_file_made_from_the_models_is_the_one_the_migrations_make(tmp_path: Path) -> None:
    made, migrated = (Database(f"sqlite:///{tmp_path}/{name}.db") for name in ("made", "migrated"))
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(schema.make_current, [made.engine] * 4))
    schema.upgrade(migrated.engine)

    assert _describe(made.engine) == _describe(migrated.engine)
    assert _list_triggers(made.engine) == _list_triggers(migrated.engine) != {}
    assert schema.is_current(made.engine)
    made.close()
    migrated.close()


def test_only_sqlite_is_brought_up_without_being_asked(empty_database: Database) -> None:
    if empty_database.dialect == "sqlite":
        schema.make_current(empty_database.engine)
        assert schema.is_current(empty_database.engine)
    else:
        with pytest.raises(SettingsProblem, match=r"no revision.*fasttrack migrate"):
            schema.make_current(empty_database.engine)
        assert _tables(empty_database.engine) == set()


def test_a_database_of_a_newer_program_is_left_alone(database: Database) -> None:
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(SettingsProblem, match="9999"):
        schema.make_current(database.engine)
    with pytest.raises(SettingsProblem, match="9999"):
        schema.is_current(database.engine)


def test_a_step_that_fails_leaves_nothing_behind(empty_database: Database) -> None:
    with empty_database.engine.begin() as connection:
        connection.execute(text("CREATE TABLE sla_clocks (in_the_way INTEGER)"))

    with pytest.raises(Exception, match="sla_clocks"):
        schema.upgrade(empty_database.engine)

    assert _tables(empty_database.engine) == {"sla_clocks"}
    with empty_database.engine.begin() as connection:
        connection.execute(text("DROP TABLE sla_clocks"))
    schema.upgrade(empty_database.engine)
    assert schema.is_current(empty_database.engine)
