"""Shows each person the menu in their language, soon after they change it.

Who is to see what stands in the database, so that a crash or an outage of LINE only delays it.
"""

import threading
from collections import defaultdict
from collections.abc import Callable, Sequence

import structlog
from sqlalchemy.exc import SQLAlchemyError

from storage import menus
from storage.models import MenuWish
from storage.session import Database

LOOK_EVERY = 2.0  # seconds
AFTER_TROUBLE = 30.0
AT_ONCE = 500  # that many people LINE takes in one call
log = structlog.get_logger()
Show = Callable[[Sequence[str], str], bool]


class MenuShower:
    """One thread. `show` tells LINE that these people see the menu of a language, and says whether it was taken."""

    def __init__(self, database: Database, show: Show, *, look_every: float = LOOK_EVERY) -> None:
        self._database = database
        self._show = show
        self._look_every = look_every
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._work, name="menu-shower", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self, timeout: float = 10.0) -> None:
        """End; a call under way is not cut off, and may be made again: LINE takes it twice."""
        self._stopping.set()
        if self._thread.ident is not None:
            self._thread.join(timeout)

    def show_wanted(self) -> bool:
        """Fulfil the wishes that wait; False where LINE would not take one."""
        with self._database.read() as session:
            wanted = menus.list_wanted(session, AT_ONCE)
        by_language: defaultdict[str, list[MenuWish]] = defaultdict(list)
        for wish in wanted:
            by_language[wish.language].append(wish)
        taken = {
            language: self._show([wish.chat_id for wish in wishes], language)
            for language, wishes in by_language.items()
        }
        done = [wish for wish in wanted if taken[wish.language]]
        if done:
            with self._database.begin() as session:
                menus.settle(session, done)
        return all(taken.values())

    def _work(self) -> None:
        pause = self._look_every
        while not self._stopping.wait(pause):
            pause = self._look_every
            try:
                if not self.show_wanted():
                    pause = AFTER_TROUBLE
            except SQLAlchemyError as problem:
                log.error("menus not shown", reason=type(problem).__name__)
