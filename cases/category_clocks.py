"""What becomes of the due times of a case whose category was corrected, or of which danger came to light.

Each is counted anew from where it began, as if the category had always been the right one; waits stay added. Nobody
is late at once for what they could not know: some working time is left. What is already met stays met. While there is
danger nothing is due later than before.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from cases import clocks, going_back, office_hours
from cases.service_levels import DANGER
from cases.statuses import Action, Status
from cases.working_time import add_working_days, add_working_time
from storage import cases as stored
from storage import clocks as stored_clocks
from storage import working_days
from storage.models import Case, HistoryEntry, SlaClock

BY_CATEGORY = ("acknowledge", "first_words", "resolve")
LEFT_HOURS, LEFT_DAYS = 1, 1  # working time that is left at least: to accept it, and for everything else
ASKED_ANEW = timedelta(minutes=DANGER["acknowledge"])  # about a repair that was late before anybody knew of danger
Kept = list[list[Any]]  # how clocks were before, as history keeps it: key, due, next, stage, at any hour


def follow_category(session: Session, case: Case, now: datetime) -> Kept:
    """What hangs on the category runs as it has it now; how the clocks that changed were before."""
    waiting = {one.id for one in going_back.list_paused(session, case)}
    kept: Kept = []
    for kind in BY_CATEGORY:
        ran = stored_clocks.list_of_kind(session, case.id, kind)
        if not ran or (ran[-1].stopped_at is not None and ran[-1].id not in waiting):
            continue  # nobody owes that (yet, or any more)
        if kind == "acknowledge" and case.danger:
            continue  # half an hour, whatever it is
        dues = _count_anew(session, case, ran)
        left = max(min(ran[-1].due_at, _find_soonest(session, case, kind, now)) - dues[-1], timedelta())
        for clock, due in zip(ran, dues, strict=True):
            anew = min(due + left, clock.due_at) if case.danger else due + left
            if clock.due_at != anew:
                kept.append(_keep(clock))
                _set_due(clock, anew, now)
        if kind == "acknowledge":
            case.acknowledge_by = ran[-1].due_at
    return kept


def _count_anew(session: Session, case: Case, ran: Sequence[SlaClock]) -> list[datetime]:
    """When each would have been due: one that went on after a wait, so much later than the one before."""
    dues: list[datetime] = []
    before: SlaClock | None = None
    for clock in ran:
        due = clocks.count_due(session, clock.kind, case, clock.started_at)
        if before is not None and before.stopped_at:
            wait = clock.started_at - before.stopped_at
            later = partial(clocks.put_later, session, case, clock.kind, wait=wait, now=clock.started_at)
            if clock.due_at in (before.due_at + wait, later(before.due_at)):
                due = later(dues[-1])
        dues.append(due)
        before = clock
    return dues


def _find_soonest(session: Session, case: Case, kind: str, now: datetime) -> datetime:
    exceptions, hours = working_days.load_exceptions(session), office_hours.find(session, case.owner)
    if kind == "acknowledge":
        return add_working_time(now, LEFT_HOURS, exceptions, hours)
    return add_working_days(now, LEFT_DAYS, exceptions, hours)


def hasten(session: Session, case: Case, now: datetime) -> Kept:
    """There is danger: who has not accepted the case yet has half an hour, and of what is late they hear at any time of
    the day. Where it is late already, all of that begins now: whoever was told of a delay was not told of danger.
    """
    kept: Kept = []
    mends = ""  # the first of those that say when it is mended: it stands for the others
    for kind in clocks.LEADING:
        running = stored_clocks.find_running(session, case.id, kind)
        if running is None:
            continue
        mends = mends or (kind if kind in clocks.TO_MEND else "")
        if running.any_hour or not clocks.runs_at_any_hour(kind, case):
            continue
        kept.append(_keep(running))
        running.any_hour = True
        if kind in clocks.HURRIED:
            due = clocks.count_due(session, kind, case, now)
            due = min(running.due_at, due) if running.due_at > now else due
            _set_due(running, due, now, told=clocks.find_first_told(kind, case, now, due))
        elif kind == mends and running.due_at <= now:  # nobody has another day for it
            running.next_at, running.stage = now + ASKED_ANEW, 0
        if kind == "acknowledge":
            case.acknowledge_by = running.due_at
    return kept


def calm(session: Session, case: Case, now: datetime) -> Kept:
    """There is no danger: what was hurried has the time that other cases have, from where it began."""
    waiting = {one.id for one in going_back.list_paused(session, case)}
    kept: Kept = []
    for kind in clocks.LEADING:
        ran = stored_clocks.list_of_kind(session, case.id, kind)
        if not ran or not ran[-1].any_hour or (ran[-1].stopped_at is not None and ran[-1].id not in waiting):
            continue
        for clock, due in zip(ran, _count_anew(session, case, ran), strict=True):
            if clock.any_hour:
                kept.append(_keep(clock))
                clock.any_hour = False
                due = clock.due_at if kind in clocks.NAMED_DAYS else due
                _set_due(clock, due, now, told=clocks.find_first_told(kind, case, clock.started_at, due))
                if due <= now and clock.stage > 1:  # all that hear of a delay have heard of it
                    clock.next_at = None
        if kind == "acknowledge":
            case.acknowledge_by = ran[-1].due_at
    return kept


def follow_since(session: Session, case: Case, undone: HistoryEntry, now: datetime) -> None:
    """A step was undone: what it had stopped runs on by what was put right since, and by danger or its absence."""
    told = [entry for entry in stored.list_history(session, case.id) if entry.id > undone.id]
    if any(entry.action == Action.CORRECT and "clocks" in entry.details for entry in told):
        follow_category(session, case, now)
    if case.danger:
        hasten(session, case, now)
    else:
        calm(session, case, now)


def put_back(session: Session, case: Case, kept: Kept, now: datetime) -> None:
    """The correction was a slip: these clocks are due when they were."""
    for clock_id, due_at, next_at, stage, any_hour in reversed(kept):
        clock = stored_clocks.find_clock(session, int(clock_id))
        if clock is None:
            continue
        if _came_back_early(session, case, clock, datetime.fromisoformat(due_at), now):
            stored_clocks.take_back(session, case.id, clock.stopped_at or now)
            session.refresh(clock)
        clock.next_at = datetime.fromisoformat(next_at) if next_at else None
        clock.stage, clock.any_hour = int(stage), bool(any_hour)
        _set_due(clock, datetime.fromisoformat(due_at), now)
        if clock.kind == "acknowledge":
            case.acknowledge_by = clock.due_at


def _came_back_early(session: Session, case: Case, clock: SlaClock, due_at: datetime, now: datetime) -> bool:
    """Whether a question came back unanswered only for what is put right now: its reporter has all that time again."""
    if case.status != Status.NEEDS_INFO or clock.kind != "answer" or clock.stopped_at is None or due_at <= now:
        return False
    return stored_clocks.find_running(session, case.id, "answer") is None


def _keep(clock: SlaClock) -> list[Any]:
    next_at = clock.next_at.isoformat() if clock.next_at else None
    return [clock.id, clock.due_at.isoformat(), next_at, clock.stage, clock.any_hour]


def _set_due(clock: SlaClock, due: datetime, now: datetime, *, told: datetime | None = None) -> None:
    """What is still to come is told of when it comes, or at `told`, whatever was told of the time before."""
    clock.due_at = due
    if due > now:
        clock.next_at, clock.stage = max(told or due, now), 0
