"""What is asked of a reporter and not answered: one word while there is time, and what comes of it at the end."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from bot.messages.bubbles import QuickReply, text_bubble
from bot.messages.lasting import lasting
from bot.messages.theme import Part
from cases import (
    asked,
    audience,
    clocks,
    following,
    lifecycle,
    open_questions,
    open_wishes,
    reporter_mail,
    verdicts,
    views,
)
from cases.asked import Asked
from cases.statuses import SYSTEM, Action, Status
from storage import callbacks, due_clocks, outbox, reporters
from storage.due_clocks import DueClock
from storage.models import Case
from texts.catalog import say
from texts.moments import say_moment

KINDS = frozenset({"answer", "confirm"})
LEAST_TIME = clocks.LEAST_LEFT  # between that word and what comes of silence, if it comes late
ON_ITS_WAY = timedelta(minutes=30)  # that a question may take to its reader
LOOKED_AFTER = timedelta(days=1)  # when one that is not said is looked after again
UNREACHED_FOR = timedelta(days=30)  # so long whoever nothing reaches can be rung; every working morning says so
# The three answers, in the words that fit a repair and those that fit "nothing found".
ANSWERS = {"yes": "all_well", "partly": "partly_well", "no": "not_well"}
ANSWERS_NOT_FOUND = {"yes": "gone", "partly": "partly_gone", "no": "still_there"}


def is_nudge(one: DueClock, now: datetime) -> bool:
    """Whether a reporter is to be asked once more: before a case is closed always, however late that comes."""
    return one.kind in KINDS and one.stage == 0 and (one.due_at > now or one.kind == "confirm")


def nudge(session: Session, due: Sequence[DueClock], now: datetime) -> int:
    """Ask one reporter once more, about all of their cases in one call; how many those were."""
    cases = due_clocks.hold_cases(session, [one.case_id for one in due])
    told = 0
    for one in open_wishes.leave_out(session, due):
        case = cases.get(one.case_id)
        if case is None or not _was_asked(session, case, one, now):
            continue
        reporter = audience.find_reporter(session, case)
        lasts = one.kind == "confirm" or (reporter is not None and not one.any_hour)
        due_at = max(one.due_at, now + LEAST_TIME) if lasts else one.due_at
        if not due_clocks.claim(session, one, now, due_at):
            continue
        if reporter is None:
            told += _nudge_by_mail(session, case, replace(one, due_at=due_at), now)
            continue
        message = _ask(session, case, replace(one, due_at=due_at), reporter.language, now)
        details = {"clock": one.kind, "due": due_at.isoformat(), "ahead": True}
        if message is not None:
            lifecycle.apply(session, case, Action.REMIND, SYSTEM, now, details=details)
            outbox.queue(session, reporter.chat_id, message, kind=f"nudge_{one.kind}", case_id=case.id)
            told += 1
    return told


def _was_asked(session: Session, case: Case, one: DueClock, now: datetime) -> bool:
    """Whether the time that a reporter has began when this clock says so; else it begins when they are truly asked.

    What LINE has not taken waits with them, what reaches them by no message with the officers.
    """
    question = asked.find(session, case, one.kind, one.started_at)
    if question is None:
        return True
    if question.said is not None:
        counted = clocks.count_due(session, one.kind, case, question.said)
        due_at = counted if counted > one.due_at + ON_ITS_WAY else one.due_at  # never sooner than they were told
        next_at = clocks.plan_first_told(session, one.kind, case, question.said, due_at)
        if due_at == one.due_at and now >= next_at - ON_ITS_WAY:
            return True
        due_clocks.begin_anew(session, one, due_at, next_at)
    elif one.kind != "confirm":
        due_clocks.claim(session, one, now, one.due_at)  # its office gets it back in time, and hears why
    elif not _ends_unasked(session, case, one, now):
        due_clocks.begin_anew(session, one, clocks.count_due(session, one.kind, case, now), now + LOOKED_AFTER)
        _reach(session, case, one, question, now)
    return False


def _reach(session: Session, case: Case, one: DueClock, question: Asked, now: datetime) -> None:
    step = reporter_mail.find_asked(session, case)
    reporter = audience.find_reporter(session, case)
    if question.lost and step is not None and not callbacks.was_owed(session, case.id, "confirm", one.started_at):
        callbacks.add(session, case_id=case.id, entry_id=step.id, kind="confirm", now=now)
    elif reporter is not None and not question.lost and not question.coming:
        asked.ask(session, case, reporter, now)


def _nudge_by_mail(session: Session, case: Case, one: DueClock, now: datetime) -> bool:
    """The same for who has no LINE, in the words alone; who has no address either is rung."""
    words = _write(session, case, one, case.language, now, "mailed.remind_question")
    reporter = reporters.get_reporter(session, case.reporter_id)
    if words is None or not reporter_mail.write(session, case, reporter, words, now):
        return False
    details = {"clock": one.kind, "due": one.due_at.isoformat(), "ahead": True}
    lifecycle.apply(session, case, Action.REMIND, SYSTEM, now, details=details)
    return True


def _ask(session: Session, case: Case, one: DueClock, language: str, now: datetime) -> Part | None:
    words = _write(session, case, one, language, now, "remind.question")
    if words is None or one.kind != "confirm":
        return text_bubble(words) if words is not None else None
    labels = ANSWERS_NOT_FOUND if asked.was_not_found(session, case) else ANSWERS
    taps = [(say(language, f"button.{label}"), f"c:{case.id}:closure:{answer}") for answer, label in labels.items()]
    return lasting(words, [QuickReply.postback(label, data, label) for label, data in taps])


def _write(session: Session, case: Case, one: DueClock, language: str, now: datetime, asking: str) -> str | None:
    if one.kind == "confirm":
        key = "remind.confirm_not_found" if asked.was_not_found(session, case) else "remind.confirm"
        due = say_moment(language, one.due_at, now=now)
        about = views.say_about(case, language)
        return say(language, key, number=case.number, about=f" ({about})" if about else "", due=due)
    questions = open_questions.list_open(session, case)
    if not questions:
        return None
    put = "\n".join(question.note or "" for question in questions)
    office = views.name_office(case.owner, language)
    return say(language, asking, number=case.number, office=office, question=put)


def close(session: Session, due: DueClock, now: datetime) -> bool:
    """Nobody said whether it is well: closed without an answer, and the reporter told how to go on."""
    if due.stage == 0:
        return False  # they were not asked once more
    case = due_clocks.hold_cases(session, [due.case_id]).get(due.case_id)
    if case is None or case.status != Status.RESOLVED:
        return False
    if any(one.tried_at is None for one in callbacks.list_for_case(session, case.id)):
        if _ends_unasked(session, case, due, now):
            return True
        due_clocks.put_off(session, due, now + LEAST_TIME)  # nobody has rung them yet: that is not their silence
        return False
    if not _was_asked(session, case, due, now) or not due_clocks.claim(session, due, now, None):
        return False
    asked_anybody = following.has_hearer(session, case)
    details = {"answer": verdicts.SILENT} if asked_anybody else {}
    lifecycle.apply(session, case, Action.CLOSE, SYSTEM, now, details=details)
    if asked_anybody:  # where nobody could be asked there is no silence either
        verdicts.record_verdict(session, case, verdicts.SILENT, now)
    following.tell_doubts(session, case)
    return True


def _ends_unasked(session: Session, case: Case, one: DueClock, now: datetime) -> bool:
    """Whether a case ends whose reporter could not be asked for a month: it is nobody's silence, and no verdict."""
    if now < one.started_at + UNREACHED_FOR or not due_clocks.claim(session, one, now, None):
        return False
    lifecycle.apply(session, case, Action.CLOSE, SYSTEM, now, details={"answer": verdicts.UNASKED})
    following.tell_doubts(session, case)
    return True
