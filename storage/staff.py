"""Queries about the accounts of staff."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.models import StaffUser


def find(session: Session, user_id: int) -> StaffUser | None:
    """The account of this number."""
    return session.get(StaffUser, user_id)


def find_by_email(session: Session, email: str) -> StaffUser | None:
    """The account with this address, however it is written."""
    return session.scalars(select(StaffUser).where(StaffUser.email == email.strip().lower())).first()


def find_by_subject(session: Session, subject: str) -> StaffUser | None:
    """The account that the identity provider calls so."""
    return session.scalars(select(StaffUser).where(StaffUser.oidc_subject == subject)).first()


def list_all(session: Session) -> Sequence[StaffUser]:
    """Every account, those that may sign in first."""
    return session.scalars(
        select(StaffUser).order_by(StaffUser.disabled_at.is_not(None), StaffUser.organisation, StaffUser.email)
    ).all()


def list_active(session: Session, *, organisation: str | None = None) -> Sequence[StaffUser]:
    """The accounts that may sign in, by name: everybody's, or those of one organisation."""
    found = select(StaffUser).where(StaffUser.disabled_at.is_(None)).order_by(StaffUser.name, StaffUser.email)
    return session.scalars(found.where(StaffUser.organisation == organisation) if organisation else found).all()


def add(session: Session, *, email: str, name: str, role: str, organisation: str, now: datetime) -> StaffUser:
    """A new account, without a password."""
    user = StaffUser(
        email=email.strip().lower(), name=name.strip(), role=role, organisation=organisation, created_at=now
    )
    session.add(user)
    session.flush()
    return user
