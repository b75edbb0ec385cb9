"""Cases that a new report may be about: the same kind of problem, a few steps away, told not long ago.

What is shown of one is what anybody standing there could see: its kind, its khet, how far, since when, how it stands.
No words, no number and no photo of another reporter: a picture may show a face or a number plate that nobody checked.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import asin, cos, radians, sin, sqrt
from typing import Any

from sqlalchemy.orm import Session

from cases.statuses import Status
from storage import followers, reporters
from storage.followers import Square
from storage.models import Case

METRES = 60
WITHIN = timedelta(days=14)
MOST = 3
GONE = frozenset({Status.WITHDRAWN, Status.MERGED})
_EARTH = 6_371_000
_METRES_A_DEGREE = 111_320


@dataclass(frozen=True, slots=True)
class Alike:
    """One case near by: how far, and whether the person told it themselves."""

    case: Case
    metres: float
    mine: bool

    def to_json(self) -> dict[str, Any]:
        """As a draft keeps it while it is asked about."""
        return {
            "case": self.case.id,
            "number": self.case.number,
            "category": self.case.category,
            "khet": self.case.district or self.case.owner,
            "metres": round(self.metres),
            "at": self.case.created_at.isoformat(),
            "status": self.case.status,
            "mine": self.mine,
        }


def list_alike(
    session: Session, category: str, latitude: float, longitude: float, chat_id: str, now: datetime
) -> list[Alike]:
    """Cases of this kind near the spot with which something happened of late: the nearest, `MOST` of them.

    Closed ones too, for a problem that comes back; but not the person's own, who were told that it is closed.
    """
    square = draw_square(latitude, longitude)
    reporter = reporters.find_line_reporter(session, chat_id)
    found = [
        Alike(case, measure(latitude, longitude, case), mine=reporter is not None and case.reporter_id == reporter.id)
        for case in followers.list_near(session, square, category, now - WITHIN)
        if may_join(case)
    ]
    near = [one for one in found if one.metres <= METRES and not (one.mine and one.case.status == Status.CLOSED)]
    return sorted(near, key=lambda one: (not one.mine, one.case.status == Status.CLOSED, one.metres))[:MOST]


def may_join(case: Case) -> bool:
    """Whether somebody else may follow this case."""
    return not case.confidential and Status(case.status) not in GONE


def draw_square(latitude: float, longitude: float) -> Square:
    """A square around the spot that holds all that is within `METRES` of it."""
    up = METRES / _METRES_A_DEGREE * 1.01
    across = up / max(cos(radians(latitude)), 0.01)
    return Square(latitude - up, latitude + up, longitude - across, longitude + across)


def measure(latitude: float, longitude: float, case: Case) -> float:
    """Metres from the spot to a case's pin."""
    if case.latitude is None or case.longitude is None:
        return float("inf")
    here, there = radians(latitude), radians(case.latitude)
    across = radians(case.longitude - longitude)
    half = sin((there - here) / 2) ** 2 + cos(here) * cos(there) * sin(across / 2) ** 2
    return 2 * _EARTH * asin(sqrt(half))


def find_spot(slots: Mapping[str, Any]) -> tuple[str, float, float] | None:
    """The kind and the pin of a report half told; None where one of them is missing."""
    where = slots.get("place") or {}
    latitude, longitude = where.get("lat"), where.get("lng")
    category = slots.get("category")
    if not isinstance(category, str) or latitude is None or longitude is None:
        return None
    return category, float(latitude), float(longitude)
