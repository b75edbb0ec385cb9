"""Which lines of a case's history are kept from its office: told to it neither now nor later.

History is only added to. So what came before words against an official is named by the line that holds those words.
"""

from collections.abc import Sequence

from cases.statuses import Action
from storage.models import HistoryEntry

ROLE = "delicate"  # of attachments: on no card, and in no group
PULLED = "pulled"  # lines that were said just before, and are kept with it


def list_kept(told: Sequence[HistoryEntry]) -> set[int]:
    """The keys of these lines."""
    named = {int(key) for one in told for key in one.details.get(PULLED) or ()}
    return named | {one.id for one in told if one.details.get("delicate")}


def list_answers(told: Sequence[HistoryEntry], begins: int, actions: frozenset[Action]) -> list[HistoryEntry]:
    """What an office may be told of, from this line on."""
    kept = list_kept(told)
    return [one for one in told if one.id >= begins and one.action in actions and one.id not in kept]
