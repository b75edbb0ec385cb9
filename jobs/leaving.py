"""Leaves the groups that asked us to go, once the goodbye has had time to be read."""

from collections.abc import Callable
from datetime import datetime, timedelta

import clock
from jobs.looking import Looking
from storage import groups
from storage.session import Database

LOOK_EVERY = 5.0  # seconds
GOODBYE = timedelta(seconds=10)
AT_ONCE = 20


class GroupLeaver(Looking):
    """One thread that leaves. `leave` tells LINE, and says whether we are out of the group."""

    def __init__(
        self,
        database: Database,
        leave: Callable[[str], bool],
        *,
        look_every: float = LOOK_EVERY,
        now: Callable[[], datetime] = clock.now,
    ) -> None:
        super().__init__("group-leaver", self._look_once, every=look_every, undone="groups not left")
        self._database = database
        self._leave = leave
        self._now = now

    def leave_due(self) -> int:
        """Leave every group whose goodbye is old enough; how many we are out of now."""
        with self._database.read() as session:
            due = groups.list_to_leave(session, self._now() - GOODBYE, AT_ONCE)
        left = [chat_id for chat_id in due if self._leave(chat_id)]
        if left:
            with self._database.begin() as session:
                groups.settle_left(session, left)
        return len(left)

    def _look_once(self) -> None:
        self.leave_due()
