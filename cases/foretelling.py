"""The working day before a day that an office named: its group is reminded in the morning.

The day's digests count these cases, so that a word of its own is said only where no digest came.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta

from sqlalchemy.orm import Session

from cases import digests, lifecycle, reminding
from cases.desk import OMB
from cases.statuses import SYSTEM, Action
from cases.working_time import find_working_day_after, is_working_day
from clock import BANGKOK, in_bangkok
from storage import due_clocks, once, working_days
from storage.due_clocks import DueClock
from storage.models import Case

ENDS = time(16)  # what was not said by then is left to the day itself
AT_ONCE = 500


def list_promised(session: Session, now: datetime) -> list[DueClock]:
    """Promises for the days up to the next working day, made before today; none on a day off or out of hours."""
    exceptions = working_days.load_exceptions(session)
    local = in_bangkok(now)
    if not is_working_day(local.date(), exceptions) or not digests.MORNING <= local.time() < ENDS:
        return []
    today_ends = datetime.combine(local.date() + timedelta(days=1), time(), BANGKOK).astimezone(UTC)
    last = find_working_day_after(local.date(), exceptions)
    ends = datetime.combine(last + timedelta(days=1), time(), BANGKOK).astimezone(UTC)
    found = due_clocks.list_promised_between(session, today_ends, ends, AT_ONCE)
    begins = today_ends - timedelta(days=1)
    told = once.list_done(session, [_name(one) for one in found])
    return [one for one in found if one.started_at < begins and _name(one) not in told]


def foretell(session: Session, organisation: str, promised: Sequence[DueClock], now: datetime) -> int:
    """Remind the groups of an organisation, or leave it to their digest; how many cases that were."""
    chats = due_clocks.hold_groups(session, organisation)
    if chats is None:
        return 0
    slot = digests.find_slot(now, working_days.load_exceptions(session))
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
