"""E-mail that must be sent, written in the transaction that made it true."""

from datetime import datetime

from sqlalchemy import Index, Integer, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Key, UtcTime

OPEN = text("state IN ('ready', 'sending')")
WORDY = text("state = 'sent' AND html <> ''")


class Mail(Base):
    """One e-mail, frozen as its reader gets it.

    `state`: held (it may not be needed), ready, sending (leased until `lease_until`), sent, dead or dropped
    (`last_error` says why). `message_id` is the mail's own Message-ID, the same at each try, so that one that came
    twice is known for one.
    """

    __tablename__ = "mails"

    id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=True)
    message_id: Mapped[str] = mapped_column(String(255), unique=True)
    organisation: Mapped[str] = mapped_column(String(48))
    recipient: Mapped[str] = mapped_column(String(254))
    kind: Mapped[str] = mapped_column(String(16))
    case_id: Mapped[int | None] = mapped_column(Key)
    thread: Mapped[str] = mapped_column(String(255))
    subject: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(8))
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    lease_until: Mapped[datetime | None] = mapped_column(UtcTime)
    next_at: Mapped[datetime] = mapped_column(UtcTime)
    last_error: Mapped[str | None] = mapped_column(Text)
    sent_at: Mapped[datetime | None] = mapped_column(UtcTime)
    created_at: Mapped[datetime] = mapped_column(UtcTime)

    __table_args__ = (
        Index("ix_mails_open", "next_at", postgresql_where=OPEN, sqlite_where=OPEN),
        Index("ix_mails_wordy", "created_at", postgresql_where=WORDY, sqlite_where=WORDY),
        Index("ix_mails_state", "state", "created_at"),
    )
