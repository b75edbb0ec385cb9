"""Where cases lie, for a map: points where they are few, and heaps of them by a grid where they are many."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Integer, Select, Subquery, cast, func, literal, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from storage.models import Case

POINTS = 1500  # more than these a phone draws slowly, and nobody tells them apart
NEAR = 6000  # in a box of so many all are looked at, however old
LOOKED_AT = 30_000  # else the newest so many of the period, wherever they lie, are put into heaps
CELLS = 24  # heaps across a map


_SPOTS = select(Case.id, Case.latitude, Case.longitude)


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
    asked = (Case.confidential.is_(False), *conditions)
    near = _list_near(session, box)
    if near is not None:
        spots, complete = _SPOTS.where(Case.id.in_(_as_rows(session, near)), *asked), True
    else:
        spots, complete = _list_newest(session, asked)
    here = spots.subquery()
    heaps = _heap(session, box, here)
    if sum(heap.count for heap in heaps) > POINTS:
        return OnMap((), heaps, complete)
    keys = select(here.c.id).where(*_lies_in(here.c.latitude, here.c.longitude, box))
    points = select(Case).where(Case.id.in_(keys)).order_by(Case.created_at.desc(), Case.id.desc())
    return OnMap(list(session.scalars(points)), (), complete)


def _list_near(session: Session, box: Box) -> list[int] | None:
    """All that lies in the box, whatever it is; None where that is much."""
    here = select(Case.id).where(*_lies_in(Case.latitude, Case.longitude, box)).limit(NEAR + 1)
    found = list(session.scalars(here))
    return found if len(found) <= NEAR else None


def _list_newest(
    session: Session, conditions: Sequence[ColumnElement[bool]]
) -> tuple[Select[int, float | None, float | None], bool]:
    """The newest so many, wherever they lie, read from an index alone; and whether these are all."""
    newest = _SPOTS.where(*conditions).order_by(Case.created_at.desc(), Case.id.desc())
    more = session.execute(newest.with_only_columns(Case.id).offset(LOOKED_AT).limit(1)).first()
    return newest.limit(LOOKED_AT), more is None


def _lies_in(latitude: Any, longitude: Any, box: Box) -> tuple[ColumnElement[bool], ...]:
    return latitude.between(box.south, box.north), longitude.between(box.west, box.east)


def _as_rows(session: Session, ids: Sequence[int]) -> Select[Any]:
    """Keys as a query of their own: there are more than a statement takes as values."""
    if session.get_bind().dialect.name == "sqlite":
        return select(func.json_each(json.dumps(ids)).table_valued("value").c.value)
    return select(func.unnest(cast(literal(ids, ARRAY(BigInteger)), ARRAY(BigInteger))))


def _heap(session: Session, box: Box, spots: Subquery) -> list[Heap]:
    up, across = (box.north - box.south) / CELLS, (box.east - box.west) / CELLS
    latitude, longitude = spots.c.latitude, spots.c.longitude
    row = cast((latitude - box.south) / up - 0.5, Integer)
    column = cast((longitude - box.west) / across - 0.5, Integer)
    heaped = select(func.avg(latitude), func.avg(longitude), func.count()).where(*_lies_in(latitude, longitude, box))
    found = session.execute(heaped.group_by(row, column))
    return [Heap(round(lat, 5), round(lng, 5), count) for lat, lng, count in found]
