"""Which step notes like this one state, told by resemblance alone: any three letters, each word of the lists, each kind
and any two or three kinds side by side have weights for each step and for talk in reply_likeness.json, fitted on
labelled notes by scripts/fit_replies.py. It hears verbs that no list holds."""

import json
import math
from collections.abc import Iterable
from functools import cache
from itertools import pairwise
from pathlib import Path

from cases.reply_words import Word

WEIGHTS = Path(__file__).with_name("reply_likeness.json")
TALK = "none"
_SILENT = frozenset(("gap", "stop"))
_UNNAMED = _SILENT | {"text", "date"}
_START, _END = "^", "$"
_LETTERS = 3
# A long note has said what it states by then.
_LONGEST = 500


def list_marks(words: list[Word], familiar: Iterable[str]) -> set[str]:
    """Each mark once, with its sort; `familiar`: what is known in the words that no list of the reader's holds."""
    kinds = [_START, *(word.kind for word in words if word.kind not in _SILENT), _END]
    text = f"{_START}{''.join(word.text for word in words).strip()[:_LONGEST]}{_END}"
    marks = {f"l:{text[i : i + _LETTERS]}" for i in range(len(text) - _LETTERS + 1)}
    marks |= {f"w:{word.text}" for word in words if word.kind not in _UNNAMED}
    marks |= {f"w:{known}" for known in familiar}
    marks |= {f"k:{kind}" for kind in kinds}
    marks |= {f"k:{before} {after}" for before, after in pairwise(kinds)}
    return marks | {
        f"k:{before} {kind} {after}" for before, kind, after in zip(kinds, kinds[1:], kinds[2:], strict=False)
    }


def liken(words: list[Word], familiar: Iterable[str]) -> dict[str, float]:
    """How likely it is that a note states each step, or none of them; together 1."""
    marks, (always, weights) = list_marks(words, familiar), _load()
    known = [weights[mark] for mark in marks if mark in weights]
    share = 1 / math.sqrt(len(known) or 1)
    leanings = [start + share * sum(weighed[i] for weighed in known) for i, start in enumerate(always.values())]
    most = max(leanings)
    likely = [math.exp(leaning - most) for leaning in leanings]
    return {step: each / sum(likely) for step, each in zip(always, likely, strict=True)}


@cache
def _load() -> tuple[dict[str, float], dict[str, list[float]]]:
    """The file names the steps with what speaks for each always, and lists the marks of each by weight."""
    made = json.loads(WEIGHTS.read_text("utf-8"))
    always: dict[str, float] = made["always"]
    weights: dict[str, list[float]] = {}
    for i, step in enumerate(always):
        for weight, marks in made["weights"][step].items():
            for mark in marks:
                weights.setdefault(mark, [0.0] * len(always))[i] = float(weight)
    return always, weights
