"""Which office a place belongs to, by the boundary layer in use; a newly imported one is noticed by itself."""

import time
from threading import Lock, Thread

import structlog
from sqlalchemy.exc import SQLAlchemyError

from places.boundaries import Layer
from places.routing import Routing, route
from storage import boundaries
from storage.session import Database

log = structlog.get_logger()
LOOK_EVERY = 30.0  # seconds between two looks for a newer layer
LONGEST_LOOK = 10.0


class Router:
    """`router(lat, lng, words)` finds the office. Safe for many threads.

    A layer is megabytes of outlines: it is read beside the work, never while a unit of work holds the database.
    """

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
        with self._turn:
            self._look()

    def look_beside(self) -> None:
        """Look for a newer layer in a thread of its own, unless one is at it; till then the old one is in use."""
        if self._turn.acquire(blocking=False):
            Thread(target=self._look_and_let_go, name="boundary-layer", daemon=True).start()

    def stop(self) -> None:
        """Wait until a look under way is over: it holds a connection, which nobody could close any more."""
        if self._turn.acquire(timeout=LONGEST_LOOK):
            self._turn.release()

    def _look_and_let_go(self) -> None:
        try:
            self._look()
        except SQLAlchemyError as problem:
            self._looked = time.monotonic()
            log.error("boundary layer not looked for", error=type(problem).__name__)
        finally:
            self._turn.release()

    def _look(self) -> None:
        with self.database.read() as session:
            newest = boundaries.find_newest_id(session)
            found = boundaries.get_layer(session, newest) if newest not in (None, self._layer_id) else None
        if found is not None:
            self._layer = Layer.from_json(found)
            self._layer_id = newest
            log.info("boundary layer in use", layer=newest)
        self._looked = time.monotonic()

    def _current(self) -> Layer | None:
        if self._looked is None:
            self.refresh()  # a process that has only begun, or a command
        elif time.monotonic() - self._looked > LOOK_EVERY:
            self.look_beside()
        return self._layer
