"""Whether somebody sees to danger: what an office has done or said since it was told of, and whether that still stands.

Who passes a case on, asks, waits or will not have it has not been there: officers are called on until somebody has.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from cases.going_back import OFFICE_STEPS, STATES
from cases.standing import list_standing
from cases.statuses import Action, Role, Status
from storage.models import HistoryEntry

LETS_GO = frozenset({Action.TRANSFER, Action.DECLINE, Action.DISPUTE})  # whoever was at it before is not, after these
HELPS = OFFICE_STEPS - {Action.TRANSFER, Action.DECLINE, Action.ASK, Action.WAIT}
MAY_GO_BACK = timedelta(days=1)  # so long after a step it is looked whether it still stands


def list_help(since: Sequence[HistoryEntry]) -> list[HistoryEntry]:
    """Of these lines, those by which an office sees to it, and which stand: it has not let it go since."""
    standing = list_standing(since)
    gone = max((at for at, one in enumerate(standing) if one.action in LETS_GO), default=-1)
    return [one for one in standing[gone + 1 :] if _helps(one)]


def may_go_back(since: Sequence[HistoryEntry], now: datetime) -> bool:
    """Whether what helped was done so lately that its office may take it back."""
    helped = list_help(since)
    return bool(helped) and now - helped[-1].at < MAY_GO_BACK


def _helps(entry: HistoryEntry) -> bool:
    if entry.action in HELPS:
        return True
    said = entry.action == Action.NOTE and entry.role == Role.COORDINATOR and bool(entry.note)
    # No step takes words of an office that has called it done; elsewhere they must say what a step would.
    return said and (entry.from_status == Status.RESOLVED or entry.details.get(STATES) in HELPS)
