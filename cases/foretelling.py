"""The working day before a day that an office named: its group is reminded in the morning.

The day's digests count these cases, so that a word of its own is said only where no digest came.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta

from sqlalchemy.orm import Session

from cases import digests, lifecycle, office_hours, reminding
from cases.desk import OMB
from cases.statuses import SYSTEM, Action
from cases.working_time import (
    USUAL,
    Exceptions,
    Hours,
    find_working_day_after,
    is_working_day,
    is_working_time,
)
from clock import BANGKOK, in_bangkok
from storage import due_clocks, once, working_days
from storage.due_clocks import DueClock
from storage.models import Case

ENDS = time(16)  # what was not said by then is left to the day itself
AT_ONCE = 500


def list_promised(session: Session, now: datetime) -> list[DueClock]:
    """Promises for the days up to the next working day of their office, made before today; none on a day on which it
    is shut, or out of its hours.
    """
    exceptions, own = working_days.load_exceptions(session), office_hours.list_own(session)
    usual = _find_end(now, exceptions, USUAL)
    ends = {organisation: _find_end(now, exceptions, hours) for organisation, hours in own.items()}
    latest = max((end for end in (usual, *ends.values()) if end is not None), default=None)
    if latest is None:
        return []
    today_begins = datetime.combine(in_bangkok(now).date(), time(), BANGKOK).astimezone(UTC)
    found = due_clocks.list_promised_between(session, today_begins + timedelta(days=1), latest, AT_ONCE)
    told = once.list_done(session, [_name(one) for one in found])
    return [
        one
        for one in found
        if (end := ends.get(one.owner, usual)) is not None and one.next_at <= end
        if one.started_at < today_begins and _name(one) not in told
    ]


def _find_end(now: datetime, exceptions: Exceptions, hours: Hours) -> datetime | None:
    """When the next working day of an office ends; None where it is not at work now."""
    local = in_bangkok(now)
    day = local.date()
    if not is_working_day(day, exceptions, hours) or not digests.MORNING <= local.time() < ENDS:
        return None
    if hours != USUAL and not is_working_time(now, exceptions, hours):
        return None
    last = find_working_day_after(day, exceptions, hours)
    return datetime.combine(last + timedelta(days=1), time(), BANGKOK).astimezone(UTC)


def foretell(session: Session, organisation: str, promised: Sequence[DueClock], now: datetime) -> int:
    """Remind the groups of an organisation, or leave it to their digest; how many cases that were."""
    chats = due_clocks.hold_groups(session, organisation)
    if chats is None:
        return 0
    slot = digests.find_slot(now, working_days.load_exceptions(session), office_hours.find(session, organisation))
    names = {chat_id: digests.name_digest(chat_id, in_bangkok(now).date(), "morning") for chat_id in chats}
    read = once.list_done(session, list(names.values()))
    unread = [chat_id for chat_id, name in names.items() if name not in read]
    if unread and slot is not None and organisation != OMB:
        return 0  # its digest is on the way
    cases = due_clocks.hold_cases(session, [one.case_id for one in promised])
    seen: list[tuple[Case, DueClock]] = []
    for one in promised:
        case = cases.get(one.case_id)
        if case is None or (case.confidential and case.owner != OMB) or not once.claim(session, _name(one), now):
            continue
        details = {"clock": one.kind, "due": one.due_at.isoformat(), "ahead": True}
        lifecycle.apply(session, case, Action.REMIND, SYSTEM, now, details=details)
        seen.append((case, one))
    for chat_id in unread:
        reminding.tell_together(session, chat_id, seen, now, "remind.title_tomorrow", kind="tomorrow")
    return len(seen)


def _name(one: DueClock) -> str:
    return f"foretold:{one.id}"
