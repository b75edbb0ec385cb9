"""Photos, voice, video and files that people sent: first wanted from LINE, then ours."""

from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, ForeignKey, Index, Integer, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Document, Key, UtcTime

WANTED = text("state = 'wanted'")
TO_DELETE = text("state = 'withdrawn' AND path IS NOT NULL")
TO_MARK = text("state = 'stored' AND kind = 'image' AND case_id IS NOT NULL AND marked_at IS NULL")
TO_COMPARE = text(
    "state = 'stored' AND kind = 'image' AND role = 'after' AND marked_at IS NOT NULL"
    " AND (compared_for IS NULL OR compared_for <> case_id)"
)


class MediaItem(Base):
    """One attachment.

    `state`: wanted (to be copied from LINE), stored, gone (LINE no longer has it), refused (`reason` says why) or
    withdrawn (its sender took it back). `role`: before, after, extra, or delicate
    (no office sees it). `evidence` holds what EXIF told (time, place)
    where a later check needs it; it is removed from the stored picture. `marked_at`: when it was made ready to be
    compared; `compared_for`: the case as whose after-photo it was.
    """

    __tablename__ = "media"

    id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=True)
    message_id: Mapped[str] = mapped_column(String(64), unique=True)
    chat_id: Mapped[str] = mapped_column(String(64))
    sender_id: Mapped[str | None] = mapped_column(String(64))
    case_id: Mapped[int | None] = mapped_column(Key, ForeignKey("cases.id"), index=True)
    kind: Mapped[str] = mapped_column(String(8))
    role: Mapped[str] = mapped_column(String(8), default="before")
    state: Mapped[str] = mapped_column(String(10), default="wanted")
    reason: Mapped[str | None] = mapped_column(Text)
    source_url: Mapped[str | None] = mapped_column(Text)
    album_id: Mapped[str | None] = mapped_column(String(64))
    album_index: Mapped[int | None] = mapped_column(Integer)
    file_name: Mapped[str | None] = mapped_column(String(255))
    content_type: Mapped[str | None] = mapped_column(String(64))
    size: Mapped[int | None] = mapped_column(Integer)
    sha256: Mapped[str | None] = mapped_column(String(64))
    width: Mapped[int | None] = mapped_column(Integer)
    height: Mapped[int | None] = mapped_column(Integer)
    path: Mapped[str | None] = mapped_column(String(255))
    thumb_path: Mapped[str | None] = mapped_column(String(255))
    evidence: Mapped[dict[str, Any] | None] = mapped_column(Document)
    told_gone: Mapped[bool] = mapped_column(Boolean, default=False)
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    lease_until: Mapped[datetime | None] = mapped_column(UtcTime)
    next_at: Mapped[datetime] = mapped_column(UtcTime)
    sent_at: Mapped[datetime] = mapped_column(UtcTime)
    stored_at: Mapped[datetime | None] = mapped_column(UtcTime)
    marked_at: Mapped[datetime | None] = mapped_column(UtcTime)
    compared_for: Mapped[int | None] = mapped_column(Key)

    __table_args__ = (
        Index("ix_media_wanted", "next_at", postgresql_where=WANTED, sqlite_where=WANTED),
        Index("ix_media_to_delete", "id", postgresql_where=TO_DELETE, sqlite_where=TO_DELETE),
        Index("ix_media_to_mark", "id", postgresql_where=TO_MARK, sqlite_where=TO_MARK),
        Index("ix_media_to_compare", "id", postgresql_where=TO_COMPARE, sqlite_where=TO_COMPARE),
        Index("ix_media_chat_sender", "chat_id", "sender_id", "sent_at"),
    )
