"""Staff write to a reporter without asking anything: words that wait for no answer and move nothing."""

from datetime import datetime

from sqlalchemy.orm import Session

from bot.messages.bubbles import text_bubble
from cases import audience, lifecycle, reporter_mail, telling, views
from cases.statuses import Action, Actor
from storage import outbox, reporters
from storage.models import Case, HistoryEntry
from texts.catalog import say

WRITTEN = "written"  # the mark in the history: the words of this line went to the reporter


def can_write(session: Session, case: Case) -> bool:
    """Whether there is anybody to write to: on LINE, or by e-mail."""
    by_mail = bool(reporters.get_reporter(session, case.reporter_id).email) and not case.confidential
    return by_mail or audience.find_reporter(session, case) is not None


def write(
    session: Session,
    case: Case,
    words: str,
    actor: Actor,
    now: datetime,
    *,
    message_id: str | None = None,
    with_number: bool = False,
) -> HistoryEntry | None:
    """Say it to the reporter in their chat or by e-mail, and keep it with the case; None where neither can be.

    Somebody's own number in the words goes along only `with_number`, when whoever wrote them has said so.
    """
    if not with_number:
        words = telling.hide_mobiles(case, words, case.language)
    to = audience.find_reporter(session, case)
    reporter = reporters.get_reporter(session, case.reporter_id)
    office = views.name_office(actor.organisation or case.owner, case.language)
    told = say(case.language, "told.written", office=office, number=case.number, words=words)
    if to is None and not reporter_mail.write(session, case, reporter, told, now):
        return None
    entry = lifecycle.apply(
        session, case, Action.NOTE, actor, now, note=words, details={WRITTEN: True}, message_id=message_id
    )
    if to is not None:
        outbox.queue(session, to.chat_id, text_bubble(told), kind="told_written", case_id=case.id)
    return entry
