"""Units that one thread gathers share a commit: nothing follows from them before it, and each fails alone."""

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from time import monotonic

import pytest
from sqlalchemy import event, select
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.orm import Session

from storage import outbox
from storage.models import Reporter
from storage.outbox import Queued
from storage.session import Database
from storage.shared_commit import MOST_UNITS, Pledge
from tests.databases import OpenDatabase
from tests.storage.test_session import HELLO, NOW
from tests.storage.test_waits import SHORT, count_tries

OpenPledge = Callable[[], Pledge]


@pytest.fixture
def database(sqlite_url: str, open_database: OpenDatabase) -> Database:
    return open_database(sqlite_url)


def _add(database: Database, name: str, *, then: Callable[[Session], None] | None = None) -> None:
    with database.begin(NOW) as session:
        session.add(Reporter(line_user_id=name, created_at=NOW))
        outbox.queue(session, name, HELLO, kind="talk")
        if then:
            session.flush()
            then(session)


def _names(database: Database) -> set[str | None]:
    with database.read() as session:
        return set(session.scalars(select(Reporter.line_user_id)))


def _count_commits(database: Database) -> list[str]:
    commits: list[str] = []
    event.listen(database.engine, "commit", lambda connection: commits.append("commit"))
    return commits


def _undo_everything(session: Session) -> None:
    """As a full disk makes SQLite do."""
    session.connection().exec_driver_sql("ROLLBACK")
    session.connection().exec_driver_sql("SELECT no_such_thing()")


def test_what_is_gathered_comes_true_together_and_only_then_is_delivery_woken(database: Database) -> None:
    woken: list[str] = []
    database.after_commit = lambda queued: woken.extend(queued.waiting)
    commits = _count_commits(database)

    with database.gather(monotonic()) as open_pledge:
        pledges = []
        for name in ("U1", "U2", "U3"):
            pledges.append(open_pledge())
            _add(database, name)
        assert (_names(database), woken) == (set(), [])
    assert [pledge.redeem() for pledge in pledges] == [True] * 3

    assert _names(database) == {"U1", "U2", "U3"}
    assert woken == ["U1", "U2", "U3"]
    assert len(commits) == 1


def test_who_fails_among_those_gathered_is_undone_alone(database: Database) -> None:
    woken: list[Queued] = []
    database.after_commit = woken.append
    with database.gather(monotonic()) as open_pledge:
        first = open_pledge()
        _add(database, "U1")
        second = open_pledge()
        with suppress(IntegrityError):
            _add(database, "U1")
        third = open_pledge()
        _add(database, "U3")

    assert [pledge.redeem() for pledge in (first, second, third)] == [True] * 3
    assert _names(database) == {"U1", "U3"}
    assert len(woken) == 2


def test_where_the_whole_transaction_is_undone_nothing_follows_for_anybody_before_it(database: Database) -> None:
    woken: list[str] = []
    database.after_commit = lambda queued: woken.extend(queued.waiting)
    with database.gather(monotonic()) as open_pledge:
        before = open_pledge()
        _add(database, "U1")
        open_pledge()
        with suppress(SQLAlchemyError):
            _add(database, "U2", then=_undo_everything)
        after = open_pledge()
        _add(database, "U3")

    assert (before.redeem(), after.redeem()) == (False, True)
    assert _names(database) == {"U3"}
    assert woken == ["U3"]


def test_a_commit_that_fails_is_a_broken_pledge_and_the_next_is_well(database: Database) -> None:
    ended: list[str] = []
    with database.gather(monotonic()) as open_pledge:
        pledge = open_pledge()
        with database.begin(NOW) as session:  # found out only at the commit
            session.connection().exec_driver_sql("PRAGMA defer_foreign_keys=ON")
            session.connection().exec_driver_sql(
                "INSERT INTO case_history (case_id, at, action, to_status, role, details)"
                " VALUES (7, '2026-11-21', 'note', 'new', 'staff', '{}')"
            )
        database.once_durable(lambda: ended.append("kept"), otherwise=lambda: ended.append("lost"))
    assert not pledge.redeem()
    assert ended == ["lost"]

    _add(database, "after")
    assert _names(database) == {"after"}


def test_many_are_made_durable_on_the_way(database: Database) -> None:
    commits = _count_commits(database)
    with database.gather(monotonic()) as open_pledge:
        pledge = open_pledge()
        for number in range(MOST_UNITS * 2 + 1):
            _add(database, f"U{number}")
        assert len(_names(database)) == MOST_UNITS * 2
    assert pledge.redeem()
    assert len(commits) == 3


def test_others_write_while_somebody_gathers_and_are_durable_when_they_end(database: Database) -> None:
    with ThreadPoolExecutor(4) as threads:
        with database.gather(monotonic()) as open_pledge:
            pledge = open_pledge()
            others = []
            for number in range(20):
                _add(database, f"mine {number}")
                if number % 5 == 0:
                    others.append(threads.submit(_add, database, f"other {number}"))
        for other in others:
            other.result(30)
        assert pledge.redeem()

    assert len(_names(database)) == 24


def test_those_gathered_before_a_held_file_wait_once_and_not_longer_than_they_may(
    sqlite_url: str, open_database: OpenDatabase
) -> None:
    database = Database(sqlite_url, waits=replace(SHORT, lock=600))
    _add(database, "before")
    other = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    tries = count_tries(database)

    with database.gather(monotonic() - 601) as open_pledge:
        for number in range(5):  # each would wait ten minutes
            open_pledge()
            with pytest.raises(SQLAlchemyError, match="locked"):
                _add(database, f"U{number}")
    assert len(tries) == 1

    other.execute("ROLLBACK")
    other.close()
    with database.gather(monotonic() - 601) as open_pledge:
        pledge = open_pledge()
        _add(database, "late")
    assert pledge.redeem()
    assert _names(database) == {"before", "late"}
    database.close()
