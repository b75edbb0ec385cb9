"""Handing a case to its office: to the groups bound to it, or kept waiting, in sight of staff, until one is."""

from datetime import datetime

from sqlalchemy.orm import Session

from cases import lifecycle, telling
from cases.statuses import SYSTEM, Action, Status
from storage import cases as stored
from storage import groups
from storage.models import Case

WAITING_AT_ONCE = 20  # cards that a newly bound group gets; the rest it finds by asking for its open cases


def send_to_owner(session: Session, case: Case, now: datetime, *, first: bool = False) -> bool:
    """Dispatch a case if a group of its owner is bound; else it stays new and staff are told. True where sent."""
    if groups.list_bound(session, case.owner):
        lifecycle.apply(session, case, Action.DISPATCH, SYSTEM, now, details={"first": first})
        return True
    if first:
        telling.tell_kept_waiting(session, case, now)
    return False


def send_waiting(session: Session, organisation: str, now: datetime) -> int:
    """A group was bound: hand it what waited for its organisation. Returns how many cases that were."""
    waiting = stored.list_waiting(session, organisation, WAITING_AT_ONCE)
    return sum(send_to_owner(session, case, now) for case in waiting if case.status == Status.NEW)
