"""Whether a reporter was truly asked what is waited for; and the same question again, as it stands now.

In LINE a question counts from the moment it stands in their chat: who never read it is not silent.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy.orm import Session

from bot.messages.closure import ask_closure
from bot.messages.question import ask_reporter
from bot.messages.theme import Part
from cases import open_questions, views
from cases.audience import Told
from cases.statuses import Action, Status
from storage import askings, callbacks, mail, outbox, reporters
from storage import cases as stored
from storage import clocks as stored_clocks
from storage.models import Case, HistoryEntry
from texts.catalog import say

# The kind of message that asks, by the clock that runs for its answer, and the clock by where the case stands.
KINDS = {"confirm": "closure", "answer": "told_ask"}
CLOCKS = {Status.RESOLVED: "confirm", Status.NEEDS_INFO: "answer"}
CALLS = {"confirm": "confirm", "answer": "ask"}  # what a call about the same is called
DONE = (Action.RESOLVE, Action.NOT_FOUND)
# Nobody of the staff rang yet; they did, and nobody answered; the reporter has blocked us; it stands nowhere yet.
Why = Literal["", "uncalled", "rung", "blocked", "unreached"]


@dataclass(frozen=True, slots=True)
class Asked:
    """How far a question came: when it was `said`, whether it is still `coming`, or reaches nobody (`lost`)."""

    said: datetime | None
    coming: bool = False
    lost: bool = False


def find(session: Session, case: Case, clock: str, since: datetime) -> Asked | None:
    """Of what was asked since then; None of a reporter who was not asked in writing, and is rung."""
    chat_id = reporters.get_reporter(session, case.reporter_id).line_user_id
    if chat_id is None:
        return _find_mailed(session, case, clock, since)
    kind = KINDS[clock]
    if said := askings.find_said(session, chat_id, case.id, kind, since):
        return Asked(said)
    if askings.has_blocked(session, chat_id):
        return Asked(None, lost=True)
    if askings.is_coming(session, chat_id, case.id, kind):
        return Asked(None, coming=True)
    return Asked(None, lost=askings.is_refused(session, chat_id, case.id, kind, since))


def _find_mailed(session: Session, case: Case, clock: str, since: datetime) -> Asked | None:
    letter = mail.find_first(session, case.id, mail.REPORTER, since)
    if letter is None or callbacks.was_owed(session, case.id, CALLS[clock], since):
        return None
    if letter.state == "sent":
        return Asked(letter.sent_at)
    return Asked(None, coming=letter.state != "dead", lost=letter.state == "dead")


def is_unsaid(session: Session, case: Case) -> bool:
    """Whether the case waits for a word of its reporter who was not asked for it, and is not about to be."""
    clock = CLOCKS.get(Status(case.status))
    running = stored_clocks.find_running(session, case.id, clock) if clock else None
    asked = find(session, case, str(clock), running.started_at) if running is not None else None
    return asked is not None and asked.said is None and not asked.coming


def has_come(session: Session, case: Case) -> bool:
    """Whether an office's question stands before its reporter: what LINE does not have yet nobody leaves unanswered."""
    waiting = open_questions.list_open(session, case)
    question = find(session, case, "answer", waiting[0].at) if waiting else None
    return question is None or question.said is not None


def find_why(session: Session, case: Case) -> Why:
    """Why an office's question has no answer yet, where that is not the reporter's silence."""
    if case.status != Status.NEEDS_INFO:
        return ""
    reporter = reporters.get_reporter(session, case.reporter_id)
    calls = [one for one in callbacks.list_for_case(session, case.id) if one.kind == CALLS["answer"]]
    if calls and (reporter.phone or case.phone):
        return "rung" if all(one.tried_at for one in calls) else "uncalled"
    if reporter.line_user_id is not None and askings.has_blocked(session, reporter.line_user_id):
        return "blocked"
    return "" if has_come(session, case) else "unreached"


def find_done(session: Session, case: Case) -> HistoryEntry | None:
    """The step by which an office last said that the problem is gone: it was mended, or nothing was found."""
    history = reversed(stored.list_history(session, case.id))
    return next((entry for entry in history if entry.action in DONE), None)


def was_not_found(session: Session, case: Case) -> bool:
    """Whether the office had looked, and found nothing to mend."""
    done = find_done(session, case)
    return done is not None and done.action == Action.NOT_FOUND


def ask(session: Session, case: Case, told: Told, now: datetime) -> None:
    """Ask once more what was never said; nobody need ring about it any more."""
    callbacks.settle(session, case.id, None, now)
    for message, kind in write(session, case, told, now):
        outbox.queue(session, told.chat_id, message, kind=kind, case_id=case.id)


def write(session: Session, case: Case, told: Told, now: datetime) -> list[tuple[Part, str]]:
    """What is asked of the reader now, whether it is well or what an office wants to know; each with its kind."""
    if case.status == Status.RESOLVED:
        done = find_done(session, case)
        view = views.see_closure(session, case, done.action if done else Action.RESOLVE, now, told)
        return [(ask_closure(view, told.language), KINDS["confirm"])]
    office = views.name_office(case.owner, told.language)
    asked: list[tuple[Part, str]] = []
    for entry in [] if told.follower else open_questions.list_open(session, case):
        question = open_questions.write(entry, told.language)
        words = say(told.language, "told.ask", number=case.number, office=office, question=question)
        asked.append((ask_reporter(words, case.id, entry.id, told.language), KINDS["answer"]))
    return asked
