"""Whether a reporter takes a case for the Ombudsman's alone that no longer is: who was rung about that, or told it at a
counter, is rung about the change.
"""

from sqlalchemy.orm import Session

from cases.statuses import OVER, Action, Status
from storage import callbacks
from storage import cases as stored
from storage.models import Case, HistoryEntry


def is_told_by(session: Session, case: Case, entry: HistoryEntry) -> bool:
    """Whether this step, if it is told, is the first that tells them so. That it was lifted gives way to other news."""
    if not _is_believed(session, case):
        return False
    owed = [one for one in callbacks.list_for_case(session, case.id) if one.kind == callbacks.NEWS]
    about = [stored.find_history(session, one.entry_id) for one in owed]
    return entry.action != Action.LIFT or all(one is None or one.action == Action.SHIELD for one in about)


def _is_believed(session: Session, case: Case) -> bool:
    """Whether it was lifted, and the last that somebody told them by telephone is of the time when it was secret."""
    if case.confidential or Status(case.status) in OVER:
        return False
    turns = [one for one in stored.list_history(session, case.id) if one.action in (Action.SHIELD, Action.LIFT)]
    if not turns or turns[-1].action != Action.LIFT:
        return False
    begun = turns[-2].id if len(turns) > 1 else 0  # confidential from the first
    heard = callbacks.find_last_told(session, case.id)
    return begun <= (heard.entry_id if heard is not None else 0) < turns[-1].id
