"""Tells why a day that was written can be no promise: it is over, or no calendar holds it."""

import re
from datetime import date

from cases.reply_spelling import clean_letters
from cases.thai_days import MONTHS, any_of, find_figure_date

PAST, IMPOSSIBLE = "past", "impossible"
_MONTHS_A_YEAR = 12
_WRITTEN = re.compile(
    rf"(?<![\d/.-])(?P<day>\d{{1,2}})\s?(?:(?P<name>{any_of(MONTHS)})\.?|[/-](?P<figure>\d{{1,2}}))"
    r"(?:\s?[/-]?\s?(?P<year>\d{4}|\d{2}))?(?!\d)"
)


def find_unkept(text: str, today: date) -> str | None:
    """Of the first day and month in words that name none to come; None where they have no such day."""
    found = _WRITTEN.search(clean_letters(text))
    if found is None:
        return None
    day, month = int(found["day"]), MONTHS[found["name"]] if found["name"] else int(found["figure"])
    if not 1 <= month <= _MONTHS_A_YEAR:
        return None
    meant = find_figure_date({"day": str(day), "month": str(month), "year": found["year"]}, today)
    if meant is None and found["year"] is None:
        try:
            meant = date(today.year, month, day)
        except ValueError:
            return IMPOSSIBLE
    if meant is None:
        return IMPOSSIBLE
    return PAST if meant < today else None
