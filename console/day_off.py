"""A day that is promised on which the office does not work: said before it goes, and allowed all the same."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy.orm import Session

from cases import office_hours
from cases.views import name_office
from console.desk import Desk


def say_day_off(desk: Desk, session: Session, offices: Iterable[str], day: date | None) -> str:
    """Which of these offices do not work on that day, in words; nothing where all do."""
    if day is None:
        return ""
    closed = [code for code in dict.fromkeys(offices) if not office_hours.is_open_on(session, code, day)]
    if not closed:
        return ""
    return desk.say("console.case.day_off", office=", ".join(name_office(code, desk.language) for code in closed))
