"""Decides whose a report is: by the pin and the boundary layer, else by words, else by the likeliest khwaeng.

It says which office, which others it may be, and how that was found, so that the caller can ask the person
where it is not plain.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from places.address import Mention, find_places
from places.boundaries import Layer
from places.centres import Guess, guess_khwaeng

OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class Routing:
    """`org` is `district:NNNN` or `outside`; `how` is `boundary`, `address` or `centre`.

    `alternatives` are other khet it may be: with `boundary` those within 50 m of the pin and no others. Where
    `sure` is false the person should be asked. `khwaeng` is its Thai name, where it is known.
    """

    org: str
    alternatives: tuple[str, ...] = ()
    how: str = "address"
    sure: bool = False
    khwaeng: str | None = None


def route(lat: float | None, lng: float | None, words: str, layer: Layer | None) -> Routing | None:
    """The office for a pin, for words, or for both; None where neither says anything."""
    mention = find_places(words)
    pin = clean_pin(lat, lng)
    if pin and layer:
        return _route_by_layer(pin, mention, layer)
    if pin:
        return _route_by_guess(mention, guess_khwaeng(*pin))
    return _route_by_words(mention)


def clean_pin(lat: float | None, lng: float | None) -> tuple[float, float] | None:
    """(latitude, longitude), put right where swapped; None where they are 0 or no place on earth."""
    if lat is None or lng is None or not (math.isfinite(lat) and math.isfinite(lng)) or not (lat and lng):
        return None
    if abs(lat) < 0.01 and abs(lng) < 0.01:
        return None
    if 97 <= lat <= 106 and 5 <= lng <= 21:  # Thailand, longitude first
        lat, lng = lng, lat
    return (lat, lng) if abs(lat) <= 90 and abs(lng) <= 180 else None


def _route_by_layer(pin: tuple[float, float], mention: Mention, layer: Layer) -> Routing:
    located = layer.locate(*pin)
    if located.dcode is None:
        return Routing(OUTSIDE, how="boundary", sure=not (mention.sure and mention.dcodes))
    either = (located.dcode, *(dcode for dcode, _ in located.near))
    told = [dcode for dcode in mention.dcodes if dcode in either] if mention.sure else []
    first = told[0] if told else located.dcode
    return Routing(
        org=_office(first),
        alternatives=tuple(_office(dcode) for dcode in either if dcode != first),
        how="boundary",
        sure=bool(told) or not (mention.sure and (mention.dcodes or mention.outside)),
        khwaeng=mention.khwaeng if mention.dcodes[:1] == (first,) else None,
    )


def _route_by_guess(mention: Mention, guess: Guess) -> Routing:
    """Words that name a khet outright go before a guess; a bare name only where the guess allows it."""
    if mention.outside and mention.sure:
        return Routing(OUTSIDE, _offices(guess.likely), how="address", sure=guess.khwaeng is None)
    fitting = [dcode for dcode in mention.dcodes if dcode in guess.possible]
    if fitting and (mention.sure or len(mention.dcodes) == 1):
        others = (*mention.dcodes, *(guess.likely if not mention.sure else ()))
        alternatives = _offices(dcode for dcode in others if dcode != fitting[0])
        named = mention.khwaeng if mention.dcodes[0] == fitting[0] else None
        return Routing(_office(fitting[0]), alternatives, "address", mention.sure and not alternatives, named)
    if mention.sure and mention.dcodes:  # the pin is far from the khet that is named
        others = (*mention.dcodes[1:], *guess.likely)
        return Routing(_office(mention.dcodes[0]), _offices(others), "address", False, mention.khwaeng)
    if guess.khwaeng is None:
        return Routing(OUTSIDE, _offices(guess.likely), how="centre")
    first = guess.khwaeng.dcode
    named_too = (dcode for dcode in mention.dcodes if dcode in guess.possible)
    others = tuple(dcode for dcode in (*guess.likely, *named_too) if dcode != first)
    return Routing(_office(first), _offices(others), "centre", khwaeng=guess.khwaeng.name_th)


def _route_by_words(mention: Mention) -> Routing | None:
    if mention.outside:
        return Routing(OUTSIDE, _offices(mention.dcodes), sure=mention.sure and not mention.dcodes)
    if not mention.dcodes:
        return None
    first, *others = mention.dcodes
    return Routing(_office(first), _offices(others), sure=mention.sure and not others, khwaeng=mention.khwaeng)


def _office(dcode: int) -> str:
    return f"district:{dcode}"


def _offices(dcodes: Iterable[int]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_office(dcode) for dcode in dcodes))
