"""The hours that each organisation keeps: the usual ones, unless staff set others; and who is open now.

Everything of one transaction is asked of the database once.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from functools import lru_cache

from sqlalchemy.orm import Session

from cases import working_time
from cases.working_time import USUAL, Hours, NextDay, find_working_day_after, is_working_day
from storage import office_weeks, working_days
from texts.digits import read_thai_digits

DAYS = 7
FEWEST_DAYS, FEWEST_HOURS = 2, 10
_TIME = re.compile(r"([0-9]{1,2})[:.]?([0-9]{2})", re.ASCII)


class BadWeek(ValueError):
    """Hours that nobody can keep; `problem` names what is wrong."""

    def __init__(self, problem: str, weekday: int | None = None, given: str = "") -> None:
        super().__init__(f"no week of office hours: {problem} (day {weekday})")
        self.problem, self.weekday, self.given = problem, weekday, given


def find(session: Session, organisation: str, at: datetime | None = None) -> Hours:
    """The hours of an organisation; with `at` those that it kept then."""
    return _pick(office_weeks.load(session).get(organisation, ()), at)


def is_open_on(session: Session, organisation: str, day: date) -> bool:
    """Whether this organisation works on that day."""
    return is_working_day(day, working_days.load_exceptions(session), find(session, organisation))


def is_daytime(session: Session, organisation: str, now: datetime) -> bool:
    """Whether phones may ring for this organisation now."""
    return working_time.is_daytime(now, working_days.load_exceptions(session), find(session, organisation))


def find_after_holiday(session: Session, organisation: str, day: date) -> date | None:
    """The working day behind a holiday; None where that day is none, also where the office never works on it."""
    exceptions, hours = working_days.load_exceptions(session), find(session, organisation)
    if hours.week[day.weekday()] is None or is_working_day(day, exceptions, hours):
        return None
    return find_working_day_after(day, exceptions, hours)


def find_next_day(session: Session, organisation: str) -> NextDay:
    """How this organisation counts from one of its working days to the next."""
    exceptions, hours = working_days.load_exceptions(session), find(session, organisation)
    return lambda day: find_working_day_after(day, exceptions, hours)


def list_own(session: Session) -> Mapping[str, Hours]:
    """The organisations that keep other hours than the usual ones."""
    kept = {organisation: _pick(weeks, None) for organisation, weeks in office_weeks.load(session).items()}
    return {organisation: hours for organisation, hours in kept.items() if hours != USUAL}


def keep(session: Session, organisation: str, hours: Hours, now: datetime) -> None:
    """The organisation keeps these hours from now on."""
    office_weeks.add(session, organisation, "" if hours == USUAL else write(hours), now)


def write(hours: Hours) -> str:
    """Hours as they are stored and put into addresses."""
    return ",".join(
        "-" if span is None else "-".join(moment.strftime("%H:%M") for moment in span) for span in hours.week
    )


@lru_cache(maxsize=256)
def read(week: str) -> Hours:
    """What `write` wrote; raises BadWeek for anything else."""
    if not week:
        return USUAL
    spans = [("", "") if part == "-" else tuple(part.split("-")) for part in week.split(",")]
    if len(spans) != DAYS or any(len(span) != len(("opens", "closes")) for span in spans):
        raise BadWeek("unreadable")
    return _read_week([(span[0], span[1]) for span in spans])


def check(spans: Sequence[tuple[str, str]]) -> Hours:
    """Hours as they were filled in; an office that is hardly ever open would have years for everything."""
    hours = _read_week(spans)
    check_enough(hours)
    return hours


def check_enough(hours: Hours) -> None:
    """Raises BadWeek where an office would hardly be open."""
    spans = [(span[0].hour * 60 + span[0].minute, span[1].hour * 60 + span[1].minute) for span in hours.week if span]
    if len(spans) < FEWEST_DAYS or sum(closes - opens for opens, closes in spans) < FEWEST_HOURS * 60:
        raise BadWeek("few")


def list_held(session: Session, organisation: str) -> set[Hours]:
    """What this organisation has kept at any time: what may be put back without a look."""
    return {USUAL, *(read(each.week) for each in office_weeks.load(session).get(organisation, ()))}


def _read_week(spans: Sequence[tuple[str, str]]) -> Hours:
    """Hours from what was filled in for each day, Monday first: opening and closing, both empty where it is shut."""
    week: list[tuple[time, time] | None] = []
    for weekday, (opens, closes) in enumerate(spans):
        if not opens and not closes:
            week.append(None)
            continue
        if not (opens and closes):
            raise BadWeek("time", weekday)
        span = _read_time(opens, weekday), _read_time(closes, weekday)
        if span[0] >= span[1]:
            raise BadWeek("order", weekday)
        week.append(span)
    if not any(week):
        raise BadWeek("never")
    return Hours(tuple(week))


def _read_time(given: str, weekday: int) -> time:
    """08:30, as people write it: 8.30 and 0830 too, also in Thai digits."""
    found = _TIME.fullmatch(read_thai_digits(given))
    if found is None:
        raise BadWeek("unreadable", weekday, given)
    try:
        return time(int(found[1]), int(found[2]))
    except ValueError:
        raise BadWeek("no_time", weekday, given) from None


def _pick(weeks: Sequence[office_weeks.Week], at: datetime | None) -> Hours:
    held = [each for each in weeks if at is None or each.set_at <= at]
    return read(held[-1].week) if held else USUAL
