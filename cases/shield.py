"""Hears that a grievance is about officials themselves, so that no office reads a complaint against it.

A wrong alarm costs the Ombudsman's officers a look; a miss shows a person to those they complain about. So it goes
by the words, whatever category was tapped.
"""

import tomllib
from functools import cache, lru_cache
from pathlib import Path

from cases.phrases import PhraseIndex, normalise
from cases.triage import suggest

NEAR = 60  # letters between the official and the wrong
OFFICIAL = "official"


@lru_cache(maxsize=256)
def is_delicate(words: str) -> bool:
    """Whether the words tell of an official's bribe, threat or abuse."""
    if OFFICIAL in suggest(words).codes:
        return True
    plain = normalise(words)
    officials, wrongs = _load()
    offences = [(start, start + len(phrase)) for phrase, start in wrongs.find_all(plain)]
    if not offences:
        return False
    return any(
        max(start, begins) - min(start + len(phrase), ends) <= NEAR
        for phrase, start in officials.find_all(plain)
        for begins, ends in offences
    )


@cache
def _load() -> tuple[PhraseIndex, PhraseIndex]:
    lists = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return PhraseIndex(lists["officials"]), PhraseIndex(lists["wrongs"])
