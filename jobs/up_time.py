"""Says every hour that this process runs, so that a time in which none did is told from the silence of others."""

from collections.abc import Sequence

import structlog
from sqlalchemy.exc import SQLAlchemyError

import clock
from jobs.looking import Looking
from storage import up_time
from storage.session import Database

log = structlog.get_logger()
LOOK_EVERY = 60.0  # seconds
UNDONE = "not noted that this process runs"


class UpTimeKeeper(Looking):
    """One thread; what was missed is written down before the first event is taken."""

    def __init__(self, database: Database, roles: Sequence[str]) -> None:
        super().__init__("up-time-keeper", self._look_once, every=LOOK_EVERY, undone=UNDONE)
        self._database = database
        self._roles = roles
        self._noted: tuple[str, float] | None = None  # the hour, and how far the clock was turned then

    def start(self) -> None:
        """Note it, and go on noting it; a database that is away is asked again."""
        self._try()
        super().start()

    def stop(self, timeout: float = 10.0) -> None:
        """End; until now it ran."""
        super().stop(timeout)
        self._try()

    def _try(self) -> None:
        try:
            self._look_once()
        except SQLAlchemyError as problem:
            log.error(UNDONE, reason=type(problem).__name__)

    def _look_once(self) -> None:
        now = clock.now()
        noting = (f"{now:%Y-%m-%dT%H}", clock.offset_seconds())
        if noting == self._noted:
            return
        turned = self._noted is not None and self._noted[1] != noting[1]
        with self._database.begin(now) as session:
            for role in self._roles:
                up_time.note(session, role, now, turned=turned)
        self._noted = noting
