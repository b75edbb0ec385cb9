"""When demo cases were told, over two years: more by day than by night, fewer on weekends, more after a storm.

The moments of a fill are one rising row, so that any part of it can be made by itself.
"""

import random
from bisect import bisect
from datetime import datetime, time, timedelta
from itertools import accumulate

from cases.working_time import is_working_day
from clock import BANGKOK, in_bangkok

YEARS = timedelta(days=730)
BY_HOUR = (
    0.4,
    0.25,
    0.15,
    0.1,
    0.15,
    0.4,
    1.2,
    2.6,
    4.4,
    5.2,
    5.4,
    4.8,
    3.8,
    4.0,
    4.4,
    4.4,
    4.2,
    4.4,
    4.6,
    4.4,
    3.8,
    2.8,
    1.6,
    0.8,
)
BY_WEEKDAY = (1.2, 1.1, 1.05, 1.05, 1.0, 0.72, 0.62)
HOLIDAY = 0.65
GREW = 0.5  # what came at first, against what comes now
STORMS = 46  # in two years, most of them in the rains
STORM = 1.9
RAINS = range(8, 11)
LAST_DAYS = 10
OPEN_AT_LEAST = 0.3  # of a small fill was told in the last days, so that there is work to be seen


class Calendar:
    """The moments at which `count` cases were told until `until`."""

    def __init__(self, number: int, count: int, until: datetime) -> None:
        self._number, self._count, self._until = number, count, until
        begins = in_bangkok(until - YEARS).date()
        days = [begins + timedelta(days=day) for day in range(YEARS.days + 1)]
        chance = random.Random(f"{number}:storms")
        rainy = [day for day in days if day.month in RAINS]
        stormy = set(chance.sample(rainy, STORMS * 3 // 4)) | set(chance.sample(days, STORMS // 4))
        self._hours: list[datetime] = []
        weights: list[float] = []
        for place, day in enumerate(days):
            weight = BY_WEEKDAY[day.weekday()] * (GREW + (1 - GREW) * place / len(days))
            weight *= HOLIDAY if day.weekday() < len(BY_WEEKDAY) - 2 and not is_working_day(day) else 1
            weight *= STORM if day in stormy else 1
            for hour, share in enumerate(BY_HOUR):
                begun = datetime.combine(day, time(hour), BANGKOK).astimezone(until.tzinfo)
                if until - YEARS <= begun and begun + timedelta(hours=1) <= until:
                    self._hours.append(begun)
                    weights.append(weight * share)
        self._sums = list(accumulate(_lift_last_days(weights, self._hours, until, count)))

    def find_moment(self, place: int) -> datetime:
        """When the case of that place in the row was told."""
        chance = random.Random(f"{self._number}:{self._count}:{place}")
        share = (place + chance.random()) / self._count * self._sums[-1]
        hour = min(bisect(self._sums, share), len(self._sums) - 1)
        before = self._sums[hour - 1] if hour else 0.0
        seconds = int((share - before) / (self._sums[hour] - before) * 3600)
        return self._hours[hour] + timedelta(seconds=min(seconds, 3599))


def _lift_last_days(weights: list[float], hours: list[datetime], until: datetime, count: int) -> list[float]:
    """A small fill has much of its work in the last days; a large one has enough there by itself."""
    late = [until - begun <= timedelta(days=LAST_DAYS) for begun in hours]
    last = sum(weight for weight, is_late in zip(weights, late, strict=True) if is_late)
    rest = sum(weights) - last
    wanted = OPEN_AT_LEAST * min(1.0, 1000 / count)
    lift = max(1.0, wanted * rest / ((1 - wanted) * last)) if last else 1.0
    return [weight * lift if is_late else weight for weight, is_late in zip(weights, late, strict=True)]
