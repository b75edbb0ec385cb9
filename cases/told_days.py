"""The day that a reporter was told by telephone, and whether it still stands: who was told one is told that it fell
away, as everybody who reads reads it.
"""

from datetime import date, datetime

from sqlalchemy.orm import Session

from cases.statuses import Action
from clock import in_bangkok
from storage import callbacks
from storage import cases as stored
from storage.models import Case, HistoryEntry
from texts.catalog import say
from texts.moments import say_day

NAMED = {Action.PROMISE: "due", Action.WAIT: "look"}  # where history keeps the day
# Steps after which no day stands that was named before, by whomever.
PASSES_ON = frozenset({Action.ACCEPT, Action.DISPATCH})
_ENDS = frozenset({*NAMED, *PASSES_ON, Action.SHIELD, Action.REOPEN})
_DONE = frozenset({Action.RESOLVE, Action.NOT_FOUND, Action.CLOSE})  # of more interest than any day before it
# Steps that are no news by themselves, and with which such a day may fall away.
BRINGS = frozenset({*PASSES_ON, Action.SHIELD, Action.UNDO, Action.ACKNOWLEDGE, Action.START})


def find_fallen(session: Session, case: Case) -> HistoryEntry | None:
    """The step with the day that somebody told its reporter by telephone, where that day stands no more."""
    heard = callbacks.find_last_told(session, case.id)
    told = stored.list_history(session, case.id) if heard is not None else []
    step = next((one for one in told if heard is not None and one.id == heard.entry_id), None)
    if step is None or step.action not in NAMED:
        return None
    undone = {one.details.get("undone") for one in told}
    standing = [one for one in told if one.id not in undone and one.action in _ENDS | _DONE]
    last = standing[-1] if standing else None
    return None if last is not None and (last.id == step.id or last.action in _DONE) else step


def say_fallen(session: Session, case: Case, entry: HistoryEntry, now: datetime, language: str) -> str:
    """That the day named before holds no more since this step; empty where none was, or it is over."""
    day = None
    if entry.action in PASSES_ON:
        day = entry.details.get("before")
    elif entry.action == Action.UNDO and case.promised_on is None:
        step = stored.find_history(session, int(entry.details["undone"]))
        day = step.details.get("due") if step is not None and step.action == Action.PROMISE else None
    return say_over(str(day), now, language) if day else ""


def say_fallen_by_telephone(session: Session, case: Case, now: datetime) -> str:
    """The same of the day that they were told on the last call."""
    step = find_fallen(session, case)
    return say_over(str(step.details[NAMED[Action(step.action)]]), now, case.language) if step is not None else ""


def say_over(day: str, now: datetime, language: str) -> str:
    """That this day holds no more; empty of one that has passed anyway."""
    named, today = date.fromisoformat(day), in_bangkok(now).date()
    return say(language, "told.day_over", day=say_day(language, named, today=today)) if named >= today else ""
