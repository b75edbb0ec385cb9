"""Photos that staff choose for a step: stored at once, and the case's once the step is sent.

What no case ever gets is cleared away with the other photos that are nobody's (`jobs/retention.py`).
"""

import structlog

from cases.picture_files import write_picture
from cases.pictures import PictureRefused
from console.case_wishes import Refused
from console.desk import Desk
from storage import case_file, uploads
from storage.files import StoreUnavailable
from storage.media_claims import Stored

MOST = 5
TOO_LARGE = ("too_big", "too_many_pixels")
SHOWN_NAME = 40
log = structlog.get_logger(__name__)


def name_chat(desk: Desk) -> str:
    """From where these photos come, as their rows say it."""
    return f"staff:{desk.staff.id}"


def keep(desk: Desk, field: str) -> tuple[int, ...]:
    """The photos of this form: those chosen now, and those that an earlier showing of it kept. Raises Refused."""
    chosen = desk.list_files(field)
    named = [int(key) for key in desk.form.getlist("photo") if key.isdecimal() and len(key) < 18]
    if len(chosen) + len(named) > MOST:
        raise Refused("console.case.wrong_photo_count", field, count=MOST)
    written: list[str] = []
    try:
        pictures = [_write(desk, file.stream.read(), str(file.filename), written) for file in chosen]
    except (Refused, StoreUnavailable):
        _clear_up(desk, written)
        raise
    with desk.begin() as session:
        kept = [one.id for one in case_file.list_uploads(session, named, name_chat(desk))]
        kept += [
            uploads.add_upload(session, one, chat_id=name_chat(desk), role="after", now=desk.now).id for one in pictures
        ]
    return tuple(kept)


def _write(desk: Desk, data: bytes, name: str, written: list[str]) -> Stored:
    try:
        return write_picture(desk.store, data, written=written, now=desk.now)
    except PictureRefused as refused:
        key = "console.case.wrong_photo_big" if refused.reason in TOO_LARGE else "console.case.wrong_photo"
        raise Refused(key, "photos", name=name[-SHOWN_NAME:]) from None


def _clear_up(desk: Desk, written: list[str]) -> None:
    try:
        for path in written:
            desk.store.delete(path)
    except StoreUnavailable as error:
        log.error("media_delete_failed", error=str(error))
