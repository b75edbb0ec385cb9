"""Suggests what kind of problem a text tells of, so that a citizen need not hunt for a category.

Three are always offered; `confident` says that the first may be taken without asking. Words and weights are
data (`triage.toml`), not a trained model: a list can be read, mended in a minute, and needs no library.
"""

import math
import tomllib
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from cases.categories import list_categories, list_offered
from cases.phrases import PhraseIndex, normalise

Words = tuple[tuple[str, tuple[str, ...]], ...]  # phrases by category, so that they can be a key

_FILE = Path(__file__).with_name("triage.toml")
ADDED = "sure"  # the level of a phrase that staff add
OTHER = "other"
# Each further phrase of a category counts half the one before: long addresses must not outshout complaints.
_DAMPING = 0.5
_REPEAT = 0.3
# A phrase alone names a category from this weight on, where it names no other as well.
_NAMES = 4.0
# Below this the words say too little to leave "other" out.
_SIGNAL = 2.0


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Three categories, best first; `confident` only where the first may be taken without asking."""

    codes: tuple[str, str, str]
    confident: bool


@dataclass(frozen=True, slots=True)
class _Lexicon:
    index: PhraseIndex
    weights: dict[str, list[tuple[str, float]]]
    priors: dict[str, float]
    confidential: frozenset[str]
    least_score: float
    leads: dict[str, float]


def suggest(text: str, words: Words | None = None) -> Suggestion:
    """The three likeliest categories of a report; `other` is among them where the words say nothing.

    What staff do not offer comes last, and its words count for nothing. `words`: more phrases by category, in place of
    those that staff added and that hold.
    """
    added = _list_added() if words is None else words
    lexicon = _lexicon(added)
    offered = {category.code for category in list_offered()}
    evidence = {code: weight for code, weight in _weigh(lexicon, text).items() if code in offered}
    if added:
        # No word that staff add makes a complaint about an official less plain: those are heard without it.
        plain = _weigh(_lexicon(()), text)
        kept = {code: weight for code, weight in plain.items() if code in lexicon.confidential & offered}
        evidence = {code: weight for code, weight in evidence.items() if code not in lexicon.confidential} | kept
    scores = {
        code: prior + evidence.get(code, 0.0)
        for code, prior in lexicon.priors.items()
        if code in evidence or code not in lexicon.confidential
    }
    ranked = sorted(scores, key=lambda code: (code in offered, scores[code]), reverse=True)
    first, second, third = ranked[:3]
    confident = (
        scores[first] >= lexicon.least_score
        and scores[first] >= lexicon.leads[first] * max(scores[second], 1.0)
        # Whether a complaint is about an official is asked, never assumed: the answer decides who may see it.
        and not lexicon.confidential & evidence.keys()
    )
    for code in lexicon.confidential & evidence.keys() - {first, second}:
        third = code
    if max(evidence.values(), default=0.0) < _SIGNAL and OTHER not in (first, second):
        third = OTHER
    return Suggestion((first, second, third), confident)


def find_named(phrase: str) -> str | None:
    """The category that these words alone name, as people call it; None where they name none, or several."""
    weights = sorted((weight, code) for code, weight in _lexicon(_list_added()).weights.get(normalise(phrase), ()))
    alone = weights and (len(weights) == 1 or weights[-2][0] < weights[-1][0])
    return weights[-1][1] if alone and weights[-1][0] >= _NAMES else None


def _weigh(lexicon: _Lexicon, text: str) -> dict[str, float]:
    found = lexicon.index.find_all(normalise(text))
    weights: defaultdict[str, list[float]] = defaultdict(list)
    for phrase, times in Counter(phrase for phrase, _ in found).items():
        for code, weight in lexicon.weights.get(phrase, ()):
            weights[code].append(weight * (1.0 + _REPEAT * math.log2(times)))
    return {
        code: sum(weight * _DAMPING**place for place, weight in enumerate(sorted(single, reverse=True)))
        for code, single in weights.items()
    }


def _list_added() -> Words:
    return tuple((category.code, category.words) for category in list_categories() if category.words)


def is_known(code: str, phrase: str) -> bool:
    """Whether the program itself knows this phrase for the category."""
    return any(known == code for known, _ in _lexicon(()).weights.get(normalise(phrase), ()))


def is_of_officials(phrase: str) -> bool:
    """Whether people complain about officials with this very word: no other category may have it."""
    return any(code in _lexicon(()).confidential for code, _ in _lexicon(()).weights.get(normalise(phrase), ()))


def is_common(phrase: str) -> bool:
    """Whether it is made of nothing but words that stand in every other sentence, and so says nothing."""
    plain = normalise(phrase)
    letters = sum(map(str.isalnum, plain))
    return sum(sum(map(str.isalnum, found)) for found, _ in _list_common().find_all(plain)) == letters


@cache
def _list_common() -> PhraseIndex:
    return PhraseIndex(_read()["common"])


@cache
def _read() -> dict[str, Any]:
    with _FILE.open("rb") as file:
        return tomllib.load(file)


@lru_cache(maxsize=4)  # one that holds, one that is tried
def _lexicon(added: Words) -> _Lexicon:
    data = _read()
    categories = list_categories()
    confidential = frozenset(category.code for category in categories if category.confidential)
    weights: defaultdict[str, list[tuple[str, float]]] = defaultdict(list)
    for category in categories:
        for level, weight in data["levels"].items():
            for phrase in data[category.code].get(level, ()):
                weights[normalise(phrase)].append((category.code, weight))
    for code, phrases in added:
        for phrase in phrases:
            known = {each for each, _ in weights[normalise(phrase)]}
            if code not in known and not known & confidential:
                weights[normalise(phrase)].append((code, data["levels"][ADDED]))
    return _Lexicon(
        index=PhraseIndex([*weights, *data["neutral"]]),
        weights=dict(weights),
        priors={category.code: data[category.code]["prior"] for category in categories},
        confidential=confidential,
        least_score=data["confidence"]["score"],
        leads={category.code: data[category.code].get("lead", data["confidence"]["lead"]) for category in categories},
    )
