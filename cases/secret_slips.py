"""A correction made a case confidential, and that was a slip: what it was about, and who may see it, are put back.

It wants a reason, as every lifting does. The case stays with the Ombudsman until an officer sends it to an office.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from cases import correcting, going_back, shielding
from cases.statuses import Action, Actor
from storage.models import Case, HistoryEntry


def find(session: Session, case: Case) -> HistoryEntry | None:
    """The correction that made it confidential, if that is the latest thing done to it."""
    last = going_back.find_standing_correction(session, case) if case.confidential else None
    mine = last is not None and "shielded" in last.details and correcting.may_correct(case)
    return last if mine and shielding.find_hindrance(case, Action.LIFT) is None else None


def put_right(
    session: Session, case: Case, actor: Actor, now: datetime, *, reason: str, message_id: str | None = None
) -> HistoryEntry | None:
    """As it was, and open to offices again; None where something has happened since. The caller holds its row."""
    slip = find(session, case)
    if slip is None:
        return None
    correcting.put_back(session, case, slip, actor, now)
    return shielding.lift(session, case, actor, now, reason=reason, message_id=message_id)
