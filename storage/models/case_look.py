"""Who looks at a case: right now, and at a confidential one at any time."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Key, UtcTime


class CasePresence(Base):
    """Somebody who has the page of a case open; `seen_at` is renewed while they have."""

    __tablename__ = "case_presence"

    case_id: Mapped[int] = mapped_column(Key, ForeignKey("cases.id"), primary_key=True, autoincrement=False)
    user_id: Mapped[int] = mapped_column(Key, ForeignKey("staff_users.id"), primary_key=True, autoincrement=False)
    seen_at: Mapped[datetime] = mapped_column(UtcTime)

    __table_args__ = (Index("ix_case_presence_seen_at", "seen_at"),)


class CaseLook(Base):
    """One look at a confidential case. `granted`: here the reason was given; the looks after it go by that one."""

    __tablename__ = "case_looks"

    id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=True)
    case_id: Mapped[int] = mapped_column(Key, ForeignKey("cases.id"))
    user_id: Mapped[int] = mapped_column(Key, ForeignKey("staff_users.id"))
    at: Mapped[datetime] = mapped_column(UtcTime)
    reason: Mapped[str] = mapped_column(String(300))
    granted: Mapped[bool]

    __table_args__ = (
        Index("ix_case_looks_case_id", "case_id", "id"),
        Index("ix_case_looks_user_id", "user_id", "case_id", "at"),
    )
