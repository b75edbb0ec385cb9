"""An office that needs money or another agency says why, and when it will look again: then it is asked."""

from datetime import date, timedelta

from cases.thai_dates import find_due
from cases.working_time import NextDay

LOOK_DAYS = 15  # an interim reply is owed that often
OTHER_LOOKS = (3, 7, 30)  # days that are offered instead where none is named
LONGEST_DAYS = 60  # a budget year that somebody names is no day to look again, and no promise either


def names_look(words: str, today: date, next_day: NextDay) -> bool:
    """Whether words say when the office looks again; `next_day`: how it counts working days, here and below."""
    named = find_due(words, today, next_day)
    return named is not None and named > today and not is_too_far(named, today)


def find_look_in(days: int, today: date, next_day: NextDay) -> date:
    """The working day so many days ahead, or the one behind it."""
    return next_day(today + timedelta(days=days - 1))


def find_look(words: str, today: date, next_day: NextDay) -> date:
    """The working day on which the office looks again: one that its words name, else in fifteen days."""
    named = find_due(words, today, next_day) if names_look(words, today, next_day) else None
    return find_look_in((named - today).days if named else LOOK_DAYS, today, next_day)


def is_too_far(day: date | None, today: date) -> bool:
    """Whether a day is so far away that naming it would only keep everybody quiet."""
    return day is not None and day - today > timedelta(days=LONGEST_DAYS)
