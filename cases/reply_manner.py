"""How far the words of a note are those of one that states a step: each word of the lists, each familiar one, and each
pair of kinds that stand side by side has a weight in reply_manner.toml, fitted on labelled notes by
scripts/fit_replies.py."""

import math
import tomllib
from collections.abc import Iterable
from functools import cache
from itertools import pairwise
from pathlib import Path

from cases.reply_words import Word, is_past

WEIGHTS = Path(__file__).with_name("reply_manner.toml")
_SORTS = ("words", "kinds", "pairs")
_SILENT = frozenset(("gap", "stop"))
_UNNAMED = _SILENT | {"text", "date"}
_START, _END = "^", "$"
# A note is short: what one word of it says may not drown the rest of the reading.
_MOST = 4.0


def list_signs(words: list[Word], familiar: Iterable[str], *, strange: bool) -> set[tuple[str, str]]:
    """Each sign once, with its sort; `familiar`: what is known in the words that no list of the reader's holds."""
    kinds = ["past" if is_past(word) else word.kind for word in words if word.kind not in _SILENT]
    signs = {("words", word.text) for word in words if word.kind not in _UNNAMED}
    signs |= {("words", text) for text in familiar}
    signs |= {("kinds", kind) for kind in kinds}
    signs |= {("pairs", f"{before} {after}") for before, after in pairwise((_START, *kinds, _END))}
    return signs | ({("kinds", "strange")} if strange else set())


def measure(words: list[Word], familiar: Iterable[str], *, strange: bool) -> float:
    """Above 0 where the words are rather those of a statement, below where they are rather talk."""
    signs, weights = list_signs(words, familiar, strange=strange), _load()
    found = sum(weights.get(sign, 0.0) for sign in signs) / math.sqrt(len(signs) or 1)
    return max(-_MOST, min(_MOST, weights["kinds", ""] + found))


@cache
def _load() -> dict[tuple[str, str], float]:
    """The file lists signs by weight, and under the kind without a name what speaks for every note."""
    tables = tomllib.loads(WEIGHTS.read_text("utf-8"))
    return {(sort, sign): float(weight) for sort in _SORTS for weight, signs in tables[sort].items() for sign in signs}
