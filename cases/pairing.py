"""Looks for cases that may be about the same thing, so that officers can merge them.

Whoever tells a case in LINE is asked so at once; what they did not see, or came by telephone, is found here.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from cases.duplicates import METRES, WITHIN, draw_square, may_join, measure
from cases.statuses import OVER, Status
from storage import followers, likely_pairs

AT_ONCE = 200


def find_pairs(session: Session, now: datetime) -> int:
    """Compare the next cases with older open ones of their kind near by; how many were compared."""
    cases = likely_pairs.list_uncompared(session, now - WITHIN, AT_ONCE)
    for case in cases:
        if case.latitude is None or case.longitude is None or Status(case.status) in OVER:
            continue
        square = draw_square(case.latitude, case.longitude)
        for other in followers.list_near(session, square, case.category, now - WITHIN):
            if other.id >= case.id or not may_join(other) or Status(other.status) in OVER:
                continue
            metres = measure(case.latitude, case.longitude, other)
            if metres <= METRES:
                likely_pairs.add(session, other.id, case.id, round(metres), now)
    if cases:
        likely_pairs.advance(session, cases[-1].id)
    return len(cases)
