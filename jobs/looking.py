"""A thread that looks into the database every few seconds for something to do at LINE, or with files of our store.

What is to be done stands in the database, so that a crash or an outage of LINE only delays it.
"""

import threading
from abc import abstractmethod
from collections.abc import Callable
from datetime import datetime

import structlog
from sqlalchemy.exc import SQLAlchemyError

from storage.files import Store, StoreUnavailable
from storage.session import Database

log = structlog.get_logger()


class Looking:
    """Calls `look` again and again, `every` so many seconds, or after as many as it answers."""

    def __init__(self, name: str, look: Callable[[], float | None], *, every: float, undone: str) -> None:
        """`undone`: what the log says where the database could not be used."""
        self._look = look
        self.every = every
        self._undone = undone
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)

    @property
    def is_stopping(self) -> bool:
        """Whether what has not begun is better left for next time."""
        return self._stopping.is_set()

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self, timeout: float = 10.0) -> None:
        """End; a call under way is not cut off, and may be made again."""
        self._stopping.set()
        if self._thread.ident is not None:
            self._thread.join(timeout)

    def _work(self) -> None:
        pause = self.every
        while not self._stopping.wait(pause):
            pause = self.every
            try:
                pause = self._look() or self.every
            except SQLAlchemyError as problem:
                log.error(self._undone, reason=type(problem).__name__)


class LookingAtFiles(Looking):
    """One that works with files: what is left when the store cannot be used waits for the next look."""

    def __init__(
        self, name: str, database: Database, store: Store, *, every: float, undone: str, now: Callable[[], datetime]
    ) -> None:
        super().__init__(name, self._look_once, every=every, undone=undone)
        self._database = database
        self._store = store
        self._now = now

    @abstractmethod
    def _do_some(self) -> int:
        """Do the next of what is due; how much that was. Raises StoreUnavailable."""

    def _do_due(self) -> int:
        """Do all that is due, in this thread; how much that was."""
        count = 0
        try:
            while not self.is_stopping and (done := self._do_some()):
                count += done
        except StoreUnavailable as problem:
            log.error(self._undone, error=str(problem))
        return count

    def _look_once(self) -> None:
        self._do_due()
