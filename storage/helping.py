"""Queries about the organisations that were invited to help with a case."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.models import CaseHelper, HistoryEntry

ACTIVE = ("invited", "helping")


def find(session: Session, case_id: int, organisation: str) -> CaseHelper | None:
    """What was asked of this organisation."""
    return session.get(CaseHelper, (case_id, organisation))


def list_for_case(session: Session, case_id: int, states: tuple[str, ...]) -> list[str]:
    """The organisations that stand in one of `states`, the first invited first."""
    found = (
        select(CaseHelper.organisation)
        .where(CaseHelper.case_id == case_id, CaseHelper.state.in_(states))
        .order_by(CaseHelper.invited_at, CaseHelper.organisation)
    )
    return list(session.scalars(found))


def set_state(session: Session, case_id: int, organisation: str, state: str, now: datetime) -> CaseHelper:
    """Invite an organisation, or write down its answer."""
    row = find(session, case_id, organisation)
    if row is None:
        row = CaseHelper(case_id=case_id, organisation=organisation, state=state, invited_at=now)
        session.add(row)
    elif state == "invited":
        row.invited_at, row.answered_at = now, None
    else:
        row.answered_at = now
    row.state = state
    session.flush()
    return row


def find_last_by(session: Session, *, chat_id: str, person: str, since: datetime) -> HistoryEntry | None:
    """The latest thing that this person did to any case in this chat since then."""
    recent = (
        select(HistoryEntry)
        .where(HistoryEntry.chat_id == chat_id, HistoryEntry.actor_id == person, HistoryEntry.at >= since)
        .order_by(HistoryEntry.id.desc())
        .limit(1)
    )
    return session.scalars(recent).first()
