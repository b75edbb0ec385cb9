"""What staff know better than the calendar of holidays, day by day."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import delete, extract, select
from sqlalchemy.orm import Session

from storage.case_facts import mark_day
from storage.models import WorkingDay

_KEPT = "working_days"


def load_exceptions(session: Session) -> Mapping[date, bool]:
    """Every day that is other than the calendar says: whether offices work on it. Looked up once a transaction."""
    kept: Mapping[date, bool] | None = session.info.get(_KEPT)
    if kept is None:
        kept = {day: works for day, works in session.execute(select(WorkingDay.day, WorkingDay.works))}
        session.info[_KEPT] = kept
    return kept


def list_exceptions(session: Session, year: int) -> list[WorkingDay]:
    """The exceptions of a year, in order."""
    found = select(WorkingDay).where(extract("year", WorkingDay.day) == year).order_by(WorkingDay.day)
    return list(session.scalars(found))


def set_exception(session: Session, day: date, *, works: bool, reason: str, now: datetime) -> None:
    """Offices work on this day, or do not, whatever the calendar says."""
    session.merge(WorkingDay(day=day, works=works, reason=reason, set_at=now))
    session.flush()
    session.info.pop(_KEPT, None)
    mark_day(session, day)


def unset_exception(session: Session, day: date) -> bool:
    """The calendar holds for this day again. False where it held already."""
    gone = session.execute(delete(WorkingDay).where(WorkingDay.day == day).returning(WorkingDay.day)).first()
    session.info.pop(_KEPT, None)
    mark_day(session, day)
    return gone is not None
