"""An office wants to ask a reporter whom nothing reaches: it reads so, and the Ombudsman's officers learn what for."""

from datetime import datetime

from sqlalchemy.orm import Session

from bot.messages.bubbles import text_bubble
from cases import audience, telling, views
from cases.desk import OMB
from clock import in_bangkok
from storage import groups, once, outbox
from storage.models import Case
from texts.catalog import say

LANGUAGE = telling.GROUP_LANGUAGE


def name_why(session: Session, case: Case) -> str:
    """Why nobody can be asked, as the catalogue calls it."""
    return "reporter_unreached" if audience.has_blocked(session, case) else "nobody_to_ask"


def tell_officers(session: Session, case: Case, question: str, now: datetime) -> None:
    """With their next call, once a day and case; at once where there is danger. They may know another way."""
    if case.owner == OMB or case.confidential or not audience.has_blocked(session, case):
        return
    if not once.claim(session, f"unreached:{case.id}:{in_bangkok(now).date()}", now):
        return
    words = say(
        LANGUAGE,
        "staff.reporter_unreached",
        number=case.number,
        office=views.name_khet(case.owner, LANGUAGE),
        question=telling.for_colleagues(case, question),
    )
    for chat_id in groups.list_bound(session, OMB):
        urgent = bool(case.danger)
        outbox.queue(session, chat_id, text_bubble(words), kind="staff", case_id=case.id, waits=True, urgent=urgent)
