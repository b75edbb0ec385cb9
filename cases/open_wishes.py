"""Wishes for secrecy of which nobody has said yet what they mean: until then nothing that is told reaches the office.

That lasts until the reporter chooses, or takes the words back. After a day they are asked once more.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from bot.messages.bubbles import QuickReply
from bot.messages.lasting import lasting
from bot.messages.theme import Part
from cases import audience, clocks, unsaid
from cases.desk import OMB
from cases.secret_wish import OFFICERS, USUAL, WISH, WISHES
from cases.statuses import OVER, Role, Status
from storage import cases as stored
from storage import clocks as stored_clocks
from storage import mail, once, outbox
from storage import unsaid as unsaid_rows
from storage.due_clocks import DueClock
from storage.models import Case, HistoryEntry
from texts.catalog import say

LANGUAGE = "th"
ASKS = "asks"  # in the details of a note: whether these words asked, or only came while it was open
AGAIN = "wish_again"  # of the message that asks once more
ASKED_AGAIN = timedelta(hours=24)
LOOKED_AT = timedelta(days=30)  # wishes of so long are looked through
MOST_NAMED = 10


def list_open(session: Session, case: Case) -> list[HistoryEntry]:
    """The wishes of its reporter that no choice has answered, with what came after them."""
    told = stored.list_history(session, case.id)
    answered = {int(key) for one in told for key in one.details.get(WISHES) or ()}
    return [one for one in told if one.details.get(WISH) and one.role == Role.REPORTER and one.id not in answered]


def holds(session: Session, case: Case) -> bool:
    """Whether a choice is owed: words that were taken back ask for nothing any more."""
    return not case.confidential and any(one.said and one.details.get(ASKS, True) for one in list_open(session, case))


def remember(session: Session, case: Case, now: datetime) -> None:
    """It was asked just now what is meant."""
    once.renew(session, _name(case.id), now)


def settle(session: Session, case: Case, now: datetime) -> None:
    """What is meant was said: nobody is asked again; for the answer that an office waits for there is time anew."""
    outbox.drop_waiting(session, None, case.id, AGAIN)
    running = stored_clocks.find_running(session, case.id, "answer")
    if running is not None and case.status == Status.NEEDS_INFO:
        running.due_at = max(running.due_at, clocks.count_due(session, "answer", case, now))
        running.stage, running.next_at = 0, clocks.plan_first_told(session, "answer", case, now, running.due_at)


def was_seen(session: Session, case: Case) -> bool:
    """Whether an office has it, and may have read of it: not where its card still waits for the morning."""
    if case.status != Status.DISPATCHED:
        return Status(case.status) != Status.NEW
    told = unsaid.list_told(session, case)
    groups = {each for each in unsaid_rows.find_organisations(session, told.chats).values() if each}
    return bool({*told.organisations, *groups} - {OMB, *mail.PEOPLE})


def leave_out(session: Session, due: Iterable[DueClock]) -> list[DueClock]:
    """Without the time for an answer that may have come and is held; where somebody may come to harm, it runs on."""
    asked = [one.case_id for one in due if one.kind == "answer" and not one.any_hour]
    known = once.list_done(session, [_name(each) for each in asked]) if asked else set()
    held = {each for each in asked if _name(each) in known and _holds(session, each)}
    return [one for one in due if one.kind != "answer" or one.any_hour or one.case_id not in held]


def list_to_ask(session: Session, now: datetime) -> list[int]:
    """The cases whose reporters have not chosen for a day."""
    begun = [(each, at) for each, at in _list_begun(session, now) if at <= now - ASKED_AGAIN]
    known = once.list_done(session, [_name_again(each, at) for each, at in begun])
    return [each for each, at in begun if _name_again(each, at) not in known]


def ask_again(session: Session, case_id: int, now: datetime) -> None:
    """Once more, with the next message that goes to them, or by day."""
    case = stored.find_case(session, case_id, lock=True)
    at = once.find_when(session, _name(case_id)) or now
    if case is None or not once.claim(session, _name_again(case_id, at), now) or not _is_owed(session, case):
        return
    reporter = audience.find_reporter(session, case)
    if reporter is not None:
        message = _write(case, list_open(session, case)[-1].id, reporter.language)
        outbox.queue(session, reporter.chat_id, message, kind=AGAIN, case_id=case.id, waits=True)


def write_waiting(session: Session, now: datetime) -> list[str]:
    """For the officers: whose reporters have not chosen since yesterday or longer."""
    found = [stored.find_case(session, each) for each, _ in _list_begun(session, now)]
    numbers = sorted(case.number for case in found if case is not None and _is_owed(session, case))
    more = f" +{len(numbers) - MOST_NAMED}" if len(numbers) > MOST_NAMED else ""
    named = " ".join(numbers[:MOST_NAMED]) + more
    return [say(LANGUAGE, "summary.wishes", numbers=named)] if numbers else []


def _list_begun(session: Session, now: datetime) -> list[tuple[int, datetime]]:
    begun = once.list_begun(session, "wish:").items()
    return sorted((int(name.partition(":")[2]), at) for name, at in begun if now - LOOKED_AT < at)


def _is_owed(session: Session, case: Case) -> bool:
    return Status(case.status) not in OVER and holds(session, case)


def _holds(session: Session, case_id: int) -> bool:
    case = stored.find_case(session, case_id)
    return case is not None and holds(session, case)


def _write(case: Case, entry_id: int, language: str) -> Part:
    taps = [
        QuickReply.postback(label := say(language, f"wish.{choice}"), f"c:{case.id}:secret:{entry_id}:{choice}", label)
        for choice in (OFFICERS, USUAL)
    ]
    return lasting(say(language, "wish.ask_again", number=case.number), taps)


def _name(case_id: int) -> str:
    return f"wish:{case_id}"


def _name_again(case_id: int, at: datetime) -> str:
    return f"wish_again:{case_id}:{at:%Y%m%d%H%M%S}"
