"""What was done once and must not be done again, whoever tries: jobs on two machines, late, or after a restart."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, UtcTime


class DoneOnce(Base):
    """A thing done, by a name that says what, for whom and for when: `digest:C123:2026-11-23:morning`."""

    __tablename__ = "done_once"

    name: Mapped[str] = mapped_column(String(160), primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcTime, index=True)
