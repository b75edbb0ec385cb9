"""Which office a place belongs to, by the boundary layer in use; a newly imported one is noticed by itself."""

import time
from threading import Lock

import structlog

from places.boundaries import Layer
from places.routing import Routing, route
from storage import boundaries
from storage.session import Database

log = structlog.get_logger()
LOOK_EVERY = 30.0  # seconds between two looks for a newer layer


class Router:
    """`router(lat, lng, words)` finds the office. Safe for many threads."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._turn = Lock()
        self._layer: Layer | None = None
        self._layer_id: int | None = None
        self._looked: float | None = None

    def __call__(self, latitude: float | None, longitude: float | None, words: str) -> Routing | None:
        """The office for a pin, for words, or for both; None where neither tells."""
        return route(latitude, longitude, words, self._current())

    def refresh(self) -> None:
        """Look for a newer layer now."""
        with self._turn, self.database.read() as session:
            newest = boundaries.find_newest_id(session)
            if newest is not None and newest != self._layer_id:
                self._layer = Layer.from_json(boundaries.get_layer(session, newest))
                self._layer_id = newest
                log.info("boundary layer in use", layer=newest)
            self._looked = time.monotonic()

    def _current(self) -> Layer | None:
        if self._looked is None or time.monotonic() - self._looked > LOOK_EVERY:
            self.refresh()
        return self._layer
