"""The 180 khwaeng, and the tambon across the city limit, read once from khwaeng.toml."""

import math
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).with_name("khwaeng.toml")
METRES_A_DEGREE = 110_600.0
NARROWING = math.cos(math.radians(13.75))  # a degree of longitude in Bangkok, against one of latitude


@dataclass(frozen=True, slots=True)
class Extent:
    """A middle and an ellipse about it, as rough as one can say where a place lies without its outline."""

    lat: float
    lng: float
    length_km: float
    width_km: float
    bearing: float

    def measure(self, lat: float, lng: float) -> float:
        """How far off a pin is, in the ellipse's own reach: 0 the middle, 1 its rim."""
        east = (lng - self.lng) * METRES_A_DEGREE * NARROWING
        north = (lat - self.lat) * METRES_A_DEGREE
        sine, cosine = math.sin(math.radians(self.bearing)), math.cos(math.radians(self.bearing))
        along = (east * sine + north * cosine) / (self.length_km * 500)
        across = (east * cosine - north * sine) / (self.width_km * 500)
        return math.hypot(along, across)


@dataclass(frozen=True, slots=True)
class Khwaeng:
    """A sub-district of Bangkok."""

    code: int
    name_th: str
    name_en: str
    extent: Extent
    postcode: str

    @property
    def dcode(self) -> int:
        """The khet it belongs to."""
        return self.code // 100


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A tambon of another province that touches Bangkok."""

    code: int
    name_th: str
    amphoe_th: str
    province_th: str
    extent: Extent


def list_khwaeng(dcode: int | None = None) -> tuple[Khwaeng, ...]:
    """All 180 by code, or those of one khet."""
    return tuple(each for each in _read()[0] if dcode is None or each.dcode == dcode)


def find_khwaeng(name_th: str, dcode: int) -> Khwaeng | None:
    """The khwaeng of that Thai name in that khet, or None. (Two names occur in two khet.)"""
    return next((each for each in _read()[0] if each.name_th == name_th and each.dcode == dcode), None)


def list_neighbours() -> tuple[Neighbour, ...]:
    """The tambon just across the city limit."""
    return _read()[1]


@cache
def _read() -> tuple[tuple[Khwaeng, ...], tuple[Neighbour, ...]]:
    table: dict[str, list[list[Any]]] = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    ours = tuple(
        Khwaeng(code, thai, english, Extent(*extent), str(postcode))
        for code, thai, english, *extent, postcode in table["khwaeng"]
    )
    others = tuple(
        Neighbour(code, thai, amphoe, province, Extent(*extent))
        for code, thai, amphoe, province, *extent in table["neighbours"]
    )
    return ours, others
