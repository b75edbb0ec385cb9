"""The sections of a district office, by which it files its lists; they are data (`sections.toml`)."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("sections.toml")


@dataclass(frozen=True, slots=True)
class Section:
    """One section, and the categories that it usually has."""

    code: str
    th: str
    en: str
    categories: frozenset[str]


@cache
def list_sections() -> tuple[Section, ...]:
    """Every section; the last takes what no other has."""
    with _FILE.open("rb") as file:
        told = tomllib.load(file)["section"]
    return tuple(Section(code, row["th"], row["en"], frozenset(row["categories"])) for code, row in told.items())


def find_section(category: str) -> Section:
    """The section that usually has this category."""
    sections = list_sections()
    return next((section for section in sections if category in section.categories), sections[-1])
