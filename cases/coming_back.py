"""A question that its reporter left unanswered comes back to the office that asked: the work it had stopped runs again.

The case waits for its reporter no more, though an answer is welcome as long as nothing else has happened.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from bot.messages.bubbles import text_bubble
from cases import clocks, going_back, lifecycle, views
from cases.desk import OMB
from cases.statuses import SYSTEM, Action
from cases.timeline import UNTOLD
from storage import case_facts, due_clocks, groups, outbox
from storage.due_clocks import DueClock
from storage.models import Case, SlaClock
from texts.catalog import say

LANGUAGE = "th"


def come_back(session: Session, case: Case, one: DueClock, now: datetime) -> SlaClock | None:
    """Let all that the question stopped run on. The day that the office had named, where it passed meanwhile.

    Of danger the officers hear at once, for by the clocks of the work it would be days.
    """
    pause = going_back.find_pause(session, case)
    if pause is None:
        return None
    clocks.resume(session, case, pause.at, now)
    case_facts.mark_cases(session, [case.id])
    if one.any_hour and case.owner != OMB:
        _tell_officers(session, case, one, now)
    session.flush()
    running = due_clocks.list_running(session, [case.id])[case.id]
    return next((each for each in running if each.kind in clocks.NAMED_DAYS and each.due_at <= now), None)


def _tell_officers(session: Session, case: Case, one: DueClock, now: datetime) -> None:
    details = {"clock": one.kind, "due": one.due_at.isoformat(), UNTOLD: True}
    lifecycle.apply(session, case, Action.ESCALATE, SYSTEM, now, details=details)
    words = say(LANGUAGE, "remind.unanswered_danger", number=case.number, office=views.name_khet(case.owner, LANGUAGE))
    for chat_id in groups.list_bound(session, OMB):
        outbox.queue(session, chat_id, text_bubble(words), kind="reminder", case_id=case.id, urgent=True)
