"""When an office's group is told what is no danger: from its morning's digest until it closes, on its working days.

What comes at other hours waits, as the operators set it (QUIET_NIGHT_CARDS), and goes with that digest's call.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy.orm import Session

from cases import office_hours, working_time
from cases.working_time import USUAL, Hours
from clock import BANGKOK, in_bangkok
from storage import groups, outbox, working_days
from storage.models import Case

MORNING = time(7, 45)  # of an office that opens at the usual time; of another, when it opens
BEFORE_CLOSING = timedelta(minutes=15)


def find_morning(day: date, hours: Hours = USUAL) -> datetime:
    """When the group of an office is first told something on a day on which it works."""
    opens = hours.opens(day)
    return _at(day, MORNING if opens == working_time.OPENS else opens)


def find_evening(day: date, hours: Hours = USUAL) -> datetime:
    """When it gets its last look at that day."""
    return max(find_closing(day, hours) - BEFORE_CLOSING, find_morning(day, hours))


def find_closing(day: date, hours: Hours = USUAL) -> datetime:
    """When the office closes on a day on which it works."""
    return _at(day, hours.closes(day))


def is_quiet_by(now: datetime, exceptions: Mapping[date, bool], hours: Hours) -> bool:
    """Whether an office of these hours is to be left in peace."""
    day = in_bangkok(now).date()
    if not working_time.is_working_day(day, exceptions, hours):
        return True
    return not find_morning(day, hours) <= now < find_closing(day, hours)


def is_quiet(session: Session, organisation: str, now: datetime) -> bool:
    """Whether this office is to be left in peace, but for danger."""
    return is_quiet_by(now, working_days.load_exceptions(session), office_hours.find(session, organisation))


def is_quiet_in(session: Session, chat_id: str, now: datetime) -> bool:
    """Whether the people of a group are to be left in peace; never those of a group that is nobody's."""
    organisation = groups.find_organisation(session, chat_id)
    return organisation is not None and is_quiet(session, organisation, now)


def is_at_work_in(session: Session, chat_id: str, now: datetime) -> bool:
    """Whether the office whose group this is may be told now what waits."""
    organisation = groups.find_organisation(session, chat_id)
    return organisation is not None and not is_quiet(session, organisation, now)


def find_end(session: Session, organisation: str, now: datetime) -> datetime:
    """When an office that is left in peace is told what waits for it."""
    exceptions, hours = working_days.load_exceptions(session), office_hours.find(session, organisation)
    day = in_bangkok(now).date()
    if working_time.is_working_day(day, exceptions, hours) and now < find_morning(day, hours):
        return find_morning(day, hours)
    return find_morning(working_time.find_working_day_after(day, exceptions, hours), hours)


def find_waiting(session: Session, case: Case, now: datetime) -> datetime | None:
    """When the groups of its office hear of a case that is handed to it now; None where that is at once."""
    if not outbox.are_nights_quiet(session) or case.danger or not is_quiet(session, case.owner, now):
        return None
    chats = groups.list_bound(session, case.owner)
    if not chats or any(outbox.was_spoken_in(session, chat_id) for chat_id in chats):
        return None
    return find_end(session, case.owner, now)


def _at(day: date, moment: time) -> datetime:
    return datetime.combine(day, moment, BANGKOK).astimezone(UTC)
