"""When an office gets a look at what it has open, and what is worth saying in it.

Mornings and evenings of working days; nothing when nothing is open, and in the evening nothing when the morning's
digest is still true and nothing in it is late or dangerous. Each is pushed while the month has room for it: most of
what is said to groups was free. After that, one that asks nothing of the office, or only repeats what it was told when
it happened, goes with the next call that is made to the group anyway, or not at all. A run that comes late is worth its
while for some hours, then the next one tells it all.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Literal

from sqlalchemy.orm import Session

from bot.messages.digest import MOST_ROWS, DigestView
from cases import clocks, office_hours, open_cases, views, working_time
from cases.open_cases import LANGUAGE, OPEN
from cases.statuses import Status
from clock import BANGKOK, in_bangkok
from storage import clocks as stored_clocks
from storage import digests as stored
from storage import once, waiting, working_days
from texts.moments import say_by, say_time, say_within

Half = Literal["morning", "evening"]
MORNING, EVENING = time(7, 45), time(16, 15)
LATEST = {"morning": time(11), "evening": time(19)}
READ_UNTIL = time(19)  # until then one that waits may still go with another call
FREE_SHARE = 3  # of so many calls to groups one may be a push, while digests are pushed that nothing presses
MOST_OFFERED = 500  # of the cases that others offer to one office
ROOM_TO_BEGIN = 50  # pushes to groups with which a month begins before that is asked


@dataclass(frozen=True, slots=True)
class Slot:
    """One digest: of which day, which half of it, and since when things count as new.

    `closed`: when offices closed last; `told_since`: since when a group must have heard something to need nothing.
    """

    day: date
    half: Half
    since: datetime
    closed: datetime
    told_since: datetime


def find_slot(
    now: datetime, exceptions: Mapping[date, bool], hours: working_time.Hours = working_time.USUAL
) -> Slot | None:
    """The digest whose time it is; None outside its hours and on days when an office of these `hours` is shut."""
    local = in_bangkok(now)
    day = local.date()
    if not working_time.is_working_day(day, exceptions, hours):
        return None
    before = working_time.find_working_day_before(day, exceptions, hours)
    closed = _at(before, hours.closes(before))
    if MORNING <= local.time() < LATEST["morning"]:
        return Slot(day, "morning", _at(before, EVENING), closed, _at(before, MORNING))
    if EVENING <= local.time() < LATEST["evening"]:
        return Slot(day, "evening", _at(day, MORNING), closed, _at(day, MORNING))
    return None


def name_digest(chat_id: str, day: date, half: Half) -> str:
    """Under which a digest is claimed."""
    return f"digest:{chat_id}:{day}:{half}"


def name_push(chat_id: str, day: date, half: Half) -> str:
    """Under which it is kept that a digest did not wait for another call."""
    return f"digest_pushed:{chat_id}:{day}:{half}"


def has_room(pushes: int, replies: int, wanted: int) -> bool:
    """Whether so many more pushes to groups leave this month's bill small: most of what is said there was free."""
    return pushes + wanted <= ROOM_TO_BEGIN + (pushes + replies) // FREE_SHARE


def may_wait(now: datetime) -> bool:
    """Whether a digest that waits for another call is still true enough to be read."""
    return MORNING <= in_bangkok(now).time() < READ_UNTIL


def see_digest(
    session: Session,
    slot: Slot,
    organisation: str,
    chat_id: str,
    now: datetime,
    *,
    waits_still: bool = False,
    has_room: bool = True,
) -> DigestView | None:
    """What the organisation has open, for one of its groups; None where there is nothing to say.

    `waits_still`: the digest before has not been read, for nobody has spoken there since. `has_room`: the month has
    room for a call that only says what the group was shown before.
    """
    found = stored.list_open(session, organisation, OPEN, waiting=clocks.WAITING, since=slot.since)
    offered = stored_clocks.list_offered(session, organisation, waiting=Status.TRANSFERRING, limit=MOST_OFFERED)
    if not found and not offered:
        return None
    exceptions, hours = working_days.load_exceptions(session), office_hours.find(session, organisation)
    next_day = working_time.find_working_day_after(slot.day, exceptions, hours)
    overdue = {case.id for case in found if any(due < now for due in case.due)}
    today = {case.id for case in found if case.id not in overdue and any(_day(due) == slot.day for due in case.due)}
    fresh = [case for case in found if case.came_at is not None]
    joined = stored.count_joined(session, [case.id for case in found], _find_told(session, slot, chat_id))
    # A day off that was named is told of on the last working day before it.
    promised = [case.promised_on for case in found if case.promised_on and slot.day < case.promised_on <= next_day]
    # What the group was told when it happened (a card, a reminder) is no reason for a call of its own; where it was
    # told nothing for a day, that is. A card that finds nobody brings a reminder.
    pressing = joined > 0 or waiting.waits_for(session, chat_id)
    # An offer goes back unanswered before the next morning: this is the one word before that.
    goes_back = any(running and running.due_at < _at(next_day, MORNING) for _, running in offered)
    if slot.half == "morning":
        pressing = pressing or goes_back
        pressing = pressing or any(slot.closed < due < now for case in found for due in case.due)
        pressing = pressing or not stored.was_told(session, chat_id, slot.told_since)
    else:
        pressing = pressing or (bool(promised) and waits_still)
        ahead = any(slot.since <= due < _at(next_day, MORNING) for case in found for due in case.due)
        # What is late, or dangerous, is shown every evening until it is done: no call of its own, if the month is full.
        stands = overdue or any(case.danger for case in found)
        if not (pressing or promised or fresh or ahead or offered or stands):
            return None
    return DigestView(
        morning=slot.half == "morning",
        office=views.name_khet(organisation, LANGUAGE),
        total=open_cases.count(session, organisation),
        new=len(fresh),
        offered=len(offered),
        due_today=len(today),
        overdue=len(overdue),
        waiting=sum(case.status == Status.NEEDS_INFO for case in found),
        promised=len(promised),
        followers=joined,
        next_day=_say_promised(promised or [next_day], slot.day),
        at=say_time(LANGUAGE, now),
        pressing=pressing or has_room,
        lines=open_cases.list_lines(session, organisation, now, MOST_ROWS),
    )


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


def _at(day: date, moment: time) -> datetime:
    return datetime.combine(day, moment, BANGKOK).astimezone(UTC)
