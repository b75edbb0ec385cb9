"""Who follows what, and what lies near a spot, on both kinds of database."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from cases import duplicates
from storage import followers, reporters
from storage.models import Case
from storage.session import Database

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
HERE = (13.7695, 100.5530)
METRE = 1 / 111_195  # of latitude, in degrees


@pytest.fixture
def session(database_url: str) -> Iterator[Session]:
    database = Database(database_url)
    with database.begin(NOW) as opened:
        yield opened
        opened.info["outbox"].by_chat.clear()
    database.close()


def _add(session: Session, number: int, *, north: float = 0, east: float = 0, **values: object) -> Case:
    reporter = reporters.get_or_add_line_reporter(session, "U-nid", NOW)
    case = Case(
        **{
            "number": f"FT6911-{number:05d}",
            "status": "dispatched",
            "owner": "district:1026",
            "routed_by": "boundary",
            "category": "lighting",
            "description": "x",
            "place": "y",
            "latitude": HERE[0] + north * METRE,
            "longitude": HERE[1] + east * METRE / 0.9713,
            "reporter_id": reporter.id,
            "created_at": NOW,
            "updated_at": NOW,
        }
        | values
    )
    session.add(case)
    session.flush()
    return case


def _near(session: Session, now: datetime = NOW) -> list[tuple[str, int]]:
    found = duplicates.list_alike(session, "lighting", *HERE, "U-dao", now)
    return [(one.case.number[-1], round(one.metres)) for one in found]


def test_sixty_metres_in_every_direction_and_no_more(session: Session) -> None:
    _add(session, 1, north=59)
    _add(session, 2, east=-59)
    _add(session, 3, north=61)
    _add(session, 4, east=61)
    _add(session, 5, north=50, east=50)  # within the square, 71 metres away
    assert sorted(_near(session)) == [("1", 59), ("2", 59)]


def test_the_nearest_three_and_none_that_is_another_matter(session: Session) -> None:
    for number, metres in enumerate((40, 30, 20, 10), start=1):
        _add(session, number, north=metres)
    _add(session, 5, category="waste")
    _add(session, 6, confidential=True)
    _add(session, 7, status="withdrawn")
    _add(session, 8, status="merged")
    _add(session, 9, updated_at=NOW - timedelta(days=14, seconds=1))
    _add(session, 10, latitude=None, longitude=None)
    assert _near(session) == [("4", 10), ("3", 20), ("2", 30)]


def test_open_ones_come_before_what_is_closed(session: Session) -> None:
    _add(session, 1, north=5, status="closed")
    _add(session, 2, north=50)
    assert _near(session) == [("2", 50), ("1", 5)]


def test_the_square_is_found_by_an_index(session: Session) -> None:
    explain = "EXPLAIN QUERY PLAN" if session.get_bind().dialect.name == "sqlite" else "EXPLAIN"
    if explain == "EXPLAIN":  # so few rows PostgreSQL would rather read through
        session.execute(text("SET LOCAL enable_seqscan = off"))
    where = "latitude BETWEEN 13.7 AND 13.8 AND longitude BETWEEN 100.5 AND 100.6"
    plan = session.execute(text(f"{explain} SELECT id FROM cases WHERE {where}"))
    assert "ix_cases_spot" in " ".join(str(row) for row in plan)


def test_joining_and_leaving_twice_is_once(session: Session) -> None:
    case = _add(session, 1)
    dao = reporters.get_or_add_line_reporter(session, "U-dao", NOW)
    assert followers.join(session, case.id, dao.id, NOW)
    assert not followers.join(session, case.id, dao.id, NOW)
    assert followers.count(session, [case.id]) == {case.id: 1}
    assert followers.leave(session, case.id, dao.id, NOW)
    assert not followers.leave(session, case.id, dao.id, NOW)
    assert followers.count(session, [case.id]) == {}
    assert followers.join(session, case.id, dao.id, NOW)
    assert followers.list_people(session, case.id) == [dao.id]
    assert [one.number for one in followers.list_followed(session, dao.id)] == [case.number]


def test_whom_to_tell(session: Session) -> None:
    case = _add(session, 1)
    dao = reporters.get_or_add_line_reporter(session, "U-dao", NOW)
    followers.join(session, case.id, dao.id, NOW)
    told = followers.list_told(session, case.id, case.reporter_id)
    assert [(chat_id, language) for _, chat_id, language in told] == [("U-nid", None), ("U-dao", None)]
    case.confidential = True
    session.flush()
    assert followers.count(session, [case.id]) == {}
    assert followers.list_followed(session, dao.id) == []
