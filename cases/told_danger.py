"""A reporter tells of danger in a case that was none: the Ombudsman's officers hear it at any hour, and again at
danger's pace until an office has acted on it or an officer has said whether it is.

What an office may not read, officers are told without its content, and no office hears of it.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from bot.messages.bubbles import QuickReply, text_bubble
from bot.messages.lasting import lasting
from cases import (
    correcting,
    counted_danger,
    danger_help,
    danger_lines,
    danger_pace,
    lifecycle,
    reminding,
    staff_lines,
    telling,
    views,
)
from cases.danger import find_danger
from cases.going_back import OFFICE_STEPS
from cases.statuses import OVER, Action, Actor, Role, Status
from storage import cases as stored
from storage import relays
from storage.models import Case, HistoryEntry
from texts.catalog import say
from texts.moments import say_moment

LANGUAGE = telling.GROUP_LANGUAGE
KIND = danger_pace.TOLD  # of what waits to be told again
JUST_HEARD = timedelta(minutes=5)  # who types on says the same danger
LOOKED = "no_danger"  # in history: an officer looked, and it is none, or is seen to
STAFF_STEPS = frozenset({*OFFICE_STEPS, Action.CORRECT, Action.SHIELD, Action.LIFT, Action.DISPATCH, Action.REFER})


def hear(session: Session, case: Case, entry: HistoryEntry, words: str, now: datetime) -> bool:
    """Tell the officers, once for what is typed in one go; whether they are told now. `entry`: what its reporter said,
    in these `words`.
    """
    kept = _is_kept(entry)
    if case.danger and not kept:  # where its clocks have minutes, its office and they know
        return counted_danger.hear(session, case, entry, words, now, just=JUST_HEARD)
    before = relays.find(session, case.id, KIND)
    earlier = stored.find_history(session, before.entry_id) if before is not None else None
    unread = earlier is not None and _is_kept(earlier)  # no step of an office settles that
    just = before is not None and now - before.began_at < JUST_HEARD and unread == kept
    if just and earlier is not None and not _is_settled(session, case, earlier):
        return False
    if kept or not unread:
        danger_pace.start(session, case, KIND, entry.id, now)
    key = f"staff.tells_danger{_find_manner(case, kept)}"
    _tell(session, case, key, kept, note=telling.hide_numbers(words))
    return True


def ring(session: Session, case: Case, begins: int, now: datetime) -> None:
    """Nobody has seen to it since then: the officers hear so, every hour for a while, then each morning."""
    entry = stored.find_history(session, begins)
    if entry is None:
        return
    kept, settled = _is_kept(entry), _is_settled(session, case, entry)
    if settled and (kept or not _may_go_back(session, case, entry, now)):
        return
    lost = danger_pace.find_lost([one for one in stored.list_history(session, case.id) if one.id > entry.id])
    pace = reminding.find_again((lost or entry).at, now) - now
    relays.put(session, case.id, KIND, begins, now, wait=danger_pace.AGAIN if settled else pace)
    if settled:
        return
    key = f"staff.danger_unseen{_find_manner(case, kept)}"
    _tell(session, case, key, kept, told=say_moment(LANGUAGE, entry.at, now=now))
    if not kept:
        danger_lines.remind(session, case, entry, now)


def take_back(session: Session, case: Case, said: Sequence[str], now: datetime) -> None:
    """Its people took back what they `said`: where nothing is left that tells of danger, nobody is reminded of it; who
    heard reads so.
    """
    counted_danger.take_back(session, case, said, now)
    waits = relays.find(session, case.id, KIND)
    entry = stored.find_history(session, waits.entry_id) if waits is not None else None
    if entry is None or _is_settled(session, case, entry):
        return
    kept = _is_kept(entry)
    still = [one for one in _list_told(session, case) if _is_kept(one) == kept and find_danger(one.note or "")]
    if still:
        if still[-1].id < entry.id:  # the calls go on for what was told before
            danger_pace.start(session, case, KIND, still[-1].id, now)
        return
    relays.take(session, case.id, KIND)
    office = views.name_office(case.owner, LANGUAGE)
    words = say(LANGUAGE, f"staff.danger_unsaid{_find_manner(case, kept)}", number=case.number, office=office)
    staff_lines.call(session, case, text_bubble(words), takes_back=True)
    if not kept:
        danger_lines.tell_unsaid(session, case, now)


def list_waiting(session: Session, limit: int) -> list[Case]:
    """The cases of which nobody has seen to the danger that was told, oldest first."""
    waits = danger_pace.list_waiting(session, KIND, limit)
    return [case for case, entry in waits if not _is_settled(session, case, entry)]


def raise_level(session: Session, case: Case, officer: Actor, now: datetime) -> HistoryEntry:
    """It counts as dangerous, as officers say it at the desk. Raises CannotCorrect, IllegalTransition."""
    reason = say(LANGUAGE, "staff.danger_reason")
    return correcting.correct_category(session, case, case.category, officer, now, reason=reason, danger=True)


def settle(session: Session, case: Case, officer: Actor, now: datetime, *, seen_to: bool = False) -> bool:
    """An officer looked, and it is no danger, or (`seen_to`) somebody is at it: nobody hears of it again. False where
    it is over.
    """
    begins = relays.take(session, case.id, KIND)
    entry = stored.find_history(session, begins) if begins is not None else None
    if entry is None:
        return False
    details = {LOOKED: entry.id} | ({"delicate": True} if _is_kept(entry) else {})
    words = say(LANGUAGE, f"staff.danger_{'seen' if seen_to or _is_kept(entry) else 'none'}_note")
    lifecycle.apply(session, case, Action.NOTE, officer, now, note=words, details=details)
    return True


def _is_settled(session: Session, case: Case, entry: HistoryEntry) -> bool:
    if Status(case.status) in OVER:
        return True
    since = [one for one in stored.list_history(session, case.id) if one.id > entry.id]
    if _is_kept(entry):
        return any(one.role == Role.STAFF and one.action in STAFF_STEPS for one in since)
    return bool(case.danger) or bool(danger_help.list_help(since))


def _may_go_back(session: Session, case: Case, entry: HistoryEntry, now: datetime) -> bool:
    """Whether what settled it is a step of an office that may yet be taken back."""
    if case.danger or Status(case.status) in OVER:
        return False
    since = [one for one in stored.list_history(session, case.id) if one.id > entry.id]
    return danger_help.may_go_back(since, now)


def _list_told(session: Session, case: Case) -> list[HistoryEntry]:
    """What was told after the report itself, since somebody last saw to it or looked."""
    told = stored.list_history(session, case.id)
    seen = [one.id for one in danger_help.list_help(told)] + [one.id for one in told if LOOKED in one.details]
    after = max(seen, default=told[0].id)
    return [one for one in told if one.id > after and one.role in (Role.REPORTER, Role.FOLLOWER)]


def _is_kept(entry: HistoryEntry) -> bool:
    """Whether its office may not read it."""
    return bool(entry.details.get("delicate"))


def _find_manner(case: Case, kept: bool) -> str:
    return "_kept" if kept and not case.confidential else "_secret" if case.confidential else ""


def _tell(session: Session, case: Case, key: str, kept: bool, **values: str) -> None:
    words = say(LANGUAGE, key, number=case.number, office=views.name_office(case.owner, LANGUAGE), **values)
    data = f"g:{case.id}:{KIND}"
    taps = [QuickReply.postback(say(LANGUAGE, "staff.danger_seen"), f"{data}_none")]
    if not kept or case.confidential:  # else its office would hear of it
        taps = [
            QuickReply.postback(say(LANGUAGE, "staff.danger_yes"), f"{data}_yes"),
            QuickReply.postback(say(LANGUAGE, "staff.danger_seen"), f"{data}_seen"),
            QuickReply.postback(say(LANGUAGE, "staff.danger_no"), f"{data}_none"),
        ]
    staff_lines.call(session, case, lasting(words, taps))
