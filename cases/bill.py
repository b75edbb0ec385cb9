"""What the month's messages are spent on, and when they are kept for danger and for citizens.

LINE counts a push once for each person it reaches, and no reply.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from clock import BANGKOK, in_bangkok
from storage.bill import BillLine

BUDDHIST = 543
FIRST_BUDDHIST = 2400  # a year from here on is counted from the Buddha
WARN_AT = (90, 70)  # percent of the month's messages
_MONTH = re.compile(r"(\d{4})-(\d{1,2})")


@dataclass(frozen=True, slots=True)
class Budget:
    """The month's messages: how many (None: no limit), how many are gone, and the percent kept back."""

    most: int | None
    used: int
    reserve: int

    @property
    def percent(self) -> int:
        """How much is gone; 0 where there is no limit."""
        if self.most is None:
            return 0
        return 100 if self.most <= 0 else self.used * 100 // self.most

    @property
    def is_short(self) -> bool:
        """Whether what is left is kept for danger and for citizens."""
        return self.most is not None and self.used * 100 >= self.most * (100 - self.reserve)

    @property
    def warning(self) -> int | None:
        """The highest level that was reached, of those that staff are warned at."""
        return next((level for level in WARN_AT if self.most is not None and self.percent >= level), None)


@dataclass(frozen=True, slots=True)
class Total:
    """Several lines of a bill together."""

    pushes: int
    replies: int
    price: int
    assumed: int

    @property
    def free_percent(self) -> int:
        """The share of calls that cost nothing."""
        calls = self.pushes + self.replies
        return round(100 * self.replies / calls) if calls else 0


def total(lines: Iterable[BillLine]) -> Total:
    """The sum of a bill."""
    kept = list(lines)
    return Total(
        sum(line.pushes for line in kept),
        sum(line.replies for line in kept),
        sum(line.price for line in kept),
        sum(line.assumed for line in kept),
    )


def begin_month(now: datetime) -> datetime:
    """When the month of this moment began in Bangkok."""
    return in_bangkok(now).replace(day=1, hour=0, minute=0, second=0, microsecond=0).astimezone(UTC)


def read_month(words: str) -> datetime:
    """The beginning of a month named `2569-11` or `2026-11`. Raises ValueError."""
    found = _MONTH.fullmatch(words.strip())
    if not found:
        raise ValueError(f"{words!r} is no month: write it like 2569-11")
    year, month = int(found[1]), int(found[2])
    if year >= FIRST_BUDDHIST:
        year -= BUDDHIST
    if not 1 <= month <= 12:
        raise ValueError(f"{words!r} is no month: write it like 2569-11")
    return datetime(year, month, 1, tzinfo=BANGKOK).astimezone(UTC)


def end_month(begins: datetime) -> datetime:
    """When the month that began then is over."""
    local = in_bangkok(begins)
    later = local.replace(year=local.year + 1, month=1) if local.month == 12 else local.replace(month=local.month + 1)
    return later.astimezone(UTC)


def name_month(begins: datetime) -> str:
    """A month as people write it: 2569-11."""
    local = in_bangkok(begins)
    return f"{local.year + BUDDHIST}-{local.month:02d}"
