"""When LINE says "too fast": it counts by channel and endpoint, so one such answer concerns every sender."""

from random import uniform
from threading import Lock
from time import monotonic

FIRST_SECONDS = 0.25
LONGEST_SECONDS = 4.0


class Pauses:
    """How long nothing is sent to an endpoint. Safe to use from many threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._until: dict[str, float] = {}
        self._streak: dict[str, int] = {}

    def find_left(self, endpoint: str) -> float:
        """Seconds still to wait; 0 where none."""
        until = self._until.get(endpoint)
        return max(0.0, until - monotonic()) if until else 0.0

    def begin(self, endpoint: str) -> None:
        """LINE refused a call as one too many. Those refused together count once."""
        with self._lock:
            if self.find_left(endpoint):
                return
            streak = self._streak.get(endpoint, 0)
            self._streak[endpoint] = streak + 1
            seconds = min(FIRST_SECONDS * 2.0**streak, LONGEST_SECONDS) * uniform(0.75, 1.25)
            self._until[endpoint] = monotonic() + seconds

    def end(self, endpoint: str) -> None:
        """LINE took a call again."""
        if self._streak.get(endpoint):
            with self._lock:
                self._streak.pop(endpoint, None)
