"""The boundary layer in use is the one imported last, and a running process notices a new one."""

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime
from threading import Event, Thread

import pytest
from sqlalchemy import select
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session

from handlers import routing
from handlers.routing import Router
from storage import boundaries
from storage.models import BoundaryLayer
from storage.session import Database
from tests.places.measured import as_geojson, middle_of, tile_features, tiles

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database(database_url)
    yield opened
    opened.close()


def _add(database: Database, *, source: str = "tiles.geojson", layer: str = "{}") -> None:
    with database.begin(NOW) as session:
        boundaries.add_layer(session, source=source, text=as_geojson(tile_features()), layer=layer, now=NOW)


def test_before_any_import_there_is_none(database: Database) -> None:
    with database.read() as session:
        assert boundaries.find_newest_id(session) is None
        with pytest.raises(NoResultFound):
            boundaries.get_layer(session, 1)


def test_the_last_one_imported_is_in_use_and_the_earlier_stay(database: Database) -> None:
    for number in range(3):
        _add(database, layer=f'{{"number": {number}}}')

    with database.read() as session:
        newest = boundaries.find_newest_id(session)
        assert newest is not None
        assert boundaries.get_layer(session, newest) == '{"number": 2}'
        assert len(session.scalars(select(BoundaryLayer)).all()) == 3


def test_where_it_came_from_is_kept(database: Database) -> None:
    _add(database, source="เขต" * 200)

    with database.read() as session:
        (kept,) = session.scalars(select(BoundaryLayer))
    assert kept.source == ("เขต" * 200)[:255]
    assert kept.sha256 == hashlib.sha256(as_geojson(tile_features()).encode()).hexdigest()
    assert kept.imported_at == NOW


def test_a_running_router_takes_up_a_new_layer(database: Database) -> None:
    router = Router(database)
    latitude, longitude = middle_of(1026)
    before = router(latitude, longitude, "")
    assert before and before.how == "centre"

    _add(database, layer=tiles().to_json())
    router.refresh()

    after = router(latitude, longitude, "")
    assert after and (after.org, after.how) == ("district:1026", "boundary")


def test_a_new_layer_is_read_beside_the_work_and_the_old_one_is_in_use_till_then(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    router = Router(database)
    latitude, longitude = middle_of(1026)
    assert router(latitude, longitude, "")
    _add(database, layer=tiles().to_json())
    reading, go_on = Event(), Event()

    def read_slowly(session: Session, layer_id: int) -> str:
        reading.set()
        assert go_on.wait(30)
        return get_layer(session, layer_id)

    get_layer = boundaries.get_layer
    monkeypatch.setattr(boundaries, "get_layer", read_slowly)
    monkeypatch.setattr(routing, "LOOK_EVERY", 0.0)

    with database.begin(NOW):
        meanwhile = router(latitude, longitude, "")
        assert reading.wait(30)
        assert router(latitude, longitude, "") == meanwhile  # a second look does not begin beside the first
    assert meanwhile and meanwhile.how == "centre"

    stopping = Thread(target=router.stop)
    stopping.start()
    stopping.join(0.1)
    assert stopping.is_alive(), "its connection is not closed under it"
    go_on.set()
    stopping.join(30)
    assert not stopping.is_alive()
    monkeypatch.setattr(routing, "LOOK_EVERY", 3600.0)
    router.refresh()  # waits for the one that is at it
    after = router(latitude, longitude, "")
    assert after and after.how == "boundary"
