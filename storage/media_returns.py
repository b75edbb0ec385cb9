"""Takes photos back from a case they were given to by mistake, so that the right one can have them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from storage.models import MediaItem


def release(session: Session, media_ids: Sequence[int], case_id: int, now: datetime) -> list[int]:
    """Those of these attachments that the case has belong to none again; which they are, in order."""
    released = session.scalars(
        update(MediaItem)
        .where(MediaItem.id.in_(media_ids), MediaItem.case_id == case_id)
        .values(case_id=None, role="extra", next_at=now)
        .returning(MediaItem.id)
    )
    return sorted(released.all())
