"""What people are called in the groups where they act for an office: wanted first, then told by LINE.

The names are those that members of a group see of each other. They go when the group ceases to stand for an office.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from storage.models import GroupPerson
from storage.prepared import INSERTS

NAMES_LAST = timedelta(days=30)  # then LINE is asked anew
LONGEST_NAME = 80


def want_name(session: Session, chat_id: str, user_id: str) -> str | None:
    """The name where it is known; else, and where it is old, LINE is to be asked for it."""
    known = session.get(GroupPerson, (chat_id, user_id))
    if known is None:
        insert = INSERTS[session.get_bind().dialect.name]
        session.execute(insert(GroupPerson).values(chat_id=chat_id, user_id=user_id, name="").on_conflict_do_nothing())
        return None
    return known.name or None


def list_wanted(session: Session, now: datetime, limit: int) -> list[tuple[str, str]]:
    """Chat and user id of those whose name is to be asked for."""
    wanted = (
        select(GroupPerson.chat_id, GroupPerson.user_id)
        .where(or_(GroupPerson.asked_at.is_(None), GroupPerson.asked_at < now - NAMES_LAST))
        .limit(limit)
    )
    return [(row.chat_id, row.user_id) for row in session.execute(wanted)]


def keep_names(session: Session, told: Sequence[tuple[str, str, str]], now: datetime) -> None:
    """What LINE told: chat, user id and name; an empty name where it knows none."""
    for chat_id, user_id, name in told:
        session.execute(
            update(GroupPerson)
            .where(GroupPerson.chat_id == chat_id, GroupPerson.user_id == user_id)
            .values(name=name[:LONGEST_NAME], asked_at=now)
        )


def forget_members(session: Session, chat_id: str, user_ids: Sequence[str]) -> None:
    """These people went: what they were called here is kept no longer."""
    session.execute(delete(GroupPerson).where(GroupPerson.chat_id == chat_id, GroupPerson.user_id.in_(user_ids)))


def forget_people(session: Session, chat_id: str) -> None:
    """The group stands for nobody any more."""
    session.execute(delete(GroupPerson).where(GroupPerson.chat_id == chat_id))
