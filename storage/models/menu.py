"""Whose menu in LINE is to be shown in another language."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, UtcTime


class MenuWish(Base):
    """A person whose language changed, until LINE has been told which menu they see now."""

    __tablename__ = "menu_wishes"

    chat_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    language: Mapped[str] = mapped_column(String(2))
    asked_at: Mapped[datetime] = mapped_column(UtcTime)
