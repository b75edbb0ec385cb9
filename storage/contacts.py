"""Whom an office is written to: kept by rank, 1 first and 2 second."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from storage.models import Contact

FIRST, SECOND = 1, 2


def find_contact(session: Session, organisation: str, rank: int = FIRST) -> Contact | None:
    """The contact of an organisation that stands at this rank."""
    standing = select(Contact).where(
        Contact.organisation == organisation, Contact.rank == rank, Contact.removed_at.is_(None)
    )
    return session.scalars(standing).first()


def find_by_id(session: Session, contact_id: int) -> Contact | None:
    """The contact a mailed link was made for, as long as it stands."""
    contact = session.get(Contact, contact_id)
    return contact if contact is not None and contact.removed_at is None else None


def list_contacts(session: Session, organisations: Sequence[str] = ()) -> list[Contact]:
    """All that stand, of these organisations only where any is named."""
    standing = select(Contact).where(Contact.removed_at.is_(None)).order_by(Contact.organisation, Contact.rank)
    if organisations:
        standing = standing.where(Contact.organisation.in_(organisations))
    return list(session.scalars(standing))


def set_contact(
    session: Session, *, organisation: str, rank: int, email: str, title: str, now: datetime
) -> tuple[Contact, bool]:
    """Put an address at this rank; whether it is a new one. The links mailed to the one before end with it."""
    before = find_contact(session, organisation, rank)
    if before is not None and before.email == email:
        before.title = title or before.title
        return before, False
    if before is not None:
        _remove(session, organisation, (rank,), now)
    contact = Contact(organisation=organisation, rank=rank, email=email, title=title, created_at=now)
    session.add(contact)
    session.flush()
    return contact, True


def remove_contacts(session: Session, organisation: str, ranks: Sequence[int], now: datetime) -> int:
    """Forget these addresses of an organisation; how many there were."""
    return _remove(session, organisation, ranks, now)


def _remove(session: Session, organisation: str, ranks: Sequence[int], now: datetime) -> int:
    # The row stays without its address: its number must never come to mean another one.
    gone = (
        update(Contact)
        .where(Contact.organisation == organisation, Contact.rank.in_(ranks), Contact.removed_at.is_(None))
        .values(removed_at=now, email="", title="")
        .returning(Contact.id)
    )
    return len(session.execute(gone).all())
