"""What staff enter for a reporter who is on the telephone, or whose letter they hold: as if it had come by LINE.

Each settles the calls that were owed about the case; whoever answers a question may not have heard the news yet, which
stays owed. The caller holds the case's row.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from cases import lifecycle, open_questions, verdicts
from cases.statuses import Action, Actor, Status
from cases.verdicts import Verdict
from storage import callbacks
from storage.models import Case, HistoryEntry

STEPS: dict[Verdict, Action] = {"yes": Action.CONFIRM, "partly": Action.DISPUTE, "no": Action.DISPUTE}
ON_BEHALF = "on_behalf"  # in the details of a line of history that staff entered for the reporter


def answer(
    session: Session,
    case: Case,
    words: str,
    actor: Actor,
    now: datetime,
    *,
    question: HistoryEntry | None = None,
    media_ids: Sequence[int] = (),
) -> HistoryEntry:
    """The reporter's answer to an office's question; to the oldest that is open, where none is named.

    Raises IllegalTransition where nothing was asked.
    """
    asked = question or next(iter(open_questions.list_open(session, case)), None)
    details: dict[str, object] = {ON_BEHALF: True} | ({"question": asked.id} if asked is not None else {})
    if media_ids:
        details["media"] = list(media_ids)
    entry = lifecycle.apply(session, case, Action.ANSWER, actor, now, note=words, details=details)
    callbacks.settle(session, case.id, actor.person, now, news=False)
    return entry


def list_verdicts(session: Session, case: Case, now: datetime) -> Sequence[Verdict]:
    """What it is not too late to say; of a case that is not closed all of it."""
    if case.status != Status.CLOSED:
        return tuple(STEPS)
    confirms = verdicts.may_confirm_late(case)
    reopens = verdicts.may_reopen(session, case, now)
    return [one for one, step in STEPS.items() if (confirms if step is Action.CONFIRM else reopens)]


def judge(
    session: Session, case: Case, verdict: Verdict, actor: Actor, now: datetime, *, reason: str = ""
) -> HistoryEntry:
    """Whether it is well, as the reporter says. Raises IllegalTransition where it is too late to say so."""
    step = STEPS[verdict]
    if verdict not in list_verdicts(session, case, now):
        raise lifecycle.IllegalTransition(Status(case.status), step, actor.role)
    details = {"answer": verdict, ON_BEHALF: True}
    entry = lifecycle.apply(session, case, step, actor, now, note=reason or None, details=details)
    verdicts.record_verdict(session, case, verdict, now)
    callbacks.settle(session, case.id, actor.person, now)
    return entry
