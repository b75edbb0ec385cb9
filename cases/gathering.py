"""How long what a reporter says is held back, so that what comes in several messages is one message to others.

What is said is in the case from the first moment; only the telling waits.
"""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from cases import disputes
from cases.danger import find_danger
from cases.statuses import Action
from storage import cases as stored
from storage import relays
from storage.models import Case, HistoryEntry

PIECES = timedelta(seconds=6)  # between the messages of somebody who types on, or sends photos
LONGEST = timedelta(seconds=45)
REASON = timedelta(minutes=5)  # to say why, and to send a photo
LONGEST_REASON = timedelta(minutes=20)
ANSWERS = frozenset({Action.ANSWER, Action.ADD})


def await_pieces(session: Session, case: Case, kind: str, entry: HistoryEntry, now: datetime) -> None:
    """An `answer` for the office, or a `reason` for the officers: told once nothing more comes for a moment."""
    relays.put(session, case.id, kind, entry.id, now, wait=PIECES)
    relays.put_off(session, case.id, kind, now, wait=PIECES, longest=LONGEST)


def await_album(session: Session, case: Case, now: datetime) -> None:
    """Another picture of an album came: what waits goes with the whole of it."""
    for kind in ("answer", "reason"):
        relays.put_off(session, case.id, kind, now, wait=PIECES, longest=LONGEST)


def await_reason(session: Session, case: Case, entry: HistoryEntry, now: datetime) -> None:
    """Not fixed: the officers are told together with why, and at the latest after some minutes without it; where why
    is danger, once nothing more comes for a moment.
    """
    wait = PIECES if find_danger(entry.note or "") else REASON
    relays.put(session, case.id, "dispute", entry.id, now, wait=wait)


def await_more_reason(session: Session, case: Case, now: datetime) -> None:
    """A part of the reason came."""
    said = disputes.list_said(stored.list_history(session, case.id))
    if any(find_danger(one.note or "") for one in said):
        relays.hasten(session, case.id, "dispute", now + PIECES)
        return
    relays.put_off(session, case.id, "dispute", now, wait=REASON, longest=LONGEST_REASON)
