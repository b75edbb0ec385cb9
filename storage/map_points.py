"""Where cases lie, for a map: points where they are few, and heaps of them by a grid where they are many."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Integer, cast, func, select
from sqlalchemy.orm import Session

from storage.models import Case

POINTS = 1500  # more than these a phone draws slowly, and nobody tells them apart
LOOKED_AT = 20_000  # the newest so many are put into heaps
CELLS = 24  # heaps across a map


@dataclass(frozen=True, slots=True)
class Box:
    """A piece of a map, in degrees."""

    south: float
    west: float
    north: float
    east: float


@dataclass(frozen=True, slots=True)
class Heap:
    """So many cases about one spot."""

    latitude: float
    longitude: float
    count: int


@dataclass(frozen=True, slots=True)
class OnMap:
    """What a piece of a map shows: either points or heaps. `all`: False where only the newest were looked at."""

    points: Sequence[Case]
    heaps: Sequence[Heap]
    all: bool


def see_map(session: Session, box: Box, conditions: Sequence[ColumnElement[bool]]) -> OnMap:
    """The cases with a pin in the box that meet the conditions. Confidential ones are on no map."""
    here = (
        Case.latitude.between(box.south, box.north),
        Case.longitude.between(box.west, box.east),
        Case.confidential.is_(False),
        *conditions,
    )
    newest = select(Case).where(*here).order_by(Case.created_at.desc(), Case.id.desc())
    points = list(session.scalars(newest.limit(POINTS + 1)))
    if len(points) <= POINTS:
        return OnMap(points, (), True)
    return _heap(session, box, here)


def _heap(session: Session, box: Box, here: Sequence[ColumnElement[bool]]) -> OnMap:
    spots = (
        select(Case.latitude.label("lat"), Case.longitude.label("lng"))
        .where(*here)
        .order_by(Case.created_at.desc(), Case.id.desc())
        .limit(LOOKED_AT)
        .subquery()
    )
    up, across = (box.north - box.south) / CELLS, (box.east - box.west) / CELLS
    row = cast((spots.c.lat - box.south) / up - 0.5, Integer)
    column = cast((spots.c.lng - box.west) / across - 0.5, Integer)
    heaped = select(func.avg(spots.c.lat), func.avg(spots.c.lng), func.count()).group_by(row, column)
    heaps = [Heap(round(lat, 5), round(lng, 5), count) for lat, lng, count in session.execute(heaped)]
    return OnMap((), heaps, sum(heap.count for heap in heaps) < LOOKED_AT)
