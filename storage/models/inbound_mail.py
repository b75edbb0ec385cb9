"""E-mail that people wrote to us: each once, until an officer has made a case of it or laid it aside."""

from datetime import datetime

from sqlalchemy import Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Key, UtcTime

DRAFT = text("state = 'draft'")


class InboundMail(Base):
    """One mail, by its Message-ID.

    `state`: draft, made (into `case_id`), added (to `case_id`, whose reporter wrote it), discarded (`reason`) or
    ignored (a machine wrote it; nothing of it is kept). A draft may be an answer about `case_id`, from an address that
    was only named for its reporter. `notes`: what of it could not be kept, as keys of words.
    """

    __tablename__ = "inbound_mails"

    id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=True)
    message_id: Mapped[str] = mapped_column(String(255), unique=True)
    state: Mapped[str] = mapped_column(String(10))
    sender: Mapped[str] = mapped_column(String(254), default="")
    sender_name: Mapped[str] = mapped_column(String(120), default="")
    subject: Mapped[str] = mapped_column(Text, default="")
    words: Mapped[str] = mapped_column(Text, default="")
    notes: Mapped[str] = mapped_column(Text, default="")
    reason: Mapped[str | None] = mapped_column(String(300))
    case_id: Mapped[int | None] = mapped_column(Key, index=True)
    received_at: Mapped[datetime] = mapped_column(UtcTime)
    settled_at: Mapped[datetime | None] = mapped_column(UtcTime)
    settled_by: Mapped[str | None] = mapped_column(String(64))

    __table_args__ = (
        Index("ix_inbound_mails_draft", "id", postgresql_where=DRAFT, sqlite_where=DRAFT),
        Index("ix_inbound_mails_received_at", "received_at"),
    )


class MailFolder(Base):
    """How far a folder of the mail server has been read: `last_uid` counts within its `validity`."""

    __tablename__ = "mail_folders"

    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    validity: Mapped[int] = mapped_column(Key)
    last_uid: Mapped[int] = mapped_column(Key)
    looked_at: Mapped[datetime] = mapped_column(UtcTime)
