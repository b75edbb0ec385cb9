"""The ready-made texts that staff keep."""

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from storage.models import ReadyText


def list_for(session: Session, category: str, purpose: str | None = None) -> list[ReadyText]:
    """Those offered with a case of this category: its own first, then those for every case."""
    offered = select(ReadyText).where(
        or_(ReadyText.category == category, ReadyText.category.is_(None)), ReadyText.withdrawn_at.is_(None)
    )
    if purpose is not None:
        offered = offered.where(ReadyText.purpose == purpose)
    return list(session.scalars(offered.order_by(ReadyText.category.is_(None), ReadyText.place, ReadyText.id)))


def find(session: Session, key: int) -> ReadyText | None:
    """One text that is still offered."""
    found = session.get(ReadyText, key)
    return found if found is not None and found.withdrawn_at is None else None


def list_all(session: Session) -> list[ReadyText]:
    """All that are offered, those for every case first."""
    offered = select(ReadyText).where(ReadyText.withdrawn_at.is_(None))
    return list(session.scalars(offered.order_by(ReadyText.category.is_not(None), ReadyText.category, ReadyText.id)))


def add(
    session: Session, *, purpose: str, category: str | None, label: str, th: str, en: str, now: datetime
) -> ReadyText:
    """Offer another."""
    text = ReadyText(purpose=purpose, category=category, label=label, th=th, en=en, place=0, updated_at=now)
    session.add(text)
    session.flush()
    return text
