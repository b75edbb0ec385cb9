"""What must be said to LINE, written in the transaction that made it true, and what LINE called it."""

from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, Index, Integer, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Document, Key, UtcTime

WORDY = text("state = 'sent' AND messages <> ''")
OPEN = text("state IN ('ready', 'sending', 'held')")


class OutboxMessage(Base):
    """One call to LINE: one to five message objects for one chat, frozen as JSON.

    `state`: ready, sending (leased until `lease_until`), held (no quota left), sent, dead or dropped.
    `maybe_taken`: an earlier try got no certain answer, so LINE may already have it.
    `ties`: one entry a message object, `{"case": id or null, "kind": name}`.
    `price`: how many messages of the month it took, once sent; `members`: of the group then, empty where LINE had not
    told; `organisation`: whose group it was.
    """

    __tablename__ = "outbox"

    id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=True)
    chat_id: Mapped[str] = mapped_column(String(64))
    messages: Mapped[str] = mapped_column(Text)
    ties: Mapped[list[Any]] = mapped_column(Document)
    event_id: Mapped[str | None] = mapped_column(String(80))
    reply_token: Mapped[str | None] = mapped_column(String(255))
    reply_until: Mapped[datetime | None] = mapped_column(UtcTime)
    retry_key: Mapped[str] = mapped_column(String(36), unique=True)
    state: Mapped[str] = mapped_column(String(8))
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    maybe_taken: Mapped[bool] = mapped_column(Boolean, default=False)
    lease_until: Mapped[datetime | None] = mapped_column(UtcTime)
    next_at: Mapped[datetime] = mapped_column(UtcTime)
    first_push_at: Mapped[datetime | None] = mapped_column(UtcTime)
    last_error: Mapped[str | None] = mapped_column(Text)
    sent_by: Mapped[str | None] = mapped_column(String(8))
    sent_at: Mapped[datetime | None] = mapped_column(UtcTime)
    price: Mapped[int | None] = mapped_column(Integer)
    members: Mapped[int | None] = mapped_column(Integer)
    organisation: Mapped[str | None] = mapped_column(String(48))
    created_at: Mapped[datetime] = mapped_column(UtcTime)

    __table_args__ = (
        Index("ix_outbox_open", "chat_id", "id", postgresql_where=OPEN, sqlite_where=OPEN),
        Index("ix_outbox_wordy", "created_at", postgresql_where=WORDY, sqlite_where=WORDY),
        Index("ix_outbox_event_id", "event_id"),
        Index("ix_outbox_state", "state", "created_at"),
    )


class SentMessage(Base):
    """A bubble that stands in a chat: the id LINE gave it, and the case it speaks of."""

    __tablename__ = "sent_messages"

    message_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    chat_id: Mapped[str] = mapped_column(String(64))
    case_id: Mapped[int | None] = mapped_column(Key, index=True)
    kind: Mapped[str] = mapped_column(String(32))
    outbox_id: Mapped[int] = mapped_column(Key)
    quote_token: Mapped[str | None] = mapped_column(Text)
    sent_at: Mapped[datetime] = mapped_column(UtcTime)
