"""An operator's file is read or refused with words that help; a pin is found in it, near borders too."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from places.boundaries import Layer, LayerProblem, Located, parse_layer
from tests.places.measured import (
    TILE,
    as_geojson,
    middle_of,
    read_layer,
    tile_features,
    tile_of,
    tiles,
)

METRE = 1 / 110_600  # of latitude, in degrees


def _swap(features: list[dict[str, Any]]) -> list[dict[str, Any]]:
    for feature in features:
        for ring in feature["geometry"]["coordinates"]:
            ring[:] = [[lat, lng] for lng, lat in ring]
    return features


def _move(features: list[dict[str, Any]], by: float, times: float = 1) -> list[dict[str, Any]]:
    for feature in features:
        for ring in feature["geometry"]["coordinates"]:
            ring[:] = [[(lng + by) * times, (lat + by) * times] for lng, lat in ring]
    return features


def _name_only(features: list[dict[str, Any]], key: str, form: str = "{}") -> list[dict[str, Any]]:
    for feature in features:
        feature["properties"] = {"OBJECTID": 7, "LABEL": form.format(feature["properties"][key])}
    return features


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "not even JSON"),
        ("PK\x03\x04 a shapefile in a zip", "not even JSON"),
        ("[1, 2]", "FeatureCollection was expected"),
        ("null", "FeatureCollection was expected"),
        ('{"type": "Topology", "objects": {}}', "TopoJSON"),
        ('{"type": "Polygon", "coordinates": []}', "FeatureCollection was expected, Polygon found"),
        ('{"type": "FeatureCollection", "features": {}}', "FeatureCollection was expected"),
        ('{"type": "FeatureCollection", "features": []}', "No feature of this file is a khet"),
        ('{"type": "FeatureCollection", "features": [null, 3, {}]}', "No feature of this file is a khet"),
        (as_geojson(_swap(tile_features())), "swapped"),
        (as_geojson(_move(tile_features(), 0, 6_600)), "not degrees"),
        (as_geojson(_move(tile_features(), -5)), "do not lie in Bangkok"),
        (as_geojson(tile_features()[:49]), r"lacks 1 of 50 khet: Bang Bon \(1050\)"),
        (as_geojson(tile_features()[3:]), r"Phra Nakhon \(1001\), Dusit \(1002\), Nong Chok \(1003\)"),
        (
            as_geojson(tile_features(), crs={"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::24047"}}),
            "EPSG::24047, not WGS84",
        ),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_what_to_mend(text: str, said: str) -> None:
    with pytest.raises(LayerProblem, match=said):
        parse_layer(text)


@pytest.mark.parametrize(
    ("geometry", "said"),
    [
        (None, "must be a Polygon"),
        ({"type": "Point", "coordinates": [100.5, 13.7]}, "is a Point"),
        ({"type": "Polygon", "coordinates": [[[100.5, 13.7], [100.6, 13.7]]]}, "at least 3"),
        ({"type": "Polygon", "coordinates": [[["a", "b"], [1, 2], [3, 4]]]}, "not a pair of numbers"),
        ({"type": "Polygon", "coordinates": [[100.5, 13.7, 100.6]]}, "not a pair of numbers"),
        ({"type": "Polygon", "coordinates": [None]}, "not a pair of numbers"),
        ({"type": "MultiPolygon", "coordinates": [3]}, "is a MultiPolygon"),
        ({"type": "Polygon", "coordinates": []}, "lacks 1 of 50"),
    ],
)
def test_a_khet_of_an_odd_shape_is_refused_by_its_number(geometry: Any, said: str) -> None:
    features = tile_features()
    features[4]["geometry"] = geometry
    with pytest.raises(LayerProblem, match=said):
        parse_layer(as_geojson(features))


@given(st.text(max_size=200) | st.recursive(st.none() | st.floats() | st.text(max_size=5), st.lists).map(json.dumps))
def test_whatever_the_file_holds_only_a_layer_problem_is_raised(text: str) -> None:
    with pytest.raises(LayerProblem):
        parse_layer(text)


@pytest.mark.parametrize(
    "features",
    [
        _name_only(tile_features(), "name_th"),
        _name_only(tile_features(), "name_th", "เขต{}"),
        _name_only(tile_features(), "name_th", " เขต {} "),
        _name_only(tile_features(), "name_th", "สำนักงานเขต{}"),
        _name_only(tile_features(), "name_en"),
        _name_only(tile_features(), "name_en", "Khet {}"),
        _name_only(tile_features(), "name_en", "{} District"),
    ],
)
def test_khet_are_known_by_code_or_by_name_in_either_language(features: list[dict[str, Any]]) -> None:
    assert parse_layer(as_geojson(features)).to_json() == tiles().to_json()


@pytest.mark.parametrize("spelled", ["dcode", "DCODE", " Dcode "])
@pytest.mark.parametrize("form", [str, int, float])
def test_the_code_may_be_text_or_number(spelled: str, form: type) -> None:
    features = tile_features()
    for feature in features:
        feature["properties"] = {spelled: form(feature["properties"]["dcode"])}
    assert parse_layer("\ufeff" + as_geojson(features)).to_json() == tiles().to_json()


def test_a_namesake_in_another_province_is_left_out() -> None:
    namesake = _move(tile_features()[34:35], 4)[0]  # Chom Thong, as there is one in Chiang Mai
    assert parse_layer(as_geojson([namesake, *tile_features()])).to_json() == tiles().to_json()


def test_a_khet_in_several_parts_and_with_a_hole_is_read() -> None:
    features = tile_features()
    west, south, east, north = tile_of(1001)
    step = TILE / 4
    hole = [
        [west + step, south + step],
        [east - step, south + step],
        [east - step, north - step],
        [west + step, north - step],
    ]
    island = [[100.9, 13.9], [100.91, 13.9], [100.91, 13.91]]
    outer = features[0]["geometry"]["coordinates"][0]
    features[0]["geometry"] = {"type": "MultiPolygon", "coordinates": [[outer, hole], [island]]}
    layer = parse_layer(as_geojson(features))
    assert layer.locate(*middle_of(1001)).dcode is None
    assert layer.locate(south + step / 2, west + step / 2).dcode == 1001
    assert layer.locate(13.902, 100.908).dcode == 1001


def test_every_khet_is_found_at_its_middle_and_nothing_is_near() -> None:
    assert [tiles().locate(*middle_of(dcode)) for dcode in range(1001, 1051)] == [
        Located(dcode) for dcode in range(1001, 1051)
    ]


@pytest.mark.parametrize(("metres", "near"), [(10, True), (49, True), (51, False), (400, False)])
def test_another_khet_within_fifty_metres_is_named_with_its_distance(metres: float, near: bool) -> None:
    _, lng = middle_of(1001)
    _, _, _, north = tile_of(1001)
    located = tiles().locate(north - metres * METRE, lng)
    assert located.dcode == 1001
    assert [dcode for dcode, _ in located.near] == ([1011] if near else [])
    if near:
        assert located.near[0][1] == pytest.approx(metres, abs=0.5)


def test_at_a_corner_all_three_others_are_near() -> None:
    _, _, east, north = tile_of(1001)
    located = tiles().locate(north - 5 * METRE, east - 20 * METRE)
    assert located.dcode == 1001
    assert located.near[0][0] == 1011
    assert {dcode for dcode, _ in located.near} == {1002, 1011, 1012}
    assert [metres for _, metres in located.near] == sorted(metres for _, metres in located.near)


@pytest.mark.parametrize(("metres", "whose"), [(10, 1005), (49, 1005), (52, None), (5_000, None)])
def test_just_outside_every_outline_it_is_the_nearest_khets(metres: float, whose: int | None) -> None:
    _, south, _, _ = tile_of(1005)
    _, lng = middle_of(1005)
    assert tiles().locate(south - metres * METRE, lng) == Located(whose)


def test_where_outlines_overlap_the_deeper_one_has_it_and_the_other_is_near() -> None:
    features = tile_features()
    west, south, east, north = tile_of(1002)
    over = west - 20 * METRE
    features[1]["geometry"]["coordinates"] = [[[over, south], [east, south], [east, north], [over, north]]]
    located = parse_layer(as_geojson(features)).locate((south + north) / 2, west - 5 * METRE)
    assert located.dcode == 1002
    assert located.near == ((1001, 0.0),)


def test_a_kept_layer_is_the_same_layer() -> None:
    kept = tiles().to_json()
    again = Layer.from_json(kept)
    assert again.to_json() == kept
    assert again.locate(*middle_of(1033)) == Located(1033)


@pytest.mark.parametrize(
    "kept", ["", "{}", "[]", '{"format": "another", "outlines": {}}', '{"format": "khet-outlines-1"}']
)
def test_a_kept_layer_that_is_damaged_says_to_import_again(kept: str) -> None:
    with pytest.raises(LayerProblem, match="boundaries import"):
        Layer.from_json(kept)


@given(st.floats(), st.floats())
def test_any_pin_is_answered(lat: float, lng: float) -> None:
    located = tiles().locate(lat, lng)
    assert located.dcode is None or 1001 <= located.dcode <= 1050


@given(st.floats(13.5, 13.8), st.floats(100.3, 100.7))
def test_the_khet_of_a_pin_is_the_tile_it_lies_in(lat: float, lng: float) -> None:
    located = tiles().locate(lat, lng)
    either = {located.dcode, *(dcode for dcode, _ in located.near)}
    inside = {dcode for dcode in range(1001, 1051) if _is_within(dcode, lat, lng)}
    assert inside <= either
    assert located.dcode not in dict(located.near)


def _is_within(dcode: int, lat: float, lng: float) -> bool:
    west, south, east, north = tile_of(dcode)
    return west <= lng <= east and south <= lat <= north


def test_bmas_layer_is_kept_short_and_answers_alike() -> None:
    layer = read_layer()
    kept = layer.to_json()
    again = Layer.from_json(kept)
    assert len(kept) < 250_000
    for number in range(400):
        lat, lng = 13.5 + number * 0.0011, 100.33 + (number * 37 % 400) * 0.0015
        assert again.locate(lat, lng).dcode == layer.locate(lat, lng).dcode
