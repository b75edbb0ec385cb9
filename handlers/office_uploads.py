"""Photos chosen on the page behind a mailed link: known by what is in them, drawn anew, stored."""

from collections.abc import Sequence
from datetime import datetime

import structlog
from werkzeug.datastructures import FileStorage, ImmutableMultiDict

from cases.picture_files import write_picture
from cases.pictures import PictureRefused
from handlers.office_forms import FormProblem
from storage.files import Store, StoreUnavailable
from storage.media_claims import Stored

MOST = 5
TOO_LARGE = ("too_big", "too_many_pixels")
SHOWN_NAME = 40
log = structlog.get_logger(__name__)


def list_chosen(files: ImmutableMultiDict[str, FileStorage]) -> list[FileStorage]:
    """The photos of a form: every browser sends an empty file too, for a field that nothing was chosen for."""
    return [file for file in files.getlist("photos") if file.filename]


def keep_photos(store: Store, files: Sequence[FileStorage], written: list[str], now: datetime) -> list[Stored]:
    """Store each; the path of every file begun goes to `written`. Raises FormProblem and StoreUnavailable."""
    if len(files) > MOST:
        raise FormProblem("page.wrong_photo_count", count=MOST)
    return [_keep(store, file, written, now) for file in files]


def _keep(store: Store, file: FileStorage, written: list[str], now: datetime) -> Stored:
    try:
        return write_picture(store, file.stream.read(), written=written, now=now)
    except PictureRefused as refused:
        key = "page.wrong_photo_big" if refused.reason in TOO_LARGE else "page.wrong_photo"
        raise FormProblem(key, name=str(file.filename)[-SHOWN_NAME:]) from None


def clear_up(store: Store, written: Sequence[str]) -> None:
    """What was written for a step that did not come about."""
    try:
        for path in written:
            store.delete(path)
    except StoreUnavailable as error:
        log.error("media_delete_failed", error=str(error))
