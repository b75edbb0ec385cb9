"""What staff want to look at again on a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from storage.models import Case, FollowUp


@dataclass(frozen=True, slots=True)
class DueFollowUp:
    """One that its day has come for."""

    id: int
    case_id: int
    number: str
    confidential: bool
    owner: str
    on_day: date
    words: str


def add(session: Session, *, case_id: int, user_id: int, on_day: date, words: str, now: datetime) -> FollowUp:
    """Look again on that day; who has asked for it already has one day, the latest."""
    mine = list_mine(session, case_id, user_id)
    for earlier in mine[1:]:
        earlier.done_at = now
    one = mine[0] if mine else FollowUp(case_id=case_id, user_id=user_id, created_at=now)
    one.on_day, one.words = on_day, words
    session.add(one)
    session.flush()
    return one


def list_mine(session: Session, case_id: int, user_id: int) -> list[FollowUp]:
    """What this person has still to look at in a case."""
    mine = select(FollowUp).where(FollowUp.user_id == user_id, FollowUp.done_at.is_(None), FollowUp.case_id == case_id)
    return list(session.scalars(mine.order_by(FollowUp.on_day, FollowUp.id)))


def settle(session: Session, follow_up_id: int, user_id: int, now: datetime) -> bool:
    """Done, or not wanted any more. False where it is none of theirs."""
    mine = (
        update(FollowUp)
        .where(FollowUp.id == follow_up_id, FollowUp.user_id == user_id, FollowUp.done_at.is_(None))
        .values(done_at=now)
        .returning(FollowUp.id)
    )
    return session.execute(mine).first() is not None


def list_due(
    session: Session, user_id: int, today: date, limit: int, *, scope: Sequence[ColumnElement[bool]] = ()
) -> list[DueFollowUp]:
    """What this person is to look at by today, the longest waiting first; of cases within `scope`."""
    due = (
        select(FollowUp, Case.number, Case.confidential, Case.owner)
        .join(Case, Case.id == FollowUp.case_id)
        .where(FollowUp.user_id == user_id, FollowUp.done_at.is_(None), FollowUp.on_day <= today, *scope)
        .order_by(FollowUp.on_day, FollowUp.id)
        .limit(limit)
    )
    return [
        DueFollowUp(one.id, one.case_id, number, confidential, owner, one.on_day, one.words)
        for one, number, confidential, owner in session.execute(due)
    ]
