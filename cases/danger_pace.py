"""Danger that officers found in a running case: while no step of it has minutes, its office is asked and the officers
are called at danger's pace, until somebody sees to it (`cases/counted_danger.py`).
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from cases import clocks, danger_help, service_levels
from cases.danger import find_danger
from cases.statuses import OVER, Role, Status
from storage import cases as stored
from storage import clocks as stored_clocks
from storage import relays
from storage.models import Case, HistoryEntry, SlaClock

COUNTED = "counted"  # the kind of what waits: it counts as danger, and nobody has acted
TOLD = relays.TOLD_DANGER  # the same of what a reporter told, while no officer has looked
HEARD = "heard"  # in history of a correction: what a reporter had told, of which the officers were being called
LONGEST = "first_words"  # of the clocks that have minutes
CALLED = {"acknowledge": 2, "first_words": 2, "decide": 1}  # from this stage of a clock on the officers were called
FIRST = timedelta(minutes=service_levels.DANGER["acknowledge"])
AGAIN = timedelta(minutes=30)  # so soon it is looked whether the step that had minutes, or the help, is over
AFTER_CLOCKS = timedelta(minutes=90)  # what was late already reminds its office, and calls the officers, before that


def begin(session: Session, case: Case, since: HistoryEntry, now: datetime) -> None:
    """It counts as danger, as this line of history says; who was being called for what its reporter told is called no
    later for that.
    """
    relays.take(session, case.id, COUNTED)
    told = relays.find(session, case.id, TOLD)
    counts = told is not None and told.entry_id == since.details.get(HEARD)
    if counts:
        relays.take(session, case.id, TOLD)
    if Status(case.status) in OVER:
        return
    mending = [stored_clocks.find_running(session, case.id, kind) for kind in clocks.LEADING if kind in clocks.TO_MEND]
    first = next((one for one in mending if one is not None), None)
    late = first is not None and first.due_at <= now
    wait = min(FIRST, told.due_at - now) if counts and told is not None else FIRST
    relays.put(session, case.id, COUNTED, since.id, now, wait=AFTER_CLOCKS if late else wait)


def has_minutes(session: Session, case: Case, now: datetime) -> bool:
    """Whether somebody is reminded of this case of danger within minutes anyway."""
    return find_caller(session, case, now) is not None


def find_caller(session: Session, case: Case, now: datetime) -> SlaClock | None:
    """The clock by which that is so; none that calls nobody any more (`take_over`).

    Who took it on has two hours to name a day: that reminds of it only once they are over.
    """
    running = _find_hurried(session, case)
    if running is None or running.next_at is None or (running.kind == LONGEST and running.due_at > now):
        return None
    return running


def has_called(caller: SlaClock | None) -> bool:
    """Whether the officers were called by this clock, or never are by one of its kind."""
    return caller is not None and caller.stage >= CALLED.get(caller.kind, 0)


def take_over(caller: SlaClock | None) -> None:
    """It is worse than when the officers were first called by this clock: they are called for that from now on, as for
    danger that is new, and no more by the clock.
    """
    if caller is not None and caller.kind in CALLED and has_called(caller):
        caller.next_at = None


def give_back(session: Session, case: Case, now: datetime, find_next: Callable[[datetime, datetime], datetime]) -> None:
    """Nobody is called for what was worse: the clock that this took over from calls as before."""
    running = _find_hurried(session, case)
    if running is not None and running.next_at is None and running.stage:
        running.next_at = find_next(running.due_at, now)


def _find_hurried(session: Session, case: Case) -> SlaClock | None:
    """Of the clocks that have minutes the one that runs first."""
    kinds = (kind for kind in clocks.LEADING if kind in clocks.HURRIED)
    running = (stored_clocks.find_running(session, case.id, kind) for kind in kinds)
    return next((one for one in running if one is not None), None)


def find_lost(since: Sequence[HistoryEntry]) -> HistoryEntry | None:
    """By which of these lines nobody is there any more, of those who were: it is called for as at first since then."""
    lost, helped = None, False
    for at, one in enumerate(since, start=1):
        helps = bool(danger_help.list_help(since[:at]))
        lost = None if helps else lost or (one if helped else None)
        helped = helped or helps
    return lost


def is_counted(session: Session, case: Case) -> bool:
    """Whether its office is to be asked, and the officers called, for danger that counts."""
    return relays.find(session, case.id, COUNTED) is not None


def is_pressing(session: Session, case: Case) -> bool:
    """Whether its offices hear of it at any hour: it counts as danger, or its reporter told them of some and nobody has
    seen to it yet.
    """
    told = relays.find(session, case.id, TOLD) if not case.danger else None
    entry = stored.find_history(session, told.entry_id) if told is not None else None
    if entry is None or entry.details.get("delicate"):
        return bool(case.danger)
    return not danger_help.list_help([one for one in stored.list_history(session, case.id) if one.id > entry.id])


def start(session: Session, case: Case, kind: str, begins: int, now: datetime, wait: timedelta = FIRST) -> None:
    """What waits of this kind is the line `begins` of history from now on, in place of any before."""
    relays.take(session, case.id, kind)
    relays.put(session, case.id, kind, begins, now, wait=wait)


def list_waiting(session: Session, kind: str, limit: int) -> list[tuple[Case, HistoryEntry]]:
    """What waits of this kind, each with the line of history that it began with, oldest first."""
    found = [
        (stored.find_case(session, case_id), stored.find_history(session, entry_id))
        for case_id, entry_id in relays.list_waiting(session, kind, limit)
    ]
    return [(case, entry) for case, entry in found if case is not None and entry is not None]


def keep_told(session: Session, case: Case) -> dict[str, int]:
    """An officer has looked at what a reporter told; what history is to keep of it, for that to be taken back."""
    told = relays.find(session, case.id, TOLD)
    return {HEARD: told.entry_id} if told is not None else {}


def find_heard(session: Session, case: Case, step: HistoryEntry) -> int | None:
    """What its reporter had told when officers counted it with this step, as far as those words still stand: of several
    lines the latest.
    """
    first = stored.find_history(session, step.details[HEARD]) if HEARD in step.details else None
    if first is None:
        return None
    delicate = bool(first.details.get("delicate"))
    said = [one for one in list_dangerous(session, case, first.id) if bool(one.details.get("delicate")) == delicate]
    return said[-1].id if said else None


def list_dangerous(session: Session, case: Case, begins: int = 0) -> list[HistoryEntry]:
    """From this line of history on, what its people have told of danger and not taken back."""
    told = [one for one in stored.list_history(session, case.id) if one.id >= begins]
    return [one for one in told if one.role in (Role.REPORTER, Role.FOLLOWER) and find_danger(one.note or "")]


def end(session: Session, case: Case) -> None:
    """It counts as danger no more."""
    relays.take(session, case.id, COUNTED)
    relays.take(session, case.id, TOLD)


def tell_again(session: Session, case: Case, begins: int, now: datetime) -> None:
    """It counts as danger no more: what a reporter told waits again for an officer to look, no later than before."""
    counted = relays.find(session, case.id, COUNTED)
    wait = min(FIRST, counted.due_at - now) if counted is not None else FIRST
    end(session, case)
    start(session, case, TOLD, begins, now, wait=wait)
