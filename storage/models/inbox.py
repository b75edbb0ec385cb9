"""Every webhook event LINE ever told us, once each, and the messages people took back."""

from datetime import datetime

from sqlalchemy import Boolean, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, UtcTime

FAILED = text("state = 'failed'")
WORDY = text("state = 'done' AND raw <> ''")


class InboxEvent(Base):
    """One raw event.

    `state`: done, ignored (nothing to do), failed (with `reason`; `replay` tries again), late (replayed when its chat
    had moved on, so nothing was done) or forgotten (failed, and its words were blanked before it was replayed).
    """

    __tablename__ = "inbox_events"

    event_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    chat_id: Mapped[str | None] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(32))
    state: Mapped[str] = mapped_column(String(12))
    reason: Mapped[str | None] = mapped_column(Text)
    redelivered: Mapped[bool] = mapped_column(Boolean, default=False)
    received_at: Mapped[datetime] = mapped_column(UtcTime)
    raw: Mapped[str] = mapped_column(Text)

    __table_args__ = (
        Index("ix_inbox_events_failed", "received_at", postgresql_where=FAILED, sqlite_where=FAILED),
        Index("ix_inbox_events_wordy", "received_at", postgresql_where=WORDY, sqlite_where=WORDY),
    )


class UnsentMessage(Base):
    """A message its writer took back; remembered because the two events may come in either order."""

    __tablename__ = "unsent_messages"

    message_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    chat_id: Mapped[str] = mapped_column(String(64))
    unsent_at: Mapped[datetime] = mapped_column(UtcTime)
