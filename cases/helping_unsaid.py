"""An office that helps takes a message back: what it said of the case goes, and whether it helps is as it was before.

Who has the case reads so, unless those words had not come yet; that it was called done, at once.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from bot.messages.bubbles import text_bubble
from cases import helping, mailing, unsaid, views
from cases.statuses import Status
from storage import cases as stored
from storage import groups, outbox
from storage import helping as stored_helping
from storage.models import Case, HistoryEntry
from texts.catalog import say

LANGUAGE = helping.LANGUAGE


def take_back(session: Session, case: Case, read: Sequence[HistoryEntry], organisation: str, now: datetime) -> bool:
    """Take back what this office said with the message that was `read` so; whether it said anything as a helper."""
    ours = [entry for entry in read if entry.details.get("helper") == organisation and organisation != case.owner]
    if not ours:
        return False
    _answer_as_before(session, case, ours, organisation, now)
    said = [entry for entry in ours if entry.note] or ours
    unread = [unsaid.drop_line(session, case, case.owner, helping.say_again(case, entry)) for entry in said]
    if not all(unread):
        done = any(helping.DONE in entry.details for entry in ours)
        _tell_owner(session, case, organisation, now, done=done)
    return True


def _answer_as_before(
    session: Session, case: Case, ours: Sequence[HistoryEntry], organisation: str, now: datetime
) -> None:
    """Whether it helps was said with the same message, and nothing came of that since."""
    answer = next((entry for entry in ours if helping.BEFORE in entry.details), None)
    row = stored_helping.find(session, case.id, organisation)
    if answer is None or row is None or row.state != answer.details.get("helps"):
        return
    known = {entry.id for entry in ours}
    since = [one for one in stored.list_history(session, case.id) if one.id > answer.id and one.id not in known]
    if not any(one.details.get("helper") == organisation for one in since):
        stored_helping.set_state(session, case.id, organisation, str(answer.details[helping.BEFORE]), now)


def _tell_owner(session: Session, case: Case, organisation: str, now: datetime, *, done: bool) -> None:
    status = views.name_status(Status(case.status), LANGUAGE)
    key = "helping.unsaid_done" if done else "helping.unsaid"
    office = views.name_office(organisation, LANGUAGE)
    words = say(LANGUAGE, key, number=case.number, office=office, status=status)
    bound = groups.list_bound(session, case.owner)
    if not bound:
        mailing.queue_mail(session, case.owner, "told", case, now, words=words)
    waits, urgent = not (done or case.danger), bool(case.danger)
    for chat_id in bound:
        outbox.queue(session, chat_id, text_bubble(words), kind="line", case_id=case.id, waits=waits, urgent=urgent)
