"""How long the steps of a case may take, as staff set it; looked up once a transaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.models import ServiceLevel

_KEPT = "service_levels"
_COLUMNS = (ServiceLevel.category, ServiceLevel.level, ServiceLevel.amount, ServiceLevel.set_at)
_ALL = select(*_COLUMNS).order_by(ServiceLevel.id)


@dataclass(frozen=True, slots=True)
class Set:
    """What was set at a moment; None where it was given up."""

    amount: int | None
    set_at: datetime


def load(session: Session) -> Mapping[tuple[str, str], tuple[Set, ...]]:
    """Everything that was ever set, by category and level, oldest first."""
    kept: dict[tuple[str, str], tuple[Set, ...]] | None = session.info.get(_KEPT)
    if kept is None:
        kept = {}
        for category, level, amount, set_at in session.execute(_ALL):
            kept[category, level] = (*kept.get((category, level), ()), Set(amount, set_at))
        session.info[_KEPT] = kept
    return kept


def add(session: Session, category: str, level: str, amount: int | None, now: datetime) -> None:
    """So much holds for cases told from now on; None: what was before it holds again."""
    session.add(ServiceLevel(category=category, level=level, amount=amount, set_at=now))
    session.flush()
    session.info.pop(_KEPT, None)
