"""Officers ask offices to look at some of their cases again: one line to a group, however many cases it names."""

from datetime import datetime

from sqlalchemy.orm import Session

from bot.messages.bubbles import text_bubble
from cases.lifecycle import WITH_OFFICE
from cases.statuses import Action, Status
from console.case_steps import Step
from console.permissions import Right
from storage import groups, outbox
from storage.cases import find_case_by_number
from storage.models import Case
from texts.catalog import say

NAME = "remind"
STEP = Step(NAME, Action.NOTE, "work", right=Right.DECIDE)
LANGUAGE = "th"  # offices work in Thai
NAMED = 20
__all__ = ["NAME", "STEP", "WITH_OFFICE", "can_remind", "remind"]


def can_remind(session: Session, case: Case) -> bool:
    """Whether an office works on it that has a group."""
    return Status(case.status) in WITH_OFFICE and not case.confidential and bool(groups.list_bound(session, case.owner))


def remind(session: Session, numbers: list[str], now: datetime) -> None:
    """Tell the groups; it waits for the next reply or digest there, and costs nothing of its own."""
    by_owner: dict[str, list[str]] = {}
    for number in numbers:
        case = find_case_by_number(session, number)
        if case is not None and can_remind(session, case):
            by_owner.setdefault(case.owner, []).append(number)
    for owner, theirs in by_owner.items():
        named = ", ".join(theirs[:NAMED])
        words = say(LANGUAGE, "console.bulk.group_words", count=len(theirs), numbers=named)
        for chat_id in groups.list_bound(session, owner):
            outbox.queue(session, chat_id, text_bubble(words), kind="remind", waits=True)
