"""Counts time as a Thai government office keeps it: 08:30 to 16:30 in Bangkok, Monday to Friday, no holidays.

Holidays are those of the `holidays` library as offices have them: with the government's (royal ploughing),
without Children's Day and Labour Day, when offices work. `exceptions` is what staff know better, day by day.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import cache

import holidays

from clock import BANGKOK

OPENS = time(8, 30)
CLOSES = time(16, 30)
WORKDAY = timedelta(hours=8)
DAY_BEGINS = time(7)
DAY_ENDS = time(20)

# Named as the library says them in English; a day that replaces one of these carries the name too.
_OFFICE_WORKS_ON = ("National Children's Day", "National Labor Day")
_LAST_WORKDAY = 4  # Friday

Exceptions = Mapping[date, bool]


def add_working_time(start: datetime, hours: float | timedelta, exceptions: Exceptions | None = None) -> datetime:
    """The moment by which that much office time has passed since `start`; other time does not count.

    What falls due just when the office closes is due then, not the next morning.
    """
    remaining = hours if isinstance(hours, timedelta) else timedelta(hours=hours)
    if remaining < timedelta():
        raise ValueError(f"cannot count {hours} hours of working time: give zero or more")
    moment = _next_working_moment(_in_bangkok(start), exceptions)
    while remaining > (left := _at(moment.date(), CLOSES) - moment):
        remaining -= left
        moment = _next_working_moment(_at(moment.date(), CLOSES), exceptions)
    return (moment + remaining).astimezone(UTC)


def add_working_days(start: datetime, days: int, exceptions: Exceptions | None = None) -> datetime:
    """The same time of day so many working days later; counted from the next opening if offices are shut."""
    return add_working_time(start, days * WORKDAY, exceptions)


def count_working_minutes(start: datetime, end: datetime, exceptions: Exceptions | None = None) -> int:
    """How many minutes of office time lie between two moments; none where the second is not the later one."""
    begins, ends = _in_bangkok(start), _in_bangkok(end)
    passed = timedelta()
    day = begins.date()
    while day <= ends.date():
        if is_working_day(day, exceptions):
            passed += max(timedelta(), min(ends, _at(day, CLOSES)) - max(begins, _at(day, OPENS)))
        day += timedelta(days=1)
    return int(passed.total_seconds() // 60)


def is_working_time(now: datetime, exceptions: Exceptions | None = None) -> bool:
    """Whether the offices are open at this moment."""
    moment = _in_bangkok(now)
    return is_working_day(moment.date(), exceptions) and OPENS <= moment.time() < CLOSES


def is_daytime(now: datetime, exceptions: Exceptions | None = None) -> bool:
    """Whether an office may be told what nobody has just caused: from 07:00 to 20:00 on a working day."""
    moment = _in_bangkok(now)
    return is_working_day(moment.date(), exceptions) and DAY_BEGINS <= moment.time() < DAY_ENDS


def is_working_day(day: date, exceptions: Exceptions | None = None) -> bool:
    """Whether the offices open on this day of the Bangkok calendar."""
    if exceptions is not None and day in exceptions:
        return exceptions[day]
    return day.weekday() <= _LAST_WORKDAY and day not in _list_office_holidays(day.year)


@cache
def _list_office_holidays(year: int) -> frozenset[date]:
    calendar = holidays.country_holidays("TH", years=year, language="en_US", categories=("public", "government"))
    return frozenset(
        day
        for day, names in calendar.items()
        if any(not name.startswith(_OFFICE_WORKS_ON) for name in names.split("; "))
    )


def list_holidays(year: int) -> dict[date, str]:
    """The days of a year on which offices are shut, weekends aside, by their Thai and English names."""
    thai = holidays.country_holidays("TH", years=year, language="th", categories=("public", "government"))
    english = holidays.country_holidays("TH", years=year, language="en_US", categories=("public", "government"))
    return {day: f"{thai.get(day)} ({english.get(day)})" for day in sorted(_list_office_holidays(year))}


def find_working_day_after(day: date, exceptions: Exceptions | None = None) -> date:
    """The first day after this one on which offices work."""
    after = day + timedelta(days=1)
    while not is_working_day(after, exceptions):
        after += timedelta(days=1)
    return after


def _next_working_moment(moment: datetime, exceptions: Exceptions | None) -> datetime:
    day = moment.date()
    if is_working_day(day, exceptions) and moment.time() < CLOSES:
        return max(moment, _at(day, OPENS))
    day += timedelta(days=1)
    while not is_working_day(day, exceptions):
        day += timedelta(days=1)
    return _at(day, OPENS)


def _in_bangkok(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError(f"{moment.isoformat()} names no time zone: pass an aware time, such as clock.now() gives")
    return moment.astimezone(BANGKOK)


def _at(day: date, moment: time) -> datetime:
    return datetime.combine(day, moment, BANGKOK)
