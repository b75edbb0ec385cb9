"""Photos from an office's group: whose update they belong to, and when the reporter is shown one."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from cases import telling
from cases.statuses import Actor, Status
from storage import clocks as stored_clocks
from storage import media
from storage.models import Case, MediaItem

PHOTO_MINUTES = timedelta(minutes=5)
# What a photo may be of: what is open, and what was said to be done.
SHOWABLE = (
    Status.DISPATCHED,
    Status.ACKNOWLEDGED,
    Status.IN_PROGRESS,
    Status.NEEDS_INFO,
    Status.TRANSFERRING,
    Status.RESOLVED,
    Status.DISPUTED,
)


def take_photos(session: Session, case: Case, actor: Actor, now: datetime, *, role: str) -> list[int]:
    """Give the case what photos this person sent to this group in the last five minutes; which they are.

    Where the office has other cases people were asked whose those are: then they are nobody's until that is answered.
    """
    if actor.person is None or actor.chat_id is None:
        return []
    since = now - PHOTO_MINUTES
    alone = stored_clocks.count_owned(session, str(actor.organisation), SHOWABLE) <= 1
    recent = list_waiting(session, actor.chat_id, actor.person, now) if alone else []
    if role == "after":
        # What was sent with "at work" a moment ago shows the end of it, once the end is told.
        recent += [
            item
            for item in media.list_for_case(session, case.id, "extra")
            if item.sender_id == actor.person and item.chat_id == actor.chat_id and item.sent_at >= since
        ]
    return add_photos(session, case, [item.id for item in recent], now, role=role)


def list_waiting(session: Session, chat_id: str, person: str | None, now: datetime) -> list[MediaItem]:
    """What this person sent to this group in the last five minutes and no case has yet."""
    return media.find_recent_unclaimed(session, chat_id, person, now - PHOTO_MINUTES)


def add_photos(session: Session, case: Case, media_ids: Sequence[int], now: datetime, *, role: str) -> list[int]:
    """Give photos to a case. The first picture that comes after "done" is shown to the reporter at once."""
    if not media_ids:
        return []
    late = case.status == Status.RESOLVED and role == "after" and not _has_pictures(session, case)
    media.attach(session, media_ids, case.id, role)
    if late and _has_pictures(session, case):
        telling.show_after_photo(session, case, now)
    return [item.id for item in media.list_by_ids(session, media_ids) if item.case_id == case.id]


def _has_pictures(session: Session, case: Case) -> bool:
    shown = media.list_for_case(session, case.id, "after")
    return any(item.kind == "image" and item.state in ("wanted", "stored") for item in shown)
