"""Ready-made words to a reporter that staff keep themselves, beside the questions that come with the program."""

from datetime import datetime

from sqlalchemy import Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Key, UtcTime


class ReadyText(Base):
    """One text in both languages. `purpose`: ask, a question that waits for an answer; tell, words that do not.

    `category`: where it is offered; empty, with every case. `withdrawn_at`: it is offered no more.
    """

    __tablename__ = "ready_texts"

    id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=True)
    purpose: Mapped[str] = mapped_column(String(8))
    category: Mapped[str | None] = mapped_column(String(32))
    label: Mapped[str] = mapped_column(String(60))
    th: Mapped[str] = mapped_column(Text)
    en: Mapped[str] = mapped_column(Text)
    place: Mapped[int] = mapped_column(Integer, default=0)
    updated_at: Mapped[datetime] = mapped_column(UtcTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcTime)

    __table_args__ = (Index("ix_ready_texts_category", "category", "place"),)
