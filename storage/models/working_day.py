"""What staff know better than the calendar: days on which offices work, or do not."""

from datetime import date, datetime

from sqlalchemy import Boolean, Date, Text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, UtcTime


class WorkingDay(Base):
    """A day that is other than the calendar says, and why."""

    __tablename__ = "working_days"

    day: Mapped[date] = mapped_column(Date, primary_key=True)
    works: Mapped[bool] = mapped_column(Boolean)
    reason: Mapped[str] = mapped_column(Text, default="")
    set_at: Mapped[datetime] = mapped_column(UtcTime)
