"""Cases that may be about the same thing, until an officer has merged them or said that they are not."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Key, UtcTime

OPEN = text("settled_at IS NULL")


class LikelyPair(Base):
    """Two cases of one kind, so many metres apart and told within days; `older_id` came first."""

    __tablename__ = "likely_pairs"

    older_id: Mapped[int] = mapped_column(Key, ForeignKey("cases.id"), primary_key=True, autoincrement=False)
    newer_id: Mapped[int] = mapped_column(
        Key, ForeignKey("cases.id"), primary_key=True, autoincrement=False, index=True
    )
    metres: Mapped[int] = mapped_column(Integer)
    found_at: Mapped[datetime] = mapped_column(UtcTime)
    settled_at: Mapped[datetime | None] = mapped_column(UtcTime)
    settled_by: Mapped[str | None] = mapped_column(String(64))

    __table_args__ = (Index("ix_likely_pairs_open", "newer_id", postgresql_where=OPEN, sqlite_where=OPEN),)


class PairingPlace(Base):
    """How far the cases have been compared: one row."""

    __tablename__ = "pairing_places"

    id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=False)
    last_case_id: Mapped[int] = mapped_column(Key)
