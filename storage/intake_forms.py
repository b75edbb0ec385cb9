"""Forms that staff fill in for people: kept while they are typed, and known again when they are sent twice."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from storage.models import CaseIntake, IntakeForm
from storage.prepared import INSERTS


def hold(session: Session, name: str, user_id: int, now: datetime) -> IntakeForm | None:
    """The form of this name, made if need be, held until the transaction ends; None where it is somebody else's."""
    insert = INSERTS[session.get_bind().dialect.name]
    row = insert(IntakeForm).values(name=name, user_id=user_id, fields={}, saved_at=now)
    session.execute(row.on_conflict_do_nothing(index_elements=["name"]))
    held = select(IntakeForm).where(IntakeForm.name == name).with_for_update()
    form = session.scalars(held.execution_options(populate_existing=True)).one()
    return form if form.user_id == user_id else None


def keep(session: Session, name: str, user_id: int, fields: Mapping[str, Any], now: datetime) -> bool:
    """Keep what was typed so far; False where the form is sent already, or is somebody else's."""
    form = hold(session, name, user_id, now)
    if form is None or form.case_id is not None:
        return False
    form.fields, form.saved_at = dict(fields), now
    return True


def find(session: Session, name: str, user_id: int) -> IntakeForm | None:
    """A form of this user's."""
    return session.scalars(select(IntakeForm).where(IntakeForm.name == name, IntakeForm.user_id == user_id)).first()


def list_unsent(session: Session, user_id: int, limit: int = 10) -> list[IntakeForm]:
    """This user's forms that are not sent yet, newest first."""
    mine = select(IntakeForm).where(IntakeForm.user_id == user_id, IntakeForm.case_id.is_(None))
    found = session.scalars(mine.order_by(IntakeForm.saved_at.desc()).limit(limit))
    return [form for form in found if form.fields]


def discard(session: Session, name: str, user_id: int) -> bool:
    """Forget a form that is not sent; False where there is none."""
    unsent = (IntakeForm.name == name, IntakeForm.user_id == user_id, IntakeForm.case_id.is_(None))
    return session.execute(delete(IntakeForm).where(*unsent).returning(IntakeForm.name)).first() is not None


def forget_before(session: Session, moment: datetime, limit: int) -> int:
    """Drop forms of long ago, sent or not; how many."""
    old = select(IntakeForm.name).where(IntakeForm.saved_at < moment).limit(limit)
    return len(session.execute(delete(IntakeForm).where(IntakeForm.name.in_(old)).returning(IntakeForm.name)).all())


def note_intake(session: Session, case_id: int, user_id: int, event: str | None, now: datetime) -> None:
    """Who took a case, and at which event."""
    session.add(CaseIntake(case_id=case_id, user_id=user_id, event=event, taken_at=now))


def find_intake(session: Session, case_id: int) -> CaseIntake | None:
    """Who took a case; None where its reporter told it themselves."""
    return session.get(CaseIntake, case_id)


def list_events(session: Session, since: datetime, limit: int = 10) -> list[str]:
    """The events at which cases were taken since then, the latest first."""
    latest = func.max(CaseIntake.taken_at)
    held = select(CaseIntake.event).where(CaseIntake.event.is_not(None), CaseIntake.taken_at >= since)
    return [str(name) for name in session.scalars(held.group_by(CaseIntake.event).order_by(latest.desc()).limit(limit))]
