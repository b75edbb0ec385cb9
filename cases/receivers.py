"""Which offices a case may be passed on to, or asked to help: named in words, searched by name, or likely by its kind.

The likely ones and how officials shorten names stand in `receivers.toml`.
"""

import tomllib
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from cases.phrases import normalise
from places.address import find_places
from places.organisations import Organisation, find_organisation, list_khet, list_organisations
from storage.models import Case

_FILE = Path(__file__).with_name("receivers.toml")
OMB = "omb"
MOST_LIKELY = 6
MOST_FOUND = 8
SHORTEST = 3  # letters of a name that are searched for
NEAR = 0.8  # how much of a name that was mistyped must be there
SAYS_WHY = 4  # letters that are left once the office and the courtesy are taken away


@cache
def _load() -> dict[str, Any]:
    with _FILE.open("rb") as file:
        return tomllib.load(file)


def list_words(part: str) -> Sequence[str]:
    """Words of one kind that offices write to each other."""
    found: list[str] = _load()["words"][part]
    return found


def list_likely(case: Case, *, without: Iterable[str], words: str = "") -> list[str]:
    """The offices that a case may be for, the likeliest first: named in words, where it may lie, by its category."""
    lies_in = [case.district] if case.district else []
    by_category: list[str] = _load()["likely"].get(case.category, [])
    found = [*list_named(words), *case.alternatives, *lies_in, *by_category]
    left_out = {*without, case.owner, OMB}
    return [code for code in dict.fromkeys(found) if code not in left_out and find_organisation(code)][:MOST_LIKELY]


def find_named(words: str, owner: str) -> str | None:
    """The one office that words name beside the one that has the case; None where none or several are named."""
    named = [code for code in list_named(words) if code != owner]
    return named[0] if len(named) == 1 else None


def list_named(words: str) -> list[str]:
    """The offices that words name whole, or as officials shorten them."""
    if not words:
        return []
    plain = _plain(words)
    departments = [
        each.code
        for each in list_organisations("dept")
        if any(_plain(name) in plain for name in _names(each) if len(name) >= _WHOLE)
    ]
    short = [code for mark, code in _load()["short"].items() if mark in plain]
    districts = [f"district:{dcode}" for dcode in find_places(words).dcodes]
    return list(dict.fromkeys([*departments, *short, *districts]))


def search(words: str) -> list[str]:
    """The offices whose name holds what somebody typed, those whose name begins so first."""
    plain = _plain(words)
    if named := list_named(words):
        return named[:MOST_FOUND]
    asked = [plain, plain.removeprefix(_plain_khet())]
    asked = [one for one in dict.fromkeys(asked) if len(one) >= SHORTEST]
    scored = [
        (min(name.find(one) for name in names for one in asked if one in name), code)
        for code, names in _searched()
        if any(one in name for name in names for one in asked)
    ]
    return [code for _, code in sorted(scored, key=lambda found: found[0])][:MOST_FOUND]


def search_near(words: str) -> list[str]:
    """The offices whose name somebody may have meant who mistyped it; asked about, never taken."""
    plain = _plain(words)
    asked = {plain, plain.removeprefix(_plain_khet())} if len(plain) > SHORTEST else set()
    by_name = {name: code for code, names in _searched() for name in names if len(name) > SHORTEST}
    found = [name for one in asked for name in get_close_matches(one, by_name, MOST_FOUND, NEAR)]
    return list(dict.fromkeys(by_name[name] for name in found))[:MOST_FOUND]


def says_why(words: str) -> bool:
    """Whether words that name an office also say why it is theirs."""
    because = _plain(take_reason(words)) if take_reason(words) != words else ""
    if sum(sign.isalnum() for sign in because) > SAYS_WHY and not any(
        because.startswith(name) for code in list_named(words) for name in _all_names(code)
    ):
        return True  # "เพราะอยู่ดินแดง": an office named in the reason is a part of it
    rest = _plain(words)
    found = list_named(words) or search(words)
    if any(rest in name for code in found for name in _all_names(code)):
        return False
    for code in found:
        for name in sorted(_all_names(code), key=len, reverse=True):
            rest = rest.replace(name, "")
    for moving in list_words("moving"):
        rest = rest.replace(_plain(moving), "")
    return sum(sign.isalnum() for sign in rest) >= SAYS_WHY


def strip_office(words: str) -> str:
    """What is said beside an office's name and the asking: what it should help with."""
    rest = " ".join(words.split())
    names = [name for code in list_named(words) if (office := find_organisation(code)) for name in _names(office)]
    marks = [*_load()["short"], *(f"{mark}." for mark in _load()["short"])]
    for said in sorted((*names, *marks, *list_words("inviting")), key=len, reverse=True):
        rest = rest.replace(said, " ")
    rest = " ".join(rest.split()).strip(" ,.:")
    # "ห้วยขวาง" alone: the khet without its title asks for nothing yet.
    return "" if any(_plain(rest) in name for code in list_named(words) for name in _all_names(code)) else rest


def take_reason(words: str) -> str:
    """What stands behind "because"; where nobody wrote that, the words as they are."""
    # The longer marks stand first in the list.
    behind = (words.partition(mark)[2].strip(" :,") for mark in list_words("because"))
    return next((reason for reason in behind if reason), words)


_WHOLE = 8  # shorter names stand inside other words


def _plain(words: str) -> str:
    return normalise(words).lower().replace(".", "").replace(" ", "")


def _plain_khet() -> str:
    return _plain(str(_load()["prefix"]["khet"]))


def _names(office: Organisation) -> tuple[str, ...]:
    return (office.name_th, office.short_th, office.name_en, office.short_en)


@lru_cache(maxsize=128)
def _all_names(code: str) -> tuple[str, ...]:
    office = find_organisation(code)
    khet = next((each for each in list_khet() if f"district:{each.dcode}" == code), None)
    bare = (khet.name_th, khet.name_en) if khet else ()
    short = [mark for mark, whose in _load()["short"].items() if whose == code]
    return tuple(_plain(name) for name in (*(_names(office) if office else ()), *bare, *short))


@cache
def _searched() -> tuple[tuple[str, tuple[str, ...]], ...]:
    offices = (*list_organisations("district"), *list_organisations("dept"))
    return tuple((each.code, _all_names(each.code)) for each in offices)
