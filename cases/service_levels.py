"""How long each step of a case may take: as the program has it, unless staff set it, for all or for one category.

A case keeps the levels that held when it was told, so that neither its clocks nor the figures change afterwards.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from cases.categories import get_original
from storage import service_levels
from storage.service_levels import Set

FOR_ALL = ""  # in the place of a category


@dataclass(frozen=True, slots=True)
class Level:
    """One step, what is counted, and between what it may be set. `amount`: None where each category has its own."""

    name: str
    unit: str
    amount: int | None
    least: int
    most: int


LEVELS = {
    level.name: level
    for level in (
        Level("acknowledge", "working_hours", 4, 1, 80),
        Level("first_words", "working_days", 1, 1, 15),
        Level("resolve", "days", None, 1, 90),
        Level("accept", "working_days", 1, 1, 15),
        Level("answer", "days", 7, 1, 30),
        Level("confirm", "days", 7, 3, 30),
    )
}

# Where somebody may come to harm: minutes at any hour of any day, whatever is set for the rest.
DANGER = {"acknowledge": 30, "accept": 30, "answer": 60, "decide": 60, "first_words": 120}


@dataclass(frozen=True, slots=True)
class Levels:
    """What staff set, and when."""

    kept: Mapping[tuple[str, str], Sequence[Set]]

    def find(self, category: str, level: str, at: datetime | None = None) -> int:
        """How much holds for a case of this category that was told `at`; without, for one that is told now."""
        own = self.find_own(category, level, at)
        if own is None and category != FOR_ALL:
            own = self.find_own(FOR_ALL, level, at)
        return find_original(category, level) if own is None else own

    def find_own(self, category: str, level: str, at: datetime | None = None) -> int | None:
        """What was set for this category itself; None where nothing was."""
        held = [each.amount for each in self.kept.get((category, level), ()) if at is None or each.set_at <= at]
        return held[-1] if held else None


AS_THEY_CAME = Levels({})


def load(session: Session) -> Levels:
    """What holds as the database has it."""
    return Levels(service_levels.load(session))


def find_original(category: str, level: str) -> int:
    """What the program comes with."""
    amount = LEVELS[level].amount
    return get_original(category).resolve_days if amount is None else amount


def keep(session: Session, category: str, level: str, amount: int | None, now: datetime) -> bool:
    """So much holds for cases told from now on; None: what is set for all. Whether that is other than before."""
    wanted = None if amount is not None and _is_inherited(session, category, level, amount) else amount
    if load(session).find_own(category, level) == wanted:
        return False
    service_levels.add(session, category, level, wanted, now)
    return True


def _is_inherited(session: Session, category: str, level: str, amount: int) -> bool:
    """Whether it says what the program says, and nothing lies between the two."""
    between = load(session).find_own(FOR_ALL, level) if category != FOR_ALL else None
    return between is None and amount == find_original(category, level)
