"""Tells an office's group what has come due, together and once: the reminder, and what the list shows of it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy.orm import Session

from bot.messages.group_lines import CaseLine
from bot.messages.reminders import SINGLY, Bubble, ReminderView, remind
from cases import arrival, clocks, coming_back, digests, lifecycle, mailing, office_hours, open_questions, views
from cases.asked import find_why
from cases.desk import OMB
from cases.escalation_times import ESCALATE_DANGER, TOLD_EVERY, count_escalation
from cases.open_wishes import leave_out
from cases.reached import find_way
from cases.statuses import SYSTEM, Action, Status
from cases.timeline import UNTOLD
from cases.working_time import (
    CLOSES,
    OPENS,
    add_working_days,
    add_working_time,
    find_working_day_after,
    is_daytime,
    is_working_time,
)
from clock import BANGKOK, in_bangkok
from storage import cases as stored
from storage import due_clocks, groups, once, outbox, sent_cards, waiting, working_days
from storage.due_clocks import DueClock, Hearing
from storage.models import Case, HistoryEntry, SlaClock
from texts.catalog import say
from texts.moments import say_moment

LANGUAGE = "th"
# What an office hears of. The officers decide; a transfer ends by itself; the rest is a reporter's turn.
OF_OFFICE = frozenset({"acknowledge", "first_words", "promise", "look", "resolve", "answer"})
LATE = {
    "acknowledge": "office.answer_late",
    "first_words": "remind.late_first_words",
    "promise": "office.promise_late",
    "look": "remind.late_look",
    "resolve": "office.fix_late",
    "decide": "desk.decide_late",
}
# Officers hear every hour of danger that nobody sees to, then every third for the rest of a day, then every morning;
# on the stroke of the hour, so that one call tells of all of it.
HOURLY_FOR, OFTEN_FOR = timedelta(hours=3), timedelta(days=1)
CHANCE_HOURS = 1  # working hours that an office has after its reminder, however late it came
HEARD_EVERY = 2  # hours; the officers' group is called no oftener for what is not danger
OWN = "decide_list"  # the kind of message that lists what waits for the officers
AT_ONCE = 500  # clocks of one organisation
NAMED_DAYS = clocks.NAMED_DAYS


def find_hearing(session: Session, now: datetime) -> Hearing:
    """Of which clocks somebody may be told now, beside those of danger, which nobody caused at this moment.

    Offices hear from their morning's digest until they close, so that what falls due then comes with the next digest,
    and those with hours of their own while they are open; citizens, and who waits for another office, from the usual
    opening until the evening. Of what offices left unanswered the Ombudsman's officers hear in hours of theirs.
    """
    exceptions, own = working_days.load_exceptions(session), office_hours.list_own(session)
    local = in_bangkok(now).time()
    by_day = is_daytime(now, exceptions)
    usual = by_day and digests.MORNING <= local < CLOSES
    at_work = frozenset(each for each, hours in own.items() if is_working_time(now, exceptions, hours))
    officers = OMB in at_work if OMB in own else usual
    kinds, nobody = OF_OFFICE - clocks.WAITING, frozenset[str]()
    citizens = clocks.WAITING if by_day and local >= OPENS else nobody
    return Hearing(
        anybody=citizens | ({"decide"} if officers else nobody),
        offices=kinds if usual or at_work else nobody,
        later=kinds if officers else nobody,
        shut=frozenset(own) - at_work,
        only=None if usual else at_work,
    )


def is_worth_a_call(due: Sequence[DueClock], now: datetime) -> bool:
    """Whether the officers hear of it now: where danger is in it, or it waits since about the last even hour."""
    local = in_bangkok(now)
    hour = local.replace(hour=local.hour // HEARD_EVERY * HEARD_EVERY, minute=0, second=0, microsecond=0)
    return any(one.any_hour or one.next_at < hour + TOLD_EVERY for one in due)


def is_reminder(one: DueClock) -> bool:
    """Whether an office, or the officers, are to be reminded; a question comes back to its office unanswered."""
    again = one.kind == "decide" and one.any_hour
    return one.kind == "answer" or again or (one.stage == 0 and one.kind in (*OF_OFFICE, "decide"))


def is_escalation(one: DueClock) -> bool:
    """Whether an office was reminded in vain; of danger the officers hear again."""
    told = one.stage == 1 or (one.any_hour and one.stage > 1)
    return told and one.kind in OF_OFFICE and one.kind != "answer"


def may_hear(hearing: Hearing, one: DueClock) -> bool:
    """Whether the office is at work, where it keeps hours of its own, and hears of a question that nobody answered."""
    return one.any_hour or one.kind != "answer" or one.owner not in hearing.shut


def list_overtaken(session: Session, due: Sequence[DueClock]) -> set[int]:
    """Which are the time to resolve of a case whose office named a day: whatever that day, the officers hear."""
    over = [one for one in due if one.kind == "resolve" and one.stage == 0]
    dated = _find_dated(session, [one.case_id for one in over])
    return {one.id for one in over if one.case_id in dated}


def find_target(due: DueClock) -> str:
    """The organisation whose group hears of a clock."""
    return OMB if due.kind == "decide" else due.owner


def remind_group(session: Session, target: str, due: Sequence[DueClock], now: datetime) -> int:
    """Tell an organisation what came due, in one call to each of its groups; how many cases that were."""
    chats = due_clocks.hold_groups(session, target)
    if chats is None:
        return 0  # something goes on there: at the next look
    digested = _find_digests(session, target, chats, now)
    if digested is None and not any(one.any_hour for one in due):
        return 0  # its morning's digest is on the way, and may tell it all
    asked = _put_off_behind_others(session, due, now)
    cases = due_clocks.hold_cases(session, [one.case_id for one in asked])
    dated = _find_dated(session, list(cases))
    told: dict[int, DueClock] = {}
    for one in asked:
        case = cases.get(one.case_id)
        if case is None or (one.kind == "resolve" and case.id in dated):
            continue
        if case.id in told or (case.confidential and case.owner != OMB):
            due_clocks.claim(session, one, now, None)
        elif due_clocks.claim(session, one, now, _find_escalation(session, one, now)):
            details: dict[str, object] = {"clock": one.kind, "due": one.due_at.isoformat()}
            details |= {UNTOLD: True} if one.kind == "decide" and one.stage else {}
            lifecycle.apply(session, case, Action.REMIND, SYSTEM, now, details=details)
            told[case.id] = _ask_with_it(session, case, one, now) if one.kind == "answer" else one
    seen = [(cases[case_id], one) for case_id, one in told.items()]
    piled = _list_piled(session, chats, seen, now) if target == OMB else []
    for chat_id in chats:
        left = [*_leave_out(seen, (digested or {}).get(chat_id)), *piled]
        tell_together(session, chat_id, left, now, "remind.title", listed=OWN if target == OMB else "reminder")
    if not chats:
        for case, one in seen:
            words = see_reminder(session, case, one.kind, one.due_at, None, now).words if _came_back(case) else ""
            mailing.queue_mail(session, target, "reminder", case, now, words=words)
    return len(seen)


def _list_piled(
    session: Session, chats: Sequence[str], seen: Sequence[tuple[Case, DueClock]], now: datetime
) -> list[tuple[Case, DueClock]]:
    """Where a list for the officers waits for want of messages, what stood in it and is still late goes with this."""
    if len(seen) <= SINGLY or not sum(outbox.drop_waiting(session, chat_id, None, OWN) for chat_id in chats):
        return []
    told = {case.id for case, _ in seen}
    older = [one for one in due_clocks.list_told(session, "decide", now, AT_ONCE) if one.case_id not in told]
    cases = due_clocks.hold_cases(session, [one.case_id for one in older])
    return [(cases[one.case_id], one) for one in older if one.case_id in cases]


def _ask_with_it(session: Session, case: Case, one: DueClock, now: datetime) -> DueClock:
    """A question comes back: a day that passed while it was open is asked about in its place."""
    missed = coming_back.come_back(session, case, one, now)
    if missed is None:
        return one
    asked = replace(one, kind=missed.kind, due_at=missed.due_at, any_hour=missed.any_hour)
    missed.stage, missed.next_at = missed.stage + 1, _find_escalation(session, asked, now)
    return asked


def _find_digests(
    session: Session, target: str, chats: Sequence[str], now: datetime
) -> dict[str, datetime | None] | None:
    """When this morning's digest was pushed to each group, if it was; None while one is still to come."""
    if target == OMB:
        return {}
    slot = digests.find_slot(now, working_days.load_exceptions(session), office_hours.find(session, target))
    day = in_bangkok(now).date()
    if slot is not None and slot.half == "morning":
        names = [digests.name_digest(chat_id, day, "morning") for chat_id in chats]
        if len(once.list_done(session, names)) < len(names):
            return None
    return {chat_id: once.find_when(session, digests.name_push(chat_id, day, "morning")) for chat_id in chats}


def _leave_out(seen: list[tuple[Case, DueClock]], digested: datetime | None) -> list[tuple[Case, DueClock]]:
    """Without what the digest told this morning already, where it would only be the same list again."""
    if digested is None or len(seen) <= SINGLY:
        return seen
    return [each for each in seen if each[1].any_hour or each[1].due_at > digested or _came_back(each[0])]


def _came_back(case: Case) -> bool:
    """Whether it is told of for a question that its reporter left unanswered: no digest says that."""
    return case.status == Status.NEEDS_INFO


def tell_together(
    session: Session,
    chat_id: str,
    seen: Sequence[tuple[Case, DueClock]],
    now: datetime,
    title: str,
    *,
    kind: str | None = None,
    listed: str = "reminder",
) -> None:
    """Put cases before a group in one call; `kind` where it is not that of their clocks; `listed`: see below."""
    quoted = chat_id if len(seen) <= SINGLY else None
    shown = [see_reminder(session, case, kind or one.kind, one.due_at, quoted, now) for case, one in seen]
    if not shown:
        return
    urgent = any(case.danger for case, _ in seen)
    for bubble in remind(shown, say(LANGUAGE, title, count=len(shown)), LANGUAGE):
        queue_bubble(session, chat_id, bubble, urgent=urgent, listed=listed)


def queue_bubble(
    session: Session, chat_id: str, bubble: Bubble, *, urgent: bool = False, listed: str = "reminder"
) -> None:
    """Say one bubble of a reminder; `listed`: the kind that one is which speaks of many cases."""
    kind = "reminder" if bubble.case_id is not None else listed
    outbox.queue(session, chat_id, bubble.message, kind=kind, case_id=bubble.case_id, urgent=urgent)


def see_reminder(
    session: Session, case: Case, kind: str, due_at: datetime, chat_id: str | None, now: datetime
) -> ReminderView:
    """One case as a group is reminded of it, quoting its card in `chat_id`; of a confidential one the number alone."""
    if case.confidential:
        words = say(LANGUAGE, f"remind.confidential{'_danger' if case.danger else ''}", number=case.number)
        line = CaseLine(case.id, case.number, say(LANGUAGE, "desk.confidential"), late=True)
        return ReminderView(case.id, "open", words, "", line, private=True)
    due = say_moment(LANGUAGE, due_at, now=now)
    if kind in NAMED_DAYS or kind == "tomorrow":
        due = views.say_promise(case, LANGUAGE, now) or due
    unsent = open_questions.find_unsent(session, case) if kind in OF_OFFICE else None
    manner = f"{kind}_danger" if kind in clocks.AT_ANY_HOUR and case.danger else kind
    if kind in NAMED_DAYS and case.status == Status.NEEDS_INFO:
        manner = f"{kind}_unanswered"
    why = find_why(session, case)
    if kind == "answer" and why and not case.danger:
        manner = "answer_unanswered"
    return ReminderView(
        case_id=case.id,
        kind="open" if kind == "decide" else kind,
        words=say(LANGUAGE, f"remind.{manner}", number=case.number, due=due, why=say_why(why)),
        question="" if kind == "decide" else say(LANGUAGE, f"remind.ask_{kind}"),
        line=_see_line(case, kind, due),
        quote_token=sent_cards.find_quote_token(session, chat_id, case.id) if chat_id else None,
        unsent=_see_unsent(case, unsent) if unsent else None,
        unsent_by=find_way(session, case) if unsent else "",
    )


def say_why(why: str) -> str:
    """Why a question of an office has no answer."""
    return say(LANGUAGE, f"remind.why_{why or 'silent'}")


def _see_unsent(case: Case, note: HistoryEntry) -> tuple[str, str]:
    """Words for the reporter that their office has not sent, and what sends them."""
    verb = "ask" if note.details.get("question") else "wait"
    return note.note or "", f"g:{case.id}:{verb}_send:{note.id}"


def _see_line(case: Case, kind: str, due: str) -> CaseLine:
    late = say(LANGUAGE, LATE[kind], due=due) if kind in LATE else views.name_status(Status(case.status), LANGUAGE)
    return CaseLine(
        case_id=case.id,
        number=case.number,
        summary=views.name_category(case.category, LANGUAGE),
        place=views.describe_place(case, LANGUAGE),
        due=say(LANGUAGE, "office.promised", due=due) if kind == "tomorrow" else late,
        late=kind in LATE,
    )


def count_due(session: Session, organisation: str, now: datetime) -> int:
    """Of how many cases an organisation is about to be reminded, but for danger, which did not wait for that."""
    due = due_clocks.list_due(session, now, find_hearing(session, now), limit=AT_ONCE, owner=organisation)
    reminders = [one for one in due if is_reminder(one) and not one.any_hour and find_target(one) == organisation]
    asked, _ = _part(session, reminders)
    dated = _find_dated(session, [one.case_id for one in asked])
    return len({one.case_id for one in asked if one.kind != "resolve" or one.case_id not in dated})


def _part(session: Session, due: Sequence[DueClock]) -> tuple[list[DueClock], list[tuple[DueClock, SlaClock]]]:
    """What may be asked now, and what waits behind another clock of its case.

    Before anybody has accepted a case nobody is asked for a date.
    """
    due = leave_out(session, due)
    running = due_clocks.list_running(session, [one.case_id for one in due if one.kind == "first_words"])
    asked, behind = [], []
    for one in due:
        accepting = (clock for clock in running.get(one.case_id, ()) if clock.kind == "acknowledge")
        other = next(accepting, None) if one.kind == "first_words" else None
        if other is None:
            asked.append(one)
        else:
            behind.append((one, other))
    return asked, behind


def _put_off_behind_others(session: Session, due: Sequence[DueClock], now: datetime) -> list[DueClock]:
    """What may be asked now; the rest is put off.

    No case is held for it: who tells the officers of the same cases at this moment must find them free.
    """
    asked, behind = _part(session, due)
    for one, other in behind:
        hours = office_hours.find(session, one.owner)
        later = now + timedelta(hours=1)
        if not one.any_hour:
            later = add_working_days(now, 1, working_days.load_exceptions(session), hours)
        due_clocks.put_off(session, one, max(other.due_at, later))
    return asked


def _find_dated(session: Session, case_ids: Sequence[int]) -> set[int]:
    """The cases whose office named a day that still stands: it is asked about that one alone.

    The time to resolve is not put off behind it, for the officers hear of that.
    """
    running = due_clocks.list_running(session, case_ids)
    return {case_id for case_id, clocks in running.items() if any(clock.kind in NAMED_DAYS for clock in clocks)}


def _find_escalation(session: Session, one: DueClock, now: datetime) -> datetime | None:
    """When others hear of it too, if nothing has come by then; counted from the reminder, which may come late."""
    if one.kind == "decide" and one.any_hour:
        return find_again(one.due_at, now)
    if one.kind not in OF_OFFICE or one.kind == "answer":
        return None
    exceptions, hours = working_days.load_exceptions(session), office_hours.find(session, one.owner)
    return count_escalation(one.kind, now, exceptions, hours, any_hour=one.any_hour)


def find_again(due_at: datetime, now: datetime, kind: str = "") -> datetime:
    """When the officers hear once more of danger that nobody has seen to since then: of all of it together.

    What is only not mended by the day that was allowed or named they hear each morning.
    """
    since = now - due_at
    if since < OFTEN_FOR and kind not in clocks.TO_MEND:
        every, latest = (1, timedelta(minutes=90)) if since < HOURLY_FOR else (3, timedelta(hours=4))
        local = in_bangkok(now + latest)
        return local.replace(hour=local.hour // every * every, minute=0, second=0, microsecond=0).astimezone(UTC)
    tomorrow = in_bangkok(now).date() + timedelta(days=1)
    return datetime.combine(tomorrow, digests.MORNING, BANGKOK).astimezone(UTC)


def find_next_day(session: Session, organisation: str, now: datetime) -> datetime:
    """When an organisation opens on its next working day."""
    hours = office_hours.find(session, organisation)
    day = find_working_day_after(in_bangkok(now).date(), working_days.load_exceptions(session), hours)
    return datetime.combine(day, hours.opens(day), BANGKOK).astimezone(UTC)


def find_chance(session: Session, case: Case, one: DueClock, running: Sequence[SlaClock], now: datetime) -> datetime:
    """When the office has had time to answer its reminder: nobody may be told before that it did not.

    Of what it was never reminded it is reminded first; so too what only waits for its group to be told.
    """
    exceptions, hours = working_days.load_exceptions(session), office_hours.find(session, case.owner)
    told = [entry.at for entry in stored.list_history(session, case.id) if entry.action == Action.REMIND]
    said = sent_cards.find_last(session, groups.list_bound(session, case.owner), case.id, "reminder")
    reminded = max([*told, *([said] if said else [])], default=None)
    missed = max((clock.due_at for clock in running if clock.kind in NAMED_DAYS and clock.due_at <= now), default=None)
    if one.any_hour:
        return (reminded or now) + ESCALATE_DANGER
    heard = reminded is not None and (missed is None or reminded >= missed)
    if reminded is None or not heard or arrival.is_reminder_held_back(session, case):
        reminded = now
    return add_working_time(reminded, CHANCE_HOURS, exceptions, hours)


def tell_anew(session: Session, now: datetime) -> None:
    """What was held of reminders is dropped: there are messages again, and what is true now is told now."""
    officers = set(groups.list_bound(session, OMB))
    held = waiting.take_held(session, "reminder", but_lists_in=officers)
    cases = [case_id for chat_id, case_id in held if case_id is not None and chat_id not in officers]
    lists = {chat_id for chat_id, case_id in held if case_id is None}
    escalated = [case_id for chat_id, case_id in held if case_id is not None and chat_id in officers]
    kinds = OF_OFFICE - {"answer"}
    due_clocks.tell_again(session, escalated, (), kinds, 1, now)
    due_clocks.tell_again(session, escalated, (), ("decide",), 0, now)
    due_clocks.tell_again(session, cases, groups.list_organisations(session, lists), kinds, 0, now)


def find_leading(running: Sequence[SlaClock]) -> SlaClock | None:
    """Of what runs for a case, what its office is asked about first."""
    of_office = [clock for clock in running if clock.kind in OF_OFFICE]
    return min(of_office, key=lambda clock: clocks.LEADING.index(clock.kind), default=None)
