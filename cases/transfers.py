"""Passing a case on: to whom it may be offered, and how the offer ends: taken, refused, or unanswered.

The receiver's coordinators, their page by mail and the clocks all come through here.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from cases import chain, lifecycle, mailing, receivers, telling
from cases.statuses import SYSTEM, Action, Actor, Status
from storage import cases as stored
from storage import due_clocks, groups
from storage.due_clocks import DueClock
from storage.models import Case, HistoryEntry


def is_offered_to(case: Case, organisation: str | None) -> bool:
    """Whether this office is asked to take the case; a confidential one is offered to nobody."""
    waits = case.status == Status.TRANSFERRING and not case.confidential
    return waits and organisation is not None and case.transfer_to == organisation


def can_reach(session: Session, organisation: str) -> bool:
    """Whether there is a group or somebody to write to."""
    return bool(groups.list_bound(session, organisation)) or mailing.can_mail(session, organisation)


def find_hindrance(session: Session, case: Case, organisation: str) -> str | None:
    """Why a case cannot be offered to an office, as a key of the catalogue; None where it can."""
    told = stored.list_history(session, case.id)
    if case.confidential:
        return "transfer.confidential"
    if organisation == case.owner:
        return "transfer.is_yours"
    if chain.is_long(told):
        return "transfer.too_often"
    if organisation in chain.list_passed(told):
        return "transfer.had_it"
    return None if can_reach(session, organisation) else "transfer.unreachable"


def find_receiver(session: Session, case: Case, words: str) -> str | None:
    """The office that words name and that the case can be offered to; None: the officers find one."""
    named = receivers.find_named(words, case.owner)
    return named if named is not None and find_hindrance(session, case, named) is None else None


def list_choices(session: Session, case: Case, words: str = "") -> list[str]:
    """The offices to choose from, the likeliest first; none where the officers decide from here on."""
    told = stored.list_history(session, case.id)
    if case.confidential or chain.is_long(told):
        return []
    return receivers.list_likely(case, without=chain.list_passed(told), words=words)


def accept(session: Session, case: Case, actor: Actor, now: datetime) -> HistoryEntry | None:
    """The receiver takes the case: it is theirs from here on. None where it is not offered to them (any more)."""
    if not is_offered_to(case, actor.organisation):
        return None
    return lifecycle.apply(session, case, Action.ACCEPT, actor, now)


def bounce(
    session: Session, case: Case, actor: Actor, now: datetime, *, reason: str, message_id: str | None = None
) -> HistoryEntry | None:
    """The receiver says that it is not theirs: back to where it was. None where it is not offered to them."""
    if not is_offered_to(case, actor.organisation):
        return None
    return lifecycle.apply(session, case, Action.BOUNCE, actor, now, note=reason, message_id=message_id)


def ring(session: Session, due: DueClock, now: datetime) -> None:
    """The time to answer an offer is over; of a case that was offered to nobody the officers are reminded, once."""
    case = due_clocks.hold_cases(session, [due.case_id]).get(due.case_id)
    if case is None or not due_clocks.claim(session, due, now, None):
        return
    if not bounce_unanswered(session, case, now) and case.status == Status.TRANSFERRING:
        for chat_id in groups.list_bound(session, receivers.OMB):
            telling.show_to_staff(session, case, chat_id, now)


def bounce_unanswered(session: Session, case: Case, now: datetime) -> bool:
    """Nobody answered in time: back to where it was, and the officers see it. False where nobody was asked.

    The caller holds the case's row.
    """
    if case.status != Status.TRANSFERRING or case.transfer_to is None:
        return False
    lifecycle.apply(session, case, Action.BOUNCE, SYSTEM, now, details={"unanswered": True})
    return True
