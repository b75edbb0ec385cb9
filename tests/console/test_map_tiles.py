"""Street maps under the outlines, where the operator set an address for them; nobody else is asked for anything."""

import re
from pathlib import Path

import pytest

from console.assets import OURS
from tests.desk import DeskHouse

TILES = "https://tiles.bangkok.example:8443/streets/{z}/{x}/{y}.png"


def test_pages_let_in_the_tiles_that_are_set_and_nothing_else(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = '© "Bangkok" <b>GIS</b>'
    desk = DeskHouse(sqlite_url, tmp_path, monkeypatch, map_tiles_url=TILES, map_tiles_attribution=said)
    officer = desk.clerk("admin").opens("/console/map")
    policy = officer.answer.headers["Content-Security-Policy"]
    assert "img-src 'self' data: https://tiles.bangkok.example:8443; font-src 'self'" in policy
    assert policy.count("tiles.bangkok") == 1
    told = officer.page.select_one('meta[name="map-tiles"]')
    assert told is not None and (told["content"], told["data-attribution"]) == (TILES, said)
    assert "<b>GIS" not in officer.answer.text
    desk.close()


def test_every_map_stays_under_what_is_fixed_on_the_page() -> None:
    """Leaflet lays its parts up to 1000 high: without a level of its own a map would paint over the menu of a phone."""
    drawn = {
        name
        for path in OURS.glob("*.js")
        for name in re.findall(r'getElementById\("((?:\w+-)?map)"\)', path.read_text())
    }
    assert {"case-map", "intake-map", "map"} <= drawn
    rules = "".join(path.read_text() for path in OURS.glob("*.css"))
    for name in drawn:
        assert re.search(rf"^\.{name} {{[^}}]*z-index: 0;", rules, re.MULTILINE), name


def test_without_them_the_outlines_are_the_map(desk: DeskHouse) -> None:
    officer = desk.clerk("admin").opens("/console/map")
    assert "img-src 'self' data:; font-src" in officer.answer.headers["Content-Security-Policy"]
    assert officer.page.select_one('meta[name="map-tiles"]') is None
