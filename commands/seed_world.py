"""What demo cases are made of, read from `seed_world.toml`: categories by month, districts, channels, and words."""

import random
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Any

from cases.categories import get_category
from cases.danger import find_danger
from cases.working_time import is_working_time
from clock import in_bangkok
from places.boundaries import Layer
from places.khwaeng import Khwaeng, list_khwaeng
from places.routing import OUTSIDE, route

_FILE = Path(__file__).with_name("seed_world.toml")
SPOTS_A_KHWAENG = 12
MOST_DRAWN = 100
REACH = 0.55  # of a khwaeng's own half length and width: most pins lie well inside, a few beside a border
FAR_OUT = 0.03  # of the spots lie so far out that another khet may be meant
KILOMETRE = 1 / 110.6  # in degrees


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing people write about; `danger` is what the product hears in it."""

    category: str
    words: str
    danger: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Spot:
    """A pin, and what the product makes of it."""

    latitude: float
    longitude: float
    khwaeng: str
    district: str
    alternatives: tuple[str, ...]
    how: str


class World:
    """Draws what a case is about, where and how it was told. `layer`: the outlines that pins are looked up in."""

    def __init__(self, number: int, layer: Layer | None) -> None:
        told = _load()
        self.said: dict[str, list[str]] = told["said"]
        self.demo, self.name, self._place = told["demo"], told["name"], told["place"]
        self._layer = layer
        self._number = number
        self._districts = [int(code) for code in told["districts"]]
        self._weights = list(accumulate(told["districts"].values()))
        self._channels: dict[str, float] = told["channels"]
        self._categories = [each["code"] for each in told["category"]]
        self._by_month = {
            month: list(accumulate(each["share"] * each["months"].get(str(month), 1) for each in told["category"]))
            for month in range(1, 13)
        }
        self._matters = {
            each["code"]: [_hear(each["code"], words) for words in each["words"]] for each in told["category"]
        }
        self._spots: dict[int, list[Spot]] = {}

    def draw_matter(self, chance: random.Random, at: datetime) -> Matter:
        """What it is about, by the month."""
        code = chance.choices(self._categories, cum_weights=self._by_month[in_bangkok(at).month])[0]
        return self._matters[code][int(chance.random() * len(self._matters[code]))]

    def draw_spot(self, chance: random.Random) -> Spot:
        """Where, by how many people live there."""
        dcode = chance.choices(self._districts, cum_weights=self._weights)[0]
        spots = self._spots.get(dcode) or self._find_spots(dcode)
        return spots[int(chance.random() * len(spots))]

    def draw_channel(self, chance: random.Random, at: datetime) -> str:
        """How it was told."""
        drawn = chance.random()
        for channel, share in self._channels.items():
            drawn -= share
            if drawn < 0:
                return channel if channel == "phone" or is_working_time(at) else "line"
        return "line"

    def fill(self, words: str, chance: random.Random) -> str:
        """Words with a spot and a number."""
        spots = self.said["spots"]
        return words.format(spot=spots[int(chance.random() * len(spots))], n=2 + int(chance.random() * 6))

    def write_place(self, spot: Spot, chance: random.Random) -> str:
        """The place in words."""
        return str(self._place).format(soi=1 + int(chance.random() * 60), khwaeng=spot.khwaeng)

    def say(self, key: str, chance: random.Random) -> str:
        """Words of one kind."""
        words = self.said[key]
        return words[int(chance.random() * len(words))]

    def _find_spots(self, dcode: int) -> list[Spot]:
        """Pins about the middles of a khet's khwaeng, each taken to the office that the product would send it to."""
        chance = random.Random(f"{self._number}:{dcode}")
        found = []
        for khwaeng in list_khwaeng(dcode):
            for _ in range(SPOTS_A_KHWAENG):
                found.append(_place_spot(khwaeng, chance, self._layer))
        spots = [spot for spot in found if spot is not None]
        if not spots and self._layer is not None:
            spots = _find_within(dcode, chance, self._layer)
        self._spots[dcode] = spots
        return spots


def _find_within(dcode: int, chance: random.Random, layer: Layer) -> list[Spot]:
    """Pins within a khet's own outline, where the outlines lie elsewhere than the khet do."""
    ring = max(layer.rings[dcode], key=len)
    lngs, lats = [lng for lng, _ in ring], [lat for _, lat in ring]
    drawn = [(chance.uniform(min(lats), max(lats)), chance.uniform(min(lngs), max(lngs))) for _ in range(MOST_DRAWN)]
    names = [khwaeng.name_th for khwaeng in list_khwaeng(dcode)]
    spots: list[Spot] = []
    # Of an outline too thin to be hit, its corners: what lies on a border belongs to somebody.
    for latitude, longitude in (*drawn, *zip(lats, lngs, strict=True)):
        spot = _make_spot(latitude, longitude, chance.choice(names), layer)
        spots += [spot] if spot is not None else []
        if len(spots) == SPOTS_A_KHWAENG:
            break
    return spots


def _place_spot(khwaeng: Khwaeng, chance: random.Random, layer: Layer | None) -> Spot | None:
    reach = 1.0 if chance.random() < FAR_OUT else REACH
    extent = khwaeng.extent
    half = min(extent.length_km, extent.width_km) / 2 * reach * KILOMETRE
    latitude, longitude = extent.lat + chance.uniform(-half, half), extent.lng + chance.uniform(-half, half)
    return _make_spot(latitude, longitude, khwaeng.name_th, layer)


def _make_spot(latitude: float, longitude: float, name: str, layer: Layer | None) -> Spot | None:
    latitude, longitude = round(latitude, 6), round(longitude, 6)
    routed = route(latitude, longitude, "", layer)
    if routed is None or routed.org == OUTSIDE:
        return None
    return Spot(latitude, longitude, routed.khwaeng or name, routed.org, routed.alternatives, routed.how)


def _hear(code: str, words: str) -> Matter:
    found = find_danger(words)
    return Matter(code, words, tuple(found.kinds) if found and found.happening else ())


def is_confidential(matter: Matter) -> bool:
    """Whether no office may see it."""
    return get_category(matter.category).confidential


def pick(chance: random.Random, options: Sequence[tuple[str, float]]) -> str:
    """One of these by weight; the weights add up to one."""
    drawn = chance.random()
    for name, share in options:
        drawn -= share
        if drawn < 0:
            return name
    return options[-1][0]


@cache
def _load() -> dict[str, Any]:
    with _FILE.open("rb") as file:
        return tomllib.load(file)
