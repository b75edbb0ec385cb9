"""What of a case's history stands: steps that were taken back are told of, and count for nothing."""

from collections.abc import Iterable, Sequence

from storage.models import HistoryEntry


def find_undone(told: Iterable[HistoryEntry]) -> set[int]:
    """The ids of the steps that one of these takes back."""
    return {entry.details["undone"] for entry in told if "undone" in entry.details}


def list_standing(told: Sequence[HistoryEntry]) -> list[HistoryEntry]:
    """Those of these that none of them takes back, oldest first as they came."""
    undone = find_undone(told)
    return [entry for entry in told if entry.id not in undone]
