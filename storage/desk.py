"""Queries for the Ombudsman's officers: the cases that wait for them, whoever owns them, confidential ones too."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, or_, select
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


def list_danger_unreached(
    session: Session, statuses: Collection[str], reached: Collection[str], limit: int
) -> list[Case]:
    """Cases of danger that stand so with any other organisation than those that can be `reached`, oldest first."""
    found = select(Case).where(Case.status.in_(statuses), Case.owner.not_in(reached), DANGEROUS)
    return list(session.scalars(found.order_by(Case.created_at, Case.id).limit(limit)))


def count_before(session: Session, before: Before) -> int:
    """How many they are."""
    return session.execute(select(func.count()).select_from(Case).where(before.match())).scalar_one()
