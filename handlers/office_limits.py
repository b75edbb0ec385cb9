"""How often one contact may send forms: enough for a busy office, too seldom for a machine."""

from collections import deque
from collections.abc import Hashable
from datetime import datetime, timedelta
from threading import Lock

WITHIN = timedelta(minutes=10)
MOST = 60
REMEMBERED = 1000


class Limits:
    """Counted in this process alone: each of several lets as many pass, which does no harm."""

    def __init__(self, most: int = MOST, within: timedelta = WITHIN) -> None:
        self._most, self._within = most, within
        self._lock = Lock()
        self._passed: dict[Hashable, deque[datetime]] = {}

    def lets_pass(self, who: Hashable, now: datetime) -> bool:
        """Whether this one may pass now; it counts if so."""
        with self._lock:
            passed = self._passed.pop(who, deque())
            while passed and not now - self._within < passed[0] <= now:
                passed.popleft()
            allowed = len(passed) < self._most
            if allowed:
                passed.append(now)
            self._passed[who] = passed
            if len(self._passed) > REMEMBERED:
                self._passed.pop(next(iter(self._passed)))
            return allowed
