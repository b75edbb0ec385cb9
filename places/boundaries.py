"""Reads the boundary layer that an operator imports: GeoJSON with the 50 khet, from BMA or another source.

No layer is shipped, because BMA's terms for its own are not known to us. Such files come in many forms, so
what is wrong with one is said in words an operator can act on.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from places.layer import NEAR_METRES, Layer, LayerProblem, Located, Ring
from places.names import find_khet
from places.organisations import list_khet

__all__ = ["NEAR_METRES", "Layer", "LayerProblem", "Located", "parse_layer"]

_WEST, _EAST, _SOUTH, _NORTH = 100.2, 101.1, 13.3, 14.1  # Bangkok with room about it
_WGS84 = ("crs84", "epsg:4326", "epsg::4326", "wgs84", "wgs 84")
_CODE_NAMES = ("dcode", "d_code", "khet_code", "district_code")
_HOW = "Save the 50 khet as GeoJSON in WGS84 (EPSG:4326, longitude before latitude) and import the file again."


def parse_layer(text: str) -> Layer:
    """The layer in a GeoJSON text, or LayerProblem. Features that are no khet are left out."""
    found: dict[int, list[Ring]] = {}
    elsewhere: set[int] = set()
    for number, feature in enumerate(_list_features(text), start=1):
        dcode = _find_dcode(feature.get("properties"))
        if dcode is None:
            continue
        rings = [_read_ring(ring, number) for ring in _list_rings(feature, number)]
        if all(_is_near(*point) for ring in rings for point in ring):
            found.setdefault(dcode, []).extend(rings)
        else:  # also a namesake in another province, in a layer of the whole country
            elsewhere.add(dcode)
    _check_complete(found, elsewhere)
    return Layer({dcode: tuple(found[dcode]) for dcode in sorted(found)})


def _check_complete(found: Mapping[int, list[Ring]], elsewhere: set[int]) -> None:
    missing = [khet for khet in list_khet() if not found.get(khet.dcode)]
    if not missing:
        return
    names = ", ".join(f"{khet.name_en} ({khet.dcode})" for khet in missing)
    if elsewhere.issuperset(khet.dcode for khet in missing):
        raise LayerProblem(f"These khet do not lie in Bangkok in this file: {names}. {_HOW}")
    if len(missing) == len(list_khet()):
        raise LayerProblem(
            "No feature of this file is a khet of Bangkok. Each needs a property `dcode` (1001 to 1050), "
            f"or its Thai or English name. {_HOW}"
        )
    raise LayerProblem(f"The file lacks {len(missing)} of 50 khet: {names}. Import a file that has all 50.")


def _list_features(text: str) -> Iterator[Mapping[str, Any]]:
    try:
        data: Any = json.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError) as why:
        raise LayerProblem(f"The file is not GeoJSON: it is not even JSON ({why}). {_HOW}") from why
    kind = data.get("type") if isinstance(data, dict) else None
    if kind == "Topology":
        raise LayerProblem(f"The file is TopoJSON, not GeoJSON. {_HOW}")
    if kind != "FeatureCollection" or not isinstance(data.get("features"), list):
        raise LayerProblem(f"The file is not GeoJSON: a FeatureCollection was expected, {kind or 'none'} found. {_HOW}")
    _check_reference(data.get("crs"))
    for feature in data["features"]:
        if isinstance(feature, dict):
            yield feature


def _check_reference(crs: Any) -> None:
    """Old GeoJSON may name its reference system; any but WGS84 would put every pin in the wrong place."""
    properties = crs.get("properties") if isinstance(crs, dict) else None
    named = properties.get("name") if isinstance(properties, dict) else None
    if isinstance(named, str) and not any(word in named.lower() for word in _WGS84):
        raise LayerProblem(f"The file's coordinates are in {named}, not WGS84. {_HOW}")


def _list_rings(feature: Mapping[str, Any], number: int) -> list[Any]:
    geometry = feature.get("geometry")
    kind, coordinates = (
        (geometry.get("type"), geometry.get("coordinates")) if isinstance(geometry, dict) else (None, None)
    )
    if kind == "Polygon" and isinstance(coordinates, list):
        return coordinates
    if kind == "MultiPolygon" and isinstance(coordinates, list) and all(isinstance(part, list) for part in coordinates):
        return [ring for part in coordinates for ring in part]
    raise LayerProblem(f"Feature {number} is a {kind}; a khet must be a Polygon or a MultiPolygon. {_HOW}")


def _read_ring(ring: Any, number: int) -> Ring:
    try:
        points = [(float(point[0]), float(point[1])) for point in ring]
    except (TypeError, ValueError, IndexError, KeyError, OverflowError) as why:
        raise LayerProblem(f"Feature {number} has a point that is not a pair of numbers. {_HOW}") from why
    if len(points) > 1 and points[0] == points[-1]:
        points.pop()
    if len(points) < 3:
        raise LayerProblem(f"Feature {number} has an outline of {len(points)} points; at least 3 are needed. {_HOW}")
    for lng, lat in points:
        _check_point(lng, lat, number)
    return tuple(points)


def _check_point(lng: float, lat: float, number: int) -> None:
    if abs(lng) <= 180 and abs(lat) <= 90:
        return
    if _is_near(lat, lng):
        raise LayerProblem(f"Latitude and longitude are swapped (feature {number} begins {lng}, {lat}). {_HOW}")
    raise LayerProblem(
        f"The coordinates are not degrees (feature {number} has {lng}, {lat}) but perhaps metres, as in UTM. {_HOW}"
    )


def _is_near(lng: float, lat: float) -> bool:
    return _WEST <= lng <= _EAST and _SOUTH <= lat <= _NORTH


def _find_dcode(properties: Any) -> int | None:
    """A khet by its code, else by a name it bears in any property."""
    if not isinstance(properties, dict):
        return None
    for name, value in properties.items():
        code = str(value).strip().removesuffix(".0")
        if str(name).strip().lower() in _CODE_NAMES and code.isdecimal() and len(code) == 4:
            return int(code) if any(khet.dcode == int(code) for khet in list_khet()) else None
    for value in properties.values():
        dcode = find_khet(value) if isinstance(value, str) else None
        if dcode:
            return dcode
    return None
