"""Photos and files that came through a page of ours, or by mail, and not by LINE: stored when their row is written."""

import uuid
from datetime import datetime

from sqlalchemy.orm import Session

from storage.media_claims import Stored
from storage.models import MediaItem

PREFIX = "upload:"


def add_upload(
    session: Session,
    stored: Stored,
    *,
    chat_id: str,
    role: str,
    now: datetime,
    kind: str = "image",
    file_name: str | None = None,
) -> MediaItem:
    """A file that lies in the store already. `chat_id` says where it came from, and begins with no U."""
    item = MediaItem(
        message_id=f"{PREFIX}{uuid.uuid4()}",
        chat_id=chat_id,
        kind=kind,
        file_name=file_name,
        role=role,
        attempts=0,
        next_at=now,
        sent_at=now,
        **stored.list_columns(now),
    )
    session.add(item)
    session.flush()
    return item
