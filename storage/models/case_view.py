"""What the case list keeps for its readers: lists under a name, and what was done to many cases at once."""

from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Document, Key, UtcTime


class CaseView(Base):
    """A list under a name: the filters, order and columns as they stand in its address. `shared`: everybody has it."""

    __tablename__ = "case_views"

    id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=True)
    user_id: Mapped[int] = mapped_column(Key, ForeignKey("staff_users.id"), index=True)
    shared: Mapped[bool] = mapped_column(Boolean, default=False)
    name: Mapped[str] = mapped_column(String(60))
    query: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcTime)


class BulkStep(Base):
    """One step made with many cases. `made`: [number, line of history] of each, and once they were
    to be taken back why that one was not, empty where it was; `skipped`: [number, why].

    `form`: by which it was sent, so that it is one, however often it comes.
    """

    __tablename__ = "bulk_steps"
    __table_args__ = (UniqueConstraint("user_id", "form"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=True)
    user_id: Mapped[int] = mapped_column(Key, ForeignKey("staff_users.id"))
    form: Mapped[str] = mapped_column(String(32))
    step: Mapped[str] = mapped_column(String(24))
    made: Mapped[list[Any]] = mapped_column(Document, default=list)
    skipped: Mapped[list[Any]] = mapped_column(Document, default=list)
    at: Mapped[datetime] = mapped_column(UtcTime)
    undone_at: Mapped[datetime | None] = mapped_column(UtcTime)
