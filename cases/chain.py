"""The offices a case went through, read from its history: who passed it on, who refused it, how often it changed hands.

So that no office can pass a case round in circles.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from cases.standing import find_undone, list_standing
from cases.statuses import Action
from storage.models import HistoryEntry

MOST_TAKEN_BACK = 2  # times that a case is brought to the officers by mistake, within this time
TAKEN_BACK_WITHIN = timedelta(days=1)
MOST_HOPS = 3  # after that many the Ombudsman's officers decide whose it is


def list_hops(told: Sequence[HistoryEntry]) -> list[HistoryEntry]:
    """The times that another office took it over, those undone left out."""
    return [entry for entry in list_standing(told) if entry.action == Action.ACCEPT]


def find_taken(told: Sequence[HistoryEntry], offered: HistoryEntry) -> HistoryEntry | None:
    """The step by which another office took what was offered so; None where it was not, or not for good."""
    hop = next((entry for entry in list_hops(told) if entry.id > offered.id), None)
    offers = [entry.id for entry in told if entry.action == Action.TRANSFER and hop is not None and entry.id < hop.id]
    return hop if offers and offers[-1] == offered.id else None


def is_long(told: Sequence[HistoryEntry]) -> bool:
    """Whether it changed hands so often that the officers decide from here on."""
    return len(list_hops(told)) >= MOST_HOPS


def list_passed(told: Sequence[HistoryEntry]) -> list[str]:
    """The offices that had the case, or were offered it, and let it go: nobody offers it to them again."""
    gone: list[str] = []
    for entry in list_standing(told):
        if entry.action == Action.ACCEPT or (entry.action == Action.DISPATCH and entry.details.get("from")):
            gone.append(entry.details["from"])
        elif entry.action == Action.BOUNCE and entry.details.get("to"):
            gone.append(entry.details["to"])
    return list(dict.fromkeys(gone))


def is_fickle(told: Sequence[HistoryEntry], now: datetime) -> bool:
    """Whether it was brought to the officers and taken back so often of late that everybody has heard enough of it."""
    undone = find_undone(told)
    taken_back = [
        entry
        for entry in told
        if entry.action == Action.TRANSFER
        and not entry.details.get("to")
        and entry.id in undone
        and now - entry.at <= TAKEN_BACK_WITHIN
    ]
    return len(taken_back) >= MOST_TAKEN_BACK


def must_stay(told: Sequence[HistoryEntry], step: HistoryEntry) -> bool:
    """Whether a case was refused and that taken back so often of late that a further refusal is the officers' now."""
    undone = find_undone(told)
    before = [
        entry
        for entry in told
        if entry.action == Action.DECLINE
        and entry.id in undone
        and entry.id < step.id
        and step.at - entry.at <= TAKEN_BACK_WITHIN
    ]
    return step.action == Action.DECLINE and len(before) >= MOST_TAKEN_BACK


def list_owners(told: Sequence[HistoryEntry]) -> list[str]:
    """The whole chain: each office that had the case, in order."""
    hops = list_hops(told)
    return [hop.details["from"] for hop in hops] + [hops[-1].details["to"]] if hops else []
