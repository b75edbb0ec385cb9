"""The groups of problems a citizen can choose from, with their clocks and their names in Traffy's two lists.

They are data (`categories.toml`): a group is added there, and nothing here changes. What staff set otherwise is laid
over it (`override`); each process is told anew every few seconds, so nobody may keep a `Category` for long.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("categories.toml")


@dataclass(frozen=True, slots=True)
class Category:
    """One group. `confidential`: only the Ombudsman's staff see it; `danger_prone`: people often get hurt.

    `offered`: citizens can choose it; cases that have it keep it either way. `words`: what else people call it, as
    staff know; what the program itself knows stands in `triage.toml`.
    """

    code: str
    th: str
    en: str
    traffy_types: tuple[str, ...]
    resolve_days: int
    danger_prone: bool = False
    confidential: bool = False
    offered: bool = True
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Override:
    """What staff set for one category; None where the table holds."""

    th: str | None = None
    en: str | None = None
    resolve_days: int | None = None
    offered: bool = True
    words: tuple[str, ...] = ()


class UnknownCategory(KeyError):
    """No category has that code."""

    def __str__(self) -> str:
        known = ", ".join(_load_table())
        return f"no category has the code {self.args[0]!r}; use one of: {known}"


def list_categories() -> tuple[Category, ...]:
    """Every category, in the order a full list shows them."""
    return tuple(_now().values())


def list_offered() -> tuple[Category, ...]:
    """Those that citizens can choose, in the same order."""
    return tuple(category for category in list_categories() if category.offered)


def get_original(code: str) -> Category:
    """The category as the table has it, whatever staff set; raises UnknownCategory."""
    if code not in _load_table():
        raise UnknownCategory(code)
    return _load_table()[code]


def get_category(code: str) -> Category:
    """The category of that code; raises UnknownCategory."""
    category = find_category(code)
    if category is None:
        raise UnknownCategory(code)
    return category


def find_category(code: str) -> Category | None:
    """The category of that code, if there is one."""
    return _now().get(code)


def categories_of_traffy_type(traffy_type: str) -> tuple[Category, ...]:
    """The categories a Traffy type belongs to; none for a type that neither of its known lists holds."""
    return tuple(_now()[code] for code in _by_traffy_type().get(traffy_type.strip(), ()))


def override(overrides: Mapping[str, Override]) -> None:
    """From now on these hold in this process, and no others. A code that the table does not have is left aside."""
    global _held
    _held = {code: lay_over(category, overrides.get(code)) for code, category in _load_table().items()}


def lay_over(category: Category, kept: Override | None) -> Category:
    """The category as it holds with what staff set."""
    if kept is None:
        return category
    return replace(
        category,
        th=kept.th or category.th,
        en=kept.en or category.en,
        resolve_days=kept.resolve_days or category.resolve_days,
        offered=kept.offered,
        words=kept.words,
    )


_held: Mapping[str, Category] | None = None  # replaced whole, never changed: others read it meanwhile


def _now() -> Mapping[str, Category]:
    return _load_table() if _held is None else _held


@cache
def _load_table() -> dict[str, Category]:
    with _FILE.open("rb") as file:
        entries = tomllib.load(file)["category"]
    return {entry["code"]: Category(**{**entry, "traffy_types": tuple(entry["traffy_types"])}) for entry in entries}


@cache
def _by_traffy_type() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for category in _load_table().values():
        for traffy_type in category.traffy_types:
            found[traffy_type] = (*found.get(traffy_type, ()), category.code)
    return found
