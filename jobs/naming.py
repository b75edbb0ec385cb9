"""Asks LINE what the people are called who act for their office in a group, so that a line can name them.

The line that makes a name wanted goes without it; an answer never waits for LINE.
"""

import threading
from collections.abc import Callable
from datetime import datetime

import structlog
from sqlalchemy.exc import SQLAlchemyError

import clock
from storage import group_people
from storage.session import Database

LOOK_EVERY = 5.0  # seconds
AT_ONCE = 20
log = structlog.get_logger()


class PeopleNamer:
    """One thread that asks. `find_name` asks LINE: "" where it knows none, None where it could not be asked."""

    def __init__(
        self,
        database: Database,
        find_name: Callable[[str, str], str | None],
        *,
        look_every: float = LOOK_EVERY,
        now: Callable[[], datetime] = clock.now,
    ) -> None:
        self._database = database
        self._find_name = find_name
        self._look_every = look_every
        self._now = now
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._work, name="people-namer", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self, timeout: float = 10.0) -> None:
        """End; a call under way is not cut off, and its answer may be asked for again."""
        self._stopping.set()
        if self._thread.ident is not None:
            self._thread.join(timeout)

    def ask_wanted(self) -> int:
        """Ask for every name that is wanted; how many questions LINE answered."""
        with self._database.read() as session:
            wanted = group_people.list_wanted(session, self._now(), AT_ONCE)
        told = []
        for chat_id, user_id in wanted:
            name = None if self._stopping.is_set() else self._find_name(chat_id, user_id)
            if name is not None:
                told.append((chat_id, user_id, name))
        if told:
            now = self._now()
            with self._database.begin(now) as session:
                group_people.keep_names(session, told, now)
        return len(told)

    def _work(self) -> None:
        while not self._stopping.wait(self._look_every):
            try:
                self.ask_wanted()
            except SQLAlchemyError as problem:
                log.error("names not asked for", reason=type(problem).__name__)
