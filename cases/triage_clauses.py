"""Hears that one text tells of two problems, so that a citizen may send each to its own crew.

A citizen asked in vain loses trust, one not asked loses little: two are heard only where each half alone is plain,
the kinds seldom come of one cause, and nothing says that one led to the other. Words are data.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cases.phrases import normalise
from cases.shield import is_delicate
from cases.triage import suggest

LONGEST = 600  # a longer text tells one story at length
SHORTEST = 5
MOST_CUTS = 5
_LISTED = r"\n\s*2[.)]\s*"
_FIRST = re.compile(r"1[.)]\s*")
_FILE = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True, slots=True)
class _Lists:
    joiner: re.Pattern[str]
    cause: re.Pattern[str]
    lead: re.Pattern[str]
    apart: frozenset[frozenset[str]]


def split_matters(text: str) -> tuple[str, str] | None:
    """The two problems of a text, each in its own words; None where it may be one."""
    lists = _load()
    if len(text) > LONGEST or lists.cause.search(normalise(text)) or is_delicate(text):
        return None
    for cut in list(lists.joiner.finditer(text))[:MOST_CUTS]:
        first, second = text[: cut.start()].strip(" ,\n"), text[cut.end() :].strip(" ,\n")
        first = _FIRST.sub("", first, count=1) if first.startswith("1") else first
        second = lists.lead.sub("", second, count=1).strip()
        if min(len(first), len(second)) >= SHORTEST and _are_apart(first, second, lists):
            return first, second
    return None


def _are_apart(first: str, second: str, lists: _Lists) -> bool:
    one, other = suggest(first), suggest(second)
    return one.confident and other.confident and frozenset((one.codes[0], other.codes[0])) in lists.apart


@cache
def _load() -> _Lists:
    lists = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return _Lists(
        joiner=re.compile(rf"{_LISTED}|{_any_of(lists['joiners']).pattern}", re.IGNORECASE),
        cause=_any_of(lists["causes"]),
        lead=re.compile(f"^(?:{_any_of(lists['leads']).pattern})\\s*", re.IGNORECASE),
        apart=frozenset(frozenset(pair) for pair in lists["apart"]),
    )


def _any_of(words: list[str]) -> re.Pattern[str]:
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile("|".join(re.escape(word) for word in longest_first), re.IGNORECASE)
