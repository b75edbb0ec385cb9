"""Handing a case to its office: to the groups bound to it, else by e-mail; with neither it waits, and staff see it."""

from datetime import datetime

from sqlalchemy.orm import Session

from bot.messages.bubbles import text_bubble
from cases import lifecycle, mailing, reporter_mail, staff_lines, views
from cases.statuses import SYSTEM, Action, Status
from storage import cases as stored
from storage import groups, outbox, reporters
from storage.models import Case
from texts.catalog import say

WAITING_AT_ONCE = 500
CARDS_AT_ONCE = 4  # with the line that says "bound" they fit one free reply; the rest stand in the list
MAILS_AT_ONCE = 20


def send_to_owner(session: Session, case: Case, now: datetime, *, first: bool = False, card: bool = True) -> bool:
    """Dispatch a case if its owner can be reached; else it stays new, and staff are told. True if sent.

    Without `card` the office learns of it by its list of open cases alone.
    """
    if groups.list_bound(session, case.owner) or _can_mail(session, case):
        details = {"first": first} if card else {"first": first, "card": False}
        lifecycle.apply(session, case, Action.DISPATCH, SYSTEM, now, details=details)
        return True
    if first:
        _tell_kept_waiting(session, case, now)
    return False


def _tell_kept_waiting(session: Session, case: Case, now: datetime) -> None:
    """No group is bound yet: the reporter gets the number and the truth, staff see which office lacks one."""
    chat_id = reporters.get_reporter(session, case.reporter_id).line_user_id
    office = views.name_office(case.owner, case.language)
    words = say(case.language, "told.kept", number=case.number, office=office)
    if chat_id is None:
        reporter_mail.write(session, case, reporters.get_reporter(session, case.reporter_id), words, now)
    else:
        outbox.queue(session, chat_id, text_bubble(words), kind="told_kept", case_id=case.id)
    staff_lines.tell(session, case, "staff.no_group")


def _can_mail(session: Session, case: Case) -> bool:
    return not case.confidential and mailing.can_mail(session, case.owner)


def send_waiting(session: Session, organisation: str, now: datetime) -> int:
    """An office can be reached now: hand it what waited for it, danger first. How many cards or mails that were."""
    waiting = [
        case for case in stored.list_waiting(session, organisation, WAITING_AT_ONCE) if case.status == Status.NEW
    ]
    waiting.sort(key=lambda case: (not case.danger, case.id))
    by_mail = not groups.list_bound(session, organisation)
    shown = 0
    for case in waiting:
        card = shown < (MAILS_AT_ONCE if by_mail else CARDS_AT_ONCE)
        shown += send_to_owner(session, case, now, card=card) and card
    if by_mail and shown < len(waiting):
        session.flush()
        mailing.queue_mail(session, organisation, "digest", None, now)
    return shown
