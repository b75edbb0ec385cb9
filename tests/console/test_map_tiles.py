"""Street maps under the outlines, where the operator set an address for them; nobody else is asked for anything."""

from pathlib import Path

import pytest

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


def test_without_them_the_outlines_are_the_map(desk: DeskHouse) -> None:
    officer = desk.clerk("admin").opens("/console/map")
    assert "img-src 'self' data:; font-src" in officer.answer.headers["Content-Security-Policy"]
    assert officer.page.select_one('meta[name="map-tiles"]') is None
