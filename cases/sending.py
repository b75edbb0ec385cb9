"""Handing a case to its office: to the groups bound to it, or kept waiting, seen by staff, until one is."""

from datetime import datetime

from sqlalchemy.orm import Session

from cases import lifecycle, telling
from cases.statuses import SYSTEM, Action, Status
from storage import cases as stored
from storage import groups
from storage.models import Case

WAITING_AT_ONCE = 500
CARDS_AT_ONCE = 4  # with the line that says "bound" they fit one free reply; the rest stand in the list


def send_to_owner(session: Session, case: Case, now: datetime, *, first: bool = False, card: bool = True) -> bool:
    """Dispatch a case if a group of its owner is bound; else it stays new, and staff are told. True if sent.

    Without `card` the group learns of it by its list of open cases alone.
    """
    if groups.list_bound(session, case.owner):
        details = {"first": first} if card else {"first": first, "card": False}
        lifecycle.apply(session, case, Action.DISPATCH, SYSTEM, now, details=details)
        return True
    if first:
        telling.tell_kept_waiting(session, case, now)
    return False


def send_waiting(session: Session, organisation: str, now: datetime) -> int:
    """A group was bound: hand it what waited for its organisation, danger first. How many cards that were."""
    waiting = stored.list_waiting(session, organisation, WAITING_AT_ONCE)
    waiting.sort(key=lambda case: (not case.danger, case.id))
    shown = 0
    for case in waiting:
        if case.status == Status.NEW:
            card = shown < CARDS_AT_ONCE
            send_to_owner(session, case, now, card=card)
            shown += card
    return shown
