"""The days on which offices are shut, and what staff know better of single days; all clocks count with them."""

from dataclasses import dataclass
from datetime import date

from flask import url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from cases import clocks, working_time
from console.desk import Desk
from console.pages import Pages
from console.permissions import Right
from storage import working_days

pages = Pages("admin_holidays")
FIRST, LAST = 2000, 2150
LONGEST_REASON = 120


@dataclass(frozen=True, slots=True)
class Row:
    """One day: its name in the calendar, and whether somebody set it."""

    day: date
    name: str
    works: bool
    set_by_hand: bool
    reason: str


@pages.get("/admin/holidays", Right.MANAGE_TEXTS)
def show_holidays(desk: Desk) -> AnyResponse:
    """A year of them."""
    with desk.read() as session:
        return _show(desk, session)


def _show(desk: Desk, session: Session, status: int = 200, problem: str = "") -> AnyResponse:
    given = desk.args.get("year", "")
    year = int(given) if given.isdecimal() and FIRST <= int(given[:5]) <= LAST else desk.today.year
    kept = {each.day: each for each in working_days.list_exceptions(session, year)}
    named = working_time.list_holidays(year)
    rows = [
        Row(
            day=day,
            name=_name(named.get(day), desk.language),
            works=day in kept and kept[day].works,
            set_by_hand=day in kept,
            reason=kept[day].reason if day in kept else "",
        )
        for day in sorted(named.keys() | kept.keys())
    ]
    return desk.show("admin_holidays.html", status, year=year, rows=rows, problem=problem, given=desk.form)


@pages.post("/admin/holidays", Right.MANAGE_TEXTS)
def set_day(desk: Desk) -> AnyResponse:
    """Offices work on this day, or are shut, whatever the calendar says."""
    day, how = _read_day(desk.form.get("day", "")), desk.form.get("how", "")
    with desk.begin() as session:
        if day is None or how not in ("off", "works"):
            return _show(desk, session, 422, desk.say("console.admin_holidays.problem"))
        reason = " ".join(desk.form.get("reason", "").split())[:LONGEST_REASON]
        working_days.set_exception(session, day, works=how == "works", reason=reason, now=desk.now)
        counted = clocks.count_anew(session)
        desk.record(session, "holiday.set", f"day:{day}", how=how)
    undo = url_for("admin_holidays.unset_day", day=day.isoformat())
    desk.tell("console.admin_holidays.set", undo, count=counted)
    return desk.go("admin_holidays.show_holidays", year=day.year)


@pages.post("/admin/holidays/<day>/unset", Right.MANAGE_TEXTS)
def unset_day(desk: Desk, day: str) -> AnyResponse:
    """The calendar holds again."""
    wanted = _read_day(day)
    if wanted is None:
        desk.refuse(404)
    with desk.begin() as session:
        if working_days.unset_exception(session, wanted):
            counted = clocks.count_anew(session)
            desk.record(session, "holiday.unset", f"day:{wanted}")
            desk.tell("console.admin_holidays.unset", count=counted)
    return desk.go("admin_holidays.show_holidays", year=wanted.year)


def _name(holiday: working_time.Holiday | None, language: str) -> str:
    if holiday is None:
        return ""
    return holiday.th if language == "th" else holiday.en


def _read_day(given: str) -> date | None:
    try:
        day = date.fromisoformat(given)
    except ValueError:
        return None
    return day if FIRST <= day.year <= LAST else None
