"""Claims that a thing is done once: the claim and what it allows become true together, or not at all."""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from storage.models.once import DoneOnce
from storage.prepared import INSERTS


def claim(session: Session, name: str, now: datetime) -> bool:
    """Whether this transaction is the one that does it; whoever comes second waits for the first to commit."""
    insert = INSERTS[session.get_bind().dialect.name]
    row = insert(DoneOnce).values(name=name, at=now).on_conflict_do_nothing().returning(DoneOnce.name)
    return session.execute(row).first() is not None


def forget_before(session: Session, moment: datetime) -> int:
    """Drop the claims of long ago; how many."""
    gone = delete(DoneOnce).where(DoneOnce.at < moment).returning(DoneOnce.name)
    return len(session.execute(gone).all())
