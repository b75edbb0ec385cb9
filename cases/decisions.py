"""What the Ombudsman's officers decide of a case that lies before them: back to its office, closed, or to another one.

The card in their group and the console both come through here; the words were shown as they will be read before.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from bot.messages.bubbles import text_bubble
from cases import danger_pace, going_back, lifecycle, mailing, office_lines, telling, unsaid, views
from cases.desk import BY_HAND, OMB
from cases.statuses import Action, Actor, Role, Status
from clock import in_bangkok
from storage import groups, once, outbox
from storage.models import Case, HistoryEntry
from texts.catalog import say

LANGUAGE = "th"
TAKEN_BACK_WITHIN = timedelta(days=1)  # later it is opened again, with words
HEARD_WITHIN = timedelta(days=30)
Details = Mapping[str, object]


def send_back(
    session: Session,
    case: Case,
    words: str | None,
    officer: Actor,
    now: datetime,
    *,
    details: Details | None = None,
    message_id: str | None = None,
) -> HistoryEntry:
    """Its office goes on with it, with these words for an instruction; where there is danger, it is called on."""
    action = Action.DISPATCH if case.status == Status.TRANSFERRING else Action.REOPEN
    entry = lifecycle.apply(session, case, action, officer, now, note=words, details=details, message_id=message_id)
    if case.danger and not danger_pace.is_counted(session, case):
        danger_pace.begin(session, case, entry, now)
    return entry


def close(
    session: Session,
    case: Case,
    answer: str,
    words: str | None,
    officer: Actor,
    now: datetime,
    *,
    details: Details | None = None,
    message_id: str | None = None,
) -> HistoryEntry:
    """It ends here: `upheld`, it is done whatever its reporter says; `declined`, its office cannot take it."""
    kept = {"answer": answer, **(details or {})}
    entry = lifecycle.apply(session, case, Action.CLOSE, officer, now, note=words, details=kept, message_id=message_id)
    if not case.confidential:
        _tell_office(session, case, case.owner, f"desk.group_{answer}", now)
    return entry


def find_decided(session: Session, case: Case, now: datetime) -> HistoryEntry | None:
    """The decision that an officer may still take back: nobody has done anything since, and it is of today or so."""
    last = going_back.find_decided(session, case)
    return last if last is not None and now - last.at <= TAKEN_BACK_WITHIN else None


def take_back(session: Session, case: Case, entry_id: int, officer: Actor, now: datetime) -> HistoryEntry | None:
    """As if it had not been decided: it lies before the officers again, and whoever was told hears that. None where
    something has happened since, or it is too late.
    """
    last = find_decided(session, case, now)
    if last is None or last.id != entry_id:
        return None
    heard, had = unsaid.list_told(session, case), case.owner
    sent_back = last.action in (Action.REOPEN, Action.DISPATCH)
    told_as = "send_back_undone" if sent_back else "decision_undone"
    details = {going_back.TOLD_AS: told_as, "of": last.action}
    entry = lifecycle.apply(session, case, Action.UNDO, officer, now, details=details)
    if case.confidential:
        return entry
    if had != case.owner and (heard.chats & {*groups.list_bound(session, had)} or had in heard.organisations):
        _tell_office(session, case, had, "transfer.over", now, at_once=bool(case.danger))
    status = views.name_status(Status(case.status), LANGUAGE)
    _tell_office(session, case, case.owner, "desk.group_undone", now, at_once=bool(case.danger), status=status)
    return entry


def was_closed_by_officers(session: Session, case: Case, now: datetime) -> bool:
    """Whether officers closed it and its reporter may still say what they think of that."""
    last = going_back.find_decided(session, case) if case.status == Status.CLOSED else None
    return last is not None and now - last.at <= HEARD_WITHIN


def hear_objection(session: Session, case: Case, words: str, by: Actor, now: datetime, message_id: str | None) -> None:
    """Its reporter does not agree: kept with the case, and the officers are told, once a day."""
    lifecycle.apply(session, case, Action.NOTE, by, now, note=words, message_id=message_id)
    if not once.claim(session, f"objection:{case.id}:{in_bangkok(now).date()}", now):
        return
    key = "staff.confidential_moved" if case.confidential else "staff.objection"
    said = say(LANGUAGE, key, number=case.number, note=telling.hide_numbers(words))
    for chat_id in groups.list_bound(session, OMB):
        outbox.queue(session, chat_id, text_bubble(said), kind="staff", case_id=case.id)


def may_place(case: Case) -> bool:
    """Whether an officer hands it out as it stands; what an office has not answered yet is offered to another one."""
    if lifecycle.find_rule(Status(case.status), Action.DISPATCH, Role.STAFF) is None:
        return False
    return case.status != Status.DISPATCHED or case.owner == OMB


def place(
    session: Session,
    case: Case,
    organisation: str,
    officer: Actor,
    now: datetime,
    *,
    words: str | None = None,
    details: Details | None = None,
    message_id: str | None = None,
    by_hand: bool = False,
) -> HistoryEntry | None:
    """It is this office's from here on; None where nobody there can be reached, or it may not see it. `by_hand`: an
    officer has handed it over, by telephone or on paper, where we cannot write.
    """
    reached = organisation == OMB or mailing.can_reach(session, organisation)
    if (organisation != OMB and case.confidential) or not (reached or by_hand):
        return None
    before, case.owner = case.owner, organisation
    kept = {"from": before, "to": organisation, **({} if reached else {BY_HAND: True}), **(details or {})}
    entry = lifecycle.apply(
        session, case, Action.DISPATCH, officer, now, note=words, details=kept, message_id=message_id
    )
    if before != organisation and not case.confidential:
        office = views.name_office(organisation, LANGUAGE)
        _tell_office(session, case, before, "desk.group_placed", now, office=office)
    return entry


def _tell_office(
    session: Session, case: Case, organisation: str, key: str, now: datetime, *, at_once: bool = False, **values: str
) -> None:
    """The office that is rid of it: with the next thing said there anyway, or by mail. `at_once`: at any hour."""
    if organisation != OMB:
        words = say(LANGUAGE, key, number=case.number, **values)
        office_lines.tell(session, case, organisation, words, now, waits=not at_once, urgent=at_once)
