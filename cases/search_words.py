"""What a typed word may be a name of, besides standing in what was told: a group of problems, or an office.

The words are those of the catalogue of categories, of triage and of the table of organisations; there is no list here.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache

from cases import triage
from cases.categories import Category, categories_of_traffy_type, get_category, list_categories
from places.organisations import list_khet, list_organisations
from storage.case_filters import Meant
from storage.models.case_words_sql import fold, lighten

LONGEST = 6  # words of one name
LONGEST_NAME, SHORTEST_NAME, SHORTEST_REST = 40, 5, 2  # letters, where a name is written together with other words
_PARTS = re.compile(r"[/,]")


ROAD = "road"
# Thai letters that no word begins with, for they stand on or behind a consonant; and those that no word ends with.
_NEVER_FIRST = frozenset(map(chr, (0x0E30, *range(0x0E31, 0x0E3B), 0x0E45, 0x0E46, *range(0x0E47, 0x0E4F))))
_NEVER_LAST = frozenset(map(chr, range(0x0E40, 0x0E45)))


def split_names(terms: Sequence[str], most: int) -> tuple[str, ...]:
    """The terms, those apart that begin or end with a name: Thai is written without spaces. At most so many."""
    found: list[str] = []
    for place, term in enumerate(terms):
        parts = _split(term)
        room = most - len(found) - (len(terms) - place - 1)
        found += parts if len(parts) <= room else [term]
    return tuple(dict.fromkeys(found))


def _split(term: str) -> list[str]:
    if not _is_thai(term) or _find_meaning((term,)):
        return [term]
    sizes = range(min(len(term) - SHORTEST_REST, LONGEST_NAME), SHORTEST_NAME - 1, -1)
    for size in sizes:
        for name, rest in ((term[:size], term[size:]), (term[-size:], term[:-size])):
            begins = term.startswith(name) and name == term[:size]
            first, second = (name, rest) if begins else (rest, name)
            if second[0] in _NEVER_FIRST or first[-1] in _NEVER_LAST or not _find_meaning((name,)):
                continue
            if first in _list_names(get_category(ROAD)):  # a road is called so: no road of that district is meant
                return [term]
            return [name, *_split(rest)] if begins else [*_split(rest), name]
    return [term]


def _is_thai(term: str) -> bool:
    return all(0x0E01 <= ord(letter) <= 0x0E4E for letter in term)


def find_meanings(terms: Sequence[str], but: Collection[str] = ()) -> tuple[Meant, ...]:
    """The categories and at most one office that these words name; the longest name wins, then the first.

    Of several categories any will do: nothing is of two kinds. `but`: codes whose words are letters and no more.
    """
    found: list[Meant] = []
    taken: set[int] = set()
    for size in range(min(len(terms), LONGEST), 0, -1):
        for start in range(len(terms) - size + 1):
            places = set(range(start, start + size))
            meant = None if places & taken else _find_meaning(tuple(terms[start : start + size]))
            if meant and not any(_is_settled(meant, other) for other in found):
                found.append(meant)
                taken |= places
    found = [each for each in found if each.code not in but]
    kinds = sorted((each for each in found if each.category), key=lambda each: terms.index(each.terms[0]))
    if len(kinds) < 2:
        return tuple(found)
    together = tuple(term for each in kinds for term in each.terms)
    first = Meant(together, category=kinds[0].category, beside=tuple(kinds[1:]))
    return (first, *(each for each in found if each.owner))


def _is_settled(meant: Meant, other: Meant) -> bool:
    """Whether this adds nothing to what was found: the same category again, or a second office."""
    return meant.category == other.category if meant.category else bool(other.owner)


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
