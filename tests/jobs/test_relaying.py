"""Bundles of what a reporter said go once, whoever looks, however often, and however late."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

import clock
from cases import gathering, lifecycle
from cases.statuses import Action, Role
from jobs.relaying import Relayer
from storage import relays
from storage.models import OutboxMessage, Relay
from storage.session import Database
from tests.cases.lives import ACTORS, open_case


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database(database_url)
    yield opened
    opened.close()


def _answered(database: Database, now: datetime) -> int:
    """A case whose reporter has just answered."""
    with database.begin(now) as session:
        case = open_case(session)
        for action, role in (
            (Action.DISPATCH, Role.SYSTEM),
            (Action.ASK, Role.COORDINATOR),
            (Action.ANSWER, Role.REPORTER),
        ):
            lifecycle.apply(session, case, action, ACTORS[role], now, note="words")
        return case.id


def _count(database: Database, model: type[Relay] | type[OutboxMessage]) -> int:
    with database.read() as session:
        return session.execute(select(func.count()).select_from(model)).scalar_one()


def test_nothing_goes_before_its_time(database: Database) -> None:
    now = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
    _answered(database, now)
    before = _count(database, OutboxMessage)
    assert Relayer(database, now=lambda: now + gathering.PIECES - timedelta(seconds=1)).pass_on() == 0
    assert (_count(database, Relay), _count(database, OutboxMessage)) == (1, before)


def test_two_who_look_at_once_pass_it_on_once(database: Database) -> None:
    now = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
    _answered(database, now)
    before = _count(database, OutboxMessage)
    late = now + timedelta(days=7)
    relayers = [Relayer(database, now=lambda: late) for _ in range(4)]
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda one: one.pass_on(), relayers))
    assert (_count(database, Relay), _count(database, OutboxMessage)) == (0, before + 1)
    assert relayers[0].pass_on() == 0


def test_more_puts_it_off_but_not_for_ever(database: Database) -> None:
    now = clock.now()
    case_id = _answered(database, now)
    with database.begin(now) as session:
        for seconds in range(0, 300, 5):
            moment = now + timedelta(seconds=seconds)
            relays.put_off(session, case_id, "answer", moment, wait=gathering.PIECES, longest=gathering.LONGEST)
        found = relays.find(session, case_id, "answer")
        assert found is not None and found.due_at == found.began_at + gathering.LONGEST
