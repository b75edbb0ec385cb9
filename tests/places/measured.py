"""Layers to test with: a made-up one of fifty tiles, and BMA's own where the reference data are at hand."""

import csv
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from places.boundaries import Layer, parse_layer
from places.organisations import list_khet

_DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
TILE = 0.02  # degrees: about 2.2 km
WEST, SOUTH = 100.4, 13.6
COLUMNS = 10


def tile_of(dcode: int) -> tuple[float, float, float, float]:
    """West, south, east, north of a khet in the made-up layer: ten columns, five rows, by code."""
    row, column = divmod(dcode - 1001, COLUMNS)
    west, south = WEST + column * TILE, SOUTH + row * TILE
    return round(west, 6), round(south, 6), round(west + TILE, 6), round(south + TILE, 6)


def tile_features() -> list[dict[str, Any]]:
    """The made-up layer's features."""
    features = []
    for khet in list_khet():
        west, south, east, north = tile_of(khet.dcode)
        ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
        features.append(
            {
                "type": "Feature",
                "properties": {"dcode": khet.dcode, "name_th": khet.name_th, "name_en": khet.name_en},
                "geometry": {"type": "Polygon", "coordinates": [ring]},
            }
        )
    return features


def as_geojson(features: list[dict[str, Any]], **more: Any) -> str:
    """A collection of features as text."""
    return json.dumps({"type": "FeatureCollection", "features": features, **more}, ensure_ascii=False)


@cache
def tiles() -> Layer:
    """The made-up layer."""
    return parse_layer(as_geojson(tile_features()))


def middle_of(dcode: int) -> tuple[float, float]:
    """Latitude and longitude of the middle of a tile."""
    west, south, east, north = tile_of(dcode)
    return (south + north) / 2, (west + east) / 2


def read_layer() -> Layer:
    """BMA's layer, or the test is skipped."""
    return _parse(_find("boundaries-bma.geojson"))


def read_pins() -> Iterator[tuple[float, float, str]]:
    """Latitude, longitude and office of real report pins, or the test is skipped."""
    with _find("routing_dev.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield float(row["lat"]), float(row["lng"]), f"district:{row['dcode']}"


def _find(name: str) -> Path:
    path = _DATA / name
    if not path.is_file():
        pytest.skip(f"The reference data are not beside this clone (../shared/data/{name}); nothing to measure with.")
    return path


@cache
def _parse(path: Path) -> Layer:
    return parse_layer(path.read_text(encoding="utf-8"))
