"""What staff put in the place of words that come with the program. Rows are added, never changed: its history."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Key, UtcTime


class TextChange(Base):
    """One text from then on; the newest of a `name` (its key in the catalogue) holds. Empty: as the program says it."""

    __tablename__ = "text_changes"

    id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=True)
    name: Mapped[str] = mapped_column(String(80))
    th: Mapped[str | None] = mapped_column(Text)
    en: Mapped[str | None] = mapped_column(Text)
    user_id: Mapped[int] = mapped_column(Key, ForeignKey("staff_users.id"))
    at: Mapped[datetime] = mapped_column(UtcTime)

    __table_args__ = (Index("ix_text_changes_name", "name", "id"),)
