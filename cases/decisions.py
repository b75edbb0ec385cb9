"""What the Ombudsman's officers decide of a case that lies before them: back to its office, closed, or to another one.

The card in their group and the console both come through here; the words were shown as they will be read before.
"""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from bot.messages.bubbles import text_bubble
from cases import lifecycle, mailing, transfers, views
from cases.desk import OMB
from cases.statuses import Action, Actor, Role, Status
from storage import groups, outbox
from storage.models import Case, HistoryEntry
from texts.catalog import say

LANGUAGE = "th"
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
    """Its office goes on with it, with these words for an instruction."""
    action = Action.DISPATCH if case.status == Status.TRANSFERRING else Action.REOPEN
    return lifecycle.apply(session, case, action, officer, now, note=words, details=details, message_id=message_id)


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
) -> HistoryEntry | None:
    """It is this office's from here on; None where nobody there can be reached, or it may not see it."""
    if organisation != OMB and (case.confidential or not transfers.can_reach(session, organisation)):
        return None
    before, case.owner = case.owner, organisation
    kept = {"from": before, "to": organisation, **(details or {})}
    entry = lifecycle.apply(
        session, case, Action.DISPATCH, officer, now, note=words, details=kept, message_id=message_id
    )
    if before != organisation and not case.confidential:
        office = views.name_office(organisation, LANGUAGE)
        _tell_office(session, case, before, "desk.group_placed", now, office=office)
    return entry


def _tell_office(session: Session, case: Case, organisation: str, key: str, now: datetime, **values: str) -> None:
    """The office that is rid of it: with the next thing said there anyway, or by mail."""
    if organisation == OMB:
        return
    words = say(LANGUAGE, key, number=case.number, **values)
    bound = groups.list_bound(session, organisation)
    for chat_id in bound:
        outbox.queue(session, chat_id, text_bubble(words), kind="line", case_id=case.id, waits=True)
    if not bound:
        mailing.queue_mail(session, organisation, "told", case, now, words=words)
