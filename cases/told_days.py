"""The day that a reporter was told, and whether it still stands: whoever heard of one hears that it fell away, in
writing or by the call that is owed to them then.
"""

from datetime import date, datetime

from sqlalchemy.orm import Session

from cases.standing import list_standing
from cases.statuses import WITH_OFFICES, Action
from clock import in_bangkok
from storage import callbacks
from storage import cases as stored
from storage.models import Case, HistoryEntry
from texts.catalog import say
from texts.moments import say_date

NAMED = {Action.PROMISE: "due", Action.WAIT: "look"}  # where history keeps the day
PASSES_ON = frozenset({Action.ACCEPT, Action.DISPATCH})  # what the office before had named holds no more
# With these such a day falls away, or it may be found that it has, and they are no news by themselves.
BRINGS = frozenset({*PASSES_ON, Action.SHIELD, Action.LIFT, Action.ACKNOWLEDGE, Action.START})
_ENDS = frozenset({*NAMED, *PASSES_ON, Action.SHIELD, Action.REOPEN})
_DONE = frozenset({Action.RESOLVE, Action.NOT_FOUND, Action.CLOSE})  # of more interest than any day before it


def find_named(entry: HistoryEntry) -> date | None:
    """The day that this step names: by which it is mended, or on which its office looks again."""
    named = entry.details.get(NAMED[Action(entry.action)]) if entry.action in NAMED else None
    return date.fromisoformat(named) if named else None


def find_fallen(session: Session, case: Case) -> HistoryEntry | None:
    """The step with the day that somebody told its reporter by telephone last, where that day stands no more."""
    heard = callbacks.find_last_told(session, case.id)
    told = stored.list_history(session, case.id) if heard is not None else []
    step = next((one for one in told if heard is not None and one.id == heard.entry_id), None)
    if step is None or step.action not in NAMED:
        return None
    standing = [one for one in list_standing(told) if one.action in _ENDS | _DONE]
    last = standing[-1] if standing else None
    return None if last is not None and (last.id == step.id or last.action in _DONE) else step


def say_change(
    session: Session, case: Case, entry: HistoryEntry, now: datetime, language: str, *, outside: bool = False
) -> str:
    """What this step does to the day that was named before: it holds no more, or again; empty where there is none.

    `outside`: to who is told nothing of a case while it is confidential, and hears afterwards what became of the day.
    """
    if entry.action in PASSES_ON or _left_office(entry):
        return _say("over", entry.details.get("before"), now, language)
    if entry.action == Action.LIFT and outside and case.promised_on is None:
        left = [one for one in stored.list_history(session, case.id) if _left_office(one)]
        return _say("over", left[-1].details.get("before"), now, language) if left else ""
    if entry.action == Action.WAIT:
        return _say("void", entry.details.get("before"), now, language)
    step = stored.find_history(session, int(entry.details["undone"])) if entry.action == Action.UNDO else None
    if step is None or step.action not in PASSES_ON | NAMED.keys():
        return ""
    back = "" if step.action in PASSES_ON else say_back(case, now, language)
    if back or step.action != Action.PROMISE:
        return back or _say("again", step.details.get("before"), now, language)
    return _say("over", step.details["due"], now, language)


def say_back(case: Case, now: datetime, language: str) -> str:
    """The day to which the case came back by an undo; empty where there is none, or it has passed."""
    return _say("back", case.promised_on.isoformat() if case.promised_on else None, now, language)


def _left_office(entry: HistoryEntry) -> bool:
    """Whether it is the Ombudsman's alone by this, and whoever was at it is so no more."""
    return entry.action == Action.SHIELD and entry.from_status in WITH_OFFICES


def say_fallen(session: Session, case: Case, now: datetime) -> str:
    """What became of the day of which their reporter was told by telephone; empty where it stands."""
    step = find_fallen(session, case)
    if step is not None and case.promised_on:  # the day before it stands again
        return say_back(case, now, case.language)
    return _say("over", step.details[NAMED[Action(step.action)]], now, case.language) if step is not None else ""


def _say(key: str, day: str | None, now: datetime, language: str) -> str:
    named, today = date.fromisoformat(day) if day else None, in_bangkok(now).date()
    if named is None or named < today:  # it has passed anyway
        return ""
    return say(language, f"told.day_{key}", day=say_date(language, named, today=today))
