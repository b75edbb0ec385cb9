"""Demo cases are what the product would have made of the same steps: each is lived again by the real life cycle."""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

import clock
from cases import clocks, figures, going_back, lifecycle
from cases.statuses import Action, Actor, Role
from commands.seed_calendar import Calendar
from commands.seed_filling import Fill, fill, make_block
from commands.seed_rows import write
from commands.seed_world import World
from jobs.clocks import ring_clocks
from places.boundaries import Layer
from storage.models import Case, CaseCounter, CaseFacts, Follower, HistoryEntry, Reporter, SlaClock
from storage.session import Database
from tests.databases import OpenDatabase

SUNDAY = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
PLAN = Fill(number=45, count=80, until=SUNDAY)  # a number that has every way a life can take
AT_TELLING = (
    "number", "district", "alternatives", "routed_by", "category", "description", "latitude", "longitude", "place",
    "danger", "confidential", "channel", "phone", "phone_shared", "shared_name", "language", "created_at",
)  # fmt: skip
IN_THE_END = ("status", "owner", "transfer_to", "promised_on", "acknowledge_by")
RUNS_OUT = {"accept": "bounce", "confirm": "close"}  # what the system does at the end of such a clock


@pytest.fixture
def seeded(sqlite_url: str, open_database: OpenDatabase) -> Database:
    database = open_database(sqlite_url)
    fill(database, PLAN, None, lambda count: None)
    return database


@pytest.fixture
def lived_again(sqlite_files: Any, open_database: OpenDatabase) -> Iterator[Session]:
    with open_database(sqlite_files.fresh_url()).begin() as session:
        yield session


def test_each_life_is_what_the_life_cycle_makes_of_its_steps(seeded: Database, lived_again: Session) -> None:
    seen: dict[str, int] = {}
    with seeded.read() as session:
        for case in session.scalars(select(Case).order_by(Case.id)):
            told = list(
                session.scalars(select(HistoryEntry).where(HistoryEntry.case_id == case.id).order_by(HistoryEntry.id))
            )
            assert [one.at for one in told] == sorted(one.at for one in told)
            assert told[-1].at <= SUNDAY, "nothing has happened that is still to come"
            again = _live_again(lived_again, case, told)
            assert _see(again, IN_THE_END) == _see(case, IN_THE_END), case.number
            assert _list_clocks(lived_again, again) == _list_clocks(session, case), case.number
            assert "สาธิต" in case.description
            for one in told:
                seen[one.action] = seen.get(one.action, 0) + 1
        numbers = list(session.scalars(select(Case.number).order_by(Case.id)))
        counted = {row.month: row.last for row in session.scalars(select(CaseCounter))}
    assert len(set(numbers)) == PLAN.count == sum(counted.values())
    assert {number[2:6] for number in numbers} == set(counted), "each month counts its own"
    ways = "transfer accept bounce decline ask answer dispute reopen withdraw undo wait refer not_found rate add follow"
    assert set(seen) >= {*ways.split(), "escalate", "remind"}


@pytest.mark.parametrize("wide", [0.02, 0.0])
def test_outlines_that_are_made_up_have_pins_too(wide: float) -> None:
    """In a corner of the city, each khet a square; or so thin that no pin hits it."""

    def draw(number: int) -> tuple[tuple[float, float], ...]:
        west, south = 100.25 + number % 10 * 0.03, 13.35 + number // 10 * 0.03
        return (west, south), (west + 0.02, south), (west + 0.02, south + wide), (west, south + wide)

    world = World(1, Layer({1001 + number: (draw(number),) for number in range(50)}))
    chance = random.Random(1)
    spots = [world.draw_spot(chance) for _ in range(300)]
    assert len({spot.district for spot in spots}) > 40
    assert {spot.how for spot in spots} == {"boundary"}


def test_nothing_is_left_to_be_told_and_none_is_added_twice(seeded: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: SUNDAY)
    before = _count(seeded)
    ring_clocks(seeded)
    assert _count(seeded) == before, "what fell due was told in the lives themselves"
    fill(seeded, PLAN, None, lambda count: None)
    assert _count(seeded) == before
    with seeded.read() as session:
        assert set(session.scalars(select(Reporter.line_user_id))) == {None}, "nobody can be told"
        assert session.scalar(select(func.count()).where(Case.status == "resolved")), "some wait for their reporters"
        open_ones = session.scalar(
            select(func.count()).where(Case.status.in_(["dispatched", "in_progress", "disputed"]))
        )
    assert open_ones and open_ones > 5
    _must_be_found(seeded)


def test_what_is_told_twice_is_joined_to_what_was_told_first(sqlite_url: str, open_database: OpenDatabase) -> None:
    database, busy = open_database(sqlite_url), Fill(number=1, count=1_000_000, until=SUNDAY)
    world, calendar = World(busy.number, None), Calendar(busy.number, busy.count, busy.until)
    with database.begin() as session:
        write(session, *make_block(busy, world, calendar, range(400_000, 401_200)), {})
    with database.read() as session:
        joined = list(session.scalars(select(Case).where(Case.status == "merged")))
        assert joined
        for case in joined:
            into = session.get_one(Case, case.merged_into)
            assert (into.owner, into.category) == (case.owner, case.category) and into.created_at <= case.created_at
            lines = session.scalars(select(HistoryEntry.details).where(HistoryEntry.case_id == into.id))
            assert {"merged": case.id, "number": case.number} in list(lines)
            came = session.scalar(select(Follower).where(Follower.merged_from == case.id))
            assert came is None or (came.case_id, came.reporter_id) == (into.id, case.reporter_id)


@pytest.mark.postgres
def test_postgres_gets_the_same_rows_and_goes_on_counting(
    seeded: Database, postgres_url: str, open_database: OpenDatabase
) -> None:
    other = open_database(postgres_url)
    fill(other, PLAN, None, lambda count: None)
    assert _count(other) == _count(seeded)
    with seeded.read() as session, other.read() as beside:
        for model in (Case, HistoryEntry, SlaClock, Follower):
            last = select(model).order_by(model.id.desc()).limit(3)
            columns = [column.key for column in model.__table__.columns]
            assert [_see(one, columns) for one in session.scalars(last)] == [
                _see(one, columns) for one in beside.scalars(last)
            ]
    _must_be_found(other)
    with other.begin() as session:
        session.add(Reporter(created_at=SUNDAY))  # the key that comes next is free
        session.flush()


def _must_be_found(database: Database) -> None:
    """The search knows each case's words, the figures are counted, and both hear of what comes after."""
    with database.begin() as session:
        kept = select(text("case_id, month, words"))
        words = session.execute(kept.select_from(text("case_words")).order_by(text("case_id"))).all()
        assert words == session.execute(kept.select_from(text("case_words_now")).order_by(text("case_id"))).all()
        assert len(words) == session.scalar(select(func.count()).where(Case.confidential.is_(False)))
        assert figures.is_settled(session)
        assert session.scalar(select(func.count()).select_from(CaseFacts)) == PLAN.count
        last = session.scalars(select(Case).where(Case.confidential.is_(False)).order_by(Case.id.desc())).first()
        assert last is not None
        last.description = "แก้คำแล้ว"
        last.category = "other"
        session.flush()
        found = select(text("words")).select_from(text("case_words")).where(text(f"case_id = {last.id}"))
        assert "แก้คำแล้ว" in str(session.execute(found).scalar_one())
        assert not figures.is_settled(session)


def _live_again(session: Session, case: Case, told: list[HistoryEntry]) -> Case:
    reporter = Reporter(created_at=case.created_at)
    session.add(reporter)
    session.flush()
    values = {name: getattr(case, name) for name in AT_TELLING}
    owner = next(one.details["office"] for one in told if one.action == "dispatch")
    again = Case(**values, status="new", owner=owner, reporter_id=reporter.id, updated_at=case.created_at)
    session.add(again)
    session.flush()
    lifecycle.record_new(session, again, Actor(Role(told[0].role), organisation=told[0].organisation), told[0].at)
    for one in told[1:]:
        assert again.status == one.from_status, (case.number, one.action)
        _ring(session, again, one)
        due, receiver = one.details.get("due"), one.details.get("to")
        lifecycle.apply(
            session,
            again,
            Action(one.action),
            Actor(Role(one.role), organisation=one.organisation),
            one.at,
            note=one.note,
            due=date.fromisoformat(str(due)) if one.action == Action.PROMISE else None,
            receiver=receiver if one.action == Action.TRANSFER else None,
            details={name: value for name, value in one.details.items() if name != "undone"},
        )
        assert again.status == one.to_status, (case.number, one.action)
        if one.action == Action.REMIND and one.details["clock"] == "answer" and not one.details.get("ahead"):
            _come_back(session, again, one.at)
    session.flush()
    return again


def _ring(session: Session, case: Case, one: HistoryEntry) -> None:
    """The jobs mark a clock of which they tell."""
    if one.role != Role.SYSTEM or one.action == Action.DISPATCH:
        return
    if one.action == Action.ESCALATE and one.details["clock"] == "answer":
        return  # told of as the question came back
    kind = one.details.get("clock") or next(kind for kind, action in RUNS_OUT.items() if action == one.action)
    running = select(SlaClock).where(SlaClock.case_id == case.id, SlaClock.kind == kind, SlaClock.stopped_at.is_(None))
    rung = session.scalars(running).one()
    assert rung.next_at is not None and one.at > min(rung.due_at, rung.next_at), "told once it was due"
    rung.stage += 1


def _come_back(session: Session, case: Case, at: datetime) -> None:
    """A question that nobody answered: what it had stopped runs again."""
    pause = going_back.find_pause(session, case)
    assert pause is not None
    clocks.resume(session, case, pause.at, at)
    session.flush()
    running = select(SlaClock).where(SlaClock.case_id == case.id, SlaClock.stopped_at.is_(None))
    for one in session.scalars(running.where(SlaClock.kind.in_(clocks.NAMED_DAYS), SlaClock.due_at <= at)):
        one.stage += 1


def _list_clocks(session: Session, case: Case) -> list[tuple[object, ...]]:
    kept = session.scalars(select(SlaClock).where(SlaClock.case_id == case.id))
    return sorted((one.kind, one.started_at, one.due_at, str(one.stopped_at), one.stage, one.any_hour) for one in kept)


def _see(row: object, names: Any) -> dict[str, object]:
    return {name: getattr(row, name) for name in names}


def _count(database: Database) -> dict[str, int]:
    with database.read() as session:
        models = (Reporter, Case, HistoryEntry, SlaClock, Follower)
        return {model.__tablename__: session.scalar(select(func.count()).select_from(model)) or 0 for model in models}
