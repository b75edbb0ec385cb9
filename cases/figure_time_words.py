"""How a time is said: whole, for a heading, and short, for a chart."""

from datetime import date

from cases.figure_times import FISCAL_BEGINS, Period, is_whole
from texts.catalog import say
from texts.moments import year_of


def say_full_day(language: str, day: date) -> str:
    """A day with its month and year written out: 22 พฤศจิกายน 2569."""
    return say(
        language, "console.figures.full_day", day=day.day, month=name_month(language, day), year=year_of(language, day)
    )


def name_month(language: str, day: date) -> str:
    """The month of a day, written out."""
    return say(language, f"console.figures.month.{day.month}")


def say_period(language: str, period: Period) -> str:
    """A time in whole words; of one that is cut, which days of it."""
    first, last = say_full_day(language, period.first), say_full_day(language, period.last_day)
    if period.kind == "month":
        month, year = name_month(language, period.first), year_of(language, period.first)
        if not is_whole(period):
            return _say_part_of_month(language, period, month, year)
        return say(language, "console.figures.period_month", month=month, year=year)
    if period.kind in ("quarter", "year"):
        values = {
            "year": year_of(language, date(_fiscal_year(period.first), 1, 1)),
            "first": _say_month(language, period.first),
            "last": _say_month(language, period.last_day),
        }
        if not is_whole(period):
            values |= {
                "first": _say_whole_day(language, period.first),
                "last": _say_whole_day(language, period.last_day),
            }
        if period.kind == "year":
            return say(language, "console.figures.period_year", **values)
        return say(language, "console.figures.period_quarter", number=_number_quarter(period.first), **values)
    return say(language, f"console.figures.period_{period.kind}", first=first, last=last)


def say_short(language: str, period: Period) -> str:
    """A time as it stands below a bar, or before a row."""
    if period.kind == "day":
        return _say_day(language, period.first)
    if period.kind == "month":
        return _say_month(language, period.first)
    if period.kind == "quarter":
        year = year_of(language, date(_fiscal_year(period.first), 1, 1))
        return say(language, "console.figures.short_quarter", number=_number_quarter(period.first), year=year)
    if period.kind == "year":
        year = year_of(language, date(_fiscal_year(period.first), 1, 1))
        return say(language, "console.figures.short_year", year=year)
    first, last = _say_day(language, period.first), _say_day(language, period.last_day)
    return say(language, "console.figures.short_week", first=first, last=last)


def _say_part_of_month(language: str, period: Period, month: str, year: int) -> str:
    if period.days == 1:
        return say_full_day(language, period.first)
    days = {"first": period.first.day, "last": period.last_day.day}
    return say(language, "console.figures.period_month_part", month=month, year=year, **days)


def _say_day(language: str, day: date) -> str:
    return say(language, "console.figures.short_day", day=day.day, month=say(language, f"moment.month_{day.month}"))


def _say_whole_day(language: str, day: date) -> str:
    month = say(language, f"moment.month_{day.month}")
    return say(language, "console.figures.full_day", day=day.day, month=month, year=year_of(language, day))


def _say_month(language: str, day: date) -> str:
    month = say(language, f"moment.month_{day.month}")
    return say(language, "console.figures.short_month", month=month, year=year_of(language, day))


def _fiscal_year(day: date) -> int:
    """The fiscal year that a day is in, by the year in which it ends."""
    return day.year + (1 if day.month >= FISCAL_BEGINS else 0)


def _number_quarter(day: date) -> int:
    """The quarter of the fiscal year: the first is that from October on."""
    return (day.month - FISCAL_BEGINS) % 12 // 3 + 1
