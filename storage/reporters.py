"""The people behind cases."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.models import Reporter


def get_or_add_line_reporter(session: Session, line_user_id: str, now: datetime) -> Reporter:
    """The reporter known by this LINE user id. The caller holds that person's conversation."""
    found = find_line_reporter(session, line_user_id)
    if found is None:
        found = Reporter(line_user_id=line_user_id, created_at=now)
        session.add(found)
        session.flush()
    return found


def find_line_reporter(session: Session, line_user_id: str) -> Reporter | None:
    """The reporter known by this LINE user id, if there is one."""
    return session.scalars(select(Reporter).where(Reporter.line_user_id == line_user_id)).first()


def get_reporter(session: Session, reporter_id: int) -> Reporter:
    """One reporter by key."""
    return session.get_one(Reporter, reporter_id)


def add_nobody(session: Session, now: datetime) -> Reporter:
    """A reporter on no channel at all: nobody is told anything."""
    nobody = Reporter(line_user_id=None, created_at=now)
    session.add(nobody)
    session.flush()
    return nobody
