"""What people asked for about their own data, and when it was done: the record that the law wants kept."""

from datetime import datetime

from sqlalchemy import Index, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Key, UtcTime

OPEN = text("done_at IS NULL")


class DataRequest(Base):
    """One request. `kind`: export or erase. Once a person is erased, `chat_id` is empty and only the fact is left.

    `path`: where the copy of an export lies, until `until`. `attempts`, `lease_until`: who is making it.
    """

    __tablename__ = "data_requests"

    id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=True)
    kind: Mapped[str] = mapped_column(String(8))
    chat_id: Mapped[str | None] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UtcTime)
    done_at: Mapped[datetime | None] = mapped_column(UtcTime)
    path: Mapped[str | None] = mapped_column(String(255))
    until: Mapped[datetime | None] = mapped_column(UtcTime)
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    lease_until: Mapped[datetime | None] = mapped_column(UtcTime)

    __table_args__ = (
        Index("ix_data_requests_chat_id", "chat_id", "at"),
        Index("ix_data_requests_open", "id", postgresql_where=OPEN, sqlite_where=OPEN),
    )
