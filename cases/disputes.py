"""What a reporter says since they said that it is not done: the reason in their words, and their pictures of it.

The dispute stands in the history from the tap on; the reason comes after it, and may change from "not" to "partly".
"""

from collections.abc import Sequence

from cases import keeping
from cases.statuses import Action, Role, Status
from storage.models import HistoryEntry


def find_begin(told: Sequence[HistoryEntry]) -> HistoryEntry | None:
    """The line with which the dispute that stands now began; a changed answer only goes on with it."""
    begun = (one for one in reversed(told) if one.action == Action.DISPUTE and one.from_status != Status.DISPUTED)
    return next(begun, None)


def list_said(told: Sequence[HistoryEntry]) -> list[HistoryEntry]:
    """That line and the reporter's own ones since, but for what must not be read in any group."""
    begun = find_begin(told)
    since = [one for one in told if begun is not None and one.id >= begun.id]
    kept = keeping.list_kept(told)
    return [one for one in since if one is begun or (one.role == Role.REPORTER and one.id not in kept)]


def list_media(told: Sequence[HistoryEntry]) -> list[int]:
    """The keys of the attachments that came with it."""
    return [int(key) for one in list_said(told) for key in one.details.get("media") or ()]
