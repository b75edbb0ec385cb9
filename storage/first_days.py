"""What tells a service that has just been put up from one that works: its first case, and whether LINE ever spoke."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from storage.models import Case, InboxEvent, StaffUser


def find_first_case(session: Session) -> datetime | None:
    """When the first case was told; None where there is none yet."""
    return session.scalar(select(Case.created_at).order_by(Case.id).limit(1))


def has_heard_of_line(session: Session) -> bool:
    """Whether any event of LINE ever came, signed as it must be."""
    return session.scalar(select(InboxEvent.event_id).limit(1)) is not None


def count_colleagues(session: Session, but: int) -> int:
    """How many others may sign in."""
    others = select(func.count()).select_from(StaffUser).where(StaffUser.id != but, StaffUser.disabled_at.is_(None))
    return session.execute(others).scalar_one()
