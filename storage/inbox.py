"""Raw events, once each; and messages people took back."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, bindparam, func, or_, select, update
from sqlalchemy.orm import Session

from storage.models import InboxEvent, UnsentMessage
from storage.models.inbox import FAILED, WORDY
from storage.prepared import INSERTS, Prepared

_TABLE = cast(Table, InboxEvent.__table__)
_NAMES = ("event_id", "chat_id", "kind", "state", "reason", "redelivered", "received_at", "raw")
_RECORD = Prepared(
    {
        name: insert(InboxEvent)
        .values({column: bindparam(f"b_{column}", type_=_TABLE.c[column].type) for column in _NAMES})
        .on_conflict_do_nothing(index_elements=["event_id"])
        .returning(_TABLE.c.event_id)
        for name, insert in INSERTS.items()
    }
)


def record(
    session: Session,
    *,
    event_id: str,
    chat_id: str | None,
    kind: str,
    raw: str,
    received_at: datetime,
    redelivered: bool = False,
    state: str = "done",
    reason: str | None = None,
) -> bool:
    """Keep an event; False where it is already here, and nothing then changes."""
    connection = session.info["connection"]
    kept = _RECORD.run(
        connection,
        {
            "b_event_id": event_id,
            "b_chat_id": chat_id,
            "b_kind": kind,
            "b_state": state,
            "b_reason": reason,
            "b_redelivered": redelivered,
            "b_received_at": received_at,
            "b_raw": raw,
        },
    )
    return bool(kept)


def forget_words(session: Session, event_id: str) -> None:
    """Keep only that the event came: what people say to each other in a group is not ours to store."""
    session.execute(update(_TABLE).where(_TABLE.c.event_id == event_id).values(raw="", state="ignored"))


def forget_all_words(session: Session, event_ids: Iterable[str]) -> None:
    """The same of several events."""
    for event_id in event_ids:
        forget_words(session, event_id)


def list_failed(session: Session, limit: int = 1000) -> list[InboxEvent]:
    """Events our code could not digest, oldest first."""
    failed = select(InboxEvent).where(InboxEvent.state == "failed").order_by(InboxEvent.received_at).limit(limit)
    return list(session.scalars(failed))


def count_failed(session: Session) -> int:
    """How many events wait for another try."""
    failed = select(func.count()).select_from(InboxEvent).where(InboxEvent.state == "failed")
    return session.execute(failed).scalar_one()


def count_forgotten(session: Session) -> int:
    """How many failed events lost their words before they were replayed."""
    return session.execute(select(func.count()).where(_TABLE.c.state == "forgotten")).scalar_one()


def find_failed(session: Session, event_id: str) -> str | None:
    """The raw JSON of a failed event; None where it does not wait for another try."""
    failed = select(_TABLE.c.raw).where(_TABLE.c.event_id == event_id, _TABLE.c.state == "failed")
    return session.execute(failed).scalar()


def find_raw(session: Session, event_id: str, chat_id: str) -> str | None:
    """The raw JSON of an event of this chat; None where it never came, empty where it was forgotten."""
    kept = select(_TABLE.c.raw).where(_TABLE.c.event_id == event_id, _TABLE.c.chat_id == chat_id)
    return session.execute(kept).scalar()


def find_state(session: Session, event_id: str) -> str | None:
    """What became of an event; None where it never came."""
    return session.execute(select(_TABLE.c.state).where(_TABLE.c.event_id == event_id)).scalar()


def settle_failed(session: Session, event_id: str) -> datetime | None:
    """Take a failed event for another try in this transaction; when it came. None where somebody else already has."""
    taken = (
        update(_TABLE)
        .where(_TABLE.c.event_id == event_id, _TABLE.c.state == "failed")
        .values(state="done", reason=None)
        .returning(_TABLE.c.received_at)
    )
    return session.execute(taken).scalar()


def settle_late(session: Session, event_id: str) -> None:
    """The event's chat has moved on since: it is not worked on any more."""
    session.execute(update(_TABLE).where(_TABLE.c.event_id == event_id).values(raw="", state="late"))


def remember_unsent(session: Session, *, message_id: str, chat_id: str, now: datetime) -> None:
    """A message was taken back, whether or not it has reached us yet."""
    insert = INSERTS[session.get_bind().dialect.name]
    session.execute(
        insert(UnsentMessage)
        .values(message_id=message_id, chat_id=chat_id, unsent_at=now)
        .on_conflict_do_nothing(index_elements=["message_id"])
    )


_UNSENT = Prepared(
    select(UnsentMessage.__table__.c.message_id).where(
        UnsentMessage.__table__.c.message_id == bindparam("b_message"),
        UnsentMessage.__table__.c.chat_id == bindparam("b_chat"),
    )
)


def is_unsent(session: Session, message_id: str, chat_id: str) -> bool:
    """Whether this message of this chat was taken back before it reached us."""
    return bool(_UNSENT.run(session.info["connection"], {"b_message": message_id, "b_chat": chat_id}))


def find_message(session: Session, message_id: str, chat_id: str) -> dict[str, Any] | None:
    """What a message of this chat said, as LINE told it; None where that is forgotten."""
    named = _TABLE.c.raw.contains(f'"id":"{message_id}"', autoescape=True)
    raw = session.execute(select(_TABLE.c.raw).where(WORDY, _TABLE.c.chat_id == chat_id, named)).scalars().first()
    message = json.loads(raw).get("message") if raw else None
    return message if isinstance(message, dict) and message.get("id") == message_id else None


def forget_message(session: Session, message_id: str, chat_id: str) -> None:
    """Blank the raw text of a message that was taken back; one that failed cannot be replayed any more."""
    # Events have no column for it: few are wordy, and people seldom take a message back.
    named = _TABLE.c.raw.contains(f'"id":"{message_id}"', autoescape=True)
    # What could not be read at all is kept without its chat.
    mine = (or_(_TABLE.c.chat_id == chat_id, _TABLE.c.chat_id.is_(None)), named)
    session.execute(update(_TABLE).where(WORDY, *mine).values(raw=""))
    session.execute(update(_TABLE).where(FAILED, *mine).values(raw="", reason=None, state="forgotten"))


def forget_old_words(session: Session, before: datetime, limit: int) -> int:
    """Blank the raw text of digested events received before then, `limit` at most; how many."""
    old = select(_TABLE.c.event_id).where(WORDY, _TABLE.c.received_at < before).limit(limit)
    blank = update(_TABLE).where(_TABLE.c.event_id.in_(old)).values(raw="").returning(_TABLE.c.event_id)
    return len(session.execute(blank).all())


def forget_failed(session: Session, before: datetime, limit: int) -> int:
    """Blank failed events received before then, `limit` at most, with a reason that may quote them; how many."""
    old = select(_TABLE.c.event_id).where(FAILED, _TABLE.c.received_at < before).limit(limit)
    blank = (
        update(_TABLE)
        .where(_TABLE.c.event_id.in_(old), FAILED)
        .values(raw="", reason=None, state="forgotten")
        .returning(_TABLE.c.event_id)
    )
    return len(session.execute(blank).all())
