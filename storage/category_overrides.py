"""What staff set for single categories; what is not here is as the table that comes with the program says."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from storage.models import CategoryOverride


def list_all(session: Session) -> list[CategoryOverride]:
    """Every category that staff changed."""
    return list(session.scalars(select(CategoryOverride)))


def keep(
    session: Session,
    code: str,
    *,
    th: str | None,
    en: str | None,
    offered: bool,
    words: str,
    now: datetime,
) -> None:
    """This holds for the category from now on; where nothing differs from the table, nothing is kept."""
    if th is None and en is None and offered and not words:
        session.execute(delete(CategoryOverride).where(CategoryOverride.code == code))
        return
    session.merge(CategoryOverride(code=code, th=th, en=en, offered=offered, words=words, updated_at=now))
    session.flush()
