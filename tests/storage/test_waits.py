"""No wait for the database is without an end, and after a failure nothing is written that nobody asked for."""

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from time import monotonic

import pytest
from sqlalchemy import create_engine, event, insert, make_url, select, text
from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError, TimeoutError
from sqlalchemy.orm import Session

from commands import schema
from storage import conversations, readiness
from storage.engines import AT_ONCE, Waits
from storage.faults import is_outage
from storage.models import Conversation, Reporter
from storage.session import Database
from tests.storage.test_session import NOW

SHORT = Waits(lock=0.3, connect=2, statement=0.5, idle=0.5)
Open = Callable[[str], Database]


@pytest.fixture
def open_database() -> Iterator[Open]:
    """Opens a database that is waited for only for moments."""
    opened: list[Database] = []

    def open_another(url: str) -> Database:
        opened.append(Database(url, waits=SHORT))
        return opened[-1]

    yield open_another
    for database in opened:
        database.close()


@pytest.fixture
def sqlite(sqlite_url: str, open_database: Open) -> Database:
    return open_database(sqlite_url)


@pytest.fixture
def postgres(postgres_url: str, open_database: Open) -> Database:
    return open_database(postgres_url)


def _write(database: Database, name: str) -> str:
    try:
        with database.begin(NOW) as session:
            session.add(Reporter(line_user_id=name, created_at=NOW))
    except SQLAlchemyError as error:
        assert is_outage(error)
        return "outage"
    return "done"


def _names(database: Database) -> set[str | None]:
    with database.read() as session:
        return set(session.scalars(select(Reporter.line_user_id)))


def count_tries(database: Database) -> list[str]:
    """The statements that ask for the right to write, as they come."""
    tries: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement == "BEGIN IMMEDIATE":
            tries.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    return tries


# --- a file that another program writes to ------------------------------------------------------------------
def test_those_who_stand_in_line_for_a_held_file_wait_together_and_not_one_after_another(
    sqlite: Database, sqlite_url: str
) -> None:
    assert _write(sqlite, "before") == "done"
    other = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    tries = count_tries(sqlite)

    with ThreadPoolExecutor(8) as threads:
        ended = list(threads.map(lambda number: _write(sqlite, str(number)), range(8)))
    assert ended == ["outage"] * 8
    assert len(tries) < 8  # most were refused with the one they stood behind

    other.execute("ROLLBACK")
    other.close()
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(lambda number: _write(sqlite, str(number)), range(8))) == ["done"] * 8
    assert _names(sqlite) == {"before", *map(str, range(8))}


def test_who_waited_long_before_their_turn_waits_no_longer_for_a_held_file(sqlite_url: str) -> None:
    database = Database(sqlite_url, waits=replace(SHORT, lock=600))
    assert _write(database, "before") == "done"
    other = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    for _ in range(3):  # each would wait ten minutes
        with pytest.raises(OperationalError, match="locked"), database.begin(NOW, monotonic() - 601):
            pass

    other.execute("ROLLBACK")
    other.close()
    with database.begin(NOW, monotonic() - 601) as session:  # it is free: late is better than never
        session.add(Reporter(line_user_id="late", created_at=NOW))
    assert _write(database, "after") == "done"
    assert _names(database) == {"before", "late", "after"}
    database.close()


# --- a file that cannot be written for a while, or is not where it was ------------------------------------------
def _may_only_read(database: Database) -> None:
    """As a connection is that SQLite opened while the file was read-only: it stays so."""
    with database.begin(NOW) as session:
        session.connection().exec_driver_sql("PRAGMA query_only=ON")


@pytest.mark.parametrize("asks", ["prepared", "core", "nothing at all after it"])
def test_a_connection_that_may_only_read_is_given_up_for_one_that_may_write(sqlite: Database, asks: str) -> None:
    assert _write(sqlite, "before") == "done"
    with sqlite.read() as one, sqlite.read() as another:  # those that lie in the pool are no better
        for session in (one, another):
            session.connection().exec_driver_sql("PRAGMA query_only=ON")
    _may_only_read(sqlite)

    with pytest.raises(SQLAlchemyError) as raised, sqlite.begin(NOW) as session:
        if asks == "prepared":
            conversations.lock(session, "U1", NOW)
        elif asks == "core":
            session.execute(insert(Reporter).values(line_user_id="U1", created_at=NOW))
        else:
            with suppress(SQLAlchemyError):
                conversations.lock(session, "U1", NOW)
    assert is_outage(raised.value)

    assert _write(sqlite, "after") == "done"
    assert _names(sqlite) == {"before", "after"}


@pytest.mark.parametrize("what", ["the file", "its folder"])
def test_a_file_that_was_moved_is_an_outage_until_it_is_back(tmp_path: Path, open_database: Open, what: str) -> None:
    file = tmp_path / "var" / "ft.db"
    database = open_database(f"sqlite:///{file}")
    schema.upgrade(database.engine)
    assert _write(database, "before") == "done"
    moved = file if what == "the file" else file.parent
    moved.rename(tmp_path / "away")

    assert [_write(database, name) for name in ("lost", "again")] == ["outage"] * 2
    assert not _can_be_written(database)
    with pytest.raises(OperationalError):
        _names(database)
    assert not file.exists()  # an empty one in its place would cost what its log holds

    (tmp_path / "away").rename(moved)
    assert _write(database, "after") == "done"
    assert _can_be_written(database)
    assert _names(database) == {"before", "after"}


def test_a_file_that_was_put_in_the_place_of_ours_is_the_one_written_to(tmp_path: Path, open_database: Open) -> None:
    file, copy = tmp_path / "ft.db", tmp_path / "copy.db"
    database = open_database(f"sqlite:///{file}")
    schema.upgrade(database.engine)
    assert _write(database, "before") == "done"
    with sqlite3.connect(file) as source, sqlite3.connect(copy) as target:
        source.backup(target)
    source.close()
    target.close()
    assert _write(database, "since the copy") == "done"
    database.engine.dispose()
    for name in (file, Path(f"{file}-wal"), Path(f"{file}-shm")):
        name.unlink(missing_ok=True)
    copy.rename(file)

    assert _write(database, "after") == "done"
    assert _names(database) == {"before", "after"}


def test_a_folder_that_is_gone_cannot_be_written(tmp_path: Path, open_database: Open) -> None:
    database = open_database(f"sqlite:///{tmp_path}/var/ft.db")
    (tmp_path / "var").rmdir()
    assert not _can_be_written(database)


# --- a disk that is full in the middle of a unit --------------------------------------------------------------
def _fill(database: Database) -> None:
    """From now on the file may not grow."""
    with database.begin(NOW) as session:
        pages = session.connection().exec_driver_sql("PRAGMA page_count").scalar()
        session.connection().exec_driver_sql(f"PRAGMA max_page_count={pages}")


def _write_till_full(session: Session, asks: str) -> None:
    for number in range(1000):
        if asks == "prepared":
            conversations.lock(session, f"{number:060}", NOW)
        else:
            session.execute(insert(Reporter).values(line_user_id=f"{number:060}", created_at=NOW))


@pytest.mark.parametrize("asks", ["prepared", "core"])
def test_who_goes_on_after_a_full_disk_writes_nothing(sqlite: Database, asks: str) -> None:
    assert _write(sqlite, "before") == "done"
    _fill(sqlite)

    with pytest.raises(SQLAlchemyError) as raised, sqlite.begin(NOW) as session:
        with suppress(SQLAlchemyError):  # somebody forgets that the database said no
            _write_till_full(session, asks)
        for write in (
            lambda: conversations.lock(session, "U1", NOW),
            lambda: session.connection().execute(text("UPDATE reporters SET line_user_id = 'spoilt'")),
        ):
            with pytest.raises(SQLAlchemyError):
                write()

    assert is_outage(raised.value)
    with sqlite.read() as session:
        assert session.scalars(select(Conversation.chat_id)).all() == []
    assert _names(sqlite) == {"before"}
    sqlite.close()  # the disk has room again
    assert _write(sqlite, "after") == "done"


def test_a_program_that_fails_of_itself_after_a_full_disk_is_an_outage_too(sqlite: Database) -> None:
    """Or its event would be kept as failed, as if our code could not digest it."""
    assert _write(sqlite, "before") == "done"
    _fill(sqlite)

    with pytest.raises(OperationalError) as raised, sqlite.begin(NOW) as session:
        try:
            _write_till_full(session, "prepared")
        except SQLAlchemyError as error:
            raise LookupError("what was to be found is not there") from error

    assert is_outage(raised.value)


# --- PostgreSQL -----------------------------------------------------------------------------------------------
@pytest.mark.postgres
def test_a_lock_that_is_never_given_back_is_an_outage(postgres: Database) -> None:
    holder = create_engine(postgres.engine.url)
    with holder.begin() as other:
        other.execute(text("LOCK TABLE reporters IN ACCESS EXCLUSIVE MODE"))
        assert _write(postgres, "U1") == "outage"
    holder.dispose()

    assert _write(postgres, "U1") == "done"


@pytest.mark.postgres
def test_a_statement_without_end_is_an_outage(postgres: Database) -> None:
    with pytest.raises(DBAPIError) as raised, postgres.begin(NOW) as session:
        session.execute(text("SELECT pg_sleep(60)"))

    assert is_outage(raised.value)
    assert _write(postgres, "U1") == "done"


@pytest.mark.postgres
def test_a_transaction_in_which_nothing_happens_is_ended_by_the_server(postgres: Database) -> None:
    began = monotonic()
    with pytest.raises(DBAPIError) as raised, postgres.begin(NOW) as session:
        conversations.lock(session, "U1", NOW)
        watcher = create_engine(postgres.engine.url)
        mine = text("SELECT count(*) FROM pg_stat_activity WHERE state = 'idle in transaction' AND pid <> :me")
        with watcher.connect() as other:
            me = other.execute(text("SELECT pg_backend_pid()")).scalar_one()
            while other.execute(mine, {"me": me}).scalar() and monotonic() - began < 30:
                other.rollback()
        watcher.dispose()
        conversations.lock(session, "U1", NOW)

    assert is_outage(raised.value)
    assert _write(postgres, "U1") == "done"


@pytest.mark.postgres
def test_what_the_address_itself_says_of_waits_goes_before_ours(postgres_url: str, open_database: Open) -> None:
    url = make_url(postgres_url).update_query_dict({"options": "-c lock_timeout=1234"})
    with open_database(url.render_as_string(hide_password=False)).read() as session:
        told = {
            name: session.execute(text(f"SHOW {name}")).scalar()
            for name in ("lock_timeout", "statement_timeout", "idle_in_transaction_session_timeout", *AT_ONCE)
        }

    assert told == {
        "lock_timeout": "1234ms",
        "statement_timeout": "500ms",
        "idle_in_transaction_session_timeout": "500ms",
        "jit": "off",
        "max_parallel_workers_per_gather": "0",
    }


@pytest.mark.postgres
def test_when_every_connection_is_taken_it_is_an_outage(postgres: Database) -> None:
    taken = [postgres.engine.connect() for _ in range(40)]
    with pytest.raises(TimeoutError) as raised, postgres.begin(NOW):
        pass
    for connection in taken:
        connection.close()

    assert is_outage(raised.value)
    assert _write(postgres, "U1") == "done"


# --- whether it can be written at all --------------------------------------------------------------------------
def _can_be_written(database: Database) -> bool:
    try:
        database.check_writable()
    except SQLAlchemyError as error:
        assert is_outage(error)
        return False
    return True


def test_a_database_that_takes_words_can_be_written(database_url: str, open_database: Open) -> None:
    database = open_database(database_url)
    assert [_can_be_written(database) for _ in range(3)] == [True] * 3


def test_a_file_that_may_only_be_read_cannot(sqlite_url: str, open_database: Open) -> None:
    name = make_url(sqlite_url).database
    assert not _can_be_written(open_database(f"sqlite:///file:{name}?mode=ro&uri=true"))


def test_nor_one_that_another_program_holds_until_it_lets_go(sqlite: Database, sqlite_url: str) -> None:
    assert _write(sqlite, "before") == "done"
    other = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    tries = count_tries(sqlite)
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(_can_be_written, [sqlite] * 8)) == [False] * 8
    assert len(tries) < 8  # those who stood in line share what was found

    other.execute("ROLLBACK")
    other.close()
    assert _can_be_written(sqlite)
    tries.clear()
    assert _can_be_written(sqlite) and tries == []  # it looks only once in some seconds


def test_nor_one_whose_disk_is_full(sqlite: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readiness, "LEAST_ROOM", 2**63)
    assert not _can_be_written(sqlite)


@pytest.mark.postgres
def test_nor_a_server_that_may_only_be_read(postgres: Database) -> None:
    engine = create_engine(postgres.engine.url.set(database="postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as administrator:
        administrator.execute(
            text(f"ALTER DATABASE {postgres.engine.url.database} SET default_transaction_read_only = on")
        )
    engine.dispose()

    assert not _can_be_written(postgres)


def test_nor_a_file_without_our_tables(tmp_path: Path, open_database: Open) -> None:
    assert not _can_be_written(open_database(f"sqlite:///{tmp_path}/empty.db"))
