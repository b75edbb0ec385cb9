"""What is done by the clock: a table of name, seconds and function.

Every job may run twice, late, or on two machines at once. Intervals are counted on the product's own clock, so
that whoever turns it forward need not wait for what fell due on the way.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Lock

import structlog
from apscheduler.schedulers.background import BackgroundScheduler

import clock
from jobs import (
    clocks,
    digests,
    erasures,
    evidence,
    figures,
    held,
    intake_retention,
    mail_digests,
    pairing,
    retention,
    roster,
)
from storage.session import Database

log = structlog.get_logger()
Job = Callable[[Database], None]
LOOK_EVERY = 1.0  # seconds
AT_ONCE = 4  # a long job must not hold up the short ones

JOBS: dict[str, tuple[float, Job]] = {
    "forget_drafts": (900.0, retention.forget_drafts),
    "forget_words": (900.0, retention.forget_words),
    "forget_group_photos": (900.0, retention.forget_group_photos),
    "forget_failed": (3600.0, retention.forget_failed),
    "forget_intake": (3600.0, intake_retention.forget_intake),
    "finish_erasures": (300.0, erasures.finish_erasures),
    "settle_figures": (10.0, figures.settle_figures),
    "tell_photo_checks": (300.0, evidence.tell_staff),
    "tell_roster": (900.0, roster.tell_staff),
    "find_pairs": (60.0, pairing.find_pairs),
    "ask_roster": (900.0, roster.ask_groups),
    "digests": (15.0, digests.send_digests),
    "offer_evening": (60.0, digests.offer_evening),
    "mail_digests": (60.0, mail_digests.send_mail_digests),
    "release_mails": (60.0, mail_digests.release_held),
    "summaries": (15.0, digests.send_summaries),
    "ask_wishes": (300.0, clocks.ask_wishes),
    "push_waiting": (60.0, digests.push_waiting),
    "mail_held": (60.0, held.mail_held),
    "clocks": (10.0, clocks.ring_clocks),  # after the digests, which may tell it all
    "foretell": (60.0, clocks.foretell_promises),
    "ask_helpers": (300.0, clocks.ask_helpers),
}


class Schedule:
    """Runs `JOBS` in the background of one process: each at the start, for it may have been down long, and
    then by its interval. A run that comes late is still worth its while.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._scheduler = BackgroundScheduler(timezone="UTC")
        self._scheduler.add_job(
            self._look,
            "interval",
            seconds=LOOK_EVERY,
            next_run_time=clock.now() - timedelta(seconds=clock.offset_seconds()),  # its own clock is not turned
            misfire_grace_time=None,
            coalesce=True,
        )
        self._threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="job")
        self._lock = Lock()
        self._next: dict[str, datetime] = {}  # absent: at once
        self._running: set[str] = set()

    def start(self) -> None:
        """Begin."""
        self._scheduler.start()

    def stop(self) -> None:
        """End; a job under way is not cut off."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=True)
        self._threads.shutdown(wait=True, cancel_futures=True)

    def _look(self) -> None:
        now = clock.now()
        for name, (seconds, job) in JOBS.items():
            if self._take_due(name, now, timedelta(seconds=seconds)):
                self._threads.submit(self._run, name, job)

    def _take_due(self, name: str, now: datetime, interval: timedelta) -> bool:
        """Whether a job is to begin now; one that still runs is not begun a second time."""
        with self._lock:
            due = self._next.get(name, now)
            # Further away than its interval it is only where the clock was turned back: then it runs at once.
            if now < due <= now + interval or name in self._running:
                return False
            self._next[name] = now + interval
            self._running.add(name)
            return True

    def _run(self, name: str, job: Job) -> None:
        try:
            run_job(name, job, self._database)
        finally:
            with self._lock:
                self._running.discard(name)


def run_job(name: str, job: Job, database: Database) -> None:
    """One run; a failure is logged and the next run tries again."""
    try:
        job(database)
    except Exception:
        log.exception("job failed", job=name)
