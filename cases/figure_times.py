"""The times that figures are asked for: a week, month, quarter or Thai fiscal year, or any days, by a short name.

The name stands in addresses (`m2026-10`, `f2026` for the fiscal year that ends in 2026). A time that still runs is
compared with as much of the one before it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from cases.figures import begin_day

Step = Literal["day", "week", "month", "quarter", "year"]
STEPS: tuple[Step, ...] = ("day", "week", "month", "quarter", "year")
FISCAL_BEGINS = 10  # October
MOST_STEPS = 120
LONGEST = timedelta(days=366 * 20)
EARLIEST, LATEST = date(2000, 1, 1), date(2200, 1, 1)
WEEKS, MONTHS, QUARTERS, YEARS = 4, 14, 6, 3  # so many are offered, the present one with them
_NAME = re.compile(r"(?:d(?P<day>\d{4}-\d\d-\d\d)|w(?P<week>\d{4}-\d\d-\d\d)|m(?P<month>\d{4}-\d\d)"
                   r"|q(?P<quarter>\d{4}-\d)|f(?P<year>\d{4}))")  # fmt: skip
_BOTH = re.compile(r"c(\d{4}-\d\d-\d\d)_(\d{4}-\d\d-\d\d)")


@dataclass(frozen=True, slots=True)
class Period:
    """Whole days of Bangkok: from `first` on and before `last`. `name` says it again; `kind` is a step, or custom."""

    name: str
    kind: Step | Literal["custom"]
    first: date
    last: date

    @property
    def begins(self) -> datetime:
        """Its first moment."""
        return begin_day(self.first)

    @property
    def ends(self) -> datetime:
        """The first moment after it."""
        return begin_day(self.last)

    @property
    def last_day(self) -> date:
        """The last day that is in it."""
        return self.last - timedelta(days=1)

    @property
    def days(self) -> int:
        """How many days."""
        return (self.last - self.first).days


def read_period(name: str) -> Period | None:
    """The time of this name; None where it is none, or one that nobody lives in."""
    try:
        found = _read(name)
    except (ValueError, OverflowError):
        return None
    return found if found and found.first >= EARLIEST and found.last <= LATEST else None


def _read(name: str) -> Period | None:
    if both := _BOTH.fullmatch(name):
        return name_days(date.fromisoformat(both[1]), date.fromisoformat(both[2]))
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    if found["year"]:
        return find_period("year", date(int(found["year"]), 1, 1))
    if found["quarter"]:
        year, number = found["quarter"].split("-")
        return find_period("quarter", date(int(year), int(number) * 3 - 2, 1))
    if found["month"]:
        return find_period("month", date.fromisoformat(f"{found['month']}-01"))
    kind: Step = "week" if found["week"] else "day"
    return find_period(kind, date.fromisoformat(found["week"] or found["day"]))


def name_days(first: date, last_day: date) -> Period | None:
    """From one day to another, both within it; None where that is no time, or a very long one."""
    if last_day < first or last_day - first > LONGEST or first < EARLIEST or last_day >= LATEST:
        return None
    return Period(f"c{first}_{last_day}", "custom", first, last_day + timedelta(days=1))


def find_period(kind: Step, day: date) -> Period:
    """The day, week (from Monday), month, quarter or fiscal year in which a day lies. Raises ValueError far away."""
    first = _begin(kind, day)
    last = _go_on(kind, first)
    names = {
        "day": f"d{first}",
        "week": f"w{first}",
        "month": f"m{first:%Y-%m}",
        "quarter": f"q{first.year}-{(first.month + 2) // 3}",
        "year": f"f{first.year + 1}",
    }
    return Period(names[kind], kind, first, last)


def find_before(period: Period) -> Period:
    """The one before it, whole: of the same kind, or of as many days."""
    if period.kind == "custom":
        found = name_days(period.first - timedelta(days=period.days), period.first - timedelta(days=1))
        return found or period
    return find_period(period.kind, period.first - timedelta(days=1))


def cut(period: Period, today: date) -> Period:
    """As much of a time as there has been, today with it; all of it where it is over, or has not begun."""
    if not period.first <= today < period.last_day:
        return period
    return Period(period.name, period.kind, period.first, today + timedelta(days=1))


def cut_alike(before: Period, period: Period) -> Period:
    """As much of the time before as there has been of the one it is compared with."""
    last = min(before.last, before.first + timedelta(days=period.days))
    return Period(before.name, before.kind, before.first, last)


def is_whole(period: Period) -> bool:
    """Whether it is all of its kind, and not cut."""
    if period.kind == "custom":
        return True
    whole = find_period(period.kind, period.first)
    return (period.first, period.last) == (whole.first, whole.last)


def list_offered(today: date) -> dict[str, list[Period]]:
    """The times that are offered to choose from, newest first, by kind."""
    counts: dict[Step, int] = {"week": WEEKS, "month": MONTHS, "quarter": QUARTERS, "year": YEARS}
    offered: dict[str, list[Period]] = {}
    for kind, count in counts.items():
        found = [find_period(kind, today)]
        while len(found) < count:
            found.append(find_before(found[-1]))
        offered[kind] = found
    return offered


def choose_step(period: Period) -> Step:
    """How to part a time for a chart, so that it has neither few nor very many points."""
    if period.days <= 31:
        return "day"
    if period.days <= 120:
        return "week"
    return "month" if period.days <= 366 * 3 else "quarter"


def part(period: Period, step: Step) -> list[Period]:
    """Its days, weeks, months, quarters or fiscal years; the first and last as far as they lie in it.

    Where they would be too many, those of the next longer kind.
    """
    parts: list[Period] = []
    for found in _walk(period, step):
        parts.append(found)
        if len(parts) > MOST_STEPS:
            return part(period, STEPS[STEPS.index(step) + 1])
    return parts


def _walk(period: Period, step: Step) -> Iterator[Period]:
    day = period.first
    while day < period.last:
        whole = find_period(step, day)
        yield Period(whole.name, step, max(day, whole.first), min(whole.last, period.last))
        day = whole.last


def _begin(kind: Step, day: date) -> date:
    if kind == "day":
        return day
    if kind == "week":
        return day - timedelta(days=day.weekday())
    if kind == "month":
        return day.replace(day=1)
    if kind == "quarter":
        return day.replace(month=day.month - (day.month - 1) % 3, day=1)
    return date(day.year - (1 if day.month < FISCAL_BEGINS else 0), FISCAL_BEGINS, 1)


def _go_on(kind: Step, first: date) -> date:
    if kind in ("day", "week"):
        return first + timedelta(days=1 if kind == "day" else 7)
    months = first.month - 1 + {"month": 1, "quarter": 3, "year": 12}[kind]
    return date(first.year + months // 12, months % 12 + 1, 1)
