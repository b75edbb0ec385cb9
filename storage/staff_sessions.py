"""Queries about the browsers that are signed in. What a browser holds is kept as a hash only."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from storage.links import hash_token
from storage.models import StaffSession, StaffUser

IDLE = timedelta(hours=2)
LIFE = timedelta(hours=12)
TOUCH = timedelta(minutes=1)  # how exactly it is known when somebody was last seen


def add(session: Session, user_id: int, token: str, *, stage: str, device: str, now: datetime) -> StaffSession:
    """Another browser comes in."""
    row = StaffSession(
        token_hash=hash_token(token),
        user_id=user_id,
        stage=stage,
        device=device[:120],
        created_at=now,
        seen_at=now,
        expires_at=now + LIFE,
    )
    session.add(row)
    session.flush()
    return row


def find(session: Session, token: str, now: datetime) -> tuple[StaffSession, StaffUser] | None:
    """The session of this token and whose it is, while both are good."""
    found = session.execute(
        select(StaffSession, StaffUser)
        .join(StaffUser, StaffUser.id == StaffSession.user_id)
        .where(
            StaffSession.token_hash == hash_token(token),
            StaffSession.expires_at > now,
            StaffSession.seen_at > now - IDLE,
            StaffUser.disabled_at.is_(None),
        )
    ).first()
    return (found[0], found[1]) if found else None


def touch(session: Session, row_id: int, now: datetime) -> None:
    """Somebody is still there."""
    row = session.get(StaffSession, row_id)
    if row is not None:
        row.seen_at = now
        user = session.get(StaffUser, row.user_id)
        if user is not None:
            user.seen_at = now


def list_of(session: Session, user_id: int, now: datetime) -> Sequence[StaffSession]:
    """Where somebody is signed in, the last seen first."""
    return session.scalars(
        select(StaffSession)
        .where(StaffSession.user_id == user_id, StaffSession.expires_at > now, StaffSession.seen_at > now - IDLE)
        .order_by(StaffSession.seen_at.desc(), StaffSession.id.desc())
    ).all()


def end(session: Session, row_id: int, *, user_id: int) -> None:
    """Sign one browser of this person out."""
    session.execute(delete(StaffSession).where(StaffSession.id == row_id, StaffSession.user_id == user_id))


def end_all(session: Session, user_id: int, *, but: int | None = None) -> None:
    """Sign every browser of this person out, or all but one."""
    session.execute(
        delete(StaffSession).where(StaffSession.user_id == user_id, StaffSession.id != (but if but is not None else -1))
    )


def forget_ended(session: Session, now: datetime) -> None:
    """Remove what opens nothing any more."""
    session.execute(delete(StaffSession).where(StaffSession.expires_at <= now))  # idle ones are that soon too
