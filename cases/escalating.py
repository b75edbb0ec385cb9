"""A reminder brought nothing: the office's second contact and the Ombudsman's officers on duty hear of it."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from bot.messages.group_lines import MOST_ROWS, CaseLine
from bot.messages.letters import fit, one_line
from bot.messages.reminders import SINGLY, Bubble, ReminderView, remind
from cases import (
    arrival,
    asked,
    danger_help,
    danger_seen,
    lifecycle,
    listed_words,
    mailing,
    reminding,
    silent_offices,
    unsaid,
    views,
)
from cases.desk import OMB
from cases.going_back import OFFICE_STEPS, STATES
from cases.statuses import SYSTEM, Action
from cases.timeline import UNTOLD
from clock import in_bangkok
from storage import cases as stored
from storage import contacts, due_clocks, outbox
from storage.due_clocks import DueClock
from storage.models import Case, HistoryEntry, SlaClock
from texts.catalog import say
from texts.moments import say_day, say_moment

LANGUAGE = "th"
ESCALATED = 2  # the stage of a clock of which they were told
LISTED = "reminder_list"  # the kind of message in which many cases are told of


def escalate(session: Session, due: Sequence[DueClock], now: datetime, *, read: Collection[int] = ()) -> int:
    """Tell of what stayed unanswered, in one call to each of the officers' groups; how many cases that were.

    `read`: of which they read in the same call.
    """
    chats = due_clocks.hold_groups(session, OMB)
    if chats is None:
        return 0  # something goes on there: at the next look
    cases = due_clocks.hold_cases(session, [one.case_id for one in due])
    running = due_clocks.list_running(session, list(cases))
    named = False
    told: set[int] = set()
    shown: list[ReminderView] = []
    urgent = False
    for one in due:
        case = cases.get(one.case_id)
        if case is None:
            continue
        ahead = _find_ahead(running[case.id], now)
        if not ahead and not case.confidential:
            chance = reminding.find_chance(session, case, one, running[case.id], now)
            if chance > now:
                due_clocks.put_off(session, one, chance)
                continue
        known = _find_known(session, case, one, now)
        if known == "today" and not any(clock.any_hour for clock in running[case.id]):
            due_clocks.put_off(session, one, reminding.find_next_day(session, OMB, now))
            continue
        repeats = one.any_hour and ahead is None  # a day that is still to come has a clock of its own
        next_at = reminding.find_again(one.due_at, now, one.kind) if repeats else None
        if not due_clocks.claim(session, one, now, next_at) or case.id in told or known == "silence":
            continue
        if ahead is None and one.any_hour and danger_seen.is_seen(stored.list_history(session, case.id), one.due_at):
            continue
        if case.confidential and case.owner == OMB and not one.any_hour:
            continue  # the same group was reminded of it, and may be told no more than its number
        one = _join_named_day(one, running[case.id], now)
        repeated = one.any_hour and one.stage > 1
        uncalled = asked.find_why(session, case) == "uncalled"  # its office waits for what we have not done
        wrote = listed_words.find_open(session, case) if ahead is None and not case.confidential else None
        spoke = ahead is not None or wrote is not None
        second = not (repeated or uncalled) and _tell_second(session, case, now, named=spoke)
        details = {"clock": one.kind, "due": one.due_at.isoformat(), "second": second}
        details |= {UNTOLD: True} if repeated else {}
        lifecycle.apply(session, case, Action.ESCALATE, SYSTEM, now, details=details)
        told.add(case.id)
        if case.id in read and ahead is None:
            continue
        reached = second or mailing.can_reach(session, case.owner)
        reached = reached and not arrival.is_reminder_held_back(session, case)
        view = _see(case, one, now, second=second, ahead=ahead, reached=reached, again=known == "before")
        if wrote is not None and reached:
            view = _tell_written(session, view, case, wrote, now)
        going = _find_going(session, case, one) if one.any_hour and ahead is None else None
        if going is not None and not case.confidential:
            view = replace(view, words=_say_going(case, view.line.due, going, now))
        if uncalled and not case.confidential:
            view = replace(view, words=_say_uncalled(case, view.line.due))
        shown.append(view)
        named = named or spoke
        urgent = urgent or one.any_hour
    title = "remind.title" if named else "remind.title_escalated"
    for chat_id in chats if shown else ():
        for bubble in _show(session, chat_id, shown, title, now):
            unsaid.drop_older(session, chat_id, bubble.case_id, "reminder")
            reminding.queue_bubble(session, chat_id, bubble, urgent=urgent, listed=LISTED)
    return len(told)


def _show(session: Session, chat_id: str, shown: Sequence[ReminderView], title: str, now: datetime) -> Sequence[Bubble]:
    """Each case once: a few apart, many in a list. Where one waits already for want of messages, all who are silent
    stand in this one.
    """
    if len(shown) <= SINGLY:
        return [bubble for view in shown for bubble in remind([view], "", LANGUAGE)]
    total, listed = len(shown), list(shown)
    if outbox.drop_waiting(session, chat_id, None, LISTED):
        told = {view.case_id for view in shown}
        older = [one for one in silent_offices.list_lines(session, now, MOST_ROWS) if one.case_id not in told]
        listed += [ReminderView(one.case_id, "open", "", "", one) for one in older]
        total = max(len(listed), silent_offices.count(session, now))
    return remind(listed, say(LANGUAGE, title, count=total), LANGUAGE, total=total)


def see_called(session: Session, case: Case, now: datetime) -> ReminderView | None:
    """The danger of a case that its officers are called for and its office has not seen to, as a tap in a list shows
    it; None where there is none, or they may read its number alone.
    """
    running = due_clocks.list_running(session, [case.id])[case.id]
    late = reminding.find_leading([one for one in running if one.any_hour and one.due_at <= now])
    if late is None or late.stage < ESCALATED or late.kind not in reminding.LATE or case.confidential:
        return None
    if case.owner == OMB or danger_seen.is_seen(stored.list_history(session, case.id), late.due_at):
        return None
    office = views.name_khet(case.owner, LANGUAGE)
    due = say(LANGUAGE, reminding.LATE[late.kind], due=say_moment(LANGUAGE, late.due_at, now=now))
    words = say(LANGUAGE, "remind.escalated_open", number=_name(case), office=office, late=due)
    line = CaseLine(case.id, case.number, views.name_category(case.category, LANGUAGE), office, due, late=True)
    return ReminderView(case.id, "danger", words, "", line)


def _tell_second(session: Session, case: Case, now: datetime, *, named: bool) -> bool:
    """Its second contact, by mail; that nobody answers is not said of an office that named a day."""
    office = views.name_office(case.owner, LANGUAGE)
    words = say(LANGUAGE, "mail.lead_overdue", office=office) if named else ""
    return mailing.queue_mail(session, case.owner, "escalation", case, now, rank=contacts.SECOND, words=words)


def _find_ahead(running: Sequence[SlaClock], now: datetime) -> SlaClock | None:
    """The day, still to come, that the office named: when it mends it, or when it looks at it again."""
    return next((clock for clock in running if clock.kind in reminding.NAMED_DAYS and clock.due_at > now), None)


def _find_known(session: Session, case: Case, one: DueClock, now: datetime) -> str:
    """What the officers know already: this very `silence`; of the case `today`, and its office spoke since; that it
    was silent `before`, and of this clock it was not reminded.
    """
    told = stored.list_history(session, case.id)
    heard = next((entry for entry in reversed(told) if entry.action == Action.ESCALATE), None)
    spoken = heard is not None and any(entry.id > heard.id and entry.action in OFFICE_STEPS for entry in told)
    if one.any_hour:
        return "before" if heard is not None and not spoken else ""
    if heard is not None and in_bangkok(heard.at).date() == in_bangkok(now).date():
        return "today" if spoken else "silence"
    return "before" if one.stage == 0 and heard is not None and not spoken else ""


def _join_named_day(one: DueClock, running: Sequence[SlaClock], now: datetime) -> DueClock:
    """Where an office was reminded of a day it named and not of the time to resolve, that day is told of, and both
    are told with it.
    """
    for clock in running if one.stage == 0 else ():
        if clock.kind in reminding.NAMED_DAYS and clock.due_at <= now and clock.next_at is not None:
            clock.stage, clock.next_at = clock.stage + 1, None
            return replace(one, kind=clock.kind, due_at=clock.due_at)
    return one


def _see(
    case: Case, one: DueClock, now: datetime, *, second: bool, ahead: SlaClock | None, reached: bool, again: bool
) -> ReminderView:
    """One case as the officers hear of it; of a confidential one the number alone.

    `ahead`: its office has named a day that is still to come. `reached`: it could be told that it is late. `again`:
    they heard of its silence before.
    """
    if case.confidential:
        words = say(LANGUAGE, f"remind.confidential{'_danger' if case.danger else ''}", number=case.number)
        line = CaseLine(case.id, case.number, say(LANGUAGE, "desk.confidential"), late=True)
        return ReminderView(case.id, "open", words, "", line, private=True)
    office = views.name_khet(case.owner, LANGUAGE)
    late = say(LANGUAGE, reminding.LATE[one.kind], due=_say_due(case, one, now))
    key = "remind.escalated" if second or case.owner == OMB else "remind.escalated_no_second"
    look = ""
    if ahead is not None:
        key = "remind.escalated_named" if ahead.kind == "promise" else "remind.escalated_waiting"
        look = say_day(LANGUAGE, in_bangkok(ahead.due_at).date(), today=in_bangkok(now).date())
    elif not reached:
        key = "remind.escalated_unreached"
    elif again:
        key = "remind.escalated_again"
    return ReminderView(
        case_id=case.id,
        kind="danger" if one.any_hour and ahead is None else "open",
        words=say(LANGUAGE, key, number=_name(case), office=office, late=late, look=look),
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


def _tell_written(session: Session, view: ReminderView, case: Case, wrote: HistoryEntry, now: datetime) -> ReminderView:
    """It answered several cases together, and has not said which it meant: what it wrote, while that is kept."""
    said = listed_words.find_said(session, wrote.details[listed_words.LISTED], str(wrote.chat_id))
    words = fit(one_line(said.words), 120) if said is not None else ""
    told = say(
        LANGUAGE,
        "remind.escalated_listed_words" if words else "remind.escalated_listed",
        number=_name(case),
        office=views.name_khet(case.owner, LANGUAGE),
        late=view.line.due,
        said=say_moment(LANGUAGE, wrote.at, now=now),
        words=words,
    )
    return replace(view, words=told, line=replace(view.line, due=listed_words.say_beside(view.line.due)))


def _find_going(session: Session, case: Case, one: DueClock) -> HistoryEntry | None:
    """Where its office has said that it goes there, or in words that it has read of the danger, and not what it was
    asked for since: that.
    """
    told = stored.list_history(session, case.id)
    helped = danger_help.list_help(told)
    last = helped[-1] if helped else None
    if last is None or (last.action != Action.START and STATES not in last.details):
        return None
    answers = not any(entry.id > last.id and entry.action == Action.REMIND for entry in told)
    return last if answers or one.kind == "first_words" else None


def _say_going(case: Case, late: str, going: HistoryEntry, now: datetime) -> str:
    office, said = views.name_khet(case.owner, LANGUAGE), say_moment(LANGUAGE, going.at, now=now)
    return say(LANGUAGE, "remind.escalated_going", number=_name(case), office=office, late=late, said=said)


def _say_uncalled(case: Case, late: str) -> str:
    office = views.name_khet(case.owner, LANGUAGE)
    return say(LANGUAGE, "remind.escalated_uncalled", number=_name(case), office=office, late=late)


def _say_due(case: Case, one: DueClock, now: datetime) -> str:
    promised: date | None = case.promised_on if one.kind == "promise" else None
    if promised is None:
        return say_moment(LANGUAGE, one.due_at, now=now)
    return say_day(LANGUAGE, promised, today=in_bangkok(now).date())


def _name(case: Case) -> str:
    """Its number; where there is danger, that comes with it."""
    return say(LANGUAGE, "remind.number_danger", number=case.number) if case.danger else case.number
