"""Sends the digests, and what waited where no digest comes.

Each digest is claimed by chat, day and half in the transaction that queues it, so that two machines, a second run or
a late one say it once; what waits for the chat goes in the same call.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

from sqlalchemy.orm import Session

import clock
from bot.messages.digest import show_digest
from bot.messages.reminders import SINGLY, count_bubbles
from bot.messages.staff_summary import show_summary
from cases import bill, desk, digests, figures, office_hours, quiet_hours, reminding, staff_summaries, working_time
from clock import BANGKOK, in_bangkok
from jobs import clocks
from storage import bill as bills
from storage import digests as stored
from storage import groups, once, outbox, waiting, working_days
from storage.outbox import PERSON
from storage.session import Database

LANGUAGE = "th"
DIGEST, REMINDER, SUMMARY = "digest", "reminder", "summary"
USUALLY = ""  # the slot of all who keep no hours of their own
WAITS_DAYS = 3  # on this working day what waits gets a call of its own
AT_ONCE = 100  # bubbles that waited for one group's morning
AFTER_DIGEST = timedelta(minutes=5)  # what waited is left to digests and reminders for so long


def send_digests(database: Database) -> None:
    """To each office's group that has not had the digest of this half day."""
    now = clock.now()
    with database.read() as session:
        slots = _find_slots(session, now)
        stale = waiting.has_kind(session, DIGEST, now - digests.TRUE_FOR)
        bound = stored.list_groups(session, but=desk.OMB) if any(slots.values()) else []
        names: dict[str, tuple[str, str, digests.Slot]] = {}
        for chat_id, organisation in bound:
            slot = slots.get(organisation, slots[USUALLY])
            if slot is not None:
                names[digests.name_digest(chat_id, slot.day, slot.half)] = (chat_id, organisation, slot)
        done = once.list_done(session, names)
        room = len(done) < len(names) and _has_room(session, len(names), now)
    for name, (chat_id, organisation, slot) in names.items():
        if name not in done:
            with database.begin(now) as session:
                if once.claim(session, name, now):
                    _queue_digest(session, slot, organisation, chat_id, room, now)
    if stale:
        with database.begin(now) as session:
            waiting.drop_old(session, DIGEST, now - digests.TRUE_FOR)  # nobody spoke in time


def offer_evening(database: Database) -> None:
    """The evening's digest, in the last hours before its time: it goes with an answer, or another call to the group."""
    now = clock.now()
    with database.read() as session:
        exceptions = working_days.load_exceptions(session)
        names: dict[str, tuple[str, str, digests.Slot]] = {}
        for chat_id, organisation in stored.list_groups(session, but=desk.OMB):
            slot = digests.find_early(now, exceptions, office_hours.find(session, organisation))
            if slot is not None:
                names[digests.name_figures(chat_id, now)] = (chat_id, organisation, slot)
        done = once.list_done(session, names)
    for name, (chat_id, organisation, slot) in names.items():
        if name not in done:
            with database.begin(now) as session:
                if once.claim(session, name, now) and not _take_back(session, chat_id, slot):
                    view = digests.see_digest(session, slot, organisation, chat_id, now)
                    if view is not None:
                        once.claim(session, digests.name_riding(chat_id, slot.day), now)
                        outbox.queue(session, chat_id, show_digest(view, LANGUAGE), kind=DIGEST, waits=True)


def _take_back(session: Session, chat_id: str, slot: digests.Slot) -> bool:
    """Drop a digest that waits, for it is true no more; whether this one has gone with another call already."""
    dropped = waiting.drop(session, chat_id, None, (DIGEST,))
    rode = slot.half == "evening" and once.find_when(session, digests.name_riding(chat_id, slot.day)) is not None
    return rode and not dropped


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
    if _take_back(session, chat_id, slot):
        return
    view = digests.see_digest(session, slot, organisation, chat_id, now, has_room=room)
    if view is None:
        return
    rides = slot.half == "morning" and _rides_with_reminders(session, organisation, chat_id, now)
    outbox.queue(session, chat_id, show_digest(view, LANGUAGE), kind=DIGEST, waits=rides)
    if not rides:
        once.claim(session, digests.name_push(chat_id, slot.day, slot.half), now)
        if slot.half == "morning" and not waiting.is_short(session):
            outbox.say_waiting(session, chat_id, AT_ONCE)


def _rides_with_reminders(session: Session, organisation: str, chat_id: str, now: datetime) -> bool:
    """Whether the few reminders that go to this group in a moment take its digest with them, and all that waits.

    Many reminders the digest tells itself.
    """
    reminders = reminding.count_due(session, organisation, now)
    bubbles = 1 + waiting.count_for(session, chat_id) + count_bubbles(reminders)
    return 0 < reminders < SINGLY and bubbles <= outbox.PER_CALL


def send_summaries(database: Database) -> None:
    """To the Ombudsman's groups: each working morning, and for the week on its first working day."""
    now = clock.now()
    with database.read() as session:
        slot = digests.find_slot(now, working_days.load_exceptions(session), office_hours.find(session, desk.OMB))
        if slot is None or slot.half != "morning":
            return
        names = {_name_summary(chat_id, slot): chat_id for chat_id in groups.list_bound(session, desk.OMB)}
        done = once.list_done(session, names)
    for name, chat_id in names.items():
        if name in done:
            continue
        with database.begin(now) as session:
            if once.claim(session, name, now):
                figures.settle_for(session)
                waiting.drop(session, chat_id, None, (SUMMARY,))  # held for want of budget, and older than this one
                views = staff_summaries.see_due(session, slot.day, now)
                for view in views:
                    outbox.queue(session, chat_id, show_summary(view, LANGUAGE), kind=SUMMARY)
                short = waiting.is_short(session)
                read = {line.case_id for view in views if not short for line in view.silent}
                clocks.tell_officers(session, now, read=read)  # in the same call
                if not short:
                    outbox.say_waiting(session, chat_id, AT_ONCE)


def push_waiting(database: Database) -> None:
    """What waits for people, in office hours; for groups what came while their office was shut and went with no digest,
    and what has waited for a third working day.

    What was held for want of budget goes as soon as there is some again, as it would have gone.
    """
    now = clock.now()
    with database.read() as session:
        short = waiting.is_short(session)
        reminded = not short and waiting.has_held(session, REMINDER)
    if reminded:
        with database.begin(now) as session:
            reminding.tell_anew(session, now)
    with database.read() as session:
        chats = set(waiting.list_held_chats(session)) if not short else set()
        chats |= set(_list_grown_old(session, now, nights=database.quiet_nights)) if not short else set()
        if working_time.is_working_time(now, working_days.load_exceptions(session)):
            chats |= {chat_id for chat_id in waiting.list_chats(session) if chat_id[:1] == PERSON}
    for chat_id in sorted(chats):
        with database.begin(now) as session:
            outbox.say_waiting(session, chat_id, outbox.PER_CALL if chat_id[:1] == PERSON else AT_ONCE)


def _list_grown_old(session: Session, now: datetime, *, nights: bool) -> Iterator[str]:
    """The groups, of offices at work, for which something waits for days; with `nights`, or since they were shut."""
    exceptions = working_days.load_exceptions(session)
    whose = dict(stored.list_groups(session))
    for chat_id, moments in waiting.list_moments(session).items():
        organisation = whose.get(chat_id, "")
        hours = office_hours.find(session, organisation)
        if chat_id[:1] == PERSON or not _is_after_digest(session, chat_id, organisation, now, exceptions, hours):
            continue
        long_ago = _begin_of_day(now, exceptions, hours, WAITS_DAYS - 1)
        slot = digests.find_slot(now, exceptions, hours)
        for kind, at in moments:
            # A digest that was to go with reminders, which were seen to meanwhile.
            left = kind == DIGEST and slot is not None and slot.half == "morning" and at < now - AFTER_DIGEST
            if left or at < long_ago or (nights and quiet_hours.is_quiet_by(at, exceptions, hours)):
                yield chat_id


def _is_after_digest(
    session: Session,
    chat_id: str,
    organisation: str,
    now: datetime,
    exceptions: working_time.Exceptions,
    hours: working_time.Hours,
) -> bool:
    """Whether an office is at work, and its digest of this half day is not just going to take all with it."""
    if any(quiet_hours.is_quiet_by(at, exceptions, hours) for at in (now - AFTER_DIGEST, now)):
        return False
    slot = digests.find_slot(now, exceptions, hours)
    if slot is None or (organisation == desk.OMB and slot.half == "evening"):
        return True
    own = organisation == desk.OMB
    name = _name_summary(chat_id, slot) if own else digests.name_digest(chat_id, slot.day, slot.half)
    return once.find_when(session, name) is not None


def _name_summary(chat_id: str, slot: digests.Slot) -> str:
    return f"summary:{chat_id}:{slot.day}"


def _begin_of_day(now: datetime, exceptions: working_time.Exceptions, hours: working_time.Hours, days: int) -> datetime:
    """When the day began that is so many working days ago."""
    day = in_bangkok(now).date()
    while days:
        day -= timedelta(days=1)
        days -= working_time.is_working_day(day, exceptions, hours)
    return datetime.combine(day, time(), BANGKOK).astimezone(UTC)
