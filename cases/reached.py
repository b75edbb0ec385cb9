"""How the reporter of a case hears what is said of it: in writing, by a call that staff owe them, or not at all.

Whoever is told that the reporter knows, or will know, is told this instead where they cannot be written to.
"""

from typing import Literal

from sqlalchemy.orm import Session

from cases import audience, mailing
from storage import reporters
from storage.models import Case
from texts.catalog import say

Way = Literal["", "_call", "_none"]  # what the words of each are called behind: in writing, by a call, not at all


def find_way(session: Session, case: Case) -> Way:
    """By which of them. Nothing of a confidential case goes by mail, and who blocked us in LINE reads nothing there."""
    reporter = reporters.get_reporter(session, case.reporter_id)
    if reporter.line_user_id is not None and audience.find_reporter(session, case) is not None:
        return ""
    by_mail = reporter.email and not reporter.line_user_id and not case.confidential
    if by_mail and mailing.find_way(session) is not None:
        return ""
    return "_call" if reporter.phone or case.phone else "_none"


def say_by(session: Session, case: Case, language: str, key: str, **values: object) -> str:
    """The words that are true of this reporter: those under `key`, or with `_call` or `_none` behind it."""
    return say(language, f"{key}{find_way(session, case)}", **values)
