"""The hours that offices keep, as they were set; looked up once a transaction, however many offices are asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.models import OfficeWeek

_KEPT = "office_weeks"
_ALL = select(OfficeWeek.organisation, OfficeWeek.week, OfficeWeek.set_at).order_by(OfficeWeek.id)


@dataclass(frozen=True, slots=True)
class Week:
    """The hours of an organisation from a moment on, as `OfficeWeek` writes them."""

    week: str
    set_at: datetime


def load(session: Session) -> Mapping[str, tuple[Week, ...]]:
    """Everything that was ever set, by organisation, oldest first."""
    kept: dict[str, tuple[Week, ...]] | None = session.info.get(_KEPT)
    if kept is None:
        kept = {}
        for organisation, week, set_at in session.execute(_ALL):
            kept[organisation] = (*kept.get(organisation, ()), Week(week, set_at))
        session.info[_KEPT] = kept
    return kept


def add(session: Session, organisation: str, week: str, now: datetime) -> None:
    """These hours hold from now on; empty: the usual ones."""
    session.add(OfficeWeek(organisation=organisation, week=week, set_at=now))
    session.flush()
    session.info.pop(_KEPT, None)
