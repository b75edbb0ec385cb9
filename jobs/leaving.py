"""Leaves the groups that asked us to go, once the goodbye has had time to be read.

What is to be left stands in the database, so that a crash or an outage of LINE only delays it.
"""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from sqlalchemy.exc import SQLAlchemyError

import clock
from storage import groups
from storage.session import Database

LOOK_EVERY = 5.0  # seconds
GOODBYE = timedelta(seconds=10)
AT_ONCE = 20
log = structlog.get_logger()


class GroupLeaver:
    """One thread that leaves. `leave` tells LINE, and says whether we are out of the group."""

    def __init__(
        self,
        database: Database,
        leave: Callable[[str], bool],
        *,
        look_every: float = LOOK_EVERY,
        now: Callable[[], datetime] = clock.now,
    ) -> None:
        self._database = database
        self._leave = leave
        self._look_every = look_every
        self._now = now
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._work, name="group-leaver", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self, timeout: float = 10.0) -> None:
        """End; a call under way is not cut off, and may be made again: LINE takes it twice."""
        self._stopping.set()
        if self._thread.ident is not None:
            self._thread.join(timeout)

    def leave_due(self) -> int:
        """Leave every group whose goodbye is old enough; how many we are out of now."""
        with self._database.read() as session:
            due = groups.list_to_leave(session, self._now() - GOODBYE, AT_ONCE)
        left = [chat_id for chat_id in due if self._leave(chat_id)]
        if left:
            with self._database.begin() as session:
                groups.settle_left(session, left)
        return len(left)

    def _work(self) -> None:
        while not self._stopping.wait(self._look_every):
            try:
                self.leave_due()
            except SQLAlchemyError as problem:
                log.error("groups not left", reason=type(problem).__name__)
