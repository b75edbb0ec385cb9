"""Counts how open cases stand now, and whose are late; confidential ones never."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import distinct, func, select
from sqlalchemy.orm import Session

from storage.figure_totals import Which
from storage.models import Case, SlaClock


@dataclass(frozen=True, slots=True)
class Standing:
    """How many cases are open now, and how many of them are past their time."""

    open: int
    overdue: int


def list_most_overdue(
    session: Session, statuses: Collection[str], *, waiting: Collection[str], now: datetime, limit: int
) -> list[tuple[str, int]]:
    """The organisations with most cases past their time, and how many those are."""
    count = func.count(distinct(Case.id))
    late = (
        select(Case.owner, count)
        .join(SlaClock, SlaClock.case_id == Case.id)
        .where(
            Case.confidential.is_(False),
            Case.status.in_(statuses),
            SlaClock.stopped_at.is_(None),
            SlaClock.due_at < now,
            SlaClock.kind.not_in(waiting),
        )
        .group_by(Case.owner)
        .order_by(count.desc(), Case.owner)
        .limit(limit)
    )
    return [(owner, number) for owner, number in session.execute(late)]


def count_standing(
    session: Session, which: Which, statuses: Collection[str], *, waiting: Collection[str], now: datetime
) -> Standing:
    """The cases that stand in one of `statuses`; late are those whose clock ran out, unless others must act."""
    given = [getattr(Case, name) == value for name, value in which.list_given().items()]
    here = (Case.confidential.is_(False), *given, Case.status.in_(statuses))
    late = (
        select(func.count(distinct(Case.id)))
        .join(SlaClock, SlaClock.case_id == Case.id)
        .where(*here, SlaClock.stopped_at.is_(None), SlaClock.due_at < now, SlaClock.kind.not_in(waiting))
    )
    held = select(func.count()).select_from(Case).where(*here)
    return Standing(session.execute(held).scalar_one(), session.execute(late).scalar_one())



def count_by_owner(
    session: Session, which: Which, statuses: Collection[str], *, waiting: Collection[str], now: datetime
) -> dict[str, Standing]:
    """The same by organisation; those that have none open are left out."""
    given = [getattr(Case, name) == value for name, value in which.list_given().items()]
    here = (Case.confidential.is_(False), *given, Case.status.in_(statuses))
    late = (
        select(Case.owner, func.count(distinct(Case.id)))
        .join(SlaClock, SlaClock.case_id == Case.id)
        .where(*here, SlaClock.stopped_at.is_(None), SlaClock.due_at < now, SlaClock.kind.not_in(waiting))
        .group_by(Case.owner)
    )
    overdue = {owner: count for owner, count in session.execute(late)}
    held = select(Case.owner, func.count()).where(*here).group_by(Case.owner)
    return {owner: Standing(count, overdue.get(owner, 0)) for owner, count in session.execute(held)}
