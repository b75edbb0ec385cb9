"""What a typed word may be a name of, besides standing in what was told: a group of problems, or an office.

The words are those of the catalogue of categories, of triage and of the table of organisations; there is no list here.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from cases import triage
from cases.categories import Category, categories_of_traffy_type, list_categories
from places.organisations import list_khet, list_organisations
from storage.case_filters import Meant
from storage.models.case_words_sql import fold, lighten

LONGEST = 6  # words of one name
_PARTS = re.compile(r"[/,]")


def find_meanings(terms: Sequence[str]) -> tuple[Meant, ...]:
    """At most one category and one office that these words name; the longest name wins, then the first."""
    found: list[Meant] = []
    taken: set[int] = set()
    for size in range(min(len(terms), LONGEST), 0, -1):
        for start in range(len(terms) - size + 1):
            places = set(range(start, start + size))
            meant = None if places & taken else _find_meaning(tuple(terms[start : start + size]))
            if meant and not any(bool(meant.category) == bool(other.category) for other in found):
                found.append(meant)
                taken |= places
    return tuple(found)


def _find_meaning(terms: tuple[str, ...]) -> Meant | None:
    words = " ".join(terms)
    category = _find_category(words)
    if category:
        return Meant(terms, category=category)
    owner = _read_offices().get(words) or _read_offices().get(f"~{words}")
    return Meant(terms, owner=owner) if owner else None


def _find_category(words: str) -> str | None:
    """By its name or a part of it, else by Traffy's name for it, else by a phrase that says it to triage."""
    known = [each for each in list_categories() if not each.confidential and each.code != triage.OTHER]
    named = {each.code for each in known if words in _list_names(each)}
    if len(named) == 1:
        return named.pop()
    codes = {each.code for each in known}
    of_traffy = [each.code for each in categories_of_traffy_type(words) if each.code in codes]
    if len(of_traffy) == 1:
        return of_traffy[0]
    said = triage.find_named(words)
    return said if said in codes else None


def _list_names(category: Category) -> Iterator[str]:
    """The whole names and what they are made of: parts of the Thai one stand between spaces."""
    for each in (category.th, category.en, *category.th.split(), *_PARTS.split(category.en)):
        yield from _list_spellings(each)


def _list_spellings(name: str) -> tuple[str, ...]:
    """As it is searched: also without tone marks, as people type in a hurry."""
    folded = fold(name).strip()
    return folded, lighten(folded)


@cache
def _read_offices() -> dict[str, str]:
    """Codes by names; one that stands behind "~" is without tone marks."""
    found: dict[str, str] = {}
    khet = {f"district:{each.dcode}": (each.name_th, each.name_en) for each in list_khet()}
    for each in list_organisations():
        names = (each.name_th, each.short_th, each.name_en, each.short_en, *khet.get(each.code, ()))
        for name in names:
            exact, light = _list_spellings(name)
            found.setdefault(exact, each.code)
            found.setdefault(f"~{light}", each.code)
    return found
