"""Due times that run for a case, several at a time: which a step starts, which it leaves running, which it stops.

Jobs ask what is due: `jobs/clocks.py`. Working time is that of the office whose turn it is
(`cases/office_hours.py`), with what staff know of single days; how much there is, `cases/service_levels.py` says.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy.orm import Session

from cases import office_hours, service_levels
from cases.desk import OMB
from cases.service_levels import AS_THEY_CAME, Levels
from cases.statuses import Status
from cases.waiting import LONGEST_DAYS
from cases.working_time import (
    USUAL,
    Exceptions,
    Hours,
    add_days,
    add_working_days,
    add_working_time,
    end_in_working_time,
    find_daytime_near,
)
from clock import BANGKOK, in_bangkok
from storage import case_facts, working_days
from storage import clocks as stored_clocks
from storage.models import Case, SlaClock

HURRIED = tuple(service_levels.DANGER)
DECIDE_DAYS = 3  # working days for the Ombudsman's officers to settle what was declined or disputed
NUDGE_AHEAD_DAYS = 2  # so long before a case is closed by silence its reporter is asked once more
LEAST_LEFT = timedelta(hours=24)  # to answer, once a reporter was asked again
ASKED_AHEAD = timedelta(hours=1)  # so long before an offer lapses who has not answered it is asked once more
LOOKS = time(9)  # when an office is asked about what waits for others, if it is open by then
LEADING = stored_clocks.LEADING
AT_ANY_HOUR = frozenset({*HURRIED, "promise", "look", "resolve"})  # in a case of danger
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
RUNS_ON = TO_MEND | {"answer"}  # something is left to wait for: nothing new begins
NAMED_DAYS = frozenset({"promise", "look"})  # the reporter was told the day: no wait moves it
# What runs on once a reporter has answered, or an office that was offered the case has not taken it. To ask is to
# acknowledge, but it names no day: that is owed still.
PAUSED = TO_MEND | {"first_words"}


@dataclass(frozen=True, slots=True)
class Reckoning:
    """By what due times are counted: days that are other than the calendar says, the office's hours, the levels."""

    exceptions: Exceptions | None = None
    hours: Hours = USUAL
    levels: Levels = AS_THEY_CAME


AS_USUAL = Reckoning()


def find_reckoning(session: Session, case: Case, kind: str, hours: Hours | None = None) -> Reckoning:
    """By what a clock of this kind is counted for a case; `hours`: in place of those that hold."""
    hours = hours or office_hours.find(session, find_whose_turn(case, kind))
    return Reckoning(working_days.load_exceptions(session), hours, service_levels.load(session))


def find_whose_turn(case: Case, kind: str) -> str:
    """The organisation in whose working time a clock runs."""
    if kind == "decide":
        return OMB
    return case.transfer_to or OMB if kind == "accept" else case.owner


def count_due(session: Session, kind: str, case: Case, now: datetime, *, day: date | None = None) -> datetime:
    """When a clock of this kind, started now, is due, by the hours and levels that hold for the case."""
    return due_for(kind, case, now, find_reckoning(session, case, kind), day=day)


def due_for(kind: str, case: Case, now: datetime, by: Reckoning = AS_USUAL, *, day: date | None = None) -> datetime:
    """When a clock of this kind, started now, is due. `day`: on which the office looks at it again."""
    if is_hurried(kind, case):
        return now + timedelta(minutes=service_levels.DANGER[kind])
    if kind == "promise" and case.promised_on:
        promised = _keep_near(case.promised_on, now)
        closes = datetime.combine(promised, by.hours.closes(promised), BANGKOK)
        # "Today", said in the evening, is not late the moment it is said.
        return closes if closes > now else datetime.combine(promised, time.max, BANGKOK)
    if kind == "look" and day:
        near = _keep_near(day, now)
        return datetime.combine(near, max(LOOKS, by.hours.opens(near)), BANGKOK)
    if kind == "decide":
        return add_working_days(now, DECIDE_DAYS, by.exceptions, by.hours)
    level = kind if kind in service_levels.LEVELS else "resolve"
    amount = by.levels.find(case.category, level, case.created_at)
    if kind == "resolve" and case.danger:
        return now + timedelta(days=amount)
    match service_levels.LEVELS[level].unit:
        case "working_hours":
            return add_working_time(now, amount, by.exceptions, by.hours)
        case "working_days":
            return add_working_days(now, amount, by.exceptions, by.hours)
        case _ if level == "resolve":  # days of the calendar, but an office's: they begin and end while it is open
            return add_days(now, amount, by.exceptions, by.hours)
        case _:
            return now + timedelta(days=amount)


def is_hurried(kind: str, case: Case) -> bool:
    """Whether such a clock of this case has minutes, for somebody may come to harm."""
    return bool(case.danger) and kind in HURRIED


def runs_at_any_hour(kind: str, case: Case) -> bool:
    """Whether it is told of such a clock of this case also while its office is shut."""
    return bool(case.danger) and kind in AT_ANY_HOUR


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
    due = count_due(session, kind, case, now, day=day)
    stored_clocks.add_clock(
        session,
        case,
        kind,
        started_at=now,
        due_at=due,
        next_at=plan_first_told(session, kind, case, now, due),
        any_hour=runs_at_any_hour(kind, case),
    )
    if kind == "acknowledge":
        case.acknowledge_by = due


def find_first_told(kind: str, case: Case, started: datetime, due: datetime) -> datetime:
    """When somebody is told of it for the first time: an office once it is due; while there is time a reporter, and
    who is offered a case.
    """
    if kind == "answer" or (kind == "accept" and is_hurried(kind, case)):
        return started + (due - started) / 2
    if kind == "accept" and case.transfer_to is not None:
        return max(started, due - ASKED_AHEAD)
    if kind == "confirm":
        return due - timedelta(days=NUDGE_AHEAD_DAYS)
    return due


def plan_first_told(session: Session, kind: str, case: Case, started: datetime, due: datetime) -> datetime:
    """As `find_first_told`; sooner where days off would leave a reporter no day between that word and the end."""
    first = find_first_told(kind, case, started, due)
    if kind != "answer" or is_hurried(kind, case):
        return first
    return find_daytime_near(first, started, due - LEAST_LEFT, working_days.load_exceptions(session))


def owe_first_words(session: Session, case: Case, now: datetime) -> None:
    """Whoever has newly taken a case on owes its reporter a date, a question or why not."""
    if stored_clocks.find_running(session, case.id, "first_words") is None:
        _start(session, case, "first_words", now, None)


def resume(session: Session, case: Case, asked_at: datetime, now: datetime) -> None:
    """A wait is over: what the question or the offer stopped runs on, later by what the wait took."""
    stopped = stored_clocks.list_stopped_at(session, case.id, asked_at)
    paused = [one for one in stopped if one.kind in PAUSED]
    if case.status == Status.DISPATCHED:  # passed on unanswered, and come back
        turn(session, case, "acknowledge", now)
        return
    if case.status == Status.NEEDS_INFO and not paused:  # passed on while its reporter was asked: that wait goes on
        paused = [one for one in stopped if one.kind == "answer"]
    if any(one.kind in RUNS_ON for one in paused):
        stored_clocks.stop_others(session, case.id, (), now)
    else:
        turn(session, case, "resolve", now)
    for one in paused:
        _run_on(session, case, one, now - asked_at, now)


def _run_on(session: Session, case: Case, paused: SlaClock, wait: timedelta, now: datetime) -> None:
    """A named day stays that day: where it passed during the wait, its office is asked for another when next at work.

    What is counted is due later by the wait, and never while the office is shut.
    """

    any_hour = paused.any_hour or runs_at_any_hour(paused.kind, case)

    def later(moment: datetime) -> datetime:
        by_the_clock = any_hour or paused.kind == "answer"
        return moment + wait if by_the_clock else put_later(session, case, paused.kind, moment, wait, now)

    due = paused.due_at if paused.kind in NAMED_DAYS else later(paused.due_at)
    next_at = due
    if paused.next_at is not None and (paused.stage or paused.kind == "answer"):
        next_at = later(paused.next_at)
    stored_clocks.add_clock(
        session,
        case,
        paused.kind,
        started_at=now,
        due_at=due,
        next_at=next_at if paused.next_at else None,
        stage=paused.stage,
        any_hour=any_hour,
    )


def put_later(session: Session, case: Case, kind: str, moment: datetime, wait: timedelta, now: datetime) -> datetime:
    """Later by what a wait took, while the office works."""
    return add_wait(moment, wait, now, find_reckoning(session, case, kind))


def add_wait(moment: datetime, wait: timedelta, now: datetime, by: Reckoning = AS_USUAL) -> datetime:
    """As `put_later`. A day beyond what is kept as a promise comes nearer, lest it end the calendar."""
    later = min(moment, now + timedelta(days=LONGEST_DAYS)) + wait
    return end_in_working_time(later, by.exceptions, by.hours).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Moved:
    """A clock that is due at another moment than before."""

    number: str
    kind: str
    was: datetime
    due: datetime


def count_anew(session: Session) -> int:
    """A working day became a day off, or the other way round: what runs in working time and was not told of yet
    is due by the new count. How many clocks that changed.
    """
    moved = len(_count_anew(session, stored_clocks.list_untold(session, COUNTED)))
    # Days of the calendar stay as many; only one that ends on a new day off ends behind it.
    shut = set()
    for case, running in stored_clocks.list_untold(session, {"resolve"}):
        if running.any_hour:
            continue
        by = find_reckoning(session, case, running.kind)
        due = end_in_working_time(running.due_at, by.exceptions, by.hours)
        if due != running.due_at:
            running.due_at = running.next_at = due
            moved += 1
            shut.add(case.id)
    case_facts.mark_cases(session, list(shut))
    return moved


def count_office_anew(session: Session, organisation: str, before: Hours, now: datetime) -> list[Moved]:
    """An organisation keeps other hours than `before`: what runs in its working time is due by them, but for what is
    due already, or would be by now, and what was put off by a wait. The clocks that this moved, the first due first.
    """
    whose = None if organisation == OMB else organisation  # officers decide about everybody's cases
    found = stored_clocks.list_untold(session, COUNTED | {"promise", "resolve"}, whose)
    theirs = [
        (case, one)
        for case, one in found
        if find_whose_turn(case, one.kind) == organisation
        and one.due_at == due_for(one.kind, case, one.started_at, find_reckoning(session, case, one.kind, before))
    ]
    return sorted(_count_anew(session, theirs, not_before=now), key=lambda moved: moved.was)


def _count_anew(
    session: Session, found: Iterable[tuple[Case, SlaClock]], not_before: datetime | None = None
) -> list[Moved]:
    changed: dict[int, list[Moved]] = {}
    for case, running in found:
        due = count_due(session, running.kind, case, running.started_at)
        if due == running.due_at or (running.any_hour and running.kind not in NAMED_DAYS):
            continue
        if not_before is not None and min(due, running.due_at) <= not_before:
            continue
        changed.setdefault(case.id, []).append(Moved(case.number, running.kind, running.due_at, due))
        running.due_at = running.next_at = due
        if running.kind == "acknowledge":
            case.acknowledge_by = due
    case_facts.mark_cases(session, list(changed))
    return [moved for of_case in changed.values() for moved in of_case]


def turn_back(session: Session, case: Case, undone_at: datetime) -> None:
    """A step was undone: its clocks never ran, nor what came of them, and what it had stopped runs on with its own due
    time.
    """
    session.flush()
    stored_clocks.take_back(session, case.id, undone_at)
