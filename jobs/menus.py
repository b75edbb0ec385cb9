"""Shows each person the menu in their language, soon after they change it."""

from collections import defaultdict
from collections.abc import Callable, Sequence

from jobs.looking import Looking
from storage import menus
from storage.models import MenuWish
from storage.session import Database

LOOK_EVERY = 2.0  # seconds
AFTER_TROUBLE = 30.0
AT_ONCE = 500  # that many people LINE takes in one call
Show = Callable[[Sequence[str], str], bool]


class MenuShower(Looking):
    """One thread. `show` tells LINE that these people see the menu of a language, and says whether it was taken."""

    def __init__(self, database: Database, show: Show, *, look_every: float = LOOK_EVERY) -> None:
        super().__init__("menu-shower", self._look_once, every=look_every, undone="menus not shown")
        self._database = database
        self._show = show

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

    def _look_once(self) -> float | None:
        return None if self.show_wanted() else AFTER_TROUBLE
