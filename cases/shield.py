"""Hears that a grievance is about officials themselves, so that no office reads a complaint against it.

A wrong alarm costs the Ombudsman's officers a look; a miss shows a person to those they complain about. So it goes
by the words, whatever category was tapped.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from cases.phrases import PhraseIndex, normalise
from cases.triage import suggest

NEAR = 60  # letters between the official and the wrong
OFFICIAL = "official"
BESIDE = 30  # letters beside an official that say whether they are called or awaited

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Lists:
    people: PhraseIndex
    offices: PhraseIndex
    wrongs: PhraseIndex
    wrong_patterns: re.Pattern[str]
    blows: PhraseIndex
    blow_patterns: re.Pattern[str]
    innocent: re.Pattern[str]
    called: re.Pattern[str]
    awaited: re.Pattern[str]


@lru_cache(maxsize=256)
def is_delicate(words: str) -> bool:
    """Whether the words tell of an official's bribe, threat or abuse."""
    if OFFICIAL in suggest(words).codes:
        return True
    lists = _load()
    plain = normalise(words)
    people = list(_find(lists.people, plain))
    officials = [*people, *_find(lists.offices, plain)]
    if not officials:
        return False
    told = lists.innocent.sub(lambda found: " " * len(found[0]), plain)
    if _meet(officials, [*_find(lists.wrongs, told), *_match(lists.wrong_patterns, told)]):
        return True
    blows = [*_find(lists.blows, told), *_match(lists.blow_patterns, told)]
    doers = [span for span in people if not _is_addressed(lists, plain, span)]
    return _meet(doers, blows)


def _meet(officials: list[Span], wrongs: list[Span]) -> bool:
    return any(max(start, begins) - min(stop, ends) <= NEAR for start, stop in officials for begins, ends in wrongs)


def _is_addressed(lists: _Lists, plain: str, span: Span) -> bool:
    """Whether a person of an office is told, called or awaited, so that the deed is likely somebody else's."""
    before, after = plain[max(0, span[0] - BESIDE) : span[0]], plain[span[1] : span[1] + BESIDE]
    return bool(lists.called.search(before) or lists.awaited.match(after))


def _find(phrases: PhraseIndex, plain: str) -> Iterator[Span]:
    return ((start, start + len(phrase)) for phrase, start in phrases.find_all(plain))


def _match(pattern: re.Pattern[str], plain: str) -> Iterator[Span]:
    return (found.span() for found in pattern.finditer(plain))


@cache
def _load() -> _Lists:
    lists = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return _Lists(
        people=PhraseIndex(lists["people"]),
        offices=PhraseIndex(lists["offices"]),
        wrongs=PhraseIndex(lists["wrongs"]),
        wrong_patterns=_any_of(lists["wrong_patterns"]),
        blows=PhraseIndex(lists["blows"]),
        blow_patterns=_any_of(lists["blow_patterns"]),
        innocent=_any_of(lists["innocent_patterns"]),
        called=re.compile(lists["called"]),
        awaited=re.compile(lists["awaited"]),
    )


def _any_of(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))
