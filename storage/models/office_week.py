"""The hours that single offices keep, where they are not the usual ones."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Key, UtcTime


class OfficeWeek(Base):
    """The hours of an organisation from `set_at` on, until a later row. Rows are added, never changed.

    `week`: seven spans such as 07:00-15:00, Monday first, with commas between; - where it is shut; empty: the usual.
    """

    __tablename__ = "office_weeks"

    id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=True)
    organisation: Mapped[str] = mapped_column(String(48))
    week: Mapped[str] = mapped_column(String(96))
    set_at: Mapped[datetime] = mapped_column(UtcTime)
