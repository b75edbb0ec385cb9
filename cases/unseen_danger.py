"""Danger that a reporter told of, or that officers counted, and that nobody has seen to: what stands first of all."""

from datetime import datetime

from sqlalchemy.orm import Session

from bot.messages.group_lines import CaseLine
from cases import counted_danger, told_danger, views
from storage.models import Case
from texts.catalog import say

LANGUAGE = "th"


def list_cases(session: Session, now: datetime, limit: int) -> list[Case]:
    """What was told first, then what counts."""
    return [*told_danger.list_waiting(session, limit), *counted_danger.list_waiting(session, limit, now)]


def list_lines(session: Session, now: datetime, limit: int) -> list[CaseLine]:
    """Each with whose it is, of a confidential one its number alone."""
    return [_see(case) for case in list_cases(session, now, limit)]


def say_danger(case: Case) -> str:
    """Whether it counts, or was only told."""
    return say(LANGUAGE, "card.danger" if case.danger else "desk.tells_danger")


def _see(case: Case) -> CaseLine:
    whose = say(LANGUAGE, "desk.confidential") if case.confidential else views.name_khet(case.owner, LANGUAGE)
    return CaseLine(case.id, case.number, "", whose, say_danger(case), late=True)
