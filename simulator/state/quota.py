"""The month's paid messages, counted as LINE bills them (one per person reached), and the counts of each day.

LINE's months and days end at midnight in UTC+9.
"""

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from functools import lru_cache

_AHEAD = timedelta(hours=9)


class Quota:
    """What may be sent this month and what was."""

    def __init__(self) -> None:
        self.limit: int | None = None
        self._used = 0
        self._month = ""
        self._days: defaultdict[tuple[str, str], int] = defaultdict(int)

    def used(self, now: float) -> int:
        self._turn_month(now)
        return self._used

    def set_used(self, used: int, now: float) -> None:
        self._turn_month(now)
        self._used = used

    def would_exceed(self, people: int, now: float) -> bool:
        return self.limit is not None and self.used(now) + people > self.limit

    def count(self, endpoint: str, people: int, now: float) -> None:
        """Note what was sent; replies are free but counted for the day."""
        self._turn_month(now)
        if endpoint != "reply":
            self._used += people
        self._days[endpoint, day_of(now)] += people

    def sent_on(self, endpoint: str, day: str) -> int:
        return self._days.get((endpoint, day), 0)

    def _turn_month(self, now: float) -> None:
        month = day_of(now)[:6]
        if month != self._month:
            if self._month:
                self._used = 0
            self._month = month


def day_of(now: float) -> str:
    """The day in LINE's statistics, yyyyMMdd."""
    return _name_day(int((now + _AHEAD.total_seconds()) // 86_400))


@lru_cache(maxsize=8)
def _name_day(number: int) -> str:
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=number)).strftime("%Y%m%d")
