"""A case counts as danger, and its office goes on as if nothing were: the office is asked and the officers are called,
until it has said something or an officer says that somebody is at it.
"""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from bot.messages.bubbles import QuickReply
from bot.messages.lasting import lasting
from cases import danger_lines, danger_pace, lifecycle, office_lines, reminding, staff_lines, telling, views
from cases.desk import OMB
from cases.going_back import OFFICE_STEPS
from cases.standing import list_standing
from cases.statuses import OVER, SYSTEM, Action, Actor, Role, Status
from cases.timeline import UNTOLD
from storage import cases as stored
from storage import relays
from storage.models import Case, HistoryEntry
from texts.catalog import say
from texts.moments import say_moment

LANGUAGE = telling.GROUP_LANGUAGE
KIND = danger_pace.COUNTED
CLOCK = "danger"  # in history, of what was asked about


def hear(session: Session, case: Case, entry: HistoryEntry, words: str, now: datetime, just: timedelta) -> bool:
    """Its reporter tells of danger once more (`entry`): the officers are told at once, though within `just` so long
    once. False where the clocks of its step have minutes: its office and they hear by those.
    """
    if danger_pace.has_minutes(session, case):
        return False
    before = relays.find(session, case.id, KIND)
    earlier = stored.find_history(session, before.entry_id) if before is not None else None
    if earlier is not None and earlier.role == Role.REPORTER and now - earlier.at < just:
        return False
    danger_pace.start(session, case, KIND, entry.id, now)
    key = "staff.tells_danger_secret" if case.confidential else "staff.tells_danger"
    _call(session, case, key, note=telling.hide_numbers(words))
    return True


def ring(session: Session, case: Case, begins: int, now: datetime) -> None:
    """Nobody has said since then that it is seen to: the officers are called, and its office is asked once."""
    entry = stored.find_history(session, begins)
    if entry is None or _is_settled(session, case, entry):
        return
    relays.put(session, case.id, KIND, begins, now, wait=reminding.find_again(entry.at, now) - now)
    told = say_moment(LANGUAGE, entry.at, now=now)
    if not _was_asked(session, case, entry):
        words = say(LANGUAGE, "group.counted_unseen", number=case.number, told=told)
        for office in danger_lines.list_offices(case):
            office_lines.tell(session, case, office, words, now, waits=False, urgent=True, kind=danger_lines.KIND)
    details = {"clock": CLOCK, "due": entry.at.isoformat(), UNTOLD: True}
    lifecycle.apply(session, case, Action.REMIND, SYSTEM, now, details=details)
    manner = "_secret" if case.confidential else "_here" if case.owner == OMB else ""
    _call(session, case, f"staff.counted_unseen{manner}", told=told)


def settle(session: Session, case: Case, officer: Actor, now: datetime) -> bool:
    """An officer says that somebody is at it: nobody is called again. False where nobody was to be."""
    if relays.take(session, case.id, KIND) is None:
        return False
    lifecycle.apply(session, case, Action.NOTE, officer, now, note=say(LANGUAGE, "staff.danger_seen_note"))
    return True


def list_waiting(session: Session, limit: int) -> list[Case]:
    """The cases of danger of which nobody has said that they are seen to, oldest first."""
    waits = danger_pace.list_waiting(session, KIND, limit)
    return [case for case, entry in waits if not _is_settled(session, case, entry)]


def _is_settled(session: Session, case: Case, entry: HistoryEntry) -> bool:
    if Status(case.status) in OVER or not case.danger:
        return True
    since = [one for one in stored.list_history(session, case.id) if one.id > entry.id]
    return any(one.action in OFFICE_STEPS for one in list_standing(since)) or any(map(_speaks_after_all, since))


def _speaks_after_all(entry: HistoryEntry) -> bool:
    """Words of an office that has called it done: no step takes them."""
    by_office = entry.role == Role.COORDINATOR and entry.from_status == Status.RESOLVED
    return by_office and entry.action == Action.NOTE and bool(entry.note)


def _was_asked(session: Session, case: Case, entry: HistoryEntry) -> bool:
    since = [one for one in stored.list_history(session, case.id) if one.id > entry.id]
    return any(one.action == Action.REMIND and not one.details.get("ahead") for one in since)


def _call(session: Session, case: Case, key: str, **values: str) -> None:
    words = say(LANGUAGE, key, number=case.number, office=views.name_office(case.owner, LANGUAGE), **values)
    tap = QuickReply.postback(say(LANGUAGE, "staff.danger_seen"), f"g:{case.id}:danger_seen")
    staff_lines.call(session, case, lasting(words, [tap]))
