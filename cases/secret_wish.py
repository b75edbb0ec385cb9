"""Hears that somebody asks for what they tell to be kept from offices: their own choice, whatever it is about.

What they mean by it they are asked: that no office reads it, or only that none learns who they are.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

OFFICERS, USUAL = "officers", "usual"  # what they may choose: the Ombudsman's officers alone, or no name shown
CHOSEN = "secret"  # in the details of a step: that it is secret was the reporter's choice
WISH, WISHES = "wish", "wishes"  # in the details of a note: it asks so; the notes that a choice answers
LONGEST = 2000  # letters that are looked at
LEFT = 8  # so few letters beside a wish tell nothing more

_NOTHING = re.compile(r"[\s\d.,;:!?~…()\"'-]+")


@dataclass(frozen=True, slots=True)
class _Wishes:
    others: tuple[re.Pattern[str], ...]
    thai: tuple[re.Pattern[str], ...]
    english: tuple[re.Pattern[str], ...]
    beside: re.Pattern[str]
    stems: re.Pattern[str]


@lru_cache(maxsize=256)
def asks_secrecy(words: str) -> bool:
    """Whether the words, or some of them, ask that a report be secret or that no office learn of it."""
    return _take_out(words) is not None


@lru_cache(maxsize=256)
def asks_nothing_else(words: str) -> bool:
    """Whether that is all they say."""
    left = _take_out(words)
    return left is not None and len(_NOTHING.sub("", _load().beside.sub("", left))) <= LEFT


def _take_out(words: str) -> str | None:
    """What the words say beside the wish; None where they hold none."""
    plain = " ".join(words[:LONGEST].lower().replace("’", "'").split())
    squeezed = plain.replace(" ", "")
    wishes = _load()
    if not (wishes.stems.search(plain) or wishes.stems.search(squeezed)):
        return None
    for pattern in wishes.others:
        squeezed = pattern.sub(_blot, squeezed)
    thai = _cut(wishes.thai, squeezed)
    if thai is not None:
        english = _cut(wishes.english, thai)
        return thai if english is None else english
    return _cut(wishes.english, plain)


def _blot(found: re.Match[str]) -> str:
    """As many letters of no meaning: what somebody else wishes is part of the story."""
    return "x" * len(found[0])


def _cut(patterns: tuple[re.Pattern[str], ...], words: str) -> str | None:
    left = words
    for pattern in patterns:
        left = pattern.sub("", left)
    return None if left == words else left


@cache
def _load() -> _Wishes:
    lists = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    parts = {name: lists[name] for name in ("between", "wish", "secret", "office", "know", "keep", "tell", "they")}
    return _Wishes(
        others=tuple(re.compile(_fill(pattern, parts)) for pattern in lists["others"]),
        thai=tuple(re.compile(_fill(pattern, parts)) for pattern in lists["thai"]),
        english=tuple(re.compile(pattern) for pattern in lists["english"]),
        beside=re.compile(lists["beside"]),
        stems=re.compile("|".join(lists["stems"])),
    )


def _fill(pattern: str, parts: dict[str, str]) -> str:
    for name, part in parts.items():
        pattern = pattern.replace(f"{{{name}}}", part)
    return pattern
