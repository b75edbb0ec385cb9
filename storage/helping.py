"""Queries about the organisations that were invited to help with a case."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from storage.models import Case, CaseHelper, HistoryEntry

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


def list_invited(session: Session, *, since: datetime, until: datetime) -> list[tuple[Case, CaseHelper]]:
    """What was asked of organisations between these times and not answered, the oldest first; of open cases that any
    office may see.
    """
    found = (
        select(Case, CaseHelper)
        .join(CaseHelper, CaseHelper.case_id == Case.id)
        .where(CaseHelper.state == "invited", CaseHelper.invited_at >= since, CaseHelper.invited_at <= until)
        .where(~Case.confidential)
        .order_by(CaseHelper.invited_at)
    )
    return [(case, row) for case, row in session.execute(found)]


def list_for_organisation(
    session: Session, organisation: str, statuses: Collection[str], *, limit: int
) -> list[tuple[Case, CaseHelper]]:
    """The cases of other offices that this one helps with, or is asked to, those that wait for its answer first."""
    found = (
        select(Case, CaseHelper)
        .join(CaseHelper, CaseHelper.case_id == Case.id)
        .where(*_helps(organisation, statuses))
        .order_by(CaseHelper.state.desc(), CaseHelper.invited_at, Case.id)
        .limit(limit)
    )
    return [(case, row) for case, row in session.execute(found)]


def count_for_organisation(session: Session, organisation: str, statuses: Collection[str]) -> int:
    """How many those are."""
    found = select(func.count()).select_from(CaseHelper).join(Case, CaseHelper.case_id == Case.id)
    return session.scalar(found.where(*_helps(organisation, statuses))) or 0


def _helps(organisation: str, statuses: Collection[str]) -> tuple[ColumnElement[bool], ...]:
    return (
        CaseHelper.organisation == organisation,
        CaseHelper.state.in_(ACTIVE),
        Case.owner != organisation,
        Case.status.in_(statuses),
        ~Case.confidential,
    )


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
