"""What staff set for a category otherwise than the table that comes with the program."""

from datetime import datetime

from sqlalchemy import Boolean, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, UtcTime


class CategoryOverride(Base):
    """One category. Empty: the table's own holds. `offered`: whether citizens can choose it."""

    __tablename__ = "category_overrides"

    code: Mapped[str] = mapped_column(String(32), primary_key=True)
    th: Mapped[str | None] = mapped_column(String(60))
    en: Mapped[str | None] = mapped_column(String(60))
    resolve_days: Mapped[int | None] = mapped_column(Integer)
    offered: Mapped[bool] = mapped_column(Boolean)
    updated_at: Mapped[datetime] = mapped_column(UtcTime)
