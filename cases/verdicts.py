"""Hears in a citizen's own sentence whether what an office calls done is done. Words are data (`verdicts.toml`).

Only for someone who has just been asked that; "well" is taken only where nothing makes it unsure.
"""

import tomllib
from functools import cache
from pathlib import Path
from typing import Literal

from cases.phrases import PhraseIndex, normalise

_FILE = Path(__file__).with_name("verdicts.toml")
LONGEST = 200  # letters; whoever writes more tells a story, not a verdict
Verdict = Literal["yes", "partly", "no"]


def find_verdict(text: str) -> Verdict | None:
    """`partly`, `no` or `yes`; None where the sentence says neither."""
    if len(text) > LONGEST:
        return None
    plain, lists = normalise(text), _load()
    if _has(lists["partly"], plain):
        return "partly"
    if _has(lists["no"], plain):
        return "no"
    return "yes" if _has(lists["yes"], plain) and not _has(lists["doubt"], plain) else None


def _has(phrases: PhraseIndex, plain: str) -> bool:
    return next(phrases.find_all(plain), None) is not None


@cache
def _load() -> dict[str, PhraseIndex]:
    with _FILE.open("rb") as file:
        return {name: PhraseIndex(phrases) for name, phrases in tomllib.load(file).items()}
