"""The offices a case went through, read from its history: who passed it on, who refused it, how often it changed hands.

So that no office can pass a case round in circles.
"""

from collections.abc import Sequence

from cases.statuses import Action
from storage.models import HistoryEntry

MOST_HOPS = 3  # after that many the Ombudsman's officers decide whose it is


def list_hops(told: Sequence[HistoryEntry]) -> list[HistoryEntry]:
    """The times that another office took it over, those undone left out."""
    return [entry for entry in _standing(told) if entry.action == Action.ACCEPT]


def is_long(told: Sequence[HistoryEntry]) -> bool:
    """Whether it changed hands so often that the officers decide from here on."""
    return len(list_hops(told)) >= MOST_HOPS


def list_passed(told: Sequence[HistoryEntry]) -> list[str]:
    """The offices that had the case, or were offered it, and let it go: nobody offers it to them again."""
    gone: list[str] = []
    for entry in _standing(told):
        if entry.action == Action.ACCEPT or (entry.action == Action.DISPATCH and entry.details.get("from")):
            gone.append(entry.details["from"])
        elif entry.action == Action.BOUNCE and entry.details.get("to"):
            gone.append(entry.details["to"])
    return list(dict.fromkeys(gone))


def list_owners(told: Sequence[HistoryEntry]) -> list[str]:
    """The whole chain: each office that had the case, in order."""
    hops = list_hops(told)
    return [hop.details["from"] for hop in hops] + [hops[-1].details["to"]] if hops else []


def _standing(told: Sequence[HistoryEntry]) -> list[HistoryEntry]:
    undone = {entry.details.get("undone") for entry in told}
    return [entry for entry in told if entry.id not in undone]
