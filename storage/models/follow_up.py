"""What somebody of the staff wants to look at again on a day; theirs alone."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Key, UtcTime

OPEN = text("done_at IS NULL")


class FollowUp(Base):
    """One case that one person looks at again on `on_day`, and why; `done_at` once that is done, or called off."""

    __tablename__ = "follow_ups"

    id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=True)
    case_id: Mapped[int] = mapped_column(Key, ForeignKey("cases.id"), index=True)
    user_id: Mapped[int] = mapped_column(Key, ForeignKey("staff_users.id"))
    on_day: Mapped[date] = mapped_column(Date)
    words: Mapped[str] = mapped_column(String(200), default="")
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    done_at: Mapped[datetime | None] = mapped_column(UtcTime)

    __table_args__ = (Index("ix_follow_ups_open", "user_id", "on_day", postgresql_where=OPEN, sqlite_where=OPEN),)
