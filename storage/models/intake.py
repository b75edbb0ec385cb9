"""What staff write down for people who ring, come by or write: forms half filled in, and who took which case."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Document, Key, UtcTime


class IntakeForm(Base):
    """One form on one screen. `fields` is what was typed so far; `case_id` what became of it.

    Its name comes with every sending of it, so that one that is sent twice makes one case.
    """

    __tablename__ = "intake_forms"

    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    user_id: Mapped[int] = mapped_column(Key)
    fields: Mapped[dict[str, Any]] = mapped_column(Document, default=dict)
    case_id: Mapped[int | None] = mapped_column(Key)
    saved_at: Mapped[datetime] = mapped_column(UtcTime)

    __table_args__ = (
        Index("ix_intake_forms_user_id", "user_id", "saved_at"),
        Index("ix_intake_forms_saved_at", "saved_at"),
    )


class CaseIntake(Base):
    """Of a case that staff took: who, and at which outreach event."""

    __tablename__ = "case_intakes"

    case_id: Mapped[int] = mapped_column(Key, ForeignKey("cases.id"), primary_key=True, autoincrement=False)
    user_id: Mapped[int] = mapped_column(Key)
    event: Mapped[str | None] = mapped_column(String(120))
    taken_at: Mapped[datetime] = mapped_column(UtcTime)

    __table_args__ = (
        Index("ix_case_intakes_user_id", "user_id", "case_id"),
        Index("ix_case_intakes_event", "event", "case_id"),
    )
