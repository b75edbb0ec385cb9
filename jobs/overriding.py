"""Keeps what staff set in the console in force in this process, though another process took their form.

It looks every few seconds, so that whoever reads a category never asks the database for it.
"""

import structlog
from sqlalchemy.exc import SQLAlchemyError

from cases import categories, category_overrides
from jobs.looking import Looking
from storage.session import Database

log = structlog.get_logger()
LOOK_EVERY = 5.0  # seconds
UNDONE = "what staff set is not read anew"


class OverrideReader(Looking):
    """One thread; what staff set holds before the first person comes."""

    def __init__(self, database: Database) -> None:
        super().__init__("override-reader", self.read, every=LOOK_EVERY, undone=UNDONE)
        self._database = database

    def start(self) -> None:
        """Read, and go on reading; a database that is away is asked again."""
        try:
            self.read()
        except SQLAlchemyError as problem:
            log.error(UNDONE, reason=type(problem).__name__)
        super().start()

    def stop(self, timeout: float = 10.0) -> None:
        """End; what comes with the program holds again."""
        super().stop(timeout)
        categories.override({})

    def read(self) -> None:
        """Read once."""
        with self._database.read() as session:
            category_overrides.hold(session)
