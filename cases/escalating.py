"""A reminder brought nothing: the office's second contact and the Ombudsman's officers on duty hear of it."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session

from bot.messages.group_lines import CaseLine
from bot.messages.reminders import ReminderView, remind
from cases import arrival, lifecycle, mailing, reminding, views
from cases.desk import OMB
from cases.statuses import SYSTEM, Action
from clock import in_bangkok
from storage import contacts, due_clocks
from storage.due_clocks import DueClock
from storage.models import Case
from texts.catalog import say
from texts.moments import say_day, say_moment

LANGUAGE = "th"


def escalate(session: Session, due: Sequence[DueClock], now: datetime) -> int:
    """Tell of what stayed unanswered, in one call to each of the officers' groups; how many cases that were."""
    chats = due_clocks.hold_groups(session, OMB)
    if chats is None:
        return 0  # something goes on there: at the next look
    cases = due_clocks.hold_cases(session, [one.case_id for one in due])
    running = due_clocks.list_running(session, list(cases))
    named = False
    views_by_case: dict[int, ReminderView] = {}
    urgent = False
    for one in due:
        case = cases.get(one.case_id)
        if case is None:
            continue
        ahead = any(clock.kind in reminding.NAMED_DAYS and clock.due_at > now for clock in running[case.id])
        if not ahead and not case.confidential:
            chance = reminding.find_chance(session, case, one, running[case.id], now)
            if chance > now:
                due_clocks.put_off(session, one, chance)
                continue
        if not due_clocks.claim(session, one, now, None) or case.id in views_by_case:
            continue
        if case.confidential and case.owner == OMB:
            continue  # the same group was reminded of it, and may be told no more than its number
        second = mailing.queue_mail(session, case.owner, "escalation", case, now, rank=contacts.SECOND)
        details = {"clock": one.kind, "due": one.due_at.isoformat(), "second": second}
        lifecycle.apply(session, case, Action.ESCALATE, SYSTEM, now, details=details)
        reached = not arrival.is_reminder_held_back(session, case)
        views_by_case[case.id] = _see(case, one, now, second=second, named=ahead, reached=reached)
        named = named or ahead
        urgent = urgent or one.any_hour
    shown = list(views_by_case.values())
    title = "remind.title" if named else "remind.title_escalated"
    for chat_id in chats if shown else ():
        for bubble in remind(shown, say(LANGUAGE, title, count=len(shown)), LANGUAGE):
            reminding.queue_bubble(session, chat_id, bubble, urgent=urgent)
    return len(shown)


def _see(case: Case, one: DueClock, now: datetime, *, second: bool, named: bool, reached: bool) -> ReminderView:
    """One case as the officers hear of it; of a confidential one the number alone.

    `named`: its office has named a day that is still to come. `reached`: it could be told that it is late.
    """
    if case.confidential:
        words = say(LANGUAGE, "remind.confidential", number=case.number)
        line = CaseLine(case.id, case.number, say(LANGUAGE, "desk.confidential"), late=True)
        return ReminderView(case.id, "open", words, "", line, private=True)
    office = views.name_khet(case.owner, LANGUAGE)
    late = say(LANGUAGE, reminding.LATE[one.kind], due=_say_due(case, one, now))
    key = "remind.escalated" if second or case.owner == OMB else "remind.escalated_no_second"
    if named:
        key = "remind.escalated_named"
    elif not reached:
        key = "remind.escalated_unreached"
    return ReminderView(
        case_id=case.id,
        kind="open",
        words=say(LANGUAGE, key, number=case.number, office=office, late=late),
        question="",
        line=CaseLine(
            case_id=case.id,
            number=case.number,
            summary=views.name_category(case.category, LANGUAGE),
            place=office,
            due=late,
            late=True,
        ),
    )


def _say_due(case: Case, one: DueClock, now: datetime) -> str:
    promised: date | None = case.promised_on if one.kind == "promise" else None
    if promised is None:
        return say_moment(LANGUAGE, one.due_at, now=now)
    return say_day(LANGUAGE, promised, today=in_bangkok(now).date())
