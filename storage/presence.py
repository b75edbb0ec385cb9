"""Who has the page of a case open at this moment."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from storage.models import CasePresence, StaffUser
from storage.prepared import INSERTS

LASTS = timedelta(seconds=50)  # the page says every twenty seconds that it is open
FORGOTTEN_AFTER = timedelta(hours=1)


def come(session: Session, case_id: int, user_id: int, now: datetime) -> None:
    """They have it open, still or again."""
    insert = INSERTS[session.get_bind().dialect.name]
    row = insert(CasePresence).values(case_id=case_id, user_id=user_id, seen_at=now)
    session.execute(row.on_conflict_do_update(index_elements=["case_id", "user_id"], set_={"seen_at": now}))


def list_others(session: Session, case_id: int, user_id: int, now: datetime) -> list[tuple[str, str]]:
    """The names of the others who have it open, and of which organisation; whoever came last first."""
    here = (
        select(StaffUser.name, StaffUser.email, StaffUser.organisation)
        .join(CasePresence, CasePresence.user_id == StaffUser.id)
        .where(CasePresence.case_id == case_id, CasePresence.user_id != user_id, CasePresence.seen_at > now - LASTS)
        .order_by(CasePresence.seen_at.desc())
    )
    return [(name or email, organisation) for name, email, organisation in session.execute(here)]


def forget_old(session: Session, now: datetime) -> int:
    """Drop who was there long ago; how many."""
    gone = delete(CasePresence).where(CasePresence.seen_at < now - FORGOTTEN_AFTER).returning(CasePresence.user_id)
    return len(session.execute(gone).all())
