"""Sends the digests, and what waited where no digest comes.

Each digest is claimed by chat, day and half in the transaction that queues it, so that two machines, a second run or
a late one say it once; what waits for the chat goes in the same call.
"""

from datetime import UTC, datetime, time, timedelta

from sqlalchemy.orm import Session

import clock
from bot.messages.digest import show_digest
from bot.messages.reminders import SINGLY
from bot.messages.staff_summary import show_summary
from cases import bill, desk, digests, figures, office_hours, reminding, staff_summaries, working_time
from clock import BANGKOK, in_bangkok
from storage import bill as bills
from storage import digests as stored
from storage import groups, once, outbox, waiting, working_days
from storage.outbox import PERSON
from storage.session import Database

LANGUAGE = "th"
DIGEST, REMINDER = "digest", "reminder"
USUALLY = ""  # the slot of all who keep no hours of their own
WAITS_DAYS = 3  # on this working day what waits gets a call of its own


def send_digests(database: Database) -> None:
    """To each office's group that has not had the digest of this half day."""
    now = clock.now()
    with database.read() as session:
        slots = _find_slots(session, now)
        stale = not digests.may_wait(now) and waiting.has_kind(session, DIGEST)
        bound = stored.list_groups(session, but=desk.OMB) if any(slots.values()) else []
        names: dict[str, tuple[str, str, digests.Slot]] = {}
        for chat_id, organisation in bound:
            slot = slots.get(organisation, slots[USUALLY])
            if slot is not None:
                names[digests.name_digest(chat_id, slot.day, slot.half)] = (chat_id, organisation, slot)
        done = once.list_done(session, names)
        room = len(done) < len(names) and _has_room(session, len(names), now)
    if stale:
        with database.begin(now) as session:
            waiting.drop(session, None, None, (DIGEST,))  # nobody spoke in time; the next one tells what is true then
    for name, (chat_id, organisation, slot) in names.items():
        if name not in done:
            with database.begin(now) as session:
                if once.claim(session, name, now):
                    _queue_digest(session, slot, organisation, chat_id, room, now)


def _find_slots(session: Session, now: datetime) -> dict[str, digests.Slot | None]:
    """The digest whose time it is: as usual, and for each office that works on other days."""
    exceptions, own = working_days.load_exceptions(session), office_hours.list_own(session)
    return {USUALLY: digests.find_slot(now, exceptions)} | {
        organisation: digests.find_slot(now, exceptions, hours) for organisation, hours in own.items()
    }


def _has_room(session: Session, wanted: int, now: datetime) -> bool:
    """Whether this month has room for a push to each of so many groups."""
    lines = bills.list_lines(session, bill.begin_month(now), now)
    whole = bill.total(line for line in lines if line.organisation is not None)
    return digests.has_room(whole.pushes, whole.replies, wanted)


def _queue_digest(
    session: Session, slot: digests.Slot, organisation: str, chat_id: str, room: bool, now: datetime
) -> None:
    waits_still = waiting.drop(session, chat_id, None, (DIGEST,)) > 0
    view = digests.see_digest(session, slot, organisation, chat_id, now, waits_still=waits_still, has_room=room)
    if view is not None:
        # The few reminders that go to this group in a moment take it with them; many it tells itself.
        rides = slot.half == "morning" and 0 < reminding.count_due(session, organisation, now) < SINGLY
        if view.pressing and not rides:
            once.claim(session, digests.name_push(chat_id, slot.day, slot.half), now)
        outbox.queue(session, chat_id, show_digest(view, LANGUAGE), kind=DIGEST, waits=rides or not view.pressing)


def send_summaries(database: Database) -> None:
    """To the Ombudsman's groups: each working morning, and for the week on its first working day."""
    now = clock.now()
    with database.read() as session:
        slot = digests.find_slot(now, working_days.load_exceptions(session), office_hours.find(session, desk.OMB))
        if slot is None or slot.half != "morning":
            return
        names = {f"summary:{chat_id}:{slot.day}": chat_id for chat_id in groups.list_bound(session, desk.OMB)}
        done = once.list_done(session, names)
    for name, chat_id in names.items():
        if name in done:
            continue
        with database.begin(now) as session:
            if once.claim(session, name, now):
                figures.settle_for(session)
                for view in staff_summaries.see_due(session, slot.day, now):
                    outbox.queue(session, chat_id, show_summary(view, LANGUAGE), kind="summary")


def push_waiting(database: Database) -> None:
    """In office hours, what waits for people, who get no digest, or has waited for a third working day.

    What was held for want of budget goes as soon as there is some again, at any hour, as it would have gone.
    """
    now = clock.now()
    with database.read() as session:
        short = waiting.is_short(session)
        reminded = not short and waiting.has_held(session, REMINDER)
    if reminded:
        with database.begin(now) as session:
            reminding.tell_anew(session, now)
    with database.read() as session:
        chats = set() if short else set(waiting.list_held_chats(session))
        exceptions = working_days.load_exceptions(session)
        if working_time.is_working_time(now, exceptions):
            old = waiting.list_chats(session, before=_begin_of_day(now, exceptions, WAITS_DAYS - 1))
            old = [] if short else sorted(set(old) - _list_shut(session, now))
            chats |= {*old, *(chat_id for chat_id in waiting.list_chats(session) if chat_id[:1] == PERSON)}
    for chat_id in sorted(chats):
        with database.begin(now) as session:
            outbox.say_waiting(session, chat_id)


def _list_shut(session: Session, now: datetime) -> set[str]:
    """The groups of offices that keep other hours, and are not at work."""
    exceptions, own = working_days.load_exceptions(session), office_hours.list_own(session)
    shut = [each for each, hours in own.items() if not working_time.is_working_time(now, exceptions, hours)]
    return {chat_id for organisation in shut for chat_id in groups.list_bound(session, organisation)}


def _begin_of_day(now: datetime, exceptions: working_time.Exceptions, days: int) -> datetime:
    """When the day began that is so many working days ago."""
    day = in_bangkok(now).date()
    while days:
        day -= timedelta(days=1)
        days -= working_time.is_working_day(day, exceptions)
    return datetime.combine(day, time(), BANGKOK).astimezone(UTC)
