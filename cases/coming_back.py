"""A question that its reporter left unanswered comes back to the office that asked: the work it had stopped runs again.

The case waits for its reporter no more, though an answer is welcome as long as nothing else has happened.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from bot.messages.bubbles import text_bubble
from cases import asked, clocks, danger_pace, going_back, lifecycle, unsaid, views
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
    why = asked.find_why(session, case)
    if case.owner != OMB and (one.any_hour or (why == "uncalled" and not case.confidential)):
        _tell_officers(session, case, one, why, now)
    session.flush()
    running = due_clocks.list_running(session, [case.id])[case.id]
    return next((each for each in running if each.kind in clocks.NAMED_DAYS and each.due_at <= now), None)


def _tell_officers(session: Session, case: Case, one: DueClock, why: asked.Why, now: datetime) -> None:
    """At once where there is danger; that nobody has rung, with what they are told next."""
    if one.any_hour:
        details = {"clock": one.kind, "due": one.due_at.isoformat(), UNTOLD: True}
        entry = lifecycle.apply(session, case, Action.ESCALATE, SYSTEM, now, details=details)
        danger_pace.begin(session, case, entry, now)
    key = "remind.uncalled" if not one.any_hour else f"remind.unanswered_danger{'_why' if why else ''}"
    office, because = views.name_khet(case.owner, LANGUAGE), say(LANGUAGE, f"remind.why_{why or 'silent'}")
    words = say(LANGUAGE, key, number=case.number, office=office, why=because)
    kind, urgent = "reminder" if one.any_hour else unsaid.UNCALLED, one.any_hour
    for chat_id in groups.list_bound(session, OMB):
        outbox.queue(session, chat_id, text_bubble(words), kind=kind, case_id=case.id, waits=not urgent, urgent=urgent)
