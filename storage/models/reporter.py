"""The people behind cases, kept apart from what they told, so that each can be erased or hidden by itself."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Key, UtcTime


class Reporter(Base):
    """A person who told us something, on whatever channel; on LINE known by the user id alone.

    `phone`, `email` and `name` are of people for whom staff wrote it down: by them alone we can tell them anything.
    `email_proved_at`: since when it is known that mail from there is theirs; without it the address was only named.
    """

    __tablename__ = "reporters"

    id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=True)
    line_user_id: Mapped[str | None] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    phone: Mapped[str | None] = mapped_column(String(32), index=True)
    email: Mapped[str | None] = mapped_column(String(254), index=True)
    name: Mapped[str | None] = mapped_column(String(80))
    email_proved_at: Mapped[datetime | None] = mapped_column(UtcTime)

    @property
    def is_nobody(self) -> bool:
        """Whether nothing at all can be said to them."""
        return not (self.line_user_id or self.phone or self.email or self.name)
