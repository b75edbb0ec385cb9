"""Cases that may be the same though nobody gave a spot: same kind, same office, a place told in much the same words.

For officers alone, who read both and decide. Places are told loosely, so pieces of three letters are compared, without
what every place has in it; where both name numbers (a soi, a house), one of them must be the same.
"""

import re
import tomllib
from datetime import datetime
from functools import cache
from pathlib import Path

from sqlalchemy.orm import Session

from cases import views
from cases.duplicates import MOST, WITHIN, may_join
from cases.open_cases import OPEN
from cases.phrases import normalise
from cases.statuses import Status
from storage import cases as stored
from storage.models import Case

ENOUGH = 0.6  # of the pieces of the place that was told
SHORTEST = 4  # letters that are left to compare
LOOKED_AT = 300
LIVING = (Status.NEW, *OPEN, Status.RESOLVED)
_FILE = Path(__file__).with_suffix(".toml")


def list_alike(session: Session, category: str, org: str, place: str, now: datetime) -> list[Case]:
    """Open cases of this kind and office whose place sounds like this one, the likest first."""
    told = _pieces(place, org)
    if not told:
        return []
    found = []
    for case in stored.list_by_owner(session, org, LIVING, limit=LOOKED_AT, newest_first=True, category=category):
        if case.updated_at < now - WITHIN or not may_join(case) or _differ(place, case.place):
            continue
        share = len(told & _pieces(f"{case.place} {case.description}", org)) / len(told)
        if share >= ENOUGH:
            found.append((share, case))
    return [case for _, case in sorted(found, key=lambda one: -one[0])[:MOST]]


def _pieces(words: str, org: str) -> set[str]:
    plain = normalise(words)
    for common in (normalise(views.name_khet(org, "th")), *_common()):
        plain = plain.replace(common, " ")
    runs = [run for run in re.split(r"[\W\d_]+", plain) if len(run) >= SHORTEST - 1]
    if sum(map(len, runs)) < SHORTEST:
        return set()
    return {run[at : at + 3] for run in runs for at in range(len(run) - 2)}


def _differ(one: str, other: str) -> bool:
    """Whether both name numbers, and not one the same."""
    numbers, others = (set(re.findall(r"\d+", normalise(words))) for words in (one, other))
    return bool(numbers and others and not numbers & others)


@cache
def _common() -> tuple[str, ...]:
    with _FILE.open("rb") as file:
        words = tomllib.load(file)["common"]
    return tuple(sorted((normalise(word) for word in words), key=len, reverse=True))
