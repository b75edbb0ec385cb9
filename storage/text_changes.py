"""The words of the program that staff have changed, and how they stood before."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from storage.models import StaffUser, TextChange


def find_newest_id(session: Session) -> int:
    """The last change of any text; 0 where there was none."""
    return session.scalar(select(func.max(TextChange.id))) or 0


def list_current(session: Session) -> list[TextChange]:
    """The newest change of every text that was ever changed."""
    newest = select(func.max(TextChange.id)).group_by(TextChange.name)
    return list(session.scalars(select(TextChange).where(TextChange.id.in_(newest)).order_by(TextChange.name)))


def list_history(session: Session, name: str, limit: int = 50) -> list[tuple[TextChange, str]]:
    """The changes of one text with who made each, the newest first."""
    asked = (
        select(TextChange, StaffUser.name)
        .join(StaffUser, StaffUser.id == TextChange.user_id)
        .where(TextChange.name == name)
        .order_by(TextChange.id.desc())
        .limit(limit)
    )
    return [(change, who) for change, who in session.execute(asked)]


def find(session: Session, name: str, change_id: int) -> TextChange | None:
    """One change of this text."""
    found = session.get(TextChange, change_id)
    return found if found is not None and found.name == name else None


def add(session: Session, name: str, words: dict[str, str | None], user_id: int, now: datetime) -> TextChange:
    """From now on it is said like this."""
    change = TextChange(name=name, th=words["th"], en=words["en"], user_id=user_id, at=now)
    session.add(change)
    session.flush()
    return change
