"""Asks LINE what the people are called who act for their office in a group, so that a line can name them.

The line that makes a name wanted goes without it; an answer never waits for LINE.
"""

from collections.abc import Callable
from datetime import datetime

import clock
from jobs.looking import Looking
from storage import group_people
from storage.session import Database

LOOK_EVERY = 5.0  # seconds
AT_ONCE = 20


class PeopleNamer(Looking):
    """One thread that asks. `find_name` asks LINE: "" where it knows none, None where it could not be asked."""

    def __init__(
        self,
        database: Database,
        find_name: Callable[[str, str], str | None],
        *,
        look_every: float = LOOK_EVERY,
        now: Callable[[], datetime] = clock.now,
    ) -> None:
        super().__init__("people-namer", self._look_once, every=look_every, undone="names not asked for")
        self._database = database
        self._find_name = find_name
        self._now = now

    def ask_wanted(self) -> int:
        """Ask for every name that is wanted; how many questions LINE answered."""
        with self._database.read() as session:
            wanted = group_people.list_wanted(session, self._now(), AT_ONCE)
        told = []
        for chat_id, user_id in wanted:
            name = None if self.is_stopping else self._find_name(chat_id, user_id)
            if name is not None:
                told.append((chat_id, user_id, name))
        if told:
            now = self._now()
            with self._database.begin(now) as session:
                group_people.keep_names(session, told, now)
        return len(told)

    def _look_once(self) -> None:
        self.ask_wanted()
