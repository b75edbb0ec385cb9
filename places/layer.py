"""The outlines of the khet in a form that answers a pin quickly, in plain Python.

Each outline's edges are kept by latitude band (is the pin inside?) and all edges by small cells (which
borders are near?), so that one look touches some dozens of edges, not twenty thousand.
"""

import json
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from places.khwaeng import METRES_A_DEGREE, NARROWING

NEAR_METRES = 50.0  # BMA's own sources disagree about pins this near a border: it "may be either"
_FORMAT = "khet-outlines-1"
_SCALE = 1_000_000  # outlines are kept to a millionth of a degree, about 0.1 m
_BAND = 0.002
_CELL = 0.002
_MARGIN = NEAR_METRES / METRES_A_DEGREE / NARROWING * 1.02

Point = tuple[float, float]  # longitude, latitude, as in GeoJSON
Ring = tuple[Point, ...]
Edge = tuple[float, float, float, float]


class LayerProblem(ValueError):
    """A layer that cannot be used: what is wrong with it, and what to do."""


@dataclass(frozen=True, slots=True)
class Located:
    """The khet of a pin, or None; and the other khet whose border is within 50 m of it, nearest first."""

    dcode: int | None
    near: tuple[tuple[int, float], ...] = ()


@dataclass(frozen=True)
class Layer:
    """Outlines by khet code; outer rings and holes alike, for an odd number of crossings is inside."""

    rings: Mapping[int, tuple[Ring, ...]]

    def locate(self, lat: float, lng: float) -> Located:
        """Whose pin this is. Up to 50 m outside every outline (a river, a gap) it is the nearest khet's."""
        if not (abs(lat) <= 90 and abs(lng) <= 180):
            return Located(None)
        inside = [dcode for dcode in self.rings if self._holds(dcode, lat, lng)]
        borders = dict(self._measure_borders(lat, lng))
        if len(inside) > 1:  # outlines that overlap: the one whose rim is farther off
            inside.sort(key=lambda dcode: -borders.get(dcode, math.inf))
        if not inside and borders:
            inside = [min(borders, key=lambda dcode: borders[dcode])]
        if not inside:
            return Located(None)
        near = {dcode: metres for dcode, metres in borders.items() if dcode != inside[0]}
        near |= {dcode: 0.0 for dcode in inside[1:]}
        return Located(inside[0], tuple(sorted(near.items(), key=lambda item: item[1])))

    def to_json(self) -> str:
        """A short form to keep in a database: millionths of a degree, each point as a step from the last."""
        outlines = {str(dcode): [_pack(ring) for ring in rings] for dcode, rings in sorted(self.rings.items())}
        return json.dumps({"format": _FORMAT, "outlines": outlines}, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> "Layer":
        """What `to_json` wrote."""
        try:
            kept: Any = json.loads(text)
            if kept["format"] != _FORMAT:
                raise KeyError("format")
            return cls({int(code): tuple(map(_unpack, rings)) for code, rings in kept["outlines"].items()})
        except (ValueError, KeyError, TypeError, AttributeError) as why:
            raise LayerProblem(
                "The kept boundary layer cannot be read. Import it again: fasttrack boundaries import FILE.geojson"
            ) from why

    def _holds(self, dcode: int, lat: float, lng: float) -> bool:
        inside = False
        for x1, y1, x2, y2 in self._bands[dcode].get(math.floor(lat / _BAND), ()):
            if (y1 > lat) != (y2 > lat) and lng < x1 + (lat - y1) / (y2 - y1) * (x2 - x1):
                inside = not inside
        return inside

    def _measure_borders(self, lat: float, lng: float) -> Iterator[tuple[int, float]]:
        cell = self._cells.get((math.floor(lng / _CELL), math.floor(lat / _CELL)), {})
        for dcode, edges in cell.items():
            metres = min(_measure_edge(edge, lat, lng) for edge in edges)
            if metres <= NEAR_METRES:
                yield dcode, round(metres, 1)

    @cached_property
    def _bands(self) -> dict[int, dict[int, list[Edge]]]:
        bands: dict[int, dict[int, list[Edge]]] = {}
        for dcode, rings in self.rings.items():
            own: dict[int, list[Edge]] = defaultdict(list)
            for edge in _list_edges(rings):
                low, high = sorted((edge[1], edge[3]))
                for band in range(math.floor(low / _BAND), math.floor(high / _BAND) + 1):
                    own[band].append(edge)
            bands[dcode] = dict(own)
        return bands

    @cached_property
    def _cells(self) -> dict[tuple[int, int], dict[int, list[Edge]]]:
        cells: dict[tuple[int, int], dict[int, list[Edge]]] = {}
        for dcode, rings in self.rings.items():
            for edge in _list_edges(rings):
                for piece in _cut_long(edge):
                    for cell in _list_cells(piece):
                        cells.setdefault(cell, {}).setdefault(dcode, []).append(piece)
        return cells


def _list_edges(rings: Iterable[Ring]) -> Iterator[Edge]:
    for ring in rings:
        for (x1, y1), (x2, y2) in zip(ring, (*ring[1:], ring[0]), strict=True):
            if (x1, y1) != (x2, y2):
                yield x1, y1, x2, y2


def _cut_long(edge: Edge) -> Iterator[Edge]:
    """A long slanting edge would lie in all cells of its bounding box; its pieces lie in few."""
    x1, y1, x2, y2 = edge
    pieces = math.ceil(max(abs(x2 - x1), abs(y2 - y1)) / _CELL) or 1
    dx, dy = (x2 - x1) / pieces, (y2 - y1) / pieces
    for number in range(pieces):
        yield x1 + dx * number, y1 + dy * number, x1 + dx * (number + 1), y1 + dy * (number + 1)


def _list_cells(edge: Edge) -> Iterator[tuple[int, int]]:
    x1, y1, x2, y2 = edge
    for x in range(math.floor((min(x1, x2) - _MARGIN) / _CELL), math.floor((max(x1, x2) + _MARGIN) / _CELL) + 1):
        for y in range(math.floor((min(y1, y2) - _MARGIN) / _CELL), math.floor((max(y1, y2) + _MARGIN) / _CELL) + 1):
            yield x, y


def _measure_edge(edge: Edge, lat: float, lng: float) -> float:
    """Metres from a pin to the nearest spot of an edge; flat, which is right to centimetres over 50 m."""
    across = METRES_A_DEGREE * NARROWING
    ax, ay = (edge[0] - lng) * across, (edge[1] - lat) * METRES_A_DEGREE
    bx, by = (edge[2] - lng) * across, (edge[3] - lat) * METRES_A_DEGREE
    dx, dy = bx - ax, by - ay
    length = dx * dx + dy * dy
    along = min(1.0, max(0.0, -(ax * dx + ay * dy) / length)) if length else 0.0
    return math.hypot(ax + along * dx, ay + along * dy)


def _pack(ring: Ring) -> list[int]:
    packed: list[int] = []
    last_x = last_y = 0
    for lng, lat in ring:
        x, y = round(lng * _SCALE), round(lat * _SCALE)
        packed += (x - last_x, y - last_y)
        last_x, last_y = x, y
    return packed


def _unpack(packed: list[int]) -> Ring:
    points: list[Point] = []
    x = y = 0
    for dx, dy in zip(packed[::2], packed[1::2], strict=True):
        x, y = x + dx, y + dy
        points.append((x / _SCALE, y / _SCALE))
    return tuple(points)
