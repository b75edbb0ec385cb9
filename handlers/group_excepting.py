"""Words about all cases of a list but some: "all noted, except the second", "except 00042"."""

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from tomllib import loads

_NUMBER = re.compile(r"(?i)(?:FT\s?\d{4}-)?(0\d{4})(?!\d)")
_ARABIC = {0x0E50 + digit: str(digit) for digit in range(10)}
_SIGNS = re.compile(r"[\s,;/&+:：.–()-]+")


def split(words: str) -> tuple[str, str] | None:
    """What is said, and of what it is not; None where there is no such exception behind words."""
    found = [(at, word) for word in _load()["words"] if (at := words.lower().find(word)) > 0]
    if not found:
        return None
    at, word = min(found)
    return words[:at].strip(), words[at + len(word) :].strip()


def is_of_list(words: str) -> bool:
    """Whether words except cases from all, and not from some that they number."""
    excepted = split(words)
    return excepted is not None and not _NUMBER.search(excepted[0])


def list_left_out(after: str, numbers: Sequence[str], *, as_shown: bool) -> list[str] | None:
    """Which of these numbers an exception names; None where it says more, or something else.

    `as_shown`: these are the whole list, so that "the second" is the second of them.
    """
    ends, places, rest = _read(after)
    left: list[str] = []
    for end in ends:
        left += [number for number in numbers if number.endswith(f"-{end}")] or [""]
    for place in places:
        left.append(numbers[place] if as_shown and place < len(numbers) else "")
    return left if left and all(left) and not rest else None


def names_only(after: str) -> bool:
    """Whether an exception says nothing but which cases it is of."""
    ends, places, rest = _read(after)
    return bool(ends or places) and not rest


def _read(after: str) -> tuple[list[str], list[int], str]:
    """The ends of numbers, the places in the list, and what else is said."""
    rest = after.lower().translate(_ARABIC)
    ends = [found[1] for found in _NUMBER.finditer(rest)]
    rest = _NUMBER.sub(" ", rest)
    places = []
    for place, said in enumerate(_load()["places"]):
        for phrase in said:
            if phrase in rest:
                places.append(place)
                rest = rest.replace(phrase, " ")
    for word in _load()["fill"]:
        rest = rest.replace(word, " ")
    return ends, places, _SIGNS.sub("", rest)


@lru_cache(maxsize=1)
def _load() -> dict[str, list[str]]:
    return loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
