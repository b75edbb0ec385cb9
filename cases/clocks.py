"""Due times that run for a case, several at a time: which a step starts, which it leaves running, which it stops.

Jobs ask what is due: `jobs/clocks.py`. Working time is counted with what staff know of single days.
"""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from sqlalchemy.orm import Session

from cases.categories import get_category
from cases.statuses import Status
from cases.waiting import LONGEST_DAYS
from cases.working_time import add_working_days, add_working_time
from clock import BANGKOK, in_bangkok
from storage import case_facts, working_days
from storage import clocks as stored_clocks
from storage.models import Case, SlaClock

ACKNOWLEDGE_HOURS = 4  # working hours
DANGER_MINUTES = 30  # at any hour
FIRST_WORDS_DAYS = 1  # working days until the reporter hears a date, a question or why not
TRANSFER_DAYS = 1  # working days for the receiver to accept
DECIDE_DAYS = 3  # working days for the Ombudsman's officers to settle what was declined or disputed
ANSWER_DAYS = 7  # the reporter's time to answer a question, or to say whether it is fixed
CONFIRM_NUDGE_DAYS = 5
OFFICE_CLOSES = time(16, 30)
LEADING = stored_clocks.LEADING
WAITING = frozenset({"answer", "confirm", "accept"})  # while these run, it is not the office's turn

# What starts together with a clock, unless it runs already.
BESIDE = {"acknowledge": ("first_words",), "promise": ("resolve",), "look": ("resolve",)}
# What a clock leaves running when it starts: the time to resolve runs on from step to step, for a new word from the
# office must not stretch it; and a date is still owed after a mere "noted".
GOES_ON = {
    "resolve": frozenset({"resolve", "first_words"}),
    "promise": frozenset({"resolve"}),
    "look": frozenset({"resolve"}),
}
COUNTED = frozenset({"acknowledge", "first_words", "accept", "decide"})  # in working time
TO_MEND = frozenset({"resolve", "promise", "look"})
# What runs on once a reporter has answered, or an office that was offered the case has not taken it. To ask is to
# acknowledge, but it names no day: that is owed still.
PAUSED = TO_MEND | {"first_words"}

Exceptions = Mapping[date, bool]


def due_for(
    kind: str, case: Case, now: datetime, exceptions: Exceptions | None = None, *, day: date | None = None
) -> datetime:
    """When a clock of this kind, started now, is due. `day`: on which the office looks at it again."""
    if kind == "acknowledge":
        if case.danger:
            return now + timedelta(minutes=DANGER_MINUTES)
        return add_working_time(now, ACKNOWLEDGE_HOURS, exceptions)
    if kind == "promise" and case.promised_on:
        promised = _keep_near(case.promised_on, now)
        closes = datetime.combine(promised, OFFICE_CLOSES, BANGKOK)
        # "Today", said in the evening, is not late the moment it is said.
        return closes if closes > now else datetime.combine(promised, time.max, BANGKOK)
    if kind == "look" and day:
        return datetime.combine(_keep_near(day, now), time(9), BANGKOK)
    if kind == "first_words":
        return add_working_days(now, FIRST_WORDS_DAYS, exceptions)
    if kind == "accept":
        return add_working_days(now, TRANSFER_DAYS, exceptions)
    if kind == "decide":
        return add_working_days(now, DECIDE_DAYS, exceptions)
    if kind in ("answer", "confirm"):
        return now + timedelta(days=ANSWER_DAYS)
    return now + timedelta(days=get_category(case.category).resolve_days)


def _keep_near(day: date, now: datetime) -> date:
    """A named day as far as a clock may run, either way."""
    today, longest = in_bangkok(now).date(), timedelta(days=LONGEST_DAYS)
    return min(max(day, today - longest), today + longest)


def turn(session: Session, case: Case, kind: str | None, now: datetime, *, day: date | None = None) -> None:
    """Start a clock of `kind`, if any, with what starts beside it; stop what it does not leave running."""
    goes_on = GOES_ON.get(kind, frozenset()) if kind else frozenset()
    stored_clocks.stop_others(session, case.id, goes_on, now)
    for one in (kind, *BESIDE.get(kind, ())) if kind else ():
        if (one != kind or one in goes_on) and stored_clocks.find_running(session, case.id, one):
            continue
        _start(session, case, one, now, day)


def _start(session: Session, case: Case, kind: str, now: datetime, day: date | None) -> None:
    due = due_for(kind, case, now, working_days.load_exceptions(session), day=day)
    stored_clocks.add_clock(
        session,
        case,
        kind,
        started_at=now,
        due_at=due,
        next_at=_first_told(kind, now, due),
        any_hour=kind == "acknowledge" and bool(case.danger),
    )
    if kind == "acknowledge":
        case.acknowledge_by = due


def _first_told(kind: str, started: datetime, due: datetime) -> datetime:
    """When somebody is told of it for the first time: an office once it is due, a reporter while there is time."""
    if kind == "answer":
        return started + (due - started) / 2
    if kind == "confirm":
        return started + timedelta(days=CONFIRM_NUDGE_DAYS)
    return due


def owe_first_words(session: Session, case: Case, now: datetime) -> None:
    """Whoever has newly taken a case on owes its reporter a date, a question or why not."""
    if stored_clocks.find_running(session, case.id, "first_words") is None:
        _start(session, case, "first_words", now, None)


def resume(session: Session, case: Case, asked_at: datetime, now: datetime) -> None:
    """A wait is over: what the question or the offer stopped runs on, later by what the wait took."""
    paused = [one for one in stored_clocks.list_stopped_at(session, case.id, asked_at) if one.kind in PAUSED]
    if case.status == Status.DISPATCHED:  # passed on unanswered, and come back
        turn(session, case, "acknowledge", now)
        return
    if any(one.kind in TO_MEND for one in paused):
        stored_clocks.stop_others(session, case.id, (), now)
    else:
        turn(session, case, "resolve", now)
    for one in paused:
        _run_on(session, case, one, now - asked_at, now)


def _run_on(session: Session, case: Case, paused: SlaClock, wait: timedelta, now: datetime) -> None:
    stored_clocks.add_clock(
        session,
        case,
        paused.kind,
        started_at=now,
        due_at=_put_later(paused.due_at, wait, now),
        next_at=_put_later(paused.next_at, wait, now) if paused.next_at else None,
        stage=paused.stage,
        any_hour=paused.any_hour,
    )


def _put_later(moment: datetime, wait: timedelta, now: datetime) -> datetime:
    """Later by what a wait took; a day beyond what is kept as a promise comes nearer, lest it end the calendar."""
    return min(moment, now + timedelta(days=LONGEST_DAYS)) + wait


def count_anew(session: Session) -> int:
    """A working day became a day off, or the other way round: what runs in working time and was not told of yet
    is due by the new count. How many clocks that changed.
    """
    changed: list[int] = []
    exceptions = working_days.load_exceptions(session)
    for case, running in stored_clocks.list_untold(session, COUNTED):
        due = due_for(running.kind, case, running.started_at, exceptions)
        if due == running.due_at or running.any_hour:
            continue
        running.due_at = running.next_at = due
        if running.kind == "acknowledge":
            case.acknowledge_by = due
        changed.append(case.id)
    case_facts.mark_cases(session, changed)
    return len(changed)


def turn_back(session: Session, case: Case, undone_at: datetime) -> None:
    """A step was undone: its clocks never ran, and what it had stopped runs on with its own due time."""
    session.flush()
    stored_clocks.take_back(session, case.id, undone_at)
