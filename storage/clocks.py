"""Queries about the clocks that run for cases, and the cases of an office in the order they fall due."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, func, select, update
from sqlalchemy.orm import Session

from storage.models import Case, SlaClock


def find_running(session: Session, case_id: int, kind: str) -> SlaClock | None:
    """The clock of this kind that runs for a case."""
    running = select(SlaClock).where(*_runs(case_id), SlaClock.kind == kind).order_by(SlaClock.id.desc())
    return session.scalars(running).first()


def find_stopped_at(session: Session, case_id: int, moment: datetime) -> SlaClock | None:
    """The clock that a step at this moment stopped."""
    stopped = select(SlaClock).where(SlaClock.case_id == case_id, SlaClock.stopped_at == moment)
    return session.scalars(stopped.order_by(SlaClock.id.desc())).first()


def stop_others(session: Session, case_id: int, kind: str, now: datetime) -> None:
    """Stop what runs for a case, but for clocks of this kind."""
    session.execute(update(SlaClock).where(*_runs(case_id), SlaClock.kind != kind).values(stopped_at=now))


def take_back(session: Session, case_id: int, moment: datetime) -> None:
    """Undo what a step at this moment did: the clocks it started never ran, the ones it stopped run on."""
    session.execute(delete(SlaClock).where(*_runs(case_id), SlaClock.started_at == moment))
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
        .outerjoin(SlaClock, and_(SlaClock.case_id == Case.id, SlaClock.stopped_at.is_(None)))
        .where(*_owned(owner, statuses))
        .order_by(others_turn, SlaClock.due_at.is_(None), SlaClock.due_at, Case.id)
        .limit(limit)
    )
    return [(case, clock) for case, clock in session.execute(due)]


def count_owned(session: Session, owner: str, statuses: Collection[str]) -> int:
    """How many of an organisation's cases stand in one of `statuses`; confidential ones are not counted."""
    return session.execute(select(func.count()).select_from(Case).where(*_owned(owner, statuses))).scalar_one()


def _runs(case_id: int) -> tuple[ColumnElement[bool], ...]:
    return SlaClock.case_id == case_id, SlaClock.stopped_at.is_(None)


def _owned(owner: str, statuses: Collection[str]) -> tuple[ColumnElement[bool], ...]:
    return Case.owner == owner, Case.status.in_(statuses), Case.confidential.is_(False)
