"""An officer says that somebody is at a danger that clocks call the officers of: they are called for it no more, until
something new happens. The office's own reminders go on.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from cases import clocks, lifecycle
from cases.standing import list_standing
from cases.statuses import Action, Actor, Role
from storage import cases as stored
from storage import due_clocks
from storage.models import Case, HistoryEntry
from texts.catalog import say

LANGUAGE = "th"
SEEN = "danger_seen"  # in the details of a note
NEWS = frozenset({Action.ADD, Action.FOLLOW})  # what citizens say of it, though the case stays where it stands


def end_calls(session: Session, case: Case, officer: Actor, now: datetime) -> HistoryEntry | None:
    """Nobody is called for what is late already; None where no clock calls, or it was said before."""
    told = stored.list_history(session, case.id)
    running = due_clocks.list_running(session, [case.id])[case.id]
    late = [one for one in running if one.any_hour and one.kind not in clocks.WAITING and one.due_at <= now]
    if not case.danger or all(is_seen(told, one.due_at) for one in late):
        return None
    words = say(LANGUAGE, "staff.danger_seen_note")
    return lifecycle.apply(session, case, Action.NOTE, officer, now, note=words, details={SEEN: True})


def take_back(session: Session, case: Case, entry_id: int, officer: Actor, now: datetime) -> bool:
    """It was not so: the officers are called as before. False where this is not what was said last of it."""
    seen = _find_seen(stored.list_history(session, case.id))
    if seen is None or seen.id != entry_id:
        return False
    words = say(LANGUAGE, "staff.danger_unseen_note")
    lifecycle.apply(session, case, Action.NOTE, officer, now, note=words, details={"undone": seen.id})
    return True


def is_seen(told: Sequence[HistoryEntry], due_at: datetime) -> bool:
    """Whether an officer has said so since this was due, and nothing new has happened."""
    seen = _find_seen(told)
    if seen is None or due_at > seen.at:
        return False
    return not any(_is_new(one) for one in list_standing(told) if one.id > seen.id)


def _find_seen(told: Sequence[HistoryEntry]) -> HistoryEntry | None:
    return next((one for one in reversed(list_standing(told)) if SEEN in one.details), None)


def _is_new(entry: HistoryEntry) -> bool:
    if entry.role in (Role.REPORTER, Role.FOLLOWER) and entry.action in NEWS:
        return bool(entry.note)
    return entry.action not in stored.QUIET_ACTIONS
