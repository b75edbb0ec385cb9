"""Where each chat stands: its language, and the draft it is in the middle of."""

from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Document, UtcTime


class Conversation(Base):
    """One LINE chat with a person. Its row is also the lock that keeps that chat's events in single file."""

    __tablename__ = "conversations"

    chat_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    language: Mapped[str] = mapped_column(String(2), default="th")
    flow: Mapped[str | None] = mapped_column(String(32))
    run: Mapped[str | None] = mapped_column(String(16))
    draft: Mapped[dict[str, Any] | None] = mapped_column(Document)
    draft_at: Mapped[datetime | None] = mapped_column(UtcTime)
    notice_version: Mapped[str | None] = mapped_column(String(16))
    notice_at: Mapped[datetime | None] = mapped_column(UtcTime)
    blocked: Mapped[bool] = mapped_column(Boolean, default=False)
    updated_at: Mapped[datetime] = mapped_column(UtcTime)
