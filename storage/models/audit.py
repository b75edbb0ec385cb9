"""What staff did in the console. Rows are added, never changed."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String, event
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Mapped, Mapper, mapped_column

from storage.models.base import Base, Document, Key, UtcTime


class AuditEntry(Base):
    """Who did what to which thing. `object` is its name (`case:FT6911-00042`, `user:7`); no words of citizens here."""

    __tablename__ = "audit_entries"

    id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=True)
    at: Mapped[datetime] = mapped_column(UtcTime, index=True)
    user_id: Mapped[int | None] = mapped_column(Key)
    who: Mapped[str] = mapped_column(String(254))
    organisation: Mapped[str] = mapped_column(String(48), default="")
    verb: Mapped[str] = mapped_column(String(40))
    object: Mapped[str] = mapped_column(String(120))
    details: Mapped[dict[str, Any]] = mapped_column(Document, default=dict)

    __table_args__ = (
        Index("ix_audit_entries_user_id", "user_id", "id"),
        Index("ix_audit_entries_verb", "verb", "id"),
        Index("ix_audit_entries_object", "object", "id"),
    )


def _refuse(_mapper: Mapper[Any], _connection: Connection, target: AuditEntry) -> None:
    raise RuntimeError(f"audit row {target.id} cannot be changed or removed: the audit log is append-only")


event.listen(AuditEntry, "before_update", _refuse)
event.listen(AuditEntry, "before_delete", _refuse)
