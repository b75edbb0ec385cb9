"""One unit of work comes true whole or not at all, whoever else writes; delivery is woken only after."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier, Event

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError, OperationalError, SQLAlchemyError
from sqlalchemy.orm import Session

from storage import groups, outbox
from storage.models import Case, Group, HistoryEntry, MediaItem, OutboxMessage, Reporter
from storage.outbox import Queued
from storage.session import Database
from tests.databases import OpenDatabase

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
HELLO = {"type": "text", "text": "hello"}


@pytest.fixture
def database(database_url: str, open_database: OpenDatabase) -> Database:
    return open_database(database_url)


@pytest.fixture
def sqlite(sqlite_url: str, open_database: OpenDatabase) -> Database:
    return open_database(sqlite_url)


def _add(session: Session, name: str) -> None:
    session.add(Reporter(line_user_id=name, created_at=NOW))


def _photo_of_no_case() -> MediaItem:
    return MediaItem(message_id="1", chat_id="U1", case_id=7, kind="image", next_at=NOW, sent_at=NOW)


def _names(database: Database) -> set[str | None]:
    with database.read() as session:
        return set(session.scalars(select(Reporter.line_user_id)))


def test_a_new_file_is_for_this_account_alone_and_one_that_is_there_keeps_its_mode(
    tmp_path: Path, open_database: OpenDatabase
) -> None:
    new, shared = tmp_path / "new.db", tmp_path / "shared.db"
    shared.touch()
    shared.chmod(0o660)
    for file, mode in ((new, 0o600), (shared, 0o660)):
        opened = open_database(f"sqlite:///{file}")
        with opened.engine.begin() as connection:
            connection.execute(text("CREATE TABLE kept (id INTEGER)"))
            made = sorted(tmp_path.glob(f"{file.name}*"))
            assert len(made) == 3, "the file, and its log and index, as long as it is open"
            assert {one.stat().st_mode & 0o777 for one in made} == {mode}


# --- whole or not at all ------------------------------------------------------------------------------------
@pytest.mark.parametrize("error", [RuntimeError, KeyError, SystemExit, KeyboardInterrupt])
def test_an_error_undoes_everything_of_its_unit_and_wakes_nobody(
    database: Database, error: type[BaseException]
) -> None:
    woken: list[Queued] = []
    database.after_commit = woken.append

    with pytest.raises(error), database.begin(NOW) as session:
        _add(session, "U1")
        session.flush()
        groups.lock_group(session, "C1", NOW)
        outbox.queue(session, "U1", HELLO, kind="talk")
        raise error

    assert (_names(database), woken) == (set(), [])
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Group)) == 0
        assert session.scalar(select(func.count()).select_from(OutboxMessage)) == 0
    with database.begin(NOW) as session:
        _add(session, "U2")
    assert _names(database) == {"U2"}


def test_an_error_of_the_database_undoes_its_unit_alone(database: Database) -> None:
    with database.begin(NOW) as session:
        _add(session, "U1")
    with pytest.raises(IntegrityError), database.begin(NOW) as session:
        _add(session, "U2")
        session.flush()
        _add(session, "U1")

    assert _names(database) == {"U1"}


def test_what_is_pending_is_written_without_being_asked(database: Database) -> None:
    with database.begin(NOW) as session:
        _add(session, "U1")
        outbox.queue(session, "U1", HELLO, kind="talk")

    assert _names(database) == {"U1"}
    with database.read() as session:
        assert session.scalars(select(OutboxMessage.created_at)).all() == [NOW]


def test_looking_changes_nothing(database: Database) -> None:
    with database.read() as session:
        _add(session, "U1")
        session.flush()

    assert _names(database) == set()


def test_what_was_read_can_be_looked_at_afterwards(database: Database) -> None:
    with database.begin(NOW) as session:
        _add(session, "U1")
    with database.read() as session:
        found = session.scalars(select(Reporter)).one()

    assert (found.line_user_id, found.created_at) == ("U1", NOW)


def test_a_row_that_names_another_which_is_not_there_is_refused(database: Database) -> None:
    with pytest.raises(IntegrityError), database.begin(NOW) as session:
        session.add(_photo_of_no_case())


def test_history_is_added_to_and_never_changed(database: Database) -> None:
    entry = HistoryEntry(case_id=1, at=NOW, action="note", to_status="new", role="staff")
    with database.begin(NOW) as session:
        session.add(Reporter(id=1, line_user_id="U1", created_at=NOW))
        session.flush()
        session.add(
            Case(
                id=1,
                number="FT6911-00001",
                status="new",
                owner="omb",
                routed_by="address",
                category="other",
                description="",
                place="",
                reporter_id=1,
                created_at=NOW,
                updated_at=NOW,
            )
        )
        session.flush()
        session.add(entry)

    for spoil in (
        lambda session, row: setattr(row, "note", "other"),
        lambda session, row: session.delete(row),
    ):
        with pytest.raises(RuntimeError, match="append-only"), database.begin(NOW) as session:
            spoil(session, session.get_one(HistoryEntry, entry.id))


def test_a_time_without_a_zone_is_refused(database: Database) -> None:
    with pytest.raises(SQLAlchemyError, match="naive"), database.begin(NOW) as session:
        session.add(Reporter(line_user_id="U1", created_at=NOW.replace(tzinfo=None)))


# --- waking delivery ----------------------------------------------------------------------------------------
def test_delivery_is_woken_once_it_is_true_and_not_before(database: Database) -> None:
    seen: list[tuple[int, list[str]]] = []
    database.lease = timedelta(seconds=15)

    def look(queued: Queued) -> None:
        with database.read() as session:
            rows = session.scalar(select(func.count()).select_from(OutboxMessage)) or 0
        seen.append((rows, [row.chat_id for row in queued.claimed]))

    database.after_commit = look
    with database.begin(NOW) as session:
        outbox.queue(session, "U1", HELLO, kind="talk")
        outbox.queue(session, "C1", HELLO, kind="card")
        assert seen == []

    assert seen == [(2, ["U1", "C1"])]


def test_nobody_is_woken_for_nothing(database: Database) -> None:
    woken: list[Queued] = []
    database.after_commit = woken.append
    with database.begin(NOW) as session:
        _add(session, "U1")

    assert woken == []


# --- many at once -------------------------------------------------------------------------------------------
def test_many_threads_write_and_everything_is_there(database: Database) -> None:
    together = Barrier(16)

    def write(thread: int) -> None:
        together.wait()
        for number in range(10):
            with database.begin(NOW) as session:
                _add(session, f"{thread}-{number}")

    with ThreadPoolExecutor(16) as threads:
        list(threads.map(write, range(16)))

    assert _names(database) == {f"{thread}-{number}" for thread in range(16) for number in range(10)}


def test_those_that_fail_among_many_cost_the_others_nothing(database: Database) -> None:
    together = Barrier(12)

    def write(thread: int) -> None:
        together.wait()
        for number in range(10):
            try:
                with database.begin(NOW) as session:
                    _add(session, f"{thread}-{number}")
                    session.flush()
                    if (thread + number) % 3 == 0:
                        raise LookupError
                    if (thread + number) % 3 == 1:
                        _add(session, f"{thread}-{number}")
            except (LookupError, IntegrityError):
                continue

    with ThreadPoolExecutor(12) as threads:
        list(threads.map(write, range(12)))

    assert _names(database) == {
        f"{thread}-{number}" for thread in range(12) for number in range(10) if (thread + number) % 3 == 2
    }


def test_a_unit_is_durable_when_it_ends_though_another_follows(database: Database, database_url: str) -> None:
    """Whoever is told 200 must find it in the file, also while the next one is at work."""
    done, go_on = Event(), Event()

    def write_first() -> None:
        with database.begin(NOW) as session:
            _add(session, "U1")
        done.set()

    def write_next() -> None:
        with database.begin(NOW) as session:
            _add(session, "U2")
            go_on.wait(10)

    elsewhere = Database(database_url)
    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(write_first)
        assert done.wait(10)
        following = threads.submit(write_next)
        assert _names(elsewhere) == {"U1"}
        go_on.set()
        first.result()
        following.result()
    assert _names(elsewhere) == {"U1", "U2"}
    elsewhere.close()


def test_two_processes_write_to_one_database(database_url: str, open_database: OpenDatabase) -> None:
    here, there = open_database(database_url), open_database(database_url)

    def write(number: int) -> None:
        with (here if number % 2 else there).begin(NOW) as session:
            _add(session, str(number))

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(write, range(80)))

    assert _names(here) == _names(there) == {str(number) for number in range(80)}


# --- SQLite itself ------------------------------------------------------------------------------------------
def test_a_commit_that_fails_is_told_to_all_who_shared_it_and_the_next_is_well(sqlite: Database) -> None:
    together = Barrier(4)

    def write(number: int) -> str:
        together.wait()
        try:
            with sqlite.begin(NOW) as session:
                if number == 0:  # found out only at the commit
                    session.connection().exec_driver_sql("PRAGMA defer_foreign_keys=ON")
                    session.add(_photo_of_no_case())
                    session.flush()
                _add(session, f"U{number}")
        except SQLAlchemyError as error:
            return type(error).__name__
        return "done"

    with ThreadPoolExecutor(4) as threads:
        ended = list(threads.map(write, range(4)))

    assert ended[0] != "done"
    assert _names(sqlite) == {f"U{number}" for number in range(4) if ended[number] == "done"}
    with sqlite.begin(NOW) as session:
        _add(session, "after")
    assert "after" in _names(sqlite)


def test_a_full_disk_is_an_outage_and_what_was_there_stays(sqlite: Database) -> None:
    with sqlite.begin(NOW) as session:
        _add(session, "before")
        pages = session.connection().exec_driver_sql("PRAGMA page_count").scalar()
        session.connection().exec_driver_sql(f"PRAGMA max_page_count={pages}")

    with pytest.raises(OperationalError, match="full"), sqlite.begin(NOW) as session:
        for number in range(200):
            _add(session, "x" * 60 + f"{number:04}")
        session.flush()

    assert _names(sqlite) == {"before"}
    sqlite.close()  # the disk has room again
    with sqlite.begin(NOW) as session:
        _add(session, "after")
    assert _names(sqlite) == {"before", "after"}


def test_a_receipt_given_is_a_receipt_kept(sqlite: Database) -> None:
    with sqlite.begin(NOW) as session:
        told = {
            name: session.connection().exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }

    assert told == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_the_folder_of_a_new_file_is_made(tmp_path: Path, open_database: OpenDatabase) -> None:
    made = open_database(f"sqlite:///{tmp_path}/deep/down/new.db")
    with made.read() as session:
        assert session.execute(text("SELECT 1")).scalar() == 1

    assert (tmp_path / "deep" / "down" / "new.db").is_file()


def test_readers_are_not_held_up_by_a_writer(sqlite: Database, sqlite_url: str) -> None:
    with sqlite.begin(NOW) as session:
        _add(session, "U1")
    other = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    assert _names(sqlite) == {"U1"}
    other.close()


def test_a_closed_database_opens_again_by_itself(database: Database) -> None:
    with database.begin(NOW) as session:
        _add(session, "U1")
    database.close()
    with database.begin(NOW) as session:
        _add(session, "U2")

    assert _names(database) == {"U1", "U2"}
