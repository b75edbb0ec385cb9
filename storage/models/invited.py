"""Organisations that an owner invited to help with a case: they say what they do, and own nothing of it."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Key, UtcTime


class CaseHelper(Base):
    """One organisation and one case. `state`: invited, helping, busy, left, or dropped (the owner took it back)."""

    __tablename__ = "case_helpers"

    case_id: Mapped[int] = mapped_column(Key, ForeignKey("cases.id"), primary_key=True, autoincrement=False)
    organisation: Mapped[str] = mapped_column(String(48), primary_key=True)
    state: Mapped[str] = mapped_column(String(8))
    invited_at: Mapped[datetime] = mapped_column(UtcTime)
    answered_at: Mapped[datetime | None] = mapped_column(UtcTime)

    __table_args__ = (Index("ix_case_helpers_organisation", "organisation", "state"),)
