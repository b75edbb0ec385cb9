"""The people an office may be written to by e-mail: the first contact, and the second where the first is silent."""

from datetime import datetime

from sqlalchemy import Index, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Key, UtcTime

STANDING = text("removed_at IS NULL")


class Contact(Base):
    """One address of an organisation; `title` is the office held there, not necessarily a person's name.

    A row is never changed into another address: links that were mailed name it, and end with it.
    """

    __tablename__ = "contacts"

    id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=True)
    organisation: Mapped[str] = mapped_column(String(48))
    rank: Mapped[int] = mapped_column(Integer)
    email: Mapped[str] = mapped_column(String(254))
    title: Mapped[str] = mapped_column(String(120), default="")
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    removed_at: Mapped[datetime | None] = mapped_column(UtcTime)

    __table_args__ = (
        Index(
            "ix_contacts_standing",
            "organisation",
            "rank",
            unique=True,
            postgresql_where=STANDING,
            sqlite_where=STANDING,
        ),
    )
