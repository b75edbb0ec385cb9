"""Who was shown words or photos that their writer then took back is told so, in a message that goes anyway.

What stands in a group or a mailbox cannot be taken from there: people must know that it is not to be used.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from bot.messages.bubbles import text_bubble
from cases import keeping, mailing
from cases.desk import OMB
from cases.statuses import Action, Role
from storage import cases as stored
from storage import groups, outbox, relays, unsaid
from storage.models import Case, HistoryEntry
from texts.catalog import say

LANGUAGE = "th"
KIND = "taken_back"
RELAYED = ("answer", "dispute")
OFFICERS, ALL = "officers", "all"
SEEN_BY = {Action.ADD: ALL, Action.ANSWER: ALL, Action.DISPUTE: OFFICERS, Action.NOTE: OFFICERS}


def find_seen_by(session: Session, case: Case, entry: HistoryEntry) -> str | None:
    """Who has been told of this line of a reporter's: everybody who has the case, or the officers; None: nobody yet."""
    if entry.role != Role.REPORTER or entry.id in keeping.list_kept(stored.list_history(session, case.id)):
        return None
    waiting = [relays.find(session, case.id, kind) for kind in RELAYED]
    unsaid_yet = any(one is not None and entry.id >= one.entry_id for one in waiting)
    return None if unsaid_yet else next((seen for action, seen in SEEN_BY.items() if action == entry.action), None)


def find_photo_seen_by(session: Session, case: Case, media_id: int) -> str | None:
    """The same of a photo of a reporter's; one that no line names came with the report."""
    told = stored.list_history(session, case.id)
    lines = [one for one in told if media_id in (one.details.get("media") or ())]
    return find_seen_by(session, case, lines[-1]) if lines else ALL


def tell(session: Session, case: Case, seen_by: str, now: datetime) -> None:
    """The groups in which something of the case stands, and its office where that has mail. Of a secret one nobody."""
    if case.confidential:
        return
    words = say(LANGUAGE, "group.taken_back", number=case.number)
    heard = unsaid.find_organisations(session, unsaid.list_chats_that_heard(session, case.id))
    holding = [chat for chat, whose in heard.items() if whose is not None and (seen_by == ALL or whose == OMB)]
    for chat_id in sorted(holding):
        outbox.drop_waiting(session, chat_id, case.id, KIND)
        outbox.queue(session, chat_id, text_bubble(words), kind=KIND, case_id=case.id, waits=True)
    if (
        seen_by == ALL
        and not groups.list_bound(session, case.owner)
        and case.owner in unsaid.list_mailed(session, case.id)
    ):
        mailing.queue_mail(session, case.owner, "told", case, now, words=words)
