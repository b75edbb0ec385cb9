"""The groups of problems a citizen can choose from, with their clocks and their names in Traffy's two lists.

They are data (`categories.toml`): a group is added or renamed there, and nothing here changes.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("categories.toml")


@dataclass(frozen=True, slots=True)
class Category:
    """One group. `confidential`: only the Ombudsman's staff see it; `danger_prone`: people often get hurt."""

    code: str
    th: str
    en: str
    traffy_types: tuple[str, ...]
    resolve_days: int
    danger_prone: bool = False
    confidential: bool = False


class UnknownCategory(KeyError):
    """No category has that code."""

    def __str__(self) -> str:
        known = ", ".join(_by_code())
        return f"no category has the code {self.args[0]!r}; use one of: {known}"


def list_categories() -> tuple[Category, ...]:
    """Every category, in the order a full list shows them."""
    return tuple(_by_code().values())


def get_category(code: str) -> Category:
    """The category of that code; raises UnknownCategory."""
    category = find_category(code)
    if category is None:
        raise UnknownCategory(code)
    return category


def find_category(code: str) -> Category | None:
    """The category of that code, if there is one."""
    return _by_code().get(code)


def categories_of_traffy_type(traffy_type: str) -> tuple[Category, ...]:
    """The categories a Traffy type belongs to; none for a type that neither of its known lists holds."""
    return _by_traffy_type().get(traffy_type.strip(), ())


@cache
def _by_code() -> dict[str, Category]:
    with _FILE.open("rb") as file:
        entries = tomllib.load(file)["category"]
    return {entry["code"]: Category(**{**entry, "traffy_types": tuple(entry["traffy_types"])}) for entry in entries}


@cache
def _by_traffy_type() -> dict[str, tuple[Category, ...]]:
    found: dict[str, tuple[Category, ...]] = {}
    for category in list_categories():
        for traffy_type in category.traffy_types:
            found[traffy_type] = (*found.get(traffy_type, ()), category)
    return found
