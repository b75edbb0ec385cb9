"""Counts time as a Thai government office keeps it: 08:30 to 16:30 in Bangkok, Monday to Friday, no holidays.

An office may keep other hours (`hours`); holidays all have in common. They are those of the `holidays` library as
offices have them: with the government's (royal ploughing), without Children's Day and Labour Day, when offices work.
`exceptions` is what staff know better, day by day.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache

import holidays

from clock import BANGKOK

OPENS = time(8, 30)
CLOSES = time(16, 30)
DAY_BEGINS = time(7)
DAY_ENDS = time(20)

# Named as the library says them in English; a day that replaces one of these carries the name too.
_OFFICE_WORKS_ON = ("National Children's Day", "National Labor Day")

Exceptions = Mapping[date, bool]
NextDay = Callable[[date], date]  # how an office counts its working days: from any day to the next of them


@dataclass(frozen=True, slots=True)
class Hours:
    """When an office opens and closes on each day of the week, Monday first; None where it is shut."""

    week: tuple[tuple[time, time] | None, ...]

    def opens(self, day: date) -> time:
        """When it opens on a day on which it works."""
        return self._find(day)[0]

    def closes(self, day: date) -> time:
        """When it closes on a day on which it works."""
        return self._find(day)[1]

    def _find(self, day: date) -> tuple[time, time]:
        # Who works on a day of the week that is not theirs, for staff said so, keeps the hours of their first day.
        return self.week[day.weekday()] or next(span for span in self.week if span is not None)


USUAL = Hours((*[(OPENS, CLOSES)] * 5, None, None))


def add_working_time(
    start: datetime, much: float | timedelta, exceptions: Exceptions | None = None, hours: Hours = USUAL
) -> datetime:
    """The moment by which that much office time, in hours, has passed since `start`; other time does not count.

    What falls due just when the office closes is due then, not the next morning.
    """
    remaining = much if isinstance(much, timedelta) else timedelta(hours=much)
    if remaining < timedelta():
        raise ValueError(f"cannot count {much} hours of working time: give zero or more")
    moment = _next_working_moment(_in_bangkok(start), exceptions, hours)
    while remaining > (left := _closes(moment.date(), hours) - moment):
        remaining -= left
        moment = _next_working_moment(_closes(moment.date(), hours), exceptions, hours)
    return (moment + remaining).astimezone(UTC)


def add_working_days(
    start: datetime, days: int, exceptions: Exceptions | None = None, hours: Hours = USUAL
) -> datetime:
    """The same time of day so many working days later, or when the office closes that day, if it does so before.

    Counted from the next opening if the office is shut; a day that begins at the opening ends at the closing.
    """
    moment = _next_working_moment(_in_bangkok(start), exceptions, hours)
    if days == 0:
        return moment.astimezone(UTC)
    day, passed = moment.date(), moment - _opens(moment.date(), hours)
    for _ in range(days if passed else days - 1):
        day = find_working_day_after(day, exceptions, hours)
    closes = _closes(day, hours)
    due = min(_opens(day, hours) + passed, closes) if passed else closes
    return due.astimezone(UTC)


def add_days(start: datetime, days: int, exceptions: Exceptions | None = None, hours: Hours = USUAL) -> datetime:
    """So many days of the calendar later, while the office is open.

    What begins while it is shut is counted from its next opening, and has until it closes.
    """
    if end_in_working_time(start, exceptions, hours) == start:
        return end_in_working_time(start + timedelta(days=days), exceptions, hours)
    day = _next_working_moment(_in_bangkok(start), exceptions, hours).date() + timedelta(days=days)
    if not is_working_day(day, exceptions, hours):
        day = find_working_day_after(day, exceptions, hours)
    return _closes(day, hours).astimezone(UTC)


def end_in_working_time(moment: datetime, exceptions: Exceptions | None = None, hours: Hours = USUAL) -> datetime:
    """The moment itself where the office is open, or just closes; else when it closes on the day it opens next."""
    local = _in_bangkok(moment)
    day = local.date()
    if is_working_day(day, exceptions, hours) and _opens(day, hours) <= local <= _closes(day, hours):
        return moment
    return _closes(_next_working_moment(local, exceptions, hours).date(), hours).astimezone(UTC)


def round_down(moment: datetime, step: timedelta) -> datetime:
    """The last whole step before or at a moment, as the clock on the wall has them."""
    return moment - (moment - datetime.min.replace(tzinfo=moment.tzinfo)) % step


def count_working_minutes(
    start: datetime, end: datetime, exceptions: Exceptions | None = None, hours: Hours = USUAL
) -> int:
    """How many minutes of office time lie between two moments; none where the second is not the later one."""
    begins, ends = _in_bangkok(start), _in_bangkok(end)
    passed = timedelta()
    day = begins.date()
    while day <= ends.date():
        if is_working_day(day, exceptions, hours):
            passed += max(timedelta(), min(ends, _closes(day, hours)) - max(begins, _opens(day, hours)))
        day += timedelta(days=1)
    return int(passed.total_seconds() // 60)


def is_working_time(now: datetime, exceptions: Exceptions | None = None, hours: Hours = USUAL) -> bool:
    """Whether the office is open at this moment."""
    day, moment = _in_bangkok(now).date(), _in_bangkok(now).time()
    return is_working_day(day, exceptions, hours) and hours.opens(day) <= moment < hours.closes(day)


def is_daytime(now: datetime, exceptions: Exceptions | None = None, hours: Hours = USUAL) -> bool:
    """Whether an office may be told what nobody has just caused: from 07:00 to 20:00 on a working day of its own."""
    moment = _in_bangkok(now)
    return is_working_day(moment.date(), exceptions, hours) and DAY_BEGINS <= moment.time() < DAY_ENDS


def find_daytime_near(
    moment: datetime, begins: datetime, ends: datetime, exceptions: Exceptions | None = None
) -> datetime:
    """The moment itself; where no daytime comes between it and `ends`, an hour of the last daytime since `begins`."""
    hour = timedelta(hours=1)
    ahead, before = moment, moment
    while ahead <= ends:
        if is_daytime(ahead, exceptions):
            return moment
        ahead += hour
    while before >= begins:
        if is_daytime(before, exceptions):
            return before
        before -= hour
    return moment


def is_working_day(day: date, exceptions: Exceptions | None = None, hours: Hours = USUAL) -> bool:
    """Whether the office opens on this day of the Bangkok calendar."""
    if exceptions is not None and day in exceptions:
        return exceptions[day]
    return hours.week[day.weekday()] is not None and day not in _list_office_holidays(day.year)


@cache
def _list_office_holidays(year: int) -> frozenset[date]:
    calendar = holidays.country_holidays("TH", years=year, language="en_US", categories=("public", "government"))
    return frozenset(
        day
        for day, names in calendar.items()
        if any(not name.startswith(_OFFICE_WORKS_ON) for name in names.split("; "))
    )


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day off, by its names."""

    th: str
    en: str


def list_holidays(year: int) -> dict[date, Holiday]:
    """The days of a year on which offices are shut, weekends aside."""
    thai = holidays.country_holidays("TH", years=year, language="th", categories=("public", "government"))
    english = holidays.country_holidays("TH", years=year, language="en_US", categories=("public", "government"))
    return {day: Holiday(thai.get(day) or "", english.get(day) or "") for day in sorted(_list_office_holidays(year))}


def find_working_day_after(day: date, exceptions: Exceptions | None = None, hours: Hours = USUAL) -> date:
    """The first day after this one on which the office works."""
    return _step(day, 1, exceptions, hours)


def find_working_day_before(day: date, exceptions: Exceptions | None = None, hours: Hours = USUAL) -> date:
    """The last day before this one on which the office works."""
    return _step(day, -1, exceptions, hours)


def _step(day: date, by: int, exceptions: Exceptions | None, hours: Hours) -> date:
    day += timedelta(days=by)
    while not is_working_day(day, exceptions, hours):
        day += timedelta(days=by)
    return day


def _next_working_moment(moment: datetime, exceptions: Exceptions | None, hours: Hours) -> datetime:
    day = moment.date()
    if is_working_day(day, exceptions, hours) and moment < _closes(day, hours):
        return max(moment, _opens(day, hours))
    return _opens(find_working_day_after(day, exceptions, hours), hours)


def _in_bangkok(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError(f"{moment.isoformat()} names no time zone: pass an aware time, such as clock.now() gives")
    return moment.astimezone(BANGKOK)


def _opens(day: date, hours: Hours) -> datetime:
    return datetime.combine(day, hours.opens(day), BANGKOK)


def _closes(day: date, hours: Hours) -> datetime:
    return datetime.combine(day, hours.closes(day), BANGKOK)
