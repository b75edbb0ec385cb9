"""The map: the same numbers as a table, points of one's own cases alone, and outlines where there are any."""

import gzip
import json
from typing import Any

import clock
from console.map import find_edges, find_level
from places.boundaries import parse_layer
from places.organisations import list_khet
from storage import boundaries
from tests.desk import Clerk, DeskHouse

DIN_DAENG, PHRA_NAKHON = "district:1026", "district:1001"
PIN = {"how": "boundary", "words": "ซอย 5", "lat": 13.7695, "lng": 100.5530, "alternatives": []}


def _points(clerk: Clerk, **asked: str) -> Any:
    answer = clerk.client.get("/console/map/points.json", query_string=asked)
    assert answer.status_code == 200
    return answer.get_json()


def _has_cases(desk: DeskHouse) -> dict[str, str]:
    nid = desk.chat.citizen("Nid")
    told = {
        name: desk.chat.has_case(nid, org, place=PIN | {"org": org, "lat": lat}, **more)
        for name, org, lat, more in (
            ("lamp", DIN_DAENG, 13.7695, {}),
            ("other", PHRA_NAKHON, 13.7560, {}),
            ("secret", DIN_DAENG, 13.7700, {"category": "official"}),
        )
    }
    return told


def test_each_sees_the_numbers_and_points_of_what_is_theirs(desk: DeskHouse) -> None:
    told = _has_cases(desk)
    officer, din_daeng = desk.clerk("officer"), desk.clerk("office", DIN_DAENG)

    officer.opens("/console/map").sees("console.map.list").sees("พระนคร").sees("ดินแดง")
    assert {each["number"] for each in _points(officer)["points"]} == {told["lamp"], told["other"]}
    din_daeng.opens("/console/map").sees("ดินแดง").hides("พระนคร")
    assert [each["number"] for each in _points(din_daeng)["points"]] == [told["lamp"]]
    assert _points(din_daeng, owner=PHRA_NAKHON)["points"] == _points(din_daeng)["points"]
    assert _points(officer, category="animals")["points"] == []
    assert _points(officer, box="13.75,100.5,13.76,100.6")["points"][0]["number"] == told["other"]
    for nonsense in ("nan,1,2,3", "5,5,1,1", "a", "1,2", "inf,-inf,inf,inf"):
        assert len(_points(officer, box=nonsense)["points"]) == 2, nonsense

    rows = officer.opens("/console/map?measure=open").page.find_all("tr")
    cells = [[each.get_text(strip=True) for each in row.find_all(["th", "td"])] for row in rows]
    numbers = {name: counts for name, *counts in cells}
    assert numbers["เขตดินแดง"] == numbers["เขตพระนคร"] == ["1", "1", "0"]


def test_many_cases_are_heaps(desk: DeskHouse, monkeypatch: Any) -> None:
    told = _has_cases(desk)
    monkeypatch.setattr("storage.map_points.POINTS", 1)
    found = _points(desk.clerk("officer"))
    assert found["points"] == [] and sum(heap["count"] for heap in found["heaps"]) == len(told) - 1
    monkeypatch.setattr("storage.map_points.LOOKED_AT", 1)
    assert not _points(desk.clerk("officer"))["note"], "of few in the box all are looked at, however old"
    monkeypatch.setattr("storage.map_points.NEAR", 1)
    found = _points(desk.clerk("officer"))
    assert found["note"], "that not all were looked at is said"
    assert [point["number"] for point in found["points"]] == [told["other"]]
    monkeypatch.setattr("storage.map_points.LOOKED_AT", 100)
    found = _points(desk.clerk("officer"))
    assert not found["note"] and sum(heap["count"] for heap in found["heaps"]) == len(told) - 1


def test_the_outlines_are_sent_once_for_each_layer(desk: DeskHouse) -> None:
    officer = desk.clerk("admin")
    officer.opens("/console/map").sees("console.map.empty")
    officer.opens("/console/map/outlines/1.json", 404)
    from_file = {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"dcode": khet.dcode},
                "geometry": {
                    "type": "Polygon",
                    "coordinates": [[[100.5, 13.7], [100.51, 13.7], [100.5, 13.71], [100.5, 13.7]]],
                },
            }
            for khet in list_khet()
        ],
    }
    text = json.dumps(from_file)
    with desk.database.begin(clock.now()) as session:
        boundaries.add_layer(session, source="a test", text=text, layer=parse_layer(text).to_json(), now=clock.now())
    with desk.database.read() as session:
        layer_id = boundaries.find_newest_id(session)
    plain = officer.client.get(f"/console/map/outlines/{layer_id}.json")
    packed = officer.client.get(f"/console/map/outlines/{layer_id}.json", headers={"Accept-Encoding": "gzip"})
    assert plain.get_json()["1026"][0][0] == [13.7, 100.5]
    assert gzip.decompress(packed.data) == plain.data
    assert "immutable" in packed.headers["Cache-Control"]


def test_colours_share_the_khet_out() -> None:
    assert find_edges([]) == find_edges([0, 0]) == find_edges([3, 3, 3]) == []
    edges = find_edges(list(range(1, 51)))
    assert [sum(find_level(value, edges) == level for value in range(1, 51)) for level in range(1, 6)] == [10] * 5
    assert find_level(0, edges) == 0
