"""Looks for cases that may be about the same thing, so that officers can merge them.

Whoever tells a case in LINE is asked so at once; what they did not see, or came by telephone, is found here.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from cases.duplicates import METRES, WITHIN, draw_square, may_join, measure
from cases.statuses import OVER, Status
from storage import followers, likely_pairs
from storage.models import Case

AT_ONCE = 200


def compare_anew(session: Session, case: Case, now: datetime) -> None:
    """Its kind or its place is another: what it was taken for alike with is looked at again, older and newer."""
    likely_pairs.drop_open(session, case.id)
    session.flush()
    if case.confidential or case.created_at < now - WITHIN or Status(case.status) in OVER:
        return
    _pair(session, case, now, newer_too=True)


def find_pairs(session: Session, now: datetime) -> int:
    """Compare the next cases with older open ones of their kind near by; how many were compared."""
    cases = likely_pairs.list_uncompared(session, now - WITHIN, AT_ONCE)
    for case in cases:
        if Status(case.status) not in OVER:
            _pair(session, case, now)
    if cases:
        likely_pairs.advance(session, cases[-1].id)
    return len(cases)


def _pair(session: Session, case: Case, now: datetime, *, newer_too: bool = False) -> None:
    if case.latitude is None or case.longitude is None:
        return
    square = draw_square(case.latitude, case.longitude)
    for other in followers.list_near(session, square, case.category, now - WITHIN):
        if other.id == case.id or (other.id > case.id and not newer_too):
            continue
        if not may_join(other) or Status(other.status) in OVER:
            continue
        metres = measure(case.latitude, case.longitude, other)
        if metres <= METRES:
            older, newer = sorted((case.id, other.id))
            likely_pairs.add(session, older, newer, round(metres), now)
