"""How long a step of a case may take, where staff set it otherwise than the program has it."""

from datetime import datetime

from sqlalchemy import Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Key, UtcTime


class ServiceLevel(Base):
    """What holds for cases told from `set_at` on, until a later row. Rows are added, never changed.

    `category`: empty for all that have none of their own. `amount`: None where what was before it holds again.
    """

    __tablename__ = "service_levels"

    id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=True)
    category: Mapped[str] = mapped_column(String(32))
    level: Mapped[str] = mapped_column(String(16))
    amount: Mapped[int | None] = mapped_column(Integer)
    set_at: Mapped[datetime] = mapped_column(UtcTime)
