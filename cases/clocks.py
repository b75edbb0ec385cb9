"""Due times that run for a case, one at a time. Starting one stops the others; jobs ask what is due."""

from datetime import datetime, time, timedelta

from sqlalchemy.orm import Session

from cases.categories import get_category
from cases.working_time import add_working_days, add_working_time
from clock import BANGKOK
from storage import cases as stored
from storage import clocks as stored_clocks
from storage.models import Case

ACKNOWLEDGE_HOURS = 4  # working hours
DANGER_MINUTES = 30  # at any hour
TRANSFER_DAYS = 1  # working days for the receiver to accept
DECIDE_DAYS = 3  # working days for the Ombudsman's officers to settle what was declined or disputed
ANSWER_DAYS = 7  # the reporter's time to answer a question, or to say whether it is fixed
OFFICE_CLOSES = time(16, 30)
WAITING = frozenset({"answer", "confirm", "accept"})  # while these run, it is not the office's turn


def due_for(kind: str, case: Case, now: datetime) -> datetime:
    """When a clock of this kind, started now, is due."""
    if kind == "acknowledge":
        if case.danger:
            return now + timedelta(minutes=DANGER_MINUTES)
        return add_working_time(now, hours=ACKNOWLEDGE_HOURS)
    if kind == "promise" and case.promised_on:
        closes = datetime.combine(case.promised_on, OFFICE_CLOSES, BANGKOK)
        # "Today", said in the evening, is not late the moment it is said.
        return closes if closes > now else datetime.combine(case.promised_on, time.max, BANGKOK)
    if kind == "accept":
        return add_working_days(now, TRANSFER_DAYS)
    if kind == "decide":
        return add_working_days(now, DECIDE_DAYS)
    if kind in ("answer", "confirm"):
        return now + timedelta(days=ANSWER_DAYS)
    return now + timedelta(days=get_category(case.category).resolve_days)


def turn(session: Session, case: Case, kind: str | None, now: datetime) -> None:
    """Stop what runs for this case and start a clock of `kind`, if any.

    The time to resolve runs on from step to step: a new word from the office must not stretch it.
    """
    if kind == "resolve" and stored_clocks.find_running(session, case.id, kind):
        stored_clocks.stop_others(session, case.id, kind, now)
        return
    stored.stop_clocks(session, case.id, now)
    if kind is None:
        return
    due = due_for(kind, case, now)
    stored.add_clock(session, case_id=case.id, kind=kind, started_at=now, due_at=due)
    if kind == "acknowledge":
        case.acknowledge_by = due


def resume(session: Session, case: Case, asked_at: datetime, now: datetime) -> None:
    """The wait for the reporter is over: what the question stopped runs on, later by what the wait took."""
    paused = stored_clocks.find_stopped_at(session, case.id, asked_at)
    if paused is None or paused.kind not in ("resolve", "promise"):
        turn(session, case, "resolve", now)
        return
    stored.stop_clocks(session, case.id, now)
    due = paused.due_at + (now - asked_at)
    stored.add_clock(session, case_id=case.id, kind=paused.kind, started_at=now, due_at=due)


def turn_back(session: Session, case: Case, undone_at: datetime) -> None:
    """A step was undone: its clock never ran, and what it had stopped runs on with its own due time."""
    session.flush()
    stored_clocks.take_back(session, case.id, undone_at)
