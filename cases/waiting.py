"""An office that needs money or another agency says why, and when it will look again: then it is asked."""

from datetime import date, timedelta

from cases.thai_dates import find_due
from cases.working_time import Exceptions, find_working_day_after

LOOK_DAYS = 15  # an interim reply is owed that often
LONGEST_DAYS = 60  # a budget year that somebody names is no day to look again, and no promise either


def find_look(words: str, today: date, exceptions: Exceptions | None = None) -> date:
    """The working day on which the office looks again: one that its words name, else in fifteen days."""
    named = find_due(words, today)
    if named is None or named <= today or is_too_far(named, today):
        named = today + timedelta(days=LOOK_DAYS)
    return find_working_day_after(named - timedelta(days=1), exceptions)


def is_too_far(day: date | None, today: date) -> bool:
    """Whether a day is so far away that naming it would only keep everybody quiet."""
    return day is not None and day - today > timedelta(days=LONGEST_DAYS)
