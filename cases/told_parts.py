"""Which message of a reporter told which part of a case: known as long as the case is, for what is taken back later.

The first line of its history names them, words by their length: the words themselves stand in the case.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from storage.models import Case, HistoryEntry
from texts.catalog import say

KEY = "told"  # in the details of the first line
SPOT = ("place", "place_ok")
SAME_SPOT = 1e-6
SHORTEST = 3  # letters of words that are looked for in a place


@dataclass(frozen=True, slots=True)
class Message:
    """What is still known of a message: its words, or the place it showed."""

    text: str = ""
    latitude: float | None = None
    longitude: float | None = None


def write(slots: Mapping[str, Any], sources: Mapping[str, str]) -> dict[str, Any]:
    """For the first line of history. `sources`: the question that each message answered, in order."""
    last = {step: message_id for message_id, step in sources.items() if step in ("phone", "name")}
    kept = {
        "words": [[message_id, len(words)] for message_id, words in slots.get("told", ())],
        "place": [[message_id, step] for message_id, step in sources.items() if step in SPOT],
        **last,
    }
    return {KEY: {name: value for name, value in kept.items() if value}}


def is_named(first: HistoryEntry, message_id: str) -> bool:
    """Whether a message told some part of the case that this line of history begins."""
    told = first.details.get(KEY) or {}
    named = [key for name in ("words", "place") for key, _ in told.get(name, ())]
    return message_id in (*named, told.get("phone"), told.get("name"))


def take_back(
    case: Case, told: Sequence[HistoryEntry], message_id: str, message: Message | None
) -> tuple[list[str], list[str]]:
    """Take out of the case what a message told: which parts those are, and what stood there.

    `told`: its history. `message` is None where nothing is known of it any more.
    """
    parts = told[0].details.get(KEY) or {}
    before = {str(one.details["unsent"]) for one in told if "unsent" in one.details}
    gone = {
        "words": _take_words(case, parts.get("words", ()), message_id, before),
        "place": _take_place(case, dict(parts.get("place", ())).get(message_id), message),
    }
    if parts.get("phone") == message_id and case.phone:
        gone["phone"], case.phone, case.phone_shared = [case.phone], None, False
    if parts.get("name") == message_id and case.shared_name:
        gone["name"], case.shared_name = [case.shared_name], None
    return [name for name, words in gone.items() if words], [each for words in gone.values() for each in words if each]


def _take_words(case: Case, parts: Sequence[Sequence[Any]], message_id: str, before: set[str]) -> list[str]:
    standing = [(key, length) for key, length in parts if key not in before]
    if message_id not in [key for key, _ in standing]:
        return []
    if len(case.description) != sum(length for _, length in standing) + len(standing) - 1:
        return []  # somebody mended the text meanwhile: the parts cannot be told apart any more
    left: list[str] = []
    gone: list[str] = []
    at = 0
    for key, length in standing:
        (gone if key == message_id else left).append(case.description[at : at + length])
        at += length + 1
    case.description = "\n".join(left) or _say_gone()
    return gone


def _take_place(case: Case, step: str | None, message: Message | None) -> list[str]:
    """Its words go from the place, and its pin; all of it where nobody knows what the message said."""
    if step is None:
        return []
    place = case.place
    if message is None:
        if step != "place":
            return []
        words, pin = place, True
    else:
        words = _find_in(place, message.text)
        pin = _is_same(case, message)
    if pin:
        case.latitude = case.longitude = None
    case.place = " ".join(place.replace(words, " ").split()) if words else place
    if not case.place and case.latitude is None and (words or pin):
        case.place = _say_gone()
    return [words] if words else [""] if pin else []


def _find_in(place: str, text: str) -> str:
    """As much of the end of the words as stands in the place: a yes before them does not."""
    words = text.split()
    tails = (" ".join(words[begins:]) for begins in range(len(words)))
    return next((tail for tail in tails if len(tail) >= SHORTEST and tail in place), "")


def _is_same(case: Case, message: Message) -> bool:
    if message.latitude is None or message.longitude is None or case.latitude is None or case.longitude is None:
        return False
    return abs(case.latitude - message.latitude) + abs(case.longitude - message.longitude) < SAME_SPOT


def _say_gone() -> str:
    return say("th", "report.words_unsent")
