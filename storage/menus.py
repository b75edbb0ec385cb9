"""Who is to see the menu of another language; told to LINE after the commit, like all that goes to LINE."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select, tuple_
from sqlalchemy.orm import Session

from storage.models import Conversation, MenuWish
from storage.prepared import INSERTS


def want(session: Session, chat_id: str, language: str, now: datetime) -> None:
    """Have the menu of this language shown in the chat; a wish that still waits is replaced."""
    values = {"language": language, "asked_at": now}
    insert = INSERTS[session.get_bind().dialect.name]
    session.execute(
        insert(MenuWish)
        .values(chat_id=chat_id, **values)
        .on_conflict_do_update(index_elements=["chat_id"], set_=values)
    )


def list_wanted(session: Session, limit: int) -> list[MenuWish]:
    """Wishes that wait, oldest first."""
    return list(session.scalars(select(MenuWish).order_by(MenuWish.asked_at).limit(limit)))


def settle(session: Session, wishes: Sequence[MenuWish]) -> None:
    """These are fulfilled; who has wished anew meanwhile still waits."""
    done = [(wish.chat_id, wish.language) for wish in wishes]
    session.execute(delete(MenuWish).where(tuple_(MenuWish.chat_id, MenuWish.language).in_(done)))


def list_speakers(session: Session, language: str) -> list[str]:
    """The chats that are spoken to in this language and have not blocked us."""
    chats = select(Conversation.chat_id).where(Conversation.language == language, Conversation.blocked.is_(False))
    return list(session.scalars(chats.order_by(Conversation.chat_id)))
