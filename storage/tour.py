"""Finds a case to show of each kind that is worth a look, among those somebody may see."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.case_scope import Scope, within
from storage.models import Case


def find_newest(session: Session, scope: Scope, statuses: Iterable[str]) -> dict[str, str]:
    """The number of the newest case that stands in each of these statuses; those that none stands in are left out."""
    found = {status: _find(session, scope, status) for status in statuses}
    return {status: number for status, number in found.items() if number is not None}


def _find(session: Session, scope: Scope, status: str) -> str | None:
    newest = (
        select(Case.number)
        .where(Case.status == status, Case.confidential.is_(False), *within(scope))
        .order_by(Case.created_at.desc(), Case.id.desc())
        .limit(1)
    )
    return session.scalars(newest).first()


def was_any_told(session: Session, scope: Scope, owner: str, begins: datetime, ends: datetime) -> bool:
    """Whether a case of this office was told between two moments, among those somebody may see."""
    told = select(Case.id).where(
        Case.owner == owner, Case.created_at >= begins, Case.created_at < ends, Case.confidential.is_(False)
    )
    return session.scalar(told.where(*within(scope)).limit(1)) is not None
