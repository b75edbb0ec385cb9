"""Staff write to a reporter without asking anything: words that wait for no answer and move nothing."""

from datetime import datetime

from sqlalchemy.orm import Session

from bot.messages.bubbles import text_bubble
from cases import audience, lifecycle, views
from cases.statuses import Action, Actor
from storage import outbox
from storage.models import Case, HistoryEntry
from texts.catalog import say

WRITTEN = "written"  # the mark in the history: the words of this line went to the reporter


def can_write(session: Session, case: Case) -> bool:
    """Whether there is anybody on LINE to write to."""
    return audience.find_reporter(session, case) is not None


def write(
    session: Session, case: Case, words: str, actor: Actor, now: datetime, *, message_id: str | None = None
) -> HistoryEntry | None:
    """Say it to the reporter in their chat, and keep it with the case; None where they cannot be written to."""
    to = audience.find_reporter(session, case)
    if to is None:
        return None
    entry = lifecycle.apply(
        session, case, Action.NOTE, actor, now, note=words, details={WRITTEN: True}, message_id=message_id
    )
    office = views.name_office(actor.organisation or case.owner, to.language)
    told = say(to.language, "told.written", office=office, number=case.number, words=words)
    outbox.queue(session, to.chat_id, text_bubble(told), kind="told_written", case_id=case.id)
    return entry
