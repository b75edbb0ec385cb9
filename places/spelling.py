"""Brings spellings of place names together: Thai by sound, English by a key that forgets the romanisation.

The Thai characters concerned stand in spellings.toml.
"""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).with_name("spellings.toml")
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]"
)
_SPACES = re.compile(r"\s+")
_THAI_ZERO = 0x0E50
_DIGITS = {_THAI_ZERO + digit: str(digit) for digit in range(10)}
_ENGLISH = tuple(
    (re.compile(pattern), into)
    for pattern, into in (
        (r"[^a-z]", ""),
        (r"ng", "x"),
        (r"tch|ch|j", "c"),
        (r"ph", "p"),
        (r"th|d", "t"),
        (r"kh|g", "k"),
        (r"b", "p"),
        (r"v", "w"),
        (r"uea|eua", "ua"),
        (r"ue|eu|oo|ou", "u"),
        (r"ee|ie", "i"),
        (r"ae|ea", "e"),
        (r"oey|eoy|oei|oy", "oi"),
        (r"y", "i"),
        (r"r(?![aeiou])", ""),
        (r"(?<=[aeiou])h", ""),
        (r"(.)\1+", r"\1"),
    )
)


@cache
def read_spellings() -> dict[str, Any]:
    """The whole of spellings.toml."""
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


def normalise(words: str) -> str:
    """The words with one form for what looks the same: nothing invisible, plain spaces, Arabic digits."""
    plain = _INVISIBLE.sub("", words).translate(_DIGITS)
    for typed, meant in read_spellings()["fold"]["normal"]:
        plain = plain.replace(typed, meant)
    plain = _pattern("doubled").sub(r"\1", plain)
    return _SPACES.sub(" ", plain).strip()


def fold_thai(words: str) -> str:
    """What sounds alike written alike: no tone marks, no silent letters, one letter for each sound."""
    folded = _pattern("silent").sub("", words)
    return folded.translate(_folding())


def latin_key(words: str) -> str:
    """One key for the ways a Thai name is romanised ("Lat Phrao", "Ladprao"); "" without Latin letters."""
    key = words.lower()
    for pattern, into in _ENGLISH:
        key = pattern.sub(into, key)
    return key


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(read_spellings()["fold"][name])


@cache
def _folding() -> dict[int, str]:
    table = {ord(letter): "" for letter in read_spellings()["fold"]["drop"]}
    for letters, into in read_spellings()["fold"]["same"]:
        table |= {ord(letter): into for letter in letters}
    return table
