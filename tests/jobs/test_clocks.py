"""Clocks over a real database: two workers at once, a storm, one that fails; nothing is told twice."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import func, select

import clock
from cases import lifecycle, reminding
from cases.statuses import Action, Actor, Role
from clock import BANGKOK
from jobs import clocks
from storage import groups
from storage.models import Group, HistoryEntry, OutboxMessage, Reporter
from storage.session import Database
from tests.cases.lives import ACTORS, STAFF_GROUP, open_case
from tests.databases import OpenDatabase

MONDAY_9 = datetime(2027, 3, 8, 9, 0, tzinfo=BANGKOK).astimezone(UTC)
OFFICES = [f"district:{code}" for code in range(1001, 1011)]


@pytest.fixture
def turned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The clock's file, first at Monday nine o'clock."""
    offset = tmp_path / "clock"
    offset.write_text("0")
    monkeypatch.setenv("CLOCK_OFFSET_FILE", str(offset))
    _turn(offset, MONDAY_9)
    yield offset


def _turn(offset: Path, moment: datetime) -> None:
    offset.write_text("0")
    offset.write_text(repr((moment - clock.now()).total_seconds()))


def _begin(database: Database, cases: int) -> None:
    """Groups of ten offices, and cases handed to the offices in turn; the officers' group comes with the cases."""
    now = clock.now()
    with database.begin(now) as session:
        for chat, office in enumerate(OFFICES, start=1):
            group = groups.lock_group(session, f"C{chat}", now)
            group.organisation, group.bound_at = office, now
        session.flush()
        for place in range(cases):
            case = open_case(session, number=f"FT7003-{place:05d}", owner=OFFICES[place % len(OFFICES)])
            lifecycle.apply(session, case, Action.DISPATCH, ACTORS[Role.SYSTEM], now, details={"card": False})
    _forget_said(database)


def _offer(database: Database, cases: int) -> None:
    """So many more cases of the first office, offered to another, which will not answer."""
    now = clock.now()
    with database.begin(now) as session:
        for place in range(cases):
            case = open_case(session, number=f"FT7003-9{place:04d}", owner=OFFICES[0])
            lifecycle.apply(session, case, Action.DISPATCH, ACTORS[Role.SYSTEM], now, details={"card": False})
            sender = Actor(Role.COORDINATOR, person="Usomchai", organisation=OFFICES[0])
            lifecycle.apply(session, case, Action.TRANSFER, sender, now, note="road", receiver=OFFICES[1])
    _forget_said(database)


def _forget_said(database: Database) -> None:
    with database.begin() as session:
        for row in session.scalars(select(OutboxMessage)):
            session.delete(row)


def _list_said(database: Database) -> list[tuple[str, int]]:
    """Each call to LINE that was queued: the chat, and how many bubbles of reminders are in it."""
    with database.read() as session:
        rows = session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)).all()
        return [
            (row.chat_id, len(json.loads(row.messages)))
            for row in rows
            if any(t["kind"] == "reminder" for t in row.ties)
        ]


def _count(database: Database, action: str) -> int:
    with database.read() as session:
        done = select(func.count()).select_from(HistoryEntry).where(HistoryEntry.action == action)
        return session.execute(done).scalar_one()


def test_two_workers_that_look_at_once_tell_nothing_twice(
    database_url: str, open_database: OpenDatabase, turned: Path
) -> None:
    workers = [open_database(database_url) for _ in range(3)]
    _begin(workers[0], 60)
    _offer(workers[0], 2)
    for moment, action in ((timedelta(hours=5), "remind"), (timedelta(days=1, hours=1), "escalate")):
        _forget_said(workers[0])
        _turn(turned, MONDAY_9 + moment)
        together = Barrier(len(workers))

        def look(worker: Database, together: Barrier = together) -> None:
            together.wait(20)
            for _ in range(3):
                clocks.ring_clocks(worker)

        with ThreadPoolExecutor(len(workers)) as threads:
            list(threads.map(look, workers))
        clocks.ring_clocks(workers[0])
        assert _count(workers[0], action) == 60
        said = [chat for chat, _ in _list_said(workers[0])]
        expected = [f"C{place}" for place in range(1, 11)] if action == "remind" else [STAFF_GROUP, "C1"]
        assert sorted(said) == sorted(expected), "one call to each group"


def test_a_storm_for_one_office_is_told_in_few_calls(
    database_url: str, open_database: OpenDatabase, turned: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = open_database(database_url)
    monkeypatch.setattr("tests.jobs.test_clocks.OFFICES", OFFICES[:1])
    _begin(database, 210)
    _turn(turned, MONDAY_9 + timedelta(hours=5))

    clocks.ring_clocks(database)
    clocks.ring_clocks(database)

    assert _list_said(database) == [("C1", 1)] * 3, "a hundred cases a call"
    assert _count(database, "remind") == 210


def test_an_office_that_cannot_be_told_holds_up_no_other(
    sqlite_url: str, open_database: OpenDatabase, turned: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = open_database(sqlite_url)
    _begin(database, 20)
    _turn(turned, MONDAY_9 + timedelta(hours=5))
    tell, broken = reminding.tell_together, {"C1"}

    def fail(session: object, chat_id: str, *others: object, **more: object) -> None:
        if chat_id in broken:
            raise LookupError("a case that cannot be shown")
        tell(session, chat_id, *others, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(reminding, "tell_together", fail)
    clocks.ring_clocks(database)
    assert sorted(chat for chat, _ in _list_said(database)) == sorted(f"C{place}" for place in range(2, 11))

    broken.clear()
    clocks.ring_clocks(database)
    assert sorted(chat for chat, _ in _list_said(database)) == sorted(f"C{place}" for place in range(1, 11))
    assert _count(database, "remind") == 20


def test_what_somebody_is_at_work_on_is_told_at_the_next_look(
    postgres_url: str, open_database: OpenDatabase, turned: Path
) -> None:
    mine, theirs = open_database(postgres_url), open_database(postgres_url)
    _begin(mine, 10)
    _turn(turned, MONDAY_9 + timedelta(hours=5))

    with theirs.begin() as session:
        session.scalars(select(Group).where(Group.chat_id == "C1").with_for_update()).one()
        clocks.ring_clocks(mine)
        assert "C1" not in [chat for chat, _ in _list_said(mine)]
    clocks.ring_clocks(mine)

    assert [chat for chat, _ in _list_said(mine)].count("C1") == 1
    assert _count(mine, "remind") == 10
    with mine.read() as session:
        assert session.execute(select(func.count()).select_from(Reporter)).scalar_one() >= 1
