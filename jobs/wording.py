"""Notices what staff put in the place of the program's words, so that every process says it within seconds."""

from cases import wording
from jobs.looking import Looking
from storage import text_changes
from storage.session import Database

LOOK_EVERY = 5.0  # seconds
AT_FIRST = 0.01


class WordingKeeper(Looking):
    """One thread that looks; the words are read only where there is a new change."""

    def __init__(self, database: Database) -> None:
        super().__init__("wording-keeper", self._look_once, every=AT_FIRST, undone="changed words not looked for")
        self._database = database
        self._newest: int | None = None

    def look(self) -> None:
        """Look now."""
        with self._database.read() as session:
            if text_changes.find_newest_id(session) != self._newest:
                self._newest = wording.take_up(session)

    def _look_once(self) -> None:
        self.every = LOOK_EVERY
        self.look()
