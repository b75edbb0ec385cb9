"""A case's life in one table, and `apply`, the only writer of `Case.status`.

The table says for each status and action: where it leads, who may do it, who is told, which clock starts.
`docs/case-lifecycle.md` is generated from it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from cases import category_clocks, clocks, going_back, office_hours, passing_on, secrecy, telling, unsaid
from cases.phones import hide_personal
from cases.statuses import OVER, Action, Actor, Role, Status
from cases.waiting import find_look
from clock import in_bangkok
from storage import cases as stored
from storage.models import Case, HistoryEntry
from texts.catalog import say

PREVIOUS = "previous"  # an undo leads back to where the undone step came from
SAME = "same"
BEFORE_QUESTION = "where it was asked"  # acknowledged, or in_progress where work had begun
BEFORE_TRANSFER = "where it was passed on"  # with the clock that ran there


# People talking, or we to them, is no progress that a reporter should be shown.
NO_PROGRESS = frozenset({Action.NOTE, Action.FOLLOW, Action.REMIND, Action.ESCALATE, Action.CORRECT})
# The words of these the reporter reads as they were written, but for a mobile number that nobody said may go along.
READ_BY_REPORTER = frozenset({Action.ASK, Action.WAIT, Action.CLOSE})
WITH_NUMBER = "with_number"
# Steps that leave no promised day, or another one: taken back, the day before them stands again.
VOIDED_BY = frozenset({Action.PROMISE, Action.WAIT, Action.ACCEPT, Action.DISPATCH, Action.REOPEN})
OFFICES = "th"


class IllegalTransition(Exception):
    """Somebody tried what the table does not allow there."""

    def __init__(self, status: Status, action: Action, role: Role) -> None:
        super().__init__(f"{role} cannot {action} a case that is {status}")
        self.status = status
        self.action = action
        self.role = role


@dataclass(frozen=True, slots=True)
class Rule:
    """One cell of the table. `clock` starts a kind of clock; every other running clock of the case stops."""

    to: Status | str
    by: frozenset[Role]
    tell: frozenset[str] = frozenset()
    clock: str | None = None


def rule(to: Status | str, by: set[Role], tell: set[str] | None = None, clock: str | None = None) -> Rule:
    """A cell, written short."""
    return Rule(to, frozenset(by), frozenset(tell or ()), clock)


S, A = Status, Action
OFFICE = {Role.COORDINATOR, Role.STAFF}
DESK = {Role.STAFF}
HANDS_OUT = {Role.SYSTEM, Role.STAFF}
CITIZEN = {Role.REPORTER, Role.STAFF}
WITH_OFFICE = (S.DISPATCHED, S.ACKNOWLEDGED, S.IN_PROGRESS, S.NEEDS_INFO, S.TRANSFERRING)
HANDED_BACK = (S.TRANSFERRING, S.DECLINED)  # a word from the office takes it on after all
WITH_DESK = (*HANDED_BACK, S.DISPUTED, S.REFERRED)
# What moves while the Ombudsman's officers have the case, they hear; so does the office that it is offered to.
HEARS = {at: {"staff"} if at in WITH_DESK else set() for at in Status}
OFFERED = {at: {"receiver"} if at is S.TRANSFERRING else set() for at in Status}
PASSES_ON = {"reporter", "staff", "receiver"}


def _hear(at: Status) -> set[str]:
    return {"reporter"} | HEARS[at] | OFFERED[at]


TRANSITIONS: dict[tuple[Status, Action], Rule] = {
    (S.NEW, A.DISPATCH): rule(S.DISPATCHED, HANDS_OUT, {"group", "reporter"}, clock="acknowledge"),
    (S.TRANSFERRING, A.DISPATCH): rule(S.DISPATCHED, HANDS_OUT, {"group", "reporter", "receiver"}, clock="acknowledge"),
    (S.TRANSFERRING, A.ACCEPT): rule(S.ACKNOWLEDGED, OFFICE, {"reporter", "sender", "staff"}, clock="resolve"),
    (S.TRANSFERRING, A.BOUNCE): rule(BEFORE_TRANSFER, OFFICE | {Role.SYSTEM}, {"reporter", "sender", "staff"}),
    (S.NEEDS_INFO, A.ANSWER): rule(BEFORE_QUESTION, CITIZEN, {"group"}, clock="resolve"),
    (S.RESOLVED, A.CONFIRM): rule(S.CLOSED, CITIZEN),
    (S.DISPUTED, A.CONFIRM): rule(S.CLOSED, CITIZEN, {"staff"}),
    (S.CLOSED, A.CONFIRM): rule(SAME, CITIZEN),  # said late, or with other words than before
    (S.RESOLVED, A.DISPUTE): rule(S.DISPUTED, CITIZEN, {"staff"}, clock="decide"),
    (S.DISPUTED, A.DISPUTE): rule(SAME, CITIZEN, {"staff"}),
    (S.CLOSED, A.DISPUTE): rule(S.DISPUTED, CITIZEN, {"staff"}, clock="decide"),
    (S.CLOSED, A.RATE): rule(SAME, {Role.REPORTER}),
    (S.RESOLVED, A.CLOSE): rule(S.CLOSED, {Role.STAFF, Role.SYSTEM}, {"reporter"}),
    (S.REFERRED, A.RESOLVE): rule(S.RESOLVED, DESK, {"reporter"}, clock="confirm"),
}
for _at in (S.DISPATCHED, S.DECLINED, S.DISPUTED, S.REFERRED):
    TRANSITIONS[_at, A.DISPATCH] = rule(S.DISPATCHED, DESK, {"group", "reporter"}, clock="acknowledge")
for _at in (S.DISPATCHED, *HANDED_BACK):
    TRANSITIONS[_at, A.ACKNOWLEDGE] = rule(S.ACKNOWLEDGED, OFFICE, _hear(_at), clock="resolve")
for _at in WITH_OFFICE:
    TRANSITIONS[_at, A.ASK] = rule(S.NEEDS_INFO, OFFICE, _hear(_at), clock="answer")
    TRANSITIONS[_at, A.DECLINE] = rule(S.DECLINED, OFFICE, _hear(_at) | {"staff"}, clock="decide")
    if _at is not S.TRANSFERRING:
        TRANSITIONS[_at, A.TRANSFER] = rule(S.TRANSFERRING, OFFICE, PASSES_ON, clock="accept")
for _at in (*WITH_OFFICE, S.DECLINED):
    if _at is not S.IN_PROGRESS:
        TRANSITIONS[_at, A.START] = rule(S.IN_PROGRESS, OFFICE, _hear(_at), clock="resolve")
    TRANSITIONS[_at, A.PROMISE] = rule(S.IN_PROGRESS, OFFICE, _hear(_at), clock="promise")
    TRANSITIONS[_at, A.WAIT] = rule(S.IN_PROGRESS, OFFICE, _hear(_at), clock="look")
    TRANSITIONS[_at, A.RESOLVE] = rule(S.RESOLVED, OFFICE, _hear(_at), clock="confirm")
    TRANSITIONS[_at, A.NOT_FOUND] = rule(S.RESOLVED, OFFICE, _hear(_at), clock="confirm")
for _at in (S.NEW, *WITH_OFFICE, S.DECLINED, S.DISPUTED):
    TRANSITIONS[_at, A.REFER] = rule(S.REFERRED, DESK, {"reporter"} | OFFERED[_at])
for _at in (S.RESOLVED, S.DISPUTED, S.DECLINED, S.CLOSED):
    TRANSITIONS[_at, A.REOPEN] = rule(S.ACKNOWLEDGED, DESK, {"group", "reporter"}, clock="resolve")
for _at in (S.NEW, S.DISPUTED, S.DECLINED, S.REFERRED):
    TRANSITIONS[_at, A.CLOSE] = rule(S.CLOSED, DESK, {"reporter"})
for _at in (S.ACKNOWLEDGED, S.IN_PROGRESS, S.NEEDS_INFO, S.RESOLVED, *HANDED_BACK):
    TRANSITIONS[_at, A.UNDO] = rule(PREVIOUS, OFFICE, _hear(_at))
for _at in Status:
    if _at not in OVER:
        TRANSITIONS[_at, A.WITHDRAW] = rule(S.WITHDRAWN, CITIZEN, {"group"} | HEARS[_at] | OFFERED[_at])
        TRANSITIONS[_at, A.MERGE] = rule(S.MERGED, DESK, {"reporter"} | OFFERED[_at])
        TRANSITIONS[_at, A.ADD] = rule(SAME, CITIZEN, {"group"} | HEARS[_at])
        TRANSITIONS[_at, A.REMIND] = rule(SAME, {Role.SYSTEM})
        TRANSITIONS[_at, A.ESCALATE] = rule(SAME, {Role.SYSTEM})
    TRANSITIONS[_at, A.NOTE] = rule(SAME, {Role.COORDINATOR, Role.STAFF, Role.SYSTEM, Role.REPORTER, Role.FOLLOWER})
    if _at not in (S.WITHDRAWN, S.MERGED):
        TRANSITIONS[_at, A.FOLLOW] = rule(SAME, {Role.FOLLOWER})
        TRANSITIONS[_at, A.CORRECT] = rule(SAME, DESK)  # `cases.correcting` tells whom it matters to
    if _at is not S.MERGED:
        TRANSITIONS[_at, A.SHIELD] = rule(SAME, CITIZEN, {"reporter", "staff"})
        TRANSITIONS[_at, A.LIFT] = rule(SAME, DESK, {"reporter"})
for _at in (S.NEW, *WITH_OFFICE):  # out of the office's hands, and the Ombudsman's to begin with
    TRANSITIONS[_at, A.SHIELD] = rule(S.DISPATCHED, CITIZEN, {"reporter", "staff"}, clock="acknowledge")
TRANSITIONS[S.DISPATCHED, A.UNDO] = rule(PREVIOUS, DESK, {"reporter"})  # handed out by mistake: `cases.correcting`
TRANSITIONS[S.CLOSED, A.UNDO] = rule(PREVIOUS, DESK, {"reporter"})  # decided by mistake: `cases.decisions`
# What the reporter does to the case, those who follow it hear.
for _cell, _rule in list(TRANSITIONS.items()):
    if _cell[1] in (A.WITHDRAW, A.CONFIRM, A.DISPUTE):
        TRANSITIONS[_cell] = replace(_rule, tell=_rule.tell | {"followers"})
TRANSITIONS[S.MERGED, A.SPLIT] = rule(PREVIOUS, DESK, {"reporter"})


TELL = telling.TELL | passing_on.TELL


def find_rule(status: Status, action: Action, role: Role) -> Rule | None:
    """The rule under which `role` may do `action` to a case that is `status`; None where it may not."""
    found = TRANSITIONS.get((status, action))
    return found if found and role in found.by else None


def list_allowed(status: Status, role: Role) -> list[Action]:
    """What `role` may do to a case that is `status`, in the order of the table of actions."""
    return [action for action in Action if find_rule(status, action, role)]


def record_new(
    session: Session, case: Case, actor: Actor, now: datetime, details: Mapping[str, Any] | None = None
) -> HistoryEntry:
    """The first line of a case's history: it was told to us."""
    case.status = Status.NEW
    kept = dict(details or {})
    return stored.add_history(
        session, case, at=now, action="report", from_status=None, to_status=Status.NEW, actor=actor, details=kept
    )


def apply(
    session: Session,
    case: Case,
    action: Action,
    actor: Actor,
    now: datetime,
    *,
    note: str | None = None,
    due: date | None = None,
    receiver: str | None = None,
    details: Mapping[str, Any] | None = None,
    message_id: str | None = None,
    told_by: Sequence[Sequence[str]] = (),
    quietly: bool = False,
) -> HistoryEntry:
    """Do `action` to `case`: set its status, add to its history, turn its clocks, tell whom the table names.

    `due` is the day of a promise, `receiver` the organisation that a transfer offers it to. `told_by`: see
    `add_history`. `quietly` tells nobody: for an undo that the same words replace by a new step. Raises
    IllegalTransition where the table does not allow it. The caller holds the case's row lock.
    """
    status = Status(case.status)
    found = find_rule(status, action, actor.role)
    undone = going_back.find_undone(session, case, action, actor.role)
    offered = going_back.find_transfer(session, case) if found and found.to == BEFORE_TRANSFER else None
    back = offered or undone
    if found is None or (found.to in (PREVIOUS, BEFORE_TRANSFER) and back is None):
        raise IllegalTransition(status, action, actor.role)
    question = going_back.find_open_question(session, case) if status == Status.NEEDS_INFO else None
    pause = going_back.find_pause(session, case)
    kept = dict(details or {})
    if action in READ_BY_REPORTER and note and not kept.get(WITH_NUMBER):
        note = hide_personal(note, say(OFFICES, "told.number_hidden"), own=case.phone)
    to = status if found.to in (PREVIOUS, SAME, BEFORE_QUESTION, BEFORE_TRANSFER) else Status(found.to)
    if back is not None:
        to = Status(str(back.from_status))
    if undone is not None:
        kept["undone"] = undone.id
    elif found.to == BEFORE_QUESTION:
        to = going_back.find_status_after_answer(question)
    if action is Action.WAIT:
        next_day = office_hours.find_next_day(session, case.owner)
        kept.setdefault("look", find_look(note or "", in_bangkok(now).date(), next_day).isoformat())
    kept |= _keep_promise(case, action, due, undone)
    kept |= passing_on.move(case, action, receiver, undone, leads_to=to)
    kept |= secrecy.move(case, action, now)
    case.status = to
    if action not in NO_PROGRESS:
        case.updated_at = now
    entry = stored.add_history(
        session,
        case,
        at=now,
        action=action,
        from_status=status,
        to_status=to,
        actor=actor,
        note=note,
        details=kept,
        message_id=message_id,
        told_by=told_by,
    )
    if undone is not None:
        clocks.turn_back(session, case, undone.at)
        category_clocks.follow_since(session, case, undone, now)
    elif offered is not None:
        clocks.resume(session, case, offered.at, now)
    elif question is not None and found.clock == "resolve":
        if pause is not None:  # else it came back, and all of it runs
            clocks.resume(session, case, pause.at, now)
    elif found.to != SAME:
        clocks.turn(session, case, found.clock, now, day=_find_look(kept))
        # Sent back to its office it owes a day anew; of danger it is called on within minutes (`decisions.send_back`).
        if action is Action.ACCEPT or (action is Action.REOPEN and not case.danger):
            clocks.owe_first_words(session, case, now)
    told = found.tell | ({"sender", "receiver"} if undone is not None and undone.action == Action.ACCEPT else set())
    unheard = unsaid.drop_stale(session, case, entry)
    for whom in () if quietly else sorted(told):
        TELL[whom](session, case, entry, now)
    unsaid.hush(session, case, unheard)
    return entry


def _find_look(details: Mapping[str, Any]) -> date | None:
    """The day on which an office that waits for others looks again."""
    return date.fromisoformat(details["look"]) if details.get("look") else None


def _keep_promise(case: Case, action: Action, due: date | None, undone: HistoryEntry | None) -> dict[str, Any]:
    """The promised day: set by a promise, void while others are waited for and once the case is handed out again."""
    if action is Action.PROMISE:
        if due is None:
            raise ValueError(f"promise for {case.number} without a day: give due=")
        before = case.promised_on
        case.promised_on = due
        return {"due": due.isoformat(), "before": before.isoformat() if before else None}
    if action is Action.WAIT:
        before = case.promised_on
        case.promised_on = None
        return {"before": before.isoformat() if before else None}
    if undone is not None and undone.action in VOIDED_BY:
        before_it = undone.details.get("before")
        case.promised_on = date.fromisoformat(before_it) if before_it else None
    elif action in (Action.DISPATCH, Action.REOPEN, Action.SHIELD):
        before = case.promised_on
        case.promised_on = None
        return {"before": before.isoformat()} if before else {}
    elif action is Action.ACCEPT:
        before = case.promised_on
        case.promised_on = None
        return {"before": before.isoformat() if before else None}
    return {}
