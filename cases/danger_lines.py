"""What offices read of danger that a reporter told of in a case that was none: who has the case, and who is asked to
take it.

They hear it at any hour; once more when the time to answer danger is over; and that its reporter took it back.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from bot.messages.bubbles import text_bubble
from cases import mailing, office_lines, unsaid
from cases.desk import OMB
from cases.statuses import OVER, Status
from storage import groups, once, outbox, waiting
from storage.models import Case, HistoryEntry
from texts.catalog import say
from texts.moments import say_moment

LANGUAGE = "th"  # offices work in Thai
KIND, REMINDS = waiting.TELLS_OFFICE, waiting.REMINDS_OFFICE
BEFORE_OFFICERS = (Status.DISPUTED, Status.DECLINED)  # nothing is asked of an office meanwhile


def list_offices(case: Case) -> list[str]:
    """Who is told; nobody of what is confidential, and not the officers, who hear of danger in lines of their own."""
    if case.confidential or Status(case.status) in OVER:
        return []
    offices = [case.owner, case.transfer_to] if case.status == Status.TRANSFERRING else [case.owner]
    return [one for one in offices if one is not None and one != OMB]


def tell(session: Session, case: Case, note: str, now: datetime) -> None:
    """What was told of it, in the reporter's words."""
    words = say(LANGUAGE, "group.told_danger", number=case.number, note=note)
    for organisation in list_offices(case):
        office_lines.tell(session, case, organisation, words, now, waits=False, urgent=True, kind=KIND)


def remind(session: Session, case: Case, entry: HistoryEntry, now: datetime) -> None:
    """Nobody has seen to what was told so: said once, for the officers take it from there."""
    offices = [] if Status(case.status) in BEFORE_OFFICERS else list_offices(case)
    if offices and once.claim(session, f"{KIND}:{entry.id}", now):
        told = say_moment(LANGUAGE, entry.at, now=now)
        words = say(LANGUAGE, "group.told_unseen", number=case.number, told=told)
        for organisation in offices:
            office_lines.tell(session, case, organisation, words, now, waits=False, urgent=True, kind=REMINDS)


def tell_unsaid(session: Session, case: Case, now: datetime) -> None:
    """Its reporter took the words back, which may count as danger all the same; who has not read them yet need not hear
    so.
    """
    words = say(LANGUAGE, f"group.told_unsaid{'_counted' if case.danger else ''}", number=case.number)
    for organisation in list_offices(case):
        bound = groups.list_bound(session, organisation)
        for chat_id in bound:
            if not case.danger:
                unsaid.drop_older(session, chat_id, case.id, REMINDS)
            if not unsaid.is_unread(session, chat_id, case.id, KIND):
                outbox.queue(session, chat_id, text_bubble(words), kind=KIND, case_id=case.id, urgent=True)
        if not bound:
            mailing.queue_mail(session, organisation, "told", case, now, words=words)
