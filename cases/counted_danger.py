"""A case counts as danger, and its office goes on as if nothing were: the office is asked and the officers are called,
until it sees to it (`cases/danger_help.py`) or an officer says that somebody is at it.

While a step of the case has minutes its own clock calls them; where that has called in vain and its reporter tells of
worse, this calls in its place.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from bot.messages.bubbles import QuickReply, text_bubble
from bot.messages.lasting import lasting
from cases import (
    danger_help,
    danger_lines,
    danger_pace,
    lifecycle,
    office_lines,
    reminding,
    staff_lines,
    telling,
    views,
)
from cases.danger import find_danger
from cases.desk import OMB
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
# After these an office goes on with it: from then on it is called for as at first.
COMES_BACK = frozenset({Action.REOPEN, Action.ANSWER, Action.BOUNCE, Action.DISPATCH})


def hear(session: Session, case: Case, entry: HistoryEntry, words: str, now: datetime, just: timedelta) -> bool:
    """Its reporter tells of danger once more (`entry`): the officers are told at once, though within `just` so long
    once. False while the first minutes of its step run: its office and they hear by those.
    """
    caller = danger_pace.find_caller(session, case, now)
    if caller is not None and caller.due_at > now:
        return False
    before = relays.find(session, case.id, KIND)
    earlier = stored.find_history(session, before.entry_id) if before is not None else None
    just_told = earlier is not None and earlier.role == Role.REPORTER and now - earlier.at < just
    if just_told and earlier is not None and not danger_help.list_help(_list_since(session, case, earlier)):
        return False
    danger_pace.start(session, case, KIND, entry.id, now)
    danger_pace.take_over(caller)
    key = "staff.tells_danger_secret" if case.confidential else "staff.tells_danger"
    _call(session, case, key, note=telling.hide_numbers(words))
    return True


def ring(session: Session, case: Case, begins: int, now: datetime) -> None:
    """Nobody has seen to it since then: the officers are called, and its office is asked once."""
    entry = stored.find_history(session, begins)
    if entry is None or _is_over(case):
        return
    since = _list_since(session, case, entry)
    seen = bool(danger_help.list_help(since))
    if seen:
        danger_pace.give_back(session, case, now, reminding.find_again)
    if seen and not danger_help.may_go_back(since, now):
        return
    caller = danger_pace.find_caller(session, case, now)
    # Officers who were being called for it are called no later for having counted it; their own clock sees to that.
    at_once = danger_pace.HEARD in entry.details and case.owner != OMB and not danger_pace.has_called(caller)
    waits = seen or (caller is not None and not at_once)
    back = [one for one in since if one.action in COMES_BACK]
    lost = danger_pace.find_lost(since)
    anew = max([entry, *back[-1:], *([lost] if lost else [])], key=lambda one: one.id)
    wait = danger_pace.AGAIN if waits else reminding.find_again(anew.at, now) - now
    relays.put(session, case.id, KIND, begins, now, wait=wait)
    if waits:
        return
    told = say_moment(LANGUAGE, _find_first(session, entry).at, now=now)
    before_officers = Status(case.status) in danger_lines.BEFORE_OFFICERS
    asked = caller is not None or any(one.details.get("clock") == CLOCK for one in since if one.id > anew.id)
    if not asked and not before_officers:
        words = say(LANGUAGE, "group.counted_unseen", number=case.number, told=told)
        for office in danger_lines.list_offices(case):
            office_lines.tell(session, case, office, words, now, waits=False, urgent=True, kind=danger_lines.REMINDS)
    details = {"clock": CLOCK, "due": entry.at.isoformat(), UNTOLD: True}
    lifecycle.apply(session, case, Action.REMIND, SYSTEM, now, details=details)
    manner = "_secret" if case.confidential else "_here" if case.owner == OMB or before_officers else ""
    _call(session, case, f"staff.counted_unseen{manner}", told=told)


def settle(session: Session, case: Case, officer: Actor, now: datetime) -> bool:
    """An officer says that somebody is at it: nobody is called again. False where nobody was to be."""
    if relays.take(session, case.id, KIND) is None:
        return False
    danger_pace.give_back(session, case, now, reminding.find_again)
    lifecycle.apply(session, case, Action.NOTE, officer, now, note=say(LANGUAGE, "staff.danger_seen_note"))
    return True


def take_back(session: Session, case: Case, said: Sequence[str], now: datetime) -> None:
    """Its people took back what they `said` of danger, which counts all the same: the officers who read it hear so, and
    may count it no more.
    """
    if _is_over(case) or not any(find_danger(words) for words in said):
        return
    counted = _find_counted(session, case)
    waits = relays.find(session, case.id, KIND)
    began = stored.find_history(session, waits.entry_id) if waits is not None else None
    told_again = began is not None and began.role in (Role.REPORTER, Role.FOLLOWER)
    if (counted is None or danger_pace.HEARD not in counted.details) and not told_again:
        return  # they have not read it
    still = danger_pace.list_dangerous(session, case, counted.details.get(danger_pace.HEARD, 0) if counted else 0)
    if began is not None and told_again and not (began.note or ""):
        before = still[-1] if still else counted
        if before is not None:
            danger_pace.start(session, case, KIND, before.id, now)
        else:
            relays.take(session, case.id, KIND)
            danger_pace.give_back(session, case, now, reminding.find_again)
    if still:
        return
    words = say(
        LANGUAGE,
        f"staff.danger_unsaid_counted{'_secret' if case.confidential else ''}",
        number=case.number,
        office=views.name_office(case.owner, LANGUAGE),
    )
    tap = QuickReply.postback(say(LANGUAGE, "staff.danger_lower"), f"g:{case.id}:danger_lower")
    message = lasting(words, [tap]) if counted is not None else text_bubble(words)
    staff_lines.call(session, case, message, takes_back=counted is None)
    danger_lines.tell_unsaid(session, case, now)


def _find_counted(session: Session, case: Case) -> HistoryEntry | None:
    """The correction by which it counts as danger; None where it was told as that."""
    told = [one for one in stored.list_history(session, case.id) if one.action == Action.CORRECT]
    return next((one for one in reversed(list_standing(told)) if one.details.get("danger")), None)


def list_waiting(session: Session, limit: int, now: datetime) -> list[Case]:
    """The cases of danger of which nobody has said that they are seen to, oldest first."""
    waits = danger_pace.list_waiting(session, KIND, limit)
    return [case for case, entry in waits if _is_unseen(session, case, entry, now)]


def _is_unseen(session: Session, case: Case, entry: HistoryEntry, now: datetime) -> bool:
    """Whether its officers are called for it by this, and not by a clock."""
    if _is_over(case) or danger_pace.has_minutes(session, case, now):
        return False
    return not danger_help.list_help(_list_since(session, case, entry))


def _is_over(case: Case) -> bool:
    return Status(case.status) in OVER or not case.danger


def _list_since(session: Session, case: Case, entry: HistoryEntry) -> list[HistoryEntry]:
    return [one for one in stored.list_history(session, case.id) if one.id > entry.id]


def _find_first(session: Session, entry: HistoryEntry) -> HistoryEntry:
    """Where officers counted what a reporter had told: that."""
    heard = entry.details.get(danger_pace.HEARD)
    return (stored.find_history(session, heard) if heard is not None else None) or entry


def _call(session: Session, case: Case, key: str, **values: str) -> None:
    words = say(LANGUAGE, key, number=case.number, office=views.name_office(case.owner, LANGUAGE), **values)
    tap = QuickReply.postback(say(LANGUAGE, "staff.danger_seen"), f"g:{case.id}:danger_seen")
    staff_lines.call(session, case, lasting(words, [tap]))
