"""The pin against the khet that was chosen or is named: where they tell of different places, whoever writes says which.

An answer holds for the pin it was given of: where that is moved, or another khet chosen, it is asked again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from console.intake_fields import BY_STAFF, UNKNOWN, Fields, route_fields
from places.address import find_places
from places.centres import guess_khwaeng
from places.organisations import list_khet
from places.routing import OUTSIDE


@dataclass(frozen=True, slots=True)
class Pin:
    """The khet in which the pin lies, and all in which it may lie: those within the border's distance. `either`: it
    first, and those that are as likely.
    """

    khet: str
    either: tuple[str, ...]
    may_be: frozenset[str]


@dataclass(frozen=True, slots=True)
class Doubt:
    """The pin lies in the first of `either`, and `khet` was chosen, or is what the words say (`by_words`). `mark`: what
    the form holds once it is said that both are so.
    """

    either: tuple[str, ...]
    khet: str
    mark: str
    by_words: bool = False


def read_pin(session: Session, where: Mapping[str, Any]) -> Pin | None:
    """Where the pin alone says it lies; None without one."""
    if where.get("lat") is None:
        return None
    latitude, longitude = float(where["lat"]), float(where["lng"])
    found = route_fields(session, Fields(spot=f"{latitude:.6f}, {longitude:.6f}"))
    if found is None:
        return None
    either = tuple(dict.fromkeys((found.org, *found.alternatives)))
    may_be = {*either}
    if found.how != "boundary":  # no outlines of the khet are there: it is guessed, and more may be right
        may_be |= {f"district:{dcode}" for dcode in guess_khwaeng(latitude, longitude).possible}
    return Pin(found.org, either, frozenset(may_be))


def find_doubt(session: Session, told: Fields, where: Mapping[str, Any]) -> Doubt | None:
    """What is to be asked about the pin of this form; None where all agree, or it was answered for this very pin."""
    pin = read_pin(session, where) if where.get("how") != UNKNOWN else None
    if pin is None:
        return None
    chosen = where["how"] == BY_STAFF
    named = () if chosen else _list_named(told.place or told.description)
    if where["org"] in pin.may_be and (not named or pin.may_be & {*named}):
        return None
    khet = where["org"] if where["org"] not in pin.may_be else named[0]
    mark = _make_mark(told, khet)
    return None if chosen and told.settled == mark else Doubt(pin.either, khet, mark, by_words=not chosen)


def _list_named(words: str) -> tuple[str, ...]:
    """What the words say outright; a bare name may be that of a road or a station elsewhere."""
    said = find_places(words)
    if not said.sure:
        return ()
    return tuple(f"district:{dcode}" for dcode in said.dcodes) or ((OUTSIDE,) if said.outside else ())


def settle(told: Fields, answer: str) -> Fields:
    """The form after an answer: `lies:` a khet, `drops:` the pin for a khet, or `stays:` the pin where it is."""
    how, _, org = answer.partition(":")
    if org != OUTSIDE and org not in {f"district:{khet.dcode}" for khet in list_khet()}:
        return told
    if how == "drops":
        return replace(told, org=org, spot="", settled="")
    return replace(told, org=org, settled=_make_mark(told, org) if how == "stays" else "")


def _make_mark(told: Fields, org: str) -> str:
    """What an answer was given of, to be sent back with it: the khet, beside a pin that lies elsewhere."""
    return " ".join((org, *(f"{part:.6f}" for part in told.pin or ())))
