"""A thread that looks into the database every few seconds for something to do at LINE.

What is to be done stands in the database, so that a crash or an outage of LINE only delays it.
"""

import threading
from collections.abc import Callable

import structlog
from sqlalchemy.exc import SQLAlchemyError

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
