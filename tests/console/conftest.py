"""What the tests of the console share."""

import json
from functools import cache

import pytest
from argon2 import PasswordHasher

import clock
from console import passwords
from places.layer import Layer
from storage import boundaries
from tests.desk import DeskHouse

OUTLINES = {
    1026: (((100.50, 13.70), (100.55, 13.70), (100.55, 13.80), (100.50, 13.80), (100.50, 13.70)),),
    1017: (((100.55, 13.70), (100.60, 13.70), (100.60, 13.80), (100.55, 13.80), (100.55, 13.70)),),
}


@pytest.fixture(autouse=True)
def quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same hash with less work in it."""
    monkeypatch.setattr(passwords, "_hasher", cache(lambda: PasswordHasher(1, 8, 1)))


@pytest.fixture
def two_khet(desk: DeskHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    """Bangkok is two khet, Din Daeng and Huai Khwang, with a border between them."""
    monkeypatch.setattr("console.khet_outlines._layers", {})  # another test's layer may have the same key
    kept = Layer(OUTLINES).to_json()
    with desk.database.begin(clock.now()) as session:
        boundaries.add_layer(session, source="test", text=json.dumps(kept), layer=kept, now=clock.now())
