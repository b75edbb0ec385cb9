"""Who was shown words or photos that their writer then took back is told so, in a message that goes anyway.

What stands in a group or a mailbox cannot be taken from there: people must know that it is not to be used.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from bot.messages.bubbles import text_bubble
from cases import keeping, mailing
from cases.statuses import Action, Role
from storage import cases as stored
from storage import groups, outbox, relays, unsaid
from storage.models import Case, HistoryEntry
from texts.catalog import say

LANGUAGE = "th"
KIND = "taken_back"
RELAYED = ("answer", "dispute")
SHOWN = (Action.ADD, Action.ANSWER, Action.DISPUTE, Action.NOTE)


def was_shown(session: Session, case: Case, entry: HistoryEntry) -> bool:
    """Whether anybody but the desk has been told of this line of a reporter's."""
    if entry.role != Role.REPORTER or entry.action not in SHOWN:
        return False
    if entry.id in keeping.list_kept(stored.list_history(session, case.id)):
        return False
    waiting = [relays.find(session, case.id, kind) for kind in RELAYED]
    return not any(one is not None and entry.id >= one.entry_id for one in waiting)


def tell(session: Session, case: Case, now: datetime) -> None:
    """The groups in which something of the case stands, and its office where that has mail. Of a secret one nobody."""
    if case.confidential:
        return
    words = say(LANGUAGE, "group.taken_back", number=case.number)
    heard = unsaid.find_organisations(session, unsaid.list_chats_that_heard(session, case.id))
    for chat_id in sorted(chat_id for chat_id, organisation in heard.items() if organisation is not None):
        outbox.drop_waiting(session, chat_id, case.id, KIND)
        outbox.queue(session, chat_id, text_bubble(words), kind=KIND, case_id=case.id, waits=True)
    if not groups.list_bound(session, case.owner) and case.owner in unsaid.list_mailed(session, case.id):
        mailing.queue_mail(session, case.owner, "told", case, now, words=words)
