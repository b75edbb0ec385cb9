"""Where somebody reads what is kept and then writes over it, they do so one after another.

On SQLite whoever writes is alone anyway.
"""

from enum import IntEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session


class Place(IntEnum):
    """What is held, by the number of PostgreSQL's advisory lock for it."""

    FIGURES = 6911_1677  # sums are read, and written back
    TEXTS = 6911_1678
    CATEGORIES = 6911_1679  # names and words of one are compared with those of all


def hold(session: Session, place: Place) -> None:
    """Nobody else is here until this transaction ends; what is read from now on is what they left."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(int(place))))
