"""What staff set for a category otherwise than the table that comes with the program."""

from datetime import datetime

from sqlalchemy import Boolean, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, UtcTime


class CategoryOverride(Base):
    """One category. Empty: the table's own holds. `offered`: whether citizens can choose it.

    `words`: what else people call it, a line each. Its days to resolve are a `ServiceLevel`.
    """

    __tablename__ = "category_overrides"

    code: Mapped[str] = mapped_column(String(32), primary_key=True)
    th: Mapped[str | None] = mapped_column(String(60))
    en: Mapped[str | None] = mapped_column(String(60))
    offered: Mapped[bool] = mapped_column(Boolean)
    words: Mapped[str] = mapped_column(Text, default="", server_default="")
    updated_at: Mapped[datetime] = mapped_column(UtcTime)
