"""A line about a case to an office: into each of its groups, or by mail where it has none."""

from datetime import datetime

from sqlalchemy.orm import Session

from bot.messages.bubbles import text_bubble
from bot.messages.group_lines import card_line
from cases import mailing, unsaid
from cases.desk import OMB
from storage import groups, outbox
from storage.models import Case

LANGUAGE = "th"  # offices work in Thai


def tell_who_heard(
    session: Session, case: Case, organisation: str, words: str, now: datetime, heard: unsaid.Unheard
) -> None:
    """The same, with the next thing said there anyway, or at once and at any hour where there is danger; to nobody who
    never heard of the case, nor to the officers.
    """
    if organisation == OMB:
        return
    bound, danger = groups.list_bound(session, organisation), bool(case.danger)
    for chat_id in (one for one in bound if one in heard.chats):
        line = text_bubble(words)
        outbox.queue(session, chat_id, line, kind="line", case_id=case.id, waits=not danger, urgent=danger)
    if not bound and organisation in heard.organisations:
        mailing.queue_mail(session, organisation, "told", case, now, words=words)


def tell(
    session: Session,
    case: Case,
    organisation: str,
    words: str,
    now: datetime,
    *,
    waits: bool = True,
    urgent: bool = False,
    kind: str = "line",
    takes_back: str = "",
    opens: bool = False,
) -> None:
    """`waits`: it comes with the next thing that is said there anyway. `urgent`: at any hour. `takes_back`: the kind of
    a line that is no longer so; a group that has not read it yet reads neither. `opens`: the card is a tap away.
    """
    line = card_line(words, case.id, LANGUAGE) if opens else text_bubble(words)
    bound = groups.list_bound(session, organisation)
    for chat_id in bound:
        if takes_back and outbox.drop_waiting(session, chat_id, case.id, takes_back):
            continue
        outbox.queue(session, chat_id, line, kind=kind, case_id=case.id, waits=waits, urgent=urgent)
    if not bound:
        mailing.queue_mail(session, organisation, "told", case, now, words=words)
