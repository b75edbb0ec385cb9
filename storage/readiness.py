"""Whether the database takes what people send: asked by the health check, and answered by writing.

Reading tells nothing of a full disk or of a file that may only be read.
"""

import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from threading import Lock
from time import monotonic

from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlalchemy.orm import Session

from storage.database_file import find_path

LOOK_EVERY = 5.0  # seconds; the check must cost little however often it is asked
# A file that was once larger is written over, so that small writes go well where no other would.
LEAST_ROOM = 8_000_000
# It changes nothing, and is committed, for only the commit reaches the disk.
_TOUCH = text("UPDATE alembic_version SET version_num = version_num")


class Readiness:
    """What was found at the last look. Safe for many threads."""

    def __init__(self, engine: Engine, begin: Callable[[], AbstractContextManager[Session]]) -> None:
        self._begin = begin
        path = find_path(engine.url)
        self._folder = path.parent if path else None  # the disk of a server cannot be seen from here
        self._turn = Lock()
        self._looked: float | None = None
        self._found: SQLAlchemyError | None = None

    def check(self) -> None:
        """Raises SQLAlchemyError where nothing can be written."""
        came = monotonic()
        with self._turn:
            # What is well is believed for some seconds; what is not, only by those who stood in line meanwhile.
            if self._looked is None or came - self._looked > (LOOK_EVERY if self._found is None else 0.0):
                self._found = self._look()
                self._looked = monotonic()
            found = self._found
        if found is not None:
            raise found.with_traceback(None)

    def _look(self) -> SQLAlchemyError | None:
        try:
            if self._folder is not None:
                _must_have_room(self._folder)
            with self._begin() as session:
                session.execute(_TOUCH)
        except SQLAlchemyError as error:
            return error
        return None


def _must_have_room(folder: Path) -> None:
    try:
        found = os.statvfs(folder)
    except OSError as error:  # the folder itself is gone
        raise OperationalError("COMMIT", None, error) from error
    room = found.f_bavail * found.f_frsize
    if room < LEAST_ROOM:
        raise OperationalError("COMMIT", None, OSError(f"only {room} bytes are free"))
