"""While the database is gone, locked or read-only it is 500, and LINE's redelivery then doubles nothing."""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

import pytest
from sqlalchemy import URL, create_engine, make_url, text

from handlers.webhook import Webhook
from tests.chat import words_of
from tests.handlers.door import Door, again, body_of, person, say, sign

PROBLEM = "ไฟถนนดับทั้งซอย มืดมาก"


def _must_be_whole(door: Door, *chats: str) -> None:
    """Each chat's first words were worked on once, and answered once."""
    assert door.list_states() == ["done"] * len(chats)
    for chat in chats:
        assert door.hear(chat).count(words_of("report.ask_place")) == 1
        assert len(door.list_queued(chat)) == 1


def _file_of(url: str) -> str:
    return str(make_url(url).database)


def _hold(door: Door, url: str) -> sqlite3.Connection:
    """Another program that writes to the file, once ours has opened it."""
    assert door.tell(say(PROBLEM, person(99))) == 200
    other = sqlite3.connect(_file_of(url), isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    return other


# --- SQLite -----------------------------------------------------------------------------------------------
@pytest.mark.slow
def test_while_another_program_holds_the_file_it_is_500_and_then_well(quick_door: Door, sqlite_url: str) -> None:
    events = [say(PROBLEM, person(1)), say(PROBLEM, person(2))]
    other = _hold(quick_door, sqlite_url)

    assert quick_door.tell(*events) == 500
    other.execute("ROLLBACK")
    other.close()

    assert quick_door.tell(*(again(event) for event in events)) == 200
    _must_be_whole(quick_door, person(1), person(2), person(99))


def test_a_file_held_for_a_moment_is_waited_for(quick_door: Door, sqlite_url: str) -> None:
    other = _hold(quick_door, sqlite_url)
    with ThreadPoolExecutor(4) as threads:
        told = [threads.submit(quick_door.tell, say(PROBLEM, person(number))) for number in range(4)]
        assert not any(one.done() for one in told)
        other.execute("COMMIT")
        assert [one.result() for one in told] == [200] * 4
    other.close()

    _must_be_whole(quick_door, person(99), *(person(number) for number in range(4)))


@pytest.mark.parametrize("write", ["UPDATE ON conversations", "INSERT ON outbox"])
def test_when_sqlite_undoes_everything_in_the_middle_of_an_event_it_is_500_and_then_well(
    quick_door: Door, write: str
) -> None:
    """As a full disk makes it do. Nothing may be written after it by those who have not noticed."""
    event = say(PROBLEM)
    undo = "BEGIN SELECT RAISE(ROLLBACK, 'the disk is full'); END"
    quick_door.run(f"CREATE TRIGGER fill_disk BEFORE {write} {undo}")

    assert quick_door.tell(event, say(PROBLEM, person(2))) == 500
    assert quick_door.list_kept() == []

    quick_door.run("DROP TRIGGER fill_disk")
    assert quick_door.tell(again(event)) == 200
    _must_be_whole(quick_door, person())


def test_while_the_folder_of_the_file_is_moved_it_is_500_and_then_well(quick_door: Door, sqlite_url: str) -> None:
    folder = Path(_file_of(sqlite_url)).parent
    before, event = say(PROBLEM, person(1)), say(PROBLEM, person(2))
    assert quick_door.tell(before) == 200

    away = folder.rename(folder.with_name(f"{folder.name}-away"))
    assert quick_door.tell(event) == 500
    assert quick_door.tell(event, "not an event") == 500
    assert quick_door.get("/readyz").status_code == 503

    away.rename(folder)
    assert quick_door.tell(again(event)) == 200
    assert quick_door.get("/readyz").status_code == 200
    _must_be_whole(quick_door, person(1), person(2))


def test_a_body_that_waited_too_long_for_its_turn_does_not_wait_for_the_file_too(
    quick_door: Door, sqlite_url: str
) -> None:
    webhook = Webhook(quick_door.parts.dispatcher, quick_door.settings)
    body = body_of([say(PROBLEM, person(1))])
    other = _hold(quick_door, sqlite_url)
    assert [webhook.take(body, sign(body), monotonic() - 60) for _ in range(3)] == [500] * 3
    other.execute("ROLLBACK")
    other.close()

    assert webhook.take(body, sign(body), monotonic() - 60) == 200
    _must_be_whole(quick_door, person(1), person(99))


def test_a_file_that_can_only_be_read_is_500(quick_door: Door, sqlite_url: str, tmp_path: Path) -> None:
    event = say(PROBLEM)
    read_only = Door(f"sqlite:///file:{_file_of(sqlite_url)}?mode=ro&uri=true", tmp_path)

    assert read_only.tell(event) == 500
    assert read_only.tell(event) == 500
    read_only.close()

    assert quick_door.tell(again(event)) == 200
    _must_be_whole(quick_door, person())


def test_a_file_without_our_tables_is_500(tmp_path: Path) -> None:
    empty = Door(f"sqlite:///{tmp_path}/empty.db", tmp_path)

    assert empty.tell(say(PROBLEM)) == 500
    assert empty.tell(say(PROBLEM), "not an event") == 500
    empty.close()


def test_a_file_that_is_no_database_is_500(tmp_path: Path) -> None:
    (tmp_path / "other.db").write_bytes(b"this is a letter, and no database at all" * 100)
    wrong = Door(f"sqlite:///{tmp_path}/other.db", tmp_path)

    assert wrong.tell(say(PROBLEM)) == 500
    assert wrong.get("/readyz").status_code == 503
    wrong.close()


# --- PostgreSQL ---------------------------------------------------------------------------------------------
class Administrator:
    """Somebody with the right to close the database, as an operator has."""

    def __init__(self, url: URL) -> None:
        self._name = url.database
        self._engine = create_engine(url.set(database="postgres"), isolation_level="AUTOCOMMIT")

    def orders(self, *statements: str) -> None:
        """Do this to the database, and end every connection to it."""
        ends = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name"
        with self._engine.connect() as connection:
            for statement in statements:
                connection.execute(text(f"ALTER DATABASE {self._name} {statement}"))
            connection.execute(text(ends), {"name": self._name})

    def leaves(self) -> None:
        """Give the connection back."""
        self._engine.dispose()


@pytest.fixture
def postgres_door(postgres_url: str, tmp_path: Path) -> Iterator[Door]:
    opened = Door(postgres_url, tmp_path)
    yield opened
    opened.close()


@contextmanager
def _administrator(door: Door) -> Iterator[Administrator]:
    somebody = Administrator(door.database.engine.url)
    yield somebody
    somebody.leaves()


@pytest.mark.postgres
def test_while_the_server_takes_no_connection_it_is_500_and_then_well(postgres_door: Door) -> None:
    before, events = say(PROBLEM, person(1)), [say(PROBLEM, person(2)), say(PROBLEM, person(3))]
    assert postgres_door.tell(before) == 200
    with _administrator(postgres_door) as administrator:
        administrator.orders("ALLOW_CONNECTIONS false")
        assert postgres_door.tell(before, *events) == 500
        assert postgres_door.get("/readyz").status_code == 503
        administrator.orders("ALLOW_CONNECTIONS true")

    assert postgres_door.tell(*(again(event) for event in (before, *events))) == 200
    assert postgres_door.get("/readyz").status_code == 200
    _must_be_whole(postgres_door, person(1), person(2), person(3))


@pytest.mark.postgres
def test_a_server_that_can_only_be_read_is_500_and_then_well(postgres_door: Door) -> None:
    event = say(PROBLEM)
    with _administrator(postgres_door) as administrator:
        administrator.orders("SET default_transaction_read_only = on")
        assert postgres_door.tell(event) == 500
        assert postgres_door.tell(event, "not an event") == 500
        administrator.orders("RESET default_transaction_read_only")

    assert postgres_door.tell(again(event)) == 200
    _must_be_whole(postgres_door, person())


@pytest.mark.postgres
def test_connections_that_break_off_between_events_are_replaced(postgres_door: Door) -> None:
    with _administrator(postgres_door) as administrator:
        for number in range(1, 5):
            assert postgres_door.tell(say(PROBLEM, person(number))) == 200
            administrator.orders()

    _must_be_whole(postgres_door, *(person(number) for number in range(1, 5)))


@pytest.mark.postgres
def test_a_table_that_is_held_for_a_moment_is_waited_for(postgres_door: Door) -> None:
    engine = create_engine(postgres_door.database.engine.url)
    with ThreadPoolExecutor(4) as threads:
        with engine.begin() as other:
            other.execute(text("LOCK TABLE conversations IN ACCESS EXCLUSIVE MODE"))
            told = [threads.submit(postgres_door.tell, say(PROBLEM, person(number))) for number in range(4)]
            assert not any(one.done() for one in told)
        assert [one.result() for one in told] == [200] * 4
    engine.dispose()

    _must_be_whole(postgres_door, *(person(number) for number in range(4)))


@pytest.mark.postgres
def test_a_deadlock_that_postgresql_breaks_is_tried_again(postgres_door: Door) -> None:
    first, second = person(1), person(2)
    assert postgres_door.tell(say("ยกเลิก", first), say("ยกเลิก", second)) == 200
    held = "SELECT 1 FROM conversations WHERE chat_id = :chat FOR UPDATE"
    event = say(PROBLEM, first)
    engine = create_engine(postgres_door.database.engine.url)
    with ThreadPoolExecutor(1) as threads, engine.begin() as other:
        # The other session waits in a circle with ours: it holds the chat, then wants the event's own row.
        other.execute(text(held), {"chat": first})
        told = threads.submit(postgres_door.tell, event)
        waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
        while not other.execute(text(waiting)).scalar():
            pass
        try:
            other.execute(
                text(
                    "INSERT INTO inbox_events (event_id, kind, state, redelivered, received_at, raw) "
                    "VALUES (:event, 'text', 'done', false, now(), '')"
                ),
                {"event": event["webhookEventId"]},
            )
        except Exception:
            other.rollback()
        else:
            other.rollback()
        assert told.result() == 200
    engine.dispose()

    assert postgres_door.hear(first).count(words_of("report.ask_place")) == 1
