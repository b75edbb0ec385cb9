"""What may wait for a call to LINE that costs nothing more, and how far this month's messages have gone."""

from datetime import datetime

from sqlalchemy import Boolean, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Key, UtcTime


class WaitingMessage(Base):
    """One message object that joins the next call to its chat.

    `held`: it was not to wait, but the month's messages are kept for danger and for citizens; `mailed_at`: when its
    organisation got it by e-mail instead.
    """

    __tablename__ = "waiting_messages"

    id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=True)
    chat_id: Mapped[str] = mapped_column(String(64))
    message: Mapped[str] = mapped_column(Text)
    case_id: Mapped[int | None] = mapped_column(Key, index=True)
    kind: Mapped[str] = mapped_column(String(32))
    held: Mapped[bool] = mapped_column(Boolean)
    mailed_at: Mapped[datetime | None] = mapped_column(UtcTime)
    created_at: Mapped[datetime] = mapped_column(UtcTime)

    __table_args__ = (Index("ix_waiting_messages_chat_id", "chat_id", "id"),)


class LineQuota(Base):
    """The one row of what LINE last told: messages a month (none: no limit) and used. `short`: groups must wait."""

    __tablename__ = "line_quota"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    most: Mapped[int | None] = mapped_column(Integer)
    used: Mapped[int] = mapped_column(Integer)
    short: Mapped[bool] = mapped_column(Boolean)
    read_at: Mapped[datetime] = mapped_column(UtcTime)


class LineAccountFacts(Base):
    """The one row of what LINE told of the account itself, and to which access token."""

    __tablename__ = "line_account"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    basic_id: Mapped[str] = mapped_column(String(64))
    token_hash: Mapped[str] = mapped_column(String(64))
    read_at: Mapped[datetime] = mapped_column(UtcTime)
