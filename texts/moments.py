"""Times and days as people say them: today 14:05, tomorrow, Fri 28 Nov; a year only when it is another."""

import re
from datetime import date, datetime, timedelta

from clock import in_bangkok
from texts.catalog import say


def say_day(language: str, day: date, *, today: date) -> str:
    """A day: today, tomorrow, or with its weekday; the year only where it is not this one."""
    distance = (day - today).days
    if distance == 0:
        return say(language, "moment.today")
    if distance == 1:
        return say(language, "moment.tomorrow")
    return say_date(language, day, today=today)


def say_date(language: str, day: date, *, today: date) -> str:
    """A day by its date, however near it is: for what is read later."""
    return _say_without_year(language, day) if day.year == today.year else say_paper_date(language, day)


def say_short_date(language: str, day: date) -> str:
    """A day by its date alone, where there is room for no more: 20 พ.ย."""
    return say(language, "moment.day_short", day=day.day, month=say(language, f"moment.month_{day.month}"))


def say_paper_date(language: str, day: date) -> str:
    """A day by its date, always with the year: for what is kept in a drawer."""
    return say(language, "moment.year", day=_say_without_year(language, day), year=year_of(language, day))


def _say_without_year(language: str, day: date) -> str:
    return say(
        language,
        "moment.day",
        weekday=say(language, f"moment.weekday_{day.weekday()}"),
        day=day.day,
        month=say(language, f"moment.month_{day.month}"),
    )


def say_by(language: str, day: date, *, today: date) -> str:
    """By a day: Thai joins it to a word, and sets it apart from a date."""
    key = "moment.by_word" if (day - today).days in (0, 1) else "moment.by_date"
    return say(language, key, day=say_day(language, day, today=today))


def say_within(language: str, day: date, *, today: date) -> str:
    """A day amid a sentence: Thai joins a word to what stands around it, and sets a date apart."""
    key = "moment.within_word" if (day - today).days in (0, 1) else "moment.within_date"
    return say(language, key, day=say_day(language, day, today=today))


def year_of(language: str, day: date) -> int:
    """The year as people of that language count it: Buddhist in Thai."""
    return day.year + 543 if language == "th" else day.year


def say_time(language: str, moment: datetime) -> str:
    """A clock time in Bangkok: 14:05 น."""
    return say(language, "moment.time", time=in_bangkok(moment).strftime("%H:%M"))


def say_moment(language: str, moment: datetime, *, now: datetime) -> str:
    """A day and a clock time, as near as people say it."""
    local = in_bangkok(moment)
    day = say_day(language, local.date(), today=in_bangkok(now).date())
    return say(language, "moment.day_time", day=day, time=say_time(language, moment))


def say_lasting_moment(language: str, moment: datetime, *, now: datetime) -> str:
    """A day by its date, and a clock time: for what is read later."""
    local = in_bangkok(moment)
    day = say_date(language, local.date(), today=in_bangkok(now).date())
    return say(language, "moment.day_time", day=day, time=say_time(language, moment))


def say_paper_moment(language: str, moment: datetime) -> str:
    """A day by its date with the year, and a clock time: for what is kept in a drawer."""
    day = say_paper_date(language, in_bangkok(moment).date())
    return say(language, "moment.day_time", day=day, time=say_time(language, moment))


def name_days(words: str, written: datetime) -> str:
    """What was written for its own day, for whoever reads it on another: "today 14:05" becomes a date."""
    today = in_bangkok(written).date()
    for language in ("th", "en"):
        for distance, key in enumerate(("moment.today", "moment.tomorrow")):
            day = say_date(language, today + timedelta(days=distance), today=today)
            words = re.sub(rf"{re.escape(say(language, key))}(?=,? [0-9][0-9]:[0-9][0-9])", day, words)
    return words
