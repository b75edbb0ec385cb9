"""An office declines a case because another is the same matter, and names its number: officers may join the two."""

from sqlalchemy.orm import Session

from cases.case_numbers import find_case_number
from cases.statuses import OVER, Status
from storage import cases as stored
from storage.models import Case


def find_named(session: Session, case: Case, reason: str) -> tuple[int, str] | None:
    """The other case that the reason of a refusal names, by key and number, where this one could go into it."""
    number = find_case_number(reason) if case.status == Status.DECLINED and not case.confidential else None
    other = stored.find_case_by_number(session, number) if number else None
    if other is None or other.id == case.id or other.confidential or Status(other.status) in OVER:
        return None
    return other.id, other.number
