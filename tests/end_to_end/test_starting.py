"""It starts by itself where it can, and where it cannot it says in one line what to mend, and ends."""

import shutil
import socket
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, text

from commands import schema
from config import home
from storage.session import Database
from tests.end_to_end.program import Program

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


def _revision(program: Program) -> str | None:
    engine = create_engine(program.database_url)
    found = schema.find_revision(engine)
    engine.dispose()
    return found


def _go_back_one_step(program: Program) -> None:
    config = Config()
    config.set_main_option("script_location", str(home() / "migrations"))
    database = Database(program.database_url)
    with database.engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "-1")
    database.close()


def _pretend_to_be_newer(program: Program) -> None:
    engine = create_engine(program.database_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()


# --- the database -------------------------------------------------------------------------------------------
def test_serve_makes_an_empty_sqlite_and_is_ready(program: Program) -> None:
    served = program.as_installed.serve()

    assert _revision(program) == schema.newest_revision()
    assert served.stop() == 0


def test_serve_brings_an_older_sqlite_up_to_date(on_sqlite: Program) -> None:
    _go_back_one_step(on_sqlite)

    served = on_sqlite.as_installed.serve()

    assert _revision(on_sqlite) == schema.newest_revision()
    assert served.stop() == 0


@pytest.mark.postgres
def test_serve_over_a_postgresql_that_is_not_up_to_date_says_so_and_ends(on_empty_postgres: Program) -> None:
    for words in (("serve",), ("worker",), ("invite", "--org", "omb")):
        assert "run `fasttrack migrate`" in on_empty_postgres.run(*words).complaint
    assert on_empty_postgres.as_installed.run("migrate").code == 0
    _go_back_one_step(on_empty_postgres)
    assert "run `fasttrack migrate`" in on_empty_postgres.run("serve").complaint

    assert on_empty_postgres.run("migrate").code == 0
    assert on_empty_postgres.serve().stop() == 0


def test_a_database_of_a_newer_program_is_left_alone(migrated: Program) -> None:
    _pretend_to_be_newer(migrated)

    for name in ("serve", "migrate"):
        assert "9999" in migrated.run(name).complaint
    assert _revision(migrated) == "9999"


def test_migrate_twice_is_migrate_once(migrated: Program) -> None:
    again = migrated.run("migrate")

    assert (again.code, again.out) == (0, f"database is at revision {schema.newest_revision()}\n")


def test_migrate_tells_what_it_did(program: Program) -> None:
    assert (
        program.as_installed.run("migrate").out == f"database is at revision {schema.newest_revision()} (was empty)\n"
    )


# --- settings -----------------------------------------------------------------------------------------------
def test_what_is_missing_is_named(program: Program) -> None:
    wanted = ("LINE_CHANNEL_SECRET", "LINE_CHANNEL_ACCESS_TOKEN", "SECRET_KEY")

    for name in ("serve", "worker"):
        assert f"Not set: {', '.join(wanted)}." in program.run(name, **dict.fromkeys(wanted, "")).complaint
    for one in wanted:
        assert f"Not set: {one}." in program.run("serve", **{one: ""}).complaint
    assert not (program.folder / "fasttrack.db").exists()


@pytest.mark.parametrize(
    ("setting", "value", "said"),
    [
        ("SECRET_KEY", "short", "SECRET_KEY is too short"),
        ("PORT", "http", "PORT: "),
        ("LOG_LEVEL", "LOUD", "LOG_LEVEL: "),
        ("DELIVERY_LEASE_SECONDS", "-1", "DELIVERY_LEASE_SECONDS: "),
        ("MEDIA_URL", "nowhere", "MEDIA_URL=nowhere: write file://"),
        ("DATABASE_URL", "nowhere", "DATABASE_URL is no address of a database"),
        ("DATABASE_URL", "mysql://u:p@127.0.0.1/x", "DATABASE_URL is for mysql"),
        (
            "DATABASE_URL",
            "sqlite:////proc/none/x.db",
            "DATABASE_URL names a file in a folder that cannot be made",
        ),
        ("DATABASE_URL", "sqlite:////proc/x.db", "The database cannot be used: "),
        ("DATABASE_URL", "postgresql://u:hidden@127.0.0.1:9/x", "The database cannot be used: "),
        ("CLOCK_OFFSET_FILE", "clock", "set ALLOW_CLOCK_OFFSET=1"),
    ],
)
def test_what_cannot_be_used_is_named(program: Program, setting: str, value: str, said: str) -> None:
    ended = program.run("serve", **{setting: value})

    assert said in ended.complaint
    assert "hidden" not in ended.err


def test_worker_refuses_what_serve_refuses(program: Program) -> None:
    for setting, value in (("CLOCK_OFFSET_FILE", "clock"), ("MEDIA_URL", "nowhere")):
        assert setting in program.run("worker", **{setting: value}).complaint


def test_a_file_that_is_no_database_is_named(program: Program) -> None:
    (program.folder / "fasttrack.db").write_bytes(b"a letter, and no database" * 100)

    for name in ("serve", "route"):
        assert "The database cannot be used: " in program.run(name).complaint


def test_an_address_that_is_taken_is_named(program: Program) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert f"Cannot listen on 127.0.0.1:{port}: " in program.run("serve", PORT=str(port)).complaint
    assert "Cannot listen on 203.0.113.7:" in program.run("serve", "--host", "203.0.113.7").complaint


def test_settings_may_stand_in_a_file_beside_it(program: Program) -> None:
    (program.folder / ".env").write_text("LINE_CHANNEL_SECRET=abc\nALLOW_CLOCK_OFFSET=0\n", encoding="utf-8")

    assert program.serve(LINE_CHANNEL_SECRET="").stop() == 0


@pytest.mark.parametrize("name", ["serve", "worker"])
def test_a_clock_that_may_be_turned_is_turned(program: Program, name: str) -> None:
    (program.folder / "clock").write_text(str(400 * 86400))
    turned = {"CLOCK_OFFSET_FILE": "clock", "ALLOW_CLOCK_OFFSET": "1"}

    served = program.start(name, **turned)
    served.wait_until_it_says('"event": "ready"' if name == "serve" else '"event": "delivering"')

    assert served.stop() == 0


def test_a_copy_in_another_folder_finds_its_own_files(program: Program, tmp_path: Path) -> None:
    """Whatever folder it is started in: its texts, lists and migrations are beside its code."""
    elsewhere = tmp_path / "else where"
    elsewhere.mkdir()
    program.folder = elsewhere

    assert program.as_installed.run("migrate").code == 0
    assert len(program.as_installed.run("categories").out.splitlines()) > 5
    shutil.rmtree(elsewhere)
