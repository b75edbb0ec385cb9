"""An office wants to ask a reporter whom nothing reaches: it reads so, and the Ombudsman's officers learn what for."""

from datetime import datetime

from sqlalchemy.orm import Session

from bot.messages.bubbles import text_bubble
from cases import audience, lifecycle, office_lines, telling, views
from cases.desk import OMB
from cases.statuses import Action, Role, Status
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


def tell_back(session: Session, case: Case, now: datetime) -> None:
    """The reporter lets us speak again: who wanted to ask may, and the officers, who know of it, hear that."""
    asked = max(once.list_begun(session, f"unreached:{case.id}:"), default=None)
    if asked is None or case.confidential or lifecycle.find_rule(Status(case.status), Action.ASK, Role.STAFF) is None:
        return
    if not once.claim(session, f"reachable:{asked}", now):
        return
    values, urgent = {"number": case.number, "office": views.name_khet(case.owner, LANGUAGE)}, bool(case.danger)
    line = say(LANGUAGE, "group.reporter_back", **values)
    office_lines.tell(session, case, case.owner, line, now, waits=not urgent, urgent=urgent)
    for chat_id in groups.list_bound(session, OMB):
        words = text_bubble(say(LANGUAGE, "staff.reporter_back", **values))
        outbox.queue(session, chat_id, words, kind="staff", case_id=case.id, waits=True)
