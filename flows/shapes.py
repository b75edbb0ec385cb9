"""What each kept answer must be like. A draft outlives the program that wrote it, so nothing in it is taken on trust:
an answer of another shape is dropped and asked for again, where else every event of that chat would fail.
"""

from collections.abc import Callable, Mapping
from typing import Any

from cases.categories import find_category
from cases.statuses import Status
from places.organisations import find_organisation
from places.routing import OUTSIDE

Shape = Callable[[Any], bool]


def is_words(value: Any) -> bool:
    """A text."""
    return isinstance(value, str)


def is_sign(value: Any) -> bool:
    """Yes or no."""
    return isinstance(value, bool)


def is_category(value: Any) -> bool:
    """A category that there still is."""
    return is_words(value) and find_category(value) is not None


def is_page(value: Any) -> bool:
    """The number of a screen of buttons."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value < 100


def is_categories(value: Any) -> bool:
    """Categories to choose from."""
    return _is_list(value, is_category) and bool(value)


def is_names(value: Any) -> bool:
    """Short names, such as the kinds of a danger."""
    return _is_list(value, is_words)


def is_key(value: Any) -> bool:
    """The key of a case."""
    return isinstance(value, int) and not isinstance(value, bool)


def is_keys(value: Any) -> bool:
    """Keys of attachments."""
    return _is_list(value, lambda one: isinstance(one, int) and not isinstance(one, bool))


def is_piece(value: Any) -> bool:
    """A message's id, and words of it."""
    return _is_list(value, is_words) and len(value) == 2


def is_pieces(value: Any) -> bool:
    """Pieces of a story, in order."""
    return _is_list(value, is_piece)


def is_halves(value: Any) -> bool:
    """A message's id, its words, and the two problems they tell of."""
    return _is_list(value, is_words) and len(value) == 4


def is_place(value: Any) -> bool:
    """A place, whole or begun: its office is one there is, its pin has two numbers, its words are words."""
    if not isinstance(value, dict):
        return False
    numbers = [value.get(name) for name in ("lat", "lng")]
    org = value.get("org")
    return (
        all(number is None or isinstance(number, int | float) for number in numbers)
        and numbers.count(None) != 1
        and (org is None or org == OUTSIDE or (is_words(org) and find_organisation(org) is not None))
        and (org is None or (is_words(value.get("words")) and is_words(value.get("how"))))
        and all(is_words(value[name]) for name in ("words", "hint") if value.get(name) is not None)
        and is_names(value.get("alternatives", []))
        and (value.get("khwaeng") is None or is_words(value["khwaeng"]))
    )


def is_parked(value: Any) -> bool:
    """A conversation set aside: its name, its run and its draft."""
    return (
        isinstance(value, dict)
        and all(is_words(value.get(name)) for name in ("flow", "run"))
        and isinstance(value.get("draft"), dict)
    )


def is_near(value: Any) -> bool:
    """Cases near a pin, as they are asked about."""
    return _is_list(value, _is_neighbour)


def _is_neighbour(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and all(is_words(value.get(name)) for name in ("number", "khet", "at"))
        and all(isinstance(value.get(name), int) for name in ("case", "metres", "mine"))
        and is_words(value.get("category"))
        and is_category(value["category"])
        and value.get("status") in set(Status)
    )


def _is_list(value: Any, shape: Shape) -> bool:
    return isinstance(value, list) and all(shape(one) for one in value)


REPORT: Mapping[str, Shape] = {
    "wish": is_sign,
    "secret": is_words,
    "told": is_pieces,
    "description": is_words,
    "halves": is_halves,
    "matters": is_words,
    "second": is_piece,
    "suggested": is_categories,
    "danger": is_names,
    "category": is_category,
    "category_chosen": is_sign,
    "category_page": is_page,
    "place": is_place,
    "place_agreed": is_sign,
    "looked": is_words,
    "near": is_near,
    "alike": is_words,
    "media": is_keys,
    "recordings": is_keys,
    "voices": is_sign,
    "photos_done": is_sign,
    "phone": is_words,
    "phone_shown": is_sign,
    "name": is_words,
    "review": is_sign,
    "earlier": is_key,
}
BESIDE: Mapping[str, Shape] = {"parked": is_parked}
AT_ONCE: Mapping[str, Shape] = {"said": is_key, "given": is_keys}  # how many pieces, and which attachments, went
ADDITION: Mapping[str, Shape] = {**BESIDE, "media": is_keys, "pieces": is_pieces, "words": is_words, "more": is_sign}
