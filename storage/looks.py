"""Looks at confidential cases: why somebody opened one, and each time that they did."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.models import CaseLook, StaffUser

GRANT_LASTS = timedelta(minutes=30)
FORM_LASTS = timedelta(hours=2)  # a form that was opened in time may be sent when it is filled in


@dataclass(frozen=True, slots=True)
class Look:
    """One look, by whom."""

    at: datetime
    who: str
    reason: str
    granted: bool


def grant(session: Session, case_id: int, user_id: int, reason: str, now: datetime) -> None:
    """They say why, and may look for a while."""
    session.add(CaseLook(case_id=case_id, user_id=user_id, at=now, reason=reason, granted=True))


def was_granted(session: Session, case_id: int, user_id: int, now: datetime) -> bool:
    """Whether this person was let in so lately that what they wrote meanwhile may still be sent."""
    return find_grant(session, case_id, user_id, now, lasts=FORM_LASTS) is not None


def find_grant(
    session: Session, case_id: int, user_id: int, now: datetime, *, lasts: timedelta = GRANT_LASTS
) -> CaseLook | None:
    """The reason by which this person may look now; None where they have to say one."""
    given = (
        select(CaseLook)
        .where(
            CaseLook.user_id == user_id,
            CaseLook.case_id == case_id,
            CaseLook.at > now - lasts,
            CaseLook.granted.is_(True),
        )
        .order_by(CaseLook.id.desc())
        .limit(1)
    )
    return session.scalars(given).first()


def add_look(session: Session, given: CaseLook, now: datetime) -> None:
    """The page was opened once more, by a reason given before."""
    session.add(CaseLook(case_id=given.case_id, user_id=given.user_id, at=now, reason=given.reason, granted=False))


def list_for_case(session: Session, case_id: int, limit: int = 50) -> list[Look]:
    """Who looked, the latest first."""
    seen = (
        select(CaseLook, StaffUser.name, StaffUser.email)
        .join(StaffUser, StaffUser.id == CaseLook.user_id)
        .where(CaseLook.case_id == case_id)
        .order_by(CaseLook.id.desc())
        .limit(limit)
    )
    return [Look(look.at, name or email, look.reason, look.granted) for look, name, email in session.execute(seen)]
