"""When an office gets a look at what it has open, and what is worth saying in it.

Mornings and evenings of its working days; nothing when nothing is open. What came at night goes in the morning's call.
The evening's goes with the first call that is made to the group in the last hours before; else it is pushed where
something came, was answered or fell due since the morning, and elsewhere while the month has room for it: most of what
groups are told is to be free. A run that comes late is worth its while for some hours, then the next one tells it all.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from sqlalchemy.orm import Session

from bot.messages.digest import MOST_ROWS, DigestView
from cases import clocks, office_hours, open_cases, quiet_hours, views, working_time
from cases.open_cases import LANGUAGE, OPEN
from cases.statuses import Status
from clock import in_bangkok
from storage import clocks as stored_clocks
from storage import digests as stored
from storage import helping, once, waiting, working_days
from texts.moments import say_by, say_time, say_within

Half = Literal["morning", "evening"]
MORNING = quiet_hours.MORNING
LATE = {"morning": timedelta(hours=3, minutes=15), "evening": timedelta(hours=2, minutes=45)}
EARLY = timedelta(hours=1, minutes=45)  # so long before its time the evening's goes with a call that is made anyway
ANEW = timedelta(minutes=15)  # so old its figures may be then
TRUE_FOR = timedelta(hours=4)  # so long one that waits may still go with another call
FREE_SHARE = 3  # of so many calls to groups one may be a push, while digests are pushed that nothing presses
MOST_OFFERED = 500  # of the cases that others offer to one office
ROOM_TO_BEGIN = 50  # pushes to groups with which a month begins before that is asked


@dataclass(frozen=True, slots=True)
class Slot:
    """One digest: of which day, which half of it, and since when things count as new.

    `closed`: when its office closed last.
    """

    day: date
    half: Half
    since: datetime
    closed: datetime


def find_slot(
    now: datetime, exceptions: Mapping[date, bool], hours: working_time.Hours = working_time.USUAL
) -> Slot | None:
    """The digest whose time it is; None outside its hours and on days when an office of these `hours` is shut."""
    day = _day(now)
    if not working_time.is_working_day(day, exceptions, hours):
        return None
    before = working_time.find_working_day_before(day, exceptions, hours)
    closed = quiet_hours.find_closing(before, hours)
    morning, evening = quiet_hours.find_morning(day, hours), quiet_hours.find_evening(day, hours)
    if morning <= now < min(morning + LATE["morning"], evening):
        return Slot(day, "morning", quiet_hours.find_evening(before, hours), closed)
    if evening <= now < evening + LATE["evening"]:
        return Slot(day, "evening", morning, closed)
    return None


def find_early(
    now: datetime, exceptions: Mapping[date, bool], hours: working_time.Hours = working_time.USUAL
) -> Slot | None:
    """The evening's digest, a while before its time."""
    slot = find_slot(now + EARLY, exceptions, hours)
    if slot is None or slot.half == "morning" or now >= quiet_hours.find_evening(slot.day, hours):
        return None
    return slot


def name_riding(chat_id: str, day: date) -> str:
    """Under which it is kept that the evening's digest waited for another call."""
    return f"digest_rides:{chat_id}:{day}"


def name_figures(chat_id: str, now: datetime) -> str:
    """Under which a digest that waits is made anew."""
    return f"digest_figures:{chat_id}:{working_time.round_down(now, ANEW):%Y%m%d%H%M}"


def name_digest(chat_id: str, day: date, half: Half) -> str:
    """Under which a digest is claimed."""
    return f"digest:{chat_id}:{day}:{half}"


def count_as_told(session: Session, organisation: str, chat_id: str, now: datetime) -> None:
    """A group was just shown all that its office has open: the digest whose time it is would only say that again."""
    slot = find_slot(now, working_days.load_exceptions(session), office_hours.find(session, organisation))
    if slot is not None:
        once.claim(session, name_digest(chat_id, slot.day, slot.half), now)


def name_push(chat_id: str, day: date, half: Half) -> str:
    """Under which it is kept that a digest did not wait for another call."""
    return f"digest_pushed:{chat_id}:{day}:{half}"


def has_room(pushes: int, replies: int, wanted: int) -> bool:
    """Whether so many more pushes to groups leave this month's bill small: most of what is said there was free."""
    return pushes + wanted <= ROOM_TO_BEGIN + (pushes + replies) // FREE_SHARE


def see_digest(
    session: Session,
    slot: Slot,
    organisation: str,
    chat_id: str,
    now: datetime,
    *,
    has_room: bool = True,
) -> DigestView | None:
    """What the organisation has open, for one of its groups; None where there is nothing to say.

    `has_room`: the month has room for a call that only says what the group was shown before.
    """
    found = stored.list_open(session, organisation, OPEN, waiting=clocks.WAITING, since=slot.since)
    offered = stored_clocks.list_offered(session, organisation, waiting=Status.TRANSFERRING, limit=MOST_OFFERED)
    if not found and not offered and not _is_asked_to_help(session, organisation):
        return None
    exceptions, hours = working_days.load_exceptions(session), office_hours.find(session, organisation)
    next_day = working_time.find_working_day_after(slot.day, exceptions, hours)
    overdue = {case.id for case in found if any(due < now for due in case.due)}
    today = {case.id for case in found if case.id not in overdue and any(_day(due) == slot.day for due in case.due)}
    fresh = [case for case in found if case.came_at is not None]
    joined = stored.count_joined(session, [case.id for case in found], _find_told(session, slot, chat_id))
    # A day off that was named is told of on the last working day before it.
    promised = [case.promised_on for case in found if case.promised_on and slot.day < case.promised_on <= next_day]
    pressing = slot.half == "morning" or has_room or joined > 0 or waiting.waits_for(session, chat_id)
    if not (pressing or fresh or offered):
        # What was late or dangerous this morning, or promised for tomorrow, stood in its digest.
        fell_due = any(slot.since <= due <= now for case in found for due in case.due)
        if not (fell_due or stored.has_answers(session, [case.id for case in found], slot.since)):
            return None
    return DigestView(
        morning=slot.half == "morning",
        office=views.name_khet(organisation, LANGUAGE),
        total=open_cases.count(session, organisation),
        new=len(fresh),
        offered=len(offered),
        due_today=len(today),
        overdue=len(overdue),
        waiting=sum(case.status == Status.NEEDS_INFO and not case.due for case in found),
        promised=len(promised),
        followers=joined,
        danger=sum(case.danger for case in found) + sum(bool(case.danger) for case, _ in offered),
        next_day=_say_promised(promised or [next_day], slot.day),
        at=say_time(LANGUAGE, now),
        lines=open_cases.list_lines(session, organisation, now, MOST_ROWS),
    )


def _is_asked_to_help(session: Session, organisation: str) -> bool:
    """Whether another office waits to hear whether this one helps."""
    asked = helping.list_for_organisation(session, organisation, OPEN, limit=1)
    return any(row.state == "invited" for _, row in asked)


def _find_told(session: Session, slot: Slot, chat_id: str) -> datetime:
    """Since when nobody was told who joined: the digest before may have come late, and told of them already."""
    if slot.half == "evening":
        before = name_digest(chat_id, slot.day, "morning")
    else:
        before = name_digest(chat_id, _day(slot.closed), "evening")
    told = once.find_when(session, before)
    return max(slot.since, told or slot.since)


def _say_promised(days: list[date], today: date) -> str:
    """The one day, or by when the last of them comes."""
    say_it = say_within if len(set(days)) == 1 else say_by
    return say_it(LANGUAGE, max(days), today=today).rstrip()


def _day(moment: datetime) -> date:
    return in_bangkok(moment).date()
