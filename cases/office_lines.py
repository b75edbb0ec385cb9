"""A line about a case to an office: into each of its groups, or by mail where it has none."""

from datetime import datetime

from sqlalchemy.orm import Session

from bot.messages.bubbles import text_bubble
from cases import mailing
from storage import groups, outbox
from storage.models import Case


def tell(
    session: Session,
    case: Case,
    organisation: str,
    words: str,
    now: datetime,
    *,
    waits: bool = True,
    urgent: bool = False,
) -> None:
    """`waits`: it comes with the next thing that is said there anyway. `urgent`: at any hour."""
    bound = groups.list_bound(session, organisation)
    for chat_id in bound:
        outbox.queue(session, chat_id, text_bubble(words), kind="line", case_id=case.id, waits=waits, urgent=urgent)
    if not bound:
        mailing.queue_mail(session, organisation, "told", case, now, words=words)
