"""Lists of cases that somebody keeps under a name, and what was done to many at once."""

from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from storage.models import BulkStep, CaseView


def list_for(session: Session, user_id: int) -> list[CaseView]:
    """Their own and those that everybody has, the shared ones first."""
    theirs = or_(CaseView.user_id == user_id, CaseView.shared.is_(True))
    return list(session.scalars(select(CaseView).where(theirs).order_by(CaseView.shared.desc(), CaseView.name)))


def count_own(session: Session, user_id: int) -> int:
    """How many they keep."""
    return len(session.scalars(select(CaseView.id).where(CaseView.user_id == user_id)).all())


def add(session: Session, user_id: int, name: str, query: str, now: datetime, *, shared: bool) -> CaseView:
    """Keep a list; one of the same name and kind is replaced."""
    same = select(CaseView).where(CaseView.user_id == user_id, CaseView.name == name, CaseView.shared.is_(shared))
    view = session.scalars(same).first() or CaseView(user_id=user_id, name=name, shared=shared, created_at=now)
    view.query = query
    session.add(view)
    return view


def find(session: Session, view_id: int) -> CaseView | None:
    """One of them."""
    return session.get(CaseView, view_id)


def add_bulk(
    session: Session, user_id: int, form: str, step: str, made: list[Any], skipped: list[Any], now: datetime
) -> BulkStep:
    """Write down what was done to many cases, so that it can be shown and taken back."""
    bulk = BulkStep(user_id=user_id, form=form, step=step, made=made, skipped=skipped, at=now)
    session.add(bulk)
    session.flush()
    return bulk


def find_bulk(session: Session, bulk_id: int, user_id: int) -> BulkStep | None:
    """What this person did; nobody else's."""
    found = select(BulkStep).where(BulkStep.id == bulk_id, BulkStep.user_id == user_id)
    return session.scalars(found).first()


def find_sent(session: Session, user_id: int, form: str) -> BulkStep | None:
    """What this person did by this form."""
    return session.scalars(select(BulkStep).where(BulkStep.user_id == user_id, BulkStep.form == form)).first()


def keep_undone(session: Session, bulk_id: int, came: list[Any]) -> None:
    """What became of each case when all were to be taken back: as `BulkStep.made` has it."""
    session.get_one(BulkStep, bulk_id).made = came
