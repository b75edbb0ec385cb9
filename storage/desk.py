"""Queries for the Ombudsman's officers: the cases that wait for them, whoever owns them, confidential ones too."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, func, literal_column, or_, select, true
from sqlalchemy import case as case_of
from sqlalchemy.orm import Session

from storage.case_filters import DANGEROUS
from storage.clocks import leading_clock
from storage.models import Case, SlaClock


@dataclass(frozen=True, slots=True)
class Before:
    """Which cases: those of any owner in one of `waiting`, and those of `owner` in one of `open`."""

    waiting: Collection[str]
    owner: str
    open: Collection[str]

    def match(self) -> ColumnElement[bool]:
        """As a condition."""
        own = and_(Case.owner == self.owner, Case.status.in_(self.open))
        return or_(Case.status.in_(self.waiting), own)


def list_before(
    session: Session, before: Before, *, others_turn: Collection[str], limit: int
) -> list[tuple[Case, SlaClock | None]]:
    """Each with the clock that runs for it: the most overdue first, those with a clock of `others_turn` last."""
    later = func.coalesce(SlaClock.kind.in_(others_turn), False)
    found = (
        select(Case, SlaClock)
        .outerjoin(SlaClock, SlaClock.id == leading_clock())
        .where(before.match())
        .order_by(later, SlaClock.due_at.is_(None), SlaClock.due_at, Case.id)
        .limit(limit)
    )
    return [(case, clock) for case, clock in session.execute(found)]


@dataclass(frozen=True, slots=True)
class Silent:
    """Which clocks tell of an office that was reminded in vain: of `kinds`, unless it named a day (`named`) that is
    still to come; `but`: whose own silence is no matter.
    """

    kinds: Collection[str]
    named: Collection[str]
    but: str

    def match(self, now: datetime) -> tuple[ColumnElement[bool], ...]:
        """As a condition; nothing of a confidential case."""
        ahead = SlaClock.__table__.alias("ahead")
        named = exists(literal_column("1")).where(
            ahead.c.case_id == SlaClock.case_id,
            ahead.c.stopped_at.is_(None),
            ahead.c.kind.in_(self.named),
            ahead.c.due_at > now,
        )
        own = (Case.owner != self.but, Case.confidential.is_(False))
        told = (SlaClock.kind.in_(self.kinds), SlaClock.stage > 1, SlaClock.due_at < now)
        return SlaClock.stopped_at.is_(None), *told, *own, ~named


def list_silent(session: Session, silent: Silent, now: datetime, *, limit: int) -> list[tuple[Case, SlaClock]]:
    """Each case once, with what it is late for longest: danger first, then the most overdue."""
    longest = (
        select(SlaClock.id, func.row_number().over(partition_by=SlaClock.case_id, order_by=SlaClock.due_at).label("at"))
        .join(Case, Case.id == SlaClock.case_id)
        .where(*silent.match(now))
        .subquery()
    )
    found = (
        select(Case, SlaClock)
        .join(SlaClock, SlaClock.case_id == Case.id)
        .join(longest, and_(longest.c.id == SlaClock.id, longest.c.at == 1))
        .order_by(case_of((DANGEROUS, 0), else_=1), SlaClock.due_at, Case.id)
        .limit(limit)
    )
    return [(case, clock) for case, clock in session.execute(found)]


def count_silent(session: Session, silent: Silent, now: datetime) -> int:
    """How many cases those are."""
    found = select(func.count(SlaClock.case_id.distinct())).join(Case, Case.id == SlaClock.case_id)
    return session.execute(found.where(*silent.match(now))).scalar_one()


def list_unplaced(session: Session, status: str, but: str, limit: int) -> list[Case]:
    """Cases that stand so with any other organisation, the oldest first: nobody there could be told of them."""
    found = select(Case).where(Case.status == status, Case.owner != but).order_by(Case.created_at, Case.id)
    return list(session.scalars(found.limit(limit)))


def count_unplaced(session: Session, status: str, but: str, leaving_out: Collection[int]) -> int:
    """How many they are, but for these."""
    found = select(func.count()).select_from(Case).where(Case.status == status, Case.owner != but)
    return session.execute(found.where(Case.id.not_in(leaving_out))).scalar_one()


def count_secret(session: Session, statuses: Collection[str]) -> int:
    """How many confidential cases stand in one of `statuses`: they are in no figure."""
    found = select(func.count()).select_from(Case).where(Case.confidential == true(), Case.status.in_(statuses))
    return session.execute(found).scalar_one()


def list_undecided(session: Session, kinds: Collection[str], now: datetime, limit: int) -> list[tuple[Case, SlaClock]]:
    """Cases that wait for an officer past their time, of which the officers were reminded, by clocks of these kinds."""
    found = select(Case, SlaClock).join(SlaClock, SlaClock.case_id == Case.id).where(*_is_undecided(kinds, now))
    ordered = found.order_by(case_of((DANGEROUS, 0), else_=1), SlaClock.due_at, Case.id).limit(limit)
    return [(case, clock) for case, clock in session.execute(ordered)]


def count_undecided(session: Session, kinds: Collection[str], now: datetime) -> int:
    """How many they are."""
    found = select(func.count(SlaClock.case_id.distinct())).join(Case, Case.id == SlaClock.case_id)
    return session.execute(found.where(*_is_undecided(kinds, now))).scalar_one()


def _is_undecided(kinds: Collection[str], now: datetime) -> tuple[ColumnElement[bool], ...]:
    # What is offered to an office waits for that one.
    told = (SlaClock.kind.in_(kinds), SlaClock.stage > 0, SlaClock.due_at < now, Case.transfer_to.is_(None))
    return SlaClock.stopped_at.is_(None), *told


def list_danger_unreached(
    session: Session, statuses: Collection[str], reached: Collection[str], limit: int
) -> list[Case]:
    """Cases of danger that stand so with any other organisation than those that can be `reached`, oldest first."""
    cases: list[Case] = []
    for status in statuses:  # each along the index of danger; of several PostgreSQL would rather walk all cases
        found = select(Case).where(Case.status == status, Case.owner.not_in(reached), DANGEROUS)
        cases += session.scalars(found.order_by(Case.created_at, Case.id).limit(limit))
    return sorted(cases, key=lambda case: (case.created_at, case.id))[:limit]


def count_before(session: Session, before: Before) -> int:
    """How many they are."""
    return session.execute(select(func.count()).select_from(Case).where(before.match())).scalar_one()
