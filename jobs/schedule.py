"""What is done by the clock: a table of name, seconds and function.

Every job may run twice, late, or on two machines at once.
"""

from collections.abc import Callable
from datetime import timedelta

import structlog
from apscheduler.schedulers.background import BackgroundScheduler

import clock
from jobs import retention
from storage.session import Database

log = structlog.get_logger()
Job = Callable[[Database], None]

JOBS: dict[str, tuple[float, Job]] = {
    "forget_drafts": (900.0, retention.forget_drafts),
    "forget_words": (900.0, retention.forget_words),
    "forget_group_photos": (900.0, retention.forget_group_photos),
    "forget_failed": (3600.0, retention.forget_failed),
}


class Schedule:
    """Runs `JOBS` in the background of one process: each at the start, for it may have been down long, and
    then by its interval. A run that comes late is still worth its while.
    """

    def __init__(self, database: Database) -> None:
        self._scheduler = BackgroundScheduler(timezone="UTC")
        at_once = clock.now() - timedelta(seconds=clock.offset_seconds())  # the scheduler's clock is not turned
        for name, (seconds, job) in JOBS.items():
            self._scheduler.add_job(
                run_job,
                "interval",
                seconds=seconds,
                args=[name, job, database],
                id=name,
                next_run_time=at_once,
                misfire_grace_time=None,
                coalesce=True,
            )

    def start(self) -> None:
        """Begin."""
        self._scheduler.start()

    def stop(self) -> None:
        """End; a job under way is not cut off."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=True)


def run_job(name: str, job: Job, database: Database) -> None:
    """One run; a failure is logged and the next run tries again."""
    try:
        job(database)
    except Exception:
        log.exception("job failed", job=name)
