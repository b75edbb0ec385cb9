"""Calls that staff owe to reporters who can be told nothing in writing."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Key, UtcTime

OPEN = text("done_at IS NULL")


class Callback(Base):
    """One thing to ring about: `kind` is `ask` (an office's question), `confirm` (said to be done), `reply`
    (they wrote back), `news` (a day, a wait, an end) or `tell` (said to be done, to who only follows). `entry_id`: the
    line of history it came from. `reporter_id`: who is to be rung, where it is not the case's reporter. `tried_at`:
    nobody answered.
    """

    __tablename__ = "callbacks"

    id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=True)
    case_id: Mapped[int] = mapped_column(Key, ForeignKey("cases.id"), index=True)
    entry_id: Mapped[int] = mapped_column(Key, ForeignKey("case_history.id"))
    reporter_id: Mapped[int | None] = mapped_column(Key, ForeignKey("reporters.id"), index=True)
    kind: Mapped[str] = mapped_column(String(8))
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    tried_at: Mapped[datetime | None] = mapped_column(UtcTime)
    done_at: Mapped[datetime | None] = mapped_column(UtcTime)
    done_by: Mapped[str | None] = mapped_column(String(64))

    __table_args__ = (Index("ix_callbacks_open", "created_at", postgresql_where=OPEN, sqlite_where=OPEN),)
