"""Compares after-photos once they are stored, and tells the Ombudsman's officers which they should look at again.

Comparing takes a moment for each photo, so a thread does it beside the rest, with no transaction open; what it found
becomes true once, whoever else was at it. Telling is done by the clock: in office hours, once a day for each case.
"""

import io
from collections.abc import Callable
from datetime import datetime

import structlog
from PIL import Image

import clock
from cases import evidence, photo_badge
from cases.photo_alignment import FINE, shrink
from cases.photo_marks import make_marks
from jobs.looking import LookingAtFiles
from storage import photo_checks, photo_marks
from storage.files import FileMissing, Store, StoreUnavailable
from storage.models import MediaItem
from storage.session import Database

LOOK_EVERY = 5.0  # seconds
AT_ONCE = 20
CASES_AT_ONCE = 50
log = structlog.get_logger()


class PhotoChecker(LookingAtFiles):
    """One thread that makes photos comparable, and compares those that show a repair."""

    def __init__(
        self,
        database: Database,
        store: Store,
        *,
        look_every: float = LOOK_EVERY,
        now: Callable[[], datetime] = clock.now,
    ) -> None:
        super().__init__("photo-checker", database, store, every=look_every, undone="photos not compared", now=now)

    def check_due(self) -> int:
        """Do all that is due, in this thread; how many photos were marked or compared."""
        return self._do_due()

    def _do_some(self) -> int:
        return self._mark_some() or self._compare_some()

    def _mark_some(self) -> int:
        with self._database.read() as session:
            unmarked = photo_marks.list_unmarked(session, AT_ONCE)
        for media_id, path in unmarked:
            if self.is_stopping:
                break
            marks = self._make_marks(media_id, path)
            now = self._now()
            with self._database.begin(now) as session:
                photo_marks.keep_marks(session, media_id, marks, now)
        return len(unmarked)

    def _compare_some(self) -> int:
        with self._database.read() as session:
            waiting = photo_checks.list_uncompared(session, AT_ONCE)
        count = 0
        for item in waiting:
            if self.is_stopping:
                break
            with self._database.read() as session:  # one each: a search takes a moment, and a read holds things back
                plan = evidence.plan(session, item, self._now())
            if plan is not None:
                self._compare(item, plan)
                count += 1
        return count

    def _make_marks(self, media_id: int, path: str) -> dict[int, int]:
        try:
            photo = self._load(path)
            return make_marks(photo) if photo is not None else {}
        except StoreUnavailable:
            raise
        except Exception:  # one odd picture must not end the thread
            log.exception("photo not marked", media=media_id)
            return {}

    def _compare(self, item: MediaItem, plan: evidence.Plan) -> None:
        try:
            found = evidence.judge(plan, self._load)
        except StoreUnavailable:
            raise
        except Exception:
            log.exception("photo not compared", media=item.id)
            found = list(plan.notes)
        now = self._now()
        with self._database.begin(now) as session:
            kept = photo_checks.settle(session, item, found, now)
        if kept and found:
            log.info("photo to be looked at again", media=item.id, verdicts=[one.verdict for one in found])

    def _load(self, path: str) -> Image.Image | None:
        """A photo, small and grey; None where it is gone or cannot be read. Raises StoreUnavailable."""
        try:
            with Image.open(io.BytesIO(self._store.get(path))) as image:
                image.draft("L", (FINE * 2, FINE * 2))
                return shrink(image)
        except (FileMissing, OSError):
            return None


def tell_staff(database: Database) -> None:
    """In office hours: each case whose after-photos should be looked at again, once a day."""
    now = clock.now()
    if not photo_badge.may_tell(now):
        return
    with database.read() as session:
        waiting = [case.id for case, _ in photo_checks.list_untold(session, CASES_AT_ONCE)]
    for case_id in waiting:
        with database.begin(now) as session:
            photo_badge.tell(session, case_id, now)
