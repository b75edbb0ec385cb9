"""What staff write to each other about a case: never sent outside, and read first by the colleagues it names."""

from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Key, UtcTime

UNSEEN = text("seen_at IS NULL")


class CaseNote(Base):
    """One note. `organisation`: its writer's, whose people read it; the Ombudsman's read all.

    `shared`: an officer's note that the office which has the case reads too. `form` names the form it came by, so
    that one sent twice is kept once. `withdrawn_at`: its writer took it back, and its words are gone.
    """

    __tablename__ = "case_notes"

    id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=True)
    case_id: Mapped[int] = mapped_column(Key, ForeignKey("cases.id"))
    user_id: Mapped[int] = mapped_column(Key, ForeignKey("staff_users.id"))
    organisation: Mapped[str] = mapped_column(String(48))
    shared: Mapped[bool] = mapped_column(Boolean, default=False)
    words: Mapped[str] = mapped_column(Text)
    form: Mapped[str] = mapped_column(String(64), unique=True)
    at: Mapped[datetime] = mapped_column(UtcTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcTime)

    __table_args__ = (Index("ix_case_notes_case_id", "case_id", "id"),)


class NoteMention(Base):
    """A colleague who is to read a note, and when they did."""

    __tablename__ = "note_mentions"

    note_id: Mapped[int] = mapped_column(Key, ForeignKey("case_notes.id"), primary_key=True, autoincrement=False)
    user_id: Mapped[int] = mapped_column(Key, ForeignKey("staff_users.id"), primary_key=True, autoincrement=False)
    seen_at: Mapped[datetime | None] = mapped_column(UtcTime)

    __table_args__ = (
        Index("ix_note_mentions_unseen", "user_id", "note_id", postgresql_where=UNSEEN, sqlite_where=UNSEEN),
    )
