"""Queries about the clocks that run for cases, and the cases of an office in the order they fall due.

Several clocks may run for one case; the *leading* one is what the case is waiting for first.
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    case,
    delete,
    exists,
    func,
    literal_column,
    or_,
    select,
    true,
    tuple_,
    update,
)
from sqlalchemy.orm import Session, aliased

from storage.models import Case, SlaClock

# What a case waits for first, where several clocks run for it: a day that was named before the time that is allowed.
LEADING = ("acknowledge", "accept", "decide", "answer", "confirm", "promise", "look", "resolve", "first_words")


def leading_clock() -> ScalarSelect[int]:
    """The key of the clock that leads, of those that run for the case of the query around it."""
    running = aliased(SlaClock)
    rank = case({kind: place for place, kind in enumerate(LEADING)}, value=running.kind, else_=len(LEADING))
    return (
        select(running.id)
        .where(running.case_id == Case.id, running.stopped_at.is_(None))
        .order_by(rank, running.id.desc())
        .limit(1)
        .correlate(Case)
        .scalar_subquery()
    )


def due_first(but: Collection[str]) -> tuple[ColumnElement[bool], ...]:
    """Of the clocks that run for a case, those of some kinds apart, the one that is due first; for `where`."""
    other = SlaClock.__table__.alias("other")
    earlier = (
        other.c.case_id == SlaClock.case_id,
        other.c.stopped_at.is_(None),
        other.c.kind.not_in(but),
        tuple_(other.c.due_at, other.c.id) < tuple_(SlaClock.due_at, SlaClock.id),
    )
    runs = (SlaClock.stopped_at.is_(None), SlaClock.kind.not_in(but))
    return (*runs, ~exists(literal_column("1")).where(*earlier))  # 1: so that no row is read, where * asks for it


def find_running(session: Session, case_id: int, kind: str) -> SlaClock | None:
    """The clock of this kind that runs for a case."""
    running = select(SlaClock).where(*_runs(case_id), SlaClock.kind == kind).order_by(SlaClock.id.desc())
    return session.scalars(running).first()


def add_clock(
    session: Session,
    case: Case,
    kind: str,
    *,
    started_at: datetime,
    due_at: datetime,
    next_at: datetime | None,
    stage: int = 0,
    any_hour: bool = False,
) -> SlaClock:
    """Start a clock."""
    running = SlaClock(case_id=case.id, kind=kind, started_at=started_at, due_at=due_at)
    running.next_at, running.stage, running.any_hour = next_at, stage, any_hour
    session.add(running)
    return running


def list_stopped_at(session: Session, case_id: int, moment: datetime) -> list[SlaClock]:
    """The clocks that a step at this moment stopped."""
    stopped = select(SlaClock).where(SlaClock.case_id == case_id, SlaClock.stopped_at == moment)
    return list(session.scalars(stopped.order_by(SlaClock.id)))


def list_of_kind(session: Session, case_id: int, kind: str) -> list[SlaClock]:
    """Every clock of this kind that ran or runs for a case, oldest first."""
    found = select(SlaClock).where(SlaClock.case_id == case_id, SlaClock.kind == kind)
    return list(session.scalars(found.order_by(SlaClock.id)))


def find_clock(session: Session, clock_id: int) -> SlaClock | None:
    """One clock by its key."""
    return session.get(SlaClock, clock_id)


def list_untold(
    session: Session, kinds: Collection[str], organisation: str | None = None
) -> list[tuple[Case, SlaClock]]:
    """The clocks of these kinds that run and of which nobody was told yet, each with its case, both held.

    With an organisation, those of cases that it owns or is offered.
    """
    theirs = or_(Case.owner == organisation, Case.transfer_to == organisation) if organisation else true()
    found = (
        select(Case, SlaClock)
        .join(SlaClock, SlaClock.case_id == Case.id)
        .where(SlaClock.stopped_at.is_(None), SlaClock.stage == 0, SlaClock.kind.in_(kinds), theirs)
        .order_by(Case.id, SlaClock.id)
        .with_for_update()
    )
    return [(case, clock) for case, clock in session.execute(found)]


def count_running(session: Session, kind: str, *, category: str | None, but: Collection[str]) -> int:
    """How many clocks of a kind run for cases of one category, or of every one but some."""
    theirs = Case.category == category if category else Case.category.not_in(but)
    running = select(func.count()).select_from(SlaClock).join(Case, SlaClock.case_id == Case.id)
    return session.execute(running.where(SlaClock.stopped_at.is_(None), SlaClock.kind == kind, theirs)).scalar_one()


def stop_others(session: Session, case_id: int, kinds: Collection[str], now: datetime) -> None:
    """Stop what runs for a case, but for clocks of these kinds."""
    session.execute(update(SlaClock).where(*_runs(case_id), SlaClock.kind.not_in(kinds)).values(stopped_at=now))


def take_back(session: Session, case_id: int, moment: datetime) -> None:
    """Undo what a step at this moment did: the clocks that run since then never did, the ones it stopped run on."""
    session.execute(delete(SlaClock).where(*_runs(case_id), SlaClock.started_at >= moment))
    session.execute(
        update(SlaClock).where(SlaClock.case_id == case_id, SlaClock.stopped_at == moment).values(stopped_at=None)
    )


def list_by_due(
    session: Session, owner: str, statuses: Collection[str], *, waiting: Collection[str], limit: int
) -> list[tuple[Case, SlaClock | None]]:
    """An organisation's cases that stand in one of `statuses`, each with the clock that runs for it.

    The most overdue first; those whose clock is one of `waiting` (others must act) last; none confidential.
    """
    others_turn = func.coalesce(SlaClock.kind.in_(waiting), False)
    due = (
        select(Case, SlaClock)
        .outerjoin(SlaClock, SlaClock.id == leading_clock())
        .where(*_owned(owner, statuses))
        .order_by(others_turn, SlaClock.due_at.is_(None), SlaClock.due_at, Case.id)
        .limit(limit)
    )
    return [(case, clock) for case, clock in session.execute(due)]


def count_owned(session: Session, owner: str, statuses: Collection[str]) -> int:
    """How many of an organisation's cases stand in one of `statuses`; confidential ones are not counted."""
    return session.execute(select(func.count()).select_from(Case).where(*_owned(owner, statuses))).scalar_one()


def list_offered(session: Session, receiver: str, *, waiting: str, limit: int) -> list[tuple[Case, SlaClock | None]]:
    """The cases that other offices offer to this one (they stand in `waiting`), the first to go back first."""
    offered = (
        select(Case, SlaClock)
        .outerjoin(SlaClock, SlaClock.id == leading_clock())
        .where(*_offered(receiver, waiting))
        .order_by(SlaClock.due_at.is_(None), SlaClock.due_at, Case.id)
        .limit(limit)
    )
    return [(case, clock) for case, clock in session.execute(offered)]


def count_offered(session: Session, receiver: str, *, waiting: str) -> int:
    """How many those are."""
    return session.execute(select(func.count()).select_from(Case).where(*_offered(receiver, waiting))).scalar_one()


def _offered(receiver: str, waiting: str) -> tuple[ColumnElement[bool], ...]:
    return Case.transfer_to == receiver, Case.status == waiting, Case.confidential.is_(False)


def _runs(case_id: int) -> tuple[ColumnElement[bool], ...]:
    return SlaClock.case_id == case_id, SlaClock.stopped_at.is_(None)


def _owned(owner: str, statuses: Collection[str]) -> tuple[ColumnElement[bool], ...]:
    return Case.owner == owner, Case.status.in_(statuses), Case.confidential.is_(False)
