"""Claims that a thing is done once: the claim and what it allows become true together, or not at all."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from storage.models.once import DoneOnce
from storage.prepared import INSERTS


def claim(session: Session, name: str, now: datetime) -> bool:
    """Whether this transaction is the one that does it; whoever comes second waits for the first to commit."""
    insert = INSERTS[session.get_bind().dialect.name]
    row = insert(DoneOnce).values(name=name, at=now).on_conflict_do_nothing().returning(DoneOnce.name)
    return session.execute(row).first() is not None


def renew(session: Session, name: str, now: datetime) -> None:
    """It is done again: only when it was done last is known."""
    insert = INSERTS[session.get_bind().dialect.name]
    row = insert(DoneOnce).values(name=name, at=now)
    session.execute(row.on_conflict_do_update(index_elements=[DoneOnce.name], set_={"at": now}))


def list_begun(session: Session, name: str) -> dict[str, datetime]:
    """All whose name begins so, and when they were done."""
    found = select(DoneOnce.name, DoneOnce.at).where(DoneOnce.name >= name, DoneOnce.name < f"{name}\uffff")
    return {each: at for each, at in session.execute(found) if each.startswith(name)}


def list_done(session: Session, names: Collection[str]) -> set[str]:
    """Which of these were claimed before; asked first where many will have been."""
    return set(session.scalars(select(DoneOnce.name).where(DoneOnce.name.in_(names))))


def find_when(session: Session, name: str) -> datetime | None:
    """When this was done; None where it was not."""
    return session.scalar(select(DoneOnce.at).where(DoneOnce.name == name))


def has_begun(session: Session, name: str) -> bool:
    """Whether anything was claimed whose name begins so."""
    found = select(DoneOnce.name).where(DoneOnce.name >= name, DoneOnce.name < f"{name}\uffff").limit(1)
    return session.scalars(found).first() is not None


def forget_before(session: Session, moment: datetime) -> int:
    """Drop the claims of long ago; how many."""
    gone = delete(DoneOnce).where(DoneOnce.at < moment).returning(DoneOnce.name)
    return len(session.execute(gone).all())
