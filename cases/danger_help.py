"""Whether somebody sees to danger: what an office has done or said since it was told of, and whether that still stands.

Who passes a case on, asks, waits or will not have it has not been there, nor who only has read of it or says that
nobody can go: officers are called on until somebody has. The words that are heard stand in `danger_help.toml`.
"""

import tomllib
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path

from cases.going_back import OFFICE_STEPS, STATES
from cases.phrases import normalise
from cases.standing import list_standing
from cases.statuses import Action, Role, Status
from cases.thai_dates import find_due
from clock import in_bangkok
from storage.models import HistoryEntry

LETS_GO = frozenset({Action.TRANSFER, Action.DECLINE, Action.DISPUTE})  # whoever was at it before is not, after these
HELPS = OFFICE_STEPS - {Action.TRANSFER, Action.DECLINE, Action.ASK, Action.WAIT}
DONE = frozenset({Action.RESOLVE, Action.NOT_FOUND})
NODS = frozenset({Action.ACKNOWLEDGE, Action.ACCEPT})  # help as steps, which set a clock; not in words beside that
MAY_GO_BACK = timedelta(days=3)  # so long after a step it is looked whether it still stands


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
        return entry.action in DONE or not _holds("denies", normalise(entry.note or ""))
    said = entry.action == Action.NOTE and entry.role == Role.COORDINATOR and bool(entry.note)
    if not said or isinstance(entry.details.get("maybe"), dict):  # it is asked what they mean
        return False
    # No step takes words of an office that has called it done; elsewhere they must say what a step would.
    step = entry.details.get(STATES)
    return (step in HELPS or (step is None and entry.from_status == Status.RESOLVED)) and goes(
        entry.note or "", step, entry.at
    )


def goes(words: str, step: str | None, at: datetime) -> bool:
    """Whether words of an office, which may state this step, say that somebody goes there that day, or was there."""
    plain = normalise(words)
    if _holds("denies", plain):
        return False
    today = in_bangkok(at).date()
    if (find_due(words, today) or today) > today and not _holds("now", plain):
        return False
    return _holds("goes", plain) or (step in HELPS - NODS and not _holds("passes_on", plain))


def _holds(part: str, plain: str) -> bool:
    return any(word in plain for word in _words(part))


@lru_cache(maxsize=4)
def _words(part: str) -> tuple[str, ...]:
    loaded: dict[str, list[str]] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return tuple(normalise(word) for word in loaded[part])
