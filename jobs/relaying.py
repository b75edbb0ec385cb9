"""Passes on what reporters said, once nothing more comes for a moment: one message instead of one for each piece.

What waits stands in the database, so that a crash only delays it; two who look at once pass nothing on twice.
"""

from collections.abc import Callable
from datetime import datetime

import clock
from cases import relaying
from jobs.looking import Looking
from storage import relays
from storage.session import Database

LOOK_EVERY = 1.0  # seconds
AT_ONCE = 200


class Relayer(Looking):
    """One thread that looks for what is due."""

    def __init__(self, database: Database, *, now: Callable[[], datetime] = clock.now) -> None:
        super().__init__("relayer", self._look_once, every=LOOK_EVERY, undone="reporters' words not passed on")
        self._database = database
        self._now = now

    def pass_on(self) -> int:
        """Everything that is due, each in a transaction of its own; how many."""
        now = self._now()
        with self._database.read() as session:
            due = relays.list_due(session, now, AT_ONCE)
        for case_id, kind in due:
            with self._database.begin(now) as session:
                relaying.tell(session, case_id, kind, now)
        return len(due)

    def _look_once(self) -> None:
        self.pass_on()
