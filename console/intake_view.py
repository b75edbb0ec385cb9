"""What a form tells while it is filled in: kind, place, danger, cases near by, and who rang before from this number."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from cases import alike_words, duplicates, views
from cases.categories import find_category, list_categories
from cases.danger import find_danger
from cases.desk import OMB
from cases.duplicates import Alike
from cases.shield import is_delicate
from cases.triage import suggest
from console.intake_caller import Caller, list_callers
from console.intake_fields import Fields, find_contact, find_either, make_place
from console.intake_pin import Doubt, find_doubt
from flows.words import has_words
from places.organisations import list_khet
from places.routing import OUTSIDE
from storage.models import Case


@dataclass(frozen=True, slots=True)
class Findings:
    """What can be said of a form so far. `must_choose`: the words tell no category; `org`: whose it will be; `others`:
    whose it may be; `doubt`: the pin lies elsewhere; `either`: the khet of which one must be chosen; `near`: cases by
    the spot, `alike`: by the words of the place.
    """

    suggested: tuple[str, ...] = ()
    must_choose: bool = False
    org: str = ""
    others: Sequence[str] = ()
    doubt: Doubt | None = None
    either: Sequence[str] = ()
    by_spot: bool = False
    numbers: Sequence[str] = ()
    confidential: bool = False
    near: Sequence[Alike] = ()
    alike: Sequence[Case] = ()
    callers: Sequence[Caller] = ()
    reachable: bool = True


def look(session: Session, told: Fields, now: datetime) -> Findings:
    """What the form tells so far."""
    written = has_words(told.description)
    found = suggest(told.description) if written else None
    danger = find_danger(told.description) if written else None
    placed = bool(told.place or told.spot or told.org or written)
    place = make_place(session, told) if placed else {}
    secret = is_kept(told)
    doubt, either = find_open(session, told, place) if not secret else (None, ())
    org = str(place.get("org", ""))
    phone, email = find_contact(told)
    return Findings(
        suggested=found.codes if found else (),
        must_choose=written and not told.guessed,
        org=OMB if org == OUTSIDE else org,
        others=place.get("alternatives", ()),
        doubt=doubt,
        either=either,
        by_spot=told.pin is not None,
        numbers=danger.numbers if danger else (),
        confidential=secret,
        near=(near := _list_near(session, told, now)),
        alike=_list_alike(session, told, org, near, now),
        callers=list_callers(session, phone, email),
        reachable=bool(phone or email),
    )


def is_kept(told: Fields) -> bool:
    """Whether the case will be confidential: it stays with the officers, wherever it lies."""
    category = find_category(told.guessed)
    kept = told.confidential or bool(category and category.confidential)
    return kept or is_delicate(f"{told.description}\n{told.place}")


def find_open(session: Session, told: Fields, place: Mapping[str, Any]) -> tuple[Doubt | None, tuple[str, ...]]:
    """What is still to be said of the pin: that it lies elsewhere, or of which of these khet it is."""
    if not place:
        return None, ()
    doubt = find_doubt(session, told, place)
    return doubt, () if doubt else find_either(place, told.description)


def _list_near(session: Session, told: Fields, now: datetime) -> list[Alike]:
    if not told.guessed or told.pin is None:
        return []
    return duplicates.list_alike(session, told.guessed, *told.pin, "", now)


def _list_alike(session: Session, told: Fields, org: str, near: Sequence[Alike], now: datetime) -> list[Case]:
    if not told.guessed or not told.place or not org.startswith("district:"):
        return []
    shown = {one.case.id for one in near}
    found = alike_words.list_alike(session, told.guessed, org, told.place, now)
    return [case for case in found if case.id not in shown]


def list_kinds(language: str) -> list[tuple[str, str]]:
    """Every category with its name, for a list to choose from."""
    return [(each.code, views.name_category(each.code, language)) for each in list_categories()]


def list_places(language: str) -> list[tuple[str, str]]:
    """Every khet with its name, in the order of the alphabet."""
    named = [(f"district:{khet.dcode}", views.name_khet(f"district:{khet.dcode}", language)) for khet in list_khet()]
    return sorted(named, key=lambda one: one[1])
