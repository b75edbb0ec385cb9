"""A case's life in one table, and `apply`, the only writer of `Case.status`.

The table says for each status and action: where it leads, who may do it, who is told, which clock starts.
`docs/case-lifecycle.md` is generated from it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from cases import clocks, telling
from cases.statuses import OVER, Action, Actor, Role, Status
from storage import cases as stored
from storage.models import Case, HistoryEntry

PREVIOUS = "previous"  # an undo leads back to where the undone step came from
SAME = "same"


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
CITIZEN = {Role.REPORTER, Role.STAFF}
WITH_OFFICE = (S.DISPATCHED, S.ACKNOWLEDGED, S.IN_PROGRESS, S.NEEDS_INFO, S.TRANSFERRING)

TRANSITIONS: dict[tuple[Status, Action], Rule] = {
    (S.NEW, A.DISPATCH): rule(
        S.DISPATCHED, {Role.SYSTEM, Role.STAFF}, {"group", "reporter"}, clock="acknowledge"
    ),
    (S.TRANSFERRING, A.DISPATCH): rule(
        S.DISPATCHED, {Role.SYSTEM, Role.STAFF}, {"group", "reporter"}, "acknowledge"
    ),
    (S.DISPATCHED, A.DISPATCH): rule(S.DISPATCHED, DESK, {"group", "reporter"}, clock="acknowledge"),
    (S.DECLINED, A.DISPATCH): rule(S.DISPATCHED, DESK, {"group", "reporter"}, clock="acknowledge"),
    (S.DISPATCHED, A.ACKNOWLEDGE): rule(S.ACKNOWLEDGED, OFFICE, {"reporter"}, clock="resolve"),
    (S.TRANSFERRING, A.ACKNOWLEDGE): rule(S.ACKNOWLEDGED, OFFICE, {"reporter"}, clock="resolve"),
    (S.DECLINED, A.ACKNOWLEDGE): rule(S.ACKNOWLEDGED, OFFICE, {"reporter", "staff"}, clock="resolve"),
    (S.NEEDS_INFO, A.ANSWER): rule(S.ACKNOWLEDGED, CITIZEN, {"group"}, clock="resolve"),
    (S.RESOLVED, A.CONFIRM): rule(S.CLOSED, CITIZEN),
    (S.RESOLVED, A.DISPUTE): rule(S.DISPUTED, CITIZEN, {"staff"}),
    (S.RESOLVED, A.REOPEN): rule(S.ACKNOWLEDGED, DESK, {"group", "reporter"}, clock="resolve"),
    (S.DISPUTED, A.REOPEN): rule(S.ACKNOWLEDGED, DESK, {"group", "reporter"}, clock="resolve"),
    (S.DECLINED, A.REOPEN): rule(S.ACKNOWLEDGED, DESK, {"group", "reporter"}, clock="resolve"),
    (S.CLOSED, A.REOPEN): rule(S.ACKNOWLEDGED, DESK, {"group", "reporter"}, clock="resolve"),
    (S.RESOLVED, A.CLOSE): rule(S.CLOSED, {Role.STAFF, Role.SYSTEM}, {"reporter"}),
    (S.DISPUTED, A.CLOSE): rule(S.CLOSED, DESK, {"reporter"}),
    (S.DECLINED, A.CLOSE): rule(S.CLOSED, DESK, {"reporter"}),
    (S.REFERRED, A.CLOSE): rule(S.CLOSED, DESK, {"reporter"}),
}
for _at in (S.DISPATCHED, S.ACKNOWLEDGED, S.NEEDS_INFO, S.TRANSFERRING):
    TRANSITIONS[_at, A.START] = rule(S.IN_PROGRESS, OFFICE, {"reporter"}, clock="resolve")
for _at in WITH_OFFICE:
    TRANSITIONS[_at, A.PROMISE] = rule(S.IN_PROGRESS, OFFICE, {"reporter"}, clock="promise")
    TRANSITIONS[_at, A.ASK] = rule(S.NEEDS_INFO, OFFICE, {"reporter"}, clock="answer")
    TRANSITIONS[_at, A.RESOLVE] = rule(S.RESOLVED, OFFICE, {"reporter"}, clock="confirm")
    TRANSITIONS[_at, A.NOT_FOUND] = rule(S.RESOLVED, OFFICE, {"reporter"}, clock="confirm")
    TRANSITIONS[_at, A.DECLINE] = rule(S.DECLINED, OFFICE, {"reporter", "staff"})
    TRANSITIONS[_at, A.REFER] = rule(S.REFERRED, DESK, {"reporter"})
    if _at is not S.TRANSFERRING:
        TRANSITIONS[_at, A.TRANSFER] = rule(S.TRANSFERRING, OFFICE, {"reporter", "staff"}, clock="accept")
for _at in (S.ACKNOWLEDGED, S.IN_PROGRESS, S.NEEDS_INFO, S.TRANSFERRING, S.RESOLVED, S.DECLINED):
    TRANSITIONS[_at, A.UNDO] = rule(PREVIOUS, OFFICE, {"reporter"})
for _at in Status:
    if _at not in OVER:
        TRANSITIONS[_at, A.WITHDRAW] = rule(S.WITHDRAWN, CITIZEN, {"group"})
        TRANSITIONS[_at, A.MERGE] = rule(S.MERGED, DESK, {"reporter"})
        TRANSITIONS[_at, A.ADD] = rule(SAME, CITIZEN, {"group"})
    TRANSITIONS[_at, A.NOTE] = rule(SAME, {Role.COORDINATOR, Role.STAFF, Role.SYSTEM, Role.REPORTER})


def find_rule(status: Status, action: Action, role: Role) -> Rule | None:
    """The rule under which `role` may do `action` to a case that is `status`; None where it may not."""
    found = TRANSITIONS.get((status, action))
    return found if found and role in found.by else None


def list_allowed(status: Status, role: Role) -> list[Action]:
    """What `role` may do to a case that is `status`, in the order of the table of actions."""
    return [action for action in Action if find_rule(status, action, role)]


def record_new(session: Session, case: Case, actor: Actor, now: datetime) -> HistoryEntry:
    """The first line of a case's history: it was told to us."""
    case.status = Status.NEW
    return stored.add_history(
        session, case, at=now, action="report", from_status=None, to_status=Status.NEW, actor=actor
    )


def apply(
    session: Session,
    case: Case,
    action: Action,
    actor: Actor,
    now: datetime,
    *,
    note: str | None = None,
    details: Mapping[str, Any] | None = None,
    message_id: str | None = None,
) -> HistoryEntry:
    """Do `action` to `case`: set its status, add to its history, turn its clocks, and tell whom the table names.

    Raises IllegalTransition where the table does not allow it. The caller holds the case's row lock.
    """
    status = Status(case.status)
    found = find_rule(status, action, actor.role)
    if found is None:
        raise IllegalTransition(status, action, actor.role)
    if found.to == PREVIOUS:
        to = _status_before(session, case)
    else:
        to = status if found.to == SAME else Status(found.to)
    case.status = to
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
        details=dict(details or {}),
        message_id=message_id,
    )
    if found.to != SAME:
        clocks.turn(session, case, found.clock, now)
    for whom in sorted(found.tell):
        telling.TELL[whom](session, case, entry, now)
    return entry


def _status_before(session: Session, case: Case) -> Status:
    last = stored.find_last_change(session, case.id)
    if last is None or last.from_status is None:
        raise IllegalTransition(Status(case.status), Action.UNDO, Role.COORDINATOR)
    return Status(last.from_status)
