"""People who joined a case that somebody else told: they hear what becomes of it, and own nothing of it."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Key, UtcTime


class Follower(Base):
    """One person and one case. `left_at`: they follow it no longer.

    `merged_from`: the case that brought them here when officers joined the two, so that it can be undone.
    """

    __tablename__ = "case_followers"

    id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=True)
    case_id: Mapped[int] = mapped_column(Key, ForeignKey("cases.id"))
    reporter_id: Mapped[int] = mapped_column(Key, ForeignKey("reporters.id"))
    since: Mapped[datetime] = mapped_column(UtcTime)
    left_at: Mapped[datetime | None] = mapped_column(UtcTime)
    merged_from: Mapped[int | None] = mapped_column(Key, ForeignKey("cases.id"))

    __table_args__ = (
        UniqueConstraint("case_id", "reporter_id", name="uq_case_followers_case_id"),
        Index("ix_case_followers_reporter_id", "reporter_id"),
    )
