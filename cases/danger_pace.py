"""Danger that officers found in a case whose clocks count days: while no step of it has minutes, its office is asked
and the officers are called at danger's pace, until the office says something (`cases/counted_danger.py`).
"""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from cases import clocks, service_levels
from cases.statuses import OVER, Status
from storage import cases as stored
from storage import clocks as stored_clocks
from storage import relays
from storage.models import Case, HistoryEntry

COUNTED = "counted"  # the kind of what waits: it counts as danger, and nobody has acted
TOLD = relays.TOLD_DANGER  # the same of what a reporter told, while no officer has looked
HEARD = "heard"  # in history of a correction: what a reporter had told, of which the officers were being called
FIRST = timedelta(minutes=service_levels.DANGER["acknowledge"])
AFTER_CLOCKS = timedelta(minutes=90)  # what was late already reminds its office, and calls the officers, before that


def begin(session: Session, case: Case, since: HistoryEntry, now: datetime) -> None:
    """It counts as danger, as this line of history says; nothing where a clock of its step has minutes."""
    relays.take(session, case.id, COUNTED)
    if Status(case.status) in OVER or has_minutes(session, case):
        return
    mending = [stored_clocks.find_running(session, case.id, kind) for kind in clocks.LEADING if kind in clocks.TO_MEND]
    first = next((one for one in mending if one is not None), None)
    late = first is not None and first.due_at <= now
    relays.put(session, case.id, COUNTED, since.id, now, wait=AFTER_CLOCKS if late else FIRST)


def has_minutes(session: Session, case: Case) -> bool:
    """Whether somebody is reminded of this case of danger within minutes anyway."""
    return any(stored_clocks.find_running(session, case.id, kind) is not None for kind in clocks.HURRIED)


def start(session: Session, case: Case, kind: str, begins: int, now: datetime) -> None:
    """What waits of this kind is the line `begins` of history from now on, in place of any before."""
    relays.take(session, case.id, kind)
    relays.put(session, case.id, kind, begins, now, wait=FIRST)


def list_waiting(session: Session, kind: str, limit: int) -> list[tuple[Case, HistoryEntry]]:
    """What waits of this kind, each with the line of history that it began with, oldest first."""
    found = [
        (stored.find_case(session, case_id), stored.find_history(session, entry_id))
        for case_id, entry_id in relays.list_waiting(session, kind, limit)
    ]
    return [(case, entry) for case, entry in found if case is not None and entry is not None]


def take_told(session: Session, case: Case) -> dict[str, int]:
    """An officer has looked at what a reporter told; what history is to keep of it, for that to be taken back."""
    begins = relays.take(session, case.id, TOLD)
    return {HEARD: begins} if begins is not None else {}


def end(session: Session, case: Case) -> None:
    """It counts as danger no more."""
    relays.take(session, case.id, COUNTED)
    relays.take(session, case.id, TOLD)


def tell_again(session: Session, case: Case, begins: int, now: datetime) -> None:
    """What a reporter told waits again for an officer to look."""
    start(session, case, TOLD, begins, now)
