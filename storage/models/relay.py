"""What a reporter said that is still to be passed on: more may follow within moments, and then goes with it."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Key, UtcTime


class Relay(Base):
    """One bundle of a case that waits. `entry_id`: the line of history it begins with; `due_at`: when it goes.

    `kind`: `answer` to the office's groups; `dispute`, the case before the Ombudsman's officers; `reason`, what was
    said after that; `danger`, told in a case that was none, for officers to hear of again;
    `counted`, the same of one that counts as danger.
    """

    __tablename__ = "relays"

    case_id: Mapped[int] = mapped_column(Key, ForeignKey("cases.id"), primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(8), primary_key=True)
    entry_id: Mapped[int] = mapped_column(Key)
    began_at: Mapped[datetime] = mapped_column(UtcTime)
    due_at: Mapped[datetime] = mapped_column(UtcTime)

    __table_args__ = (Index("ix_relays_due_at", "due_at"),)
