"""What lies before the Ombudsman's officers: the cases that wait for their word, the reasons given, and so with
whom a case really is.

The owner of a case is the office whose clock runs; while officers decide about it, it is with them all the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from cases import disputes
from cases.statuses import WITH_OFFICES, Action, Status
from storage.models import Case, HistoryEntry

OMB = "omb"
BY_HAND = "by_hand"  # in the details of a dispatch: nobody could be written to, an officer handed it over
PROPOSED = "proposed"  # in the details of a transfer: the office that was chosen, and could not be asked
# Out of the office's hands until an officer has spoken, and the step that took it out of them.
STEPS = {
    Status.TRANSFERRING: Action.TRANSFER,
    Status.DECLINED: Action.DECLINE,
    Status.DISPUTED: Action.DISPUTE,
}
# What is open for the officers, whoever has it: also what no office has been given yet.
OPEN_AT_ALL = tuple(dict.fromkeys((Status.NEW, *WITH_OFFICES, *STEPS)))
# What runs meanwhile: to find an office that accepts it, or to decide.
CLOCKS = {Status.TRANSFERRING: "accept", Status.DECLINED: "decide", Status.DISPUTED: "decide"}
# What an officer may decide, by the buttons of the card.
BUTTONS = {
    Status.TRANSFERRING: ("place", "send_back"),
    Status.DECLINED: ("agree", "send_back"),
    Status.DISPUTED: ("send_back", "uphold"),
}


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """The organisation that has a case now; `moving`: it is on its way there, and not accepted yet."""

    holder: str | None
    moving: bool = False


def find_whereabouts(case: Case) -> Whereabouts:
    """With whom a case really is; nobody of ours once it was referred to others."""
    status = Status(case.status)
    if status == Status.REFERRED:
        return Whereabouts(None)
    if case.confidential or status in (Status.NEW, Status.DECLINED, Status.DISPUTED):
        return Whereabouts(OMB)
    if status == Status.TRANSFERRING:  # an office that is only named in the reason was never asked
        return Whereabouts(case.transfer_to or OMB, moving=case.transfer_to is not None)
    return Whereabouts(case.owner)


def find_step(told: Sequence[HistoryEntry], status: Status) -> HistoryEntry | None:
    """Of a case's history, the step by which it came before the officers."""
    action = STEPS.get(status)
    return next((entry for entry in reversed(told) if entry.action == action), None)


def find_proposed(told: Sequence[HistoryEntry]) -> str | None:
    """The office that is to take a case that lies before the officers, as who passed it on said; None where it named
    none, or one that was asked.
    """
    step = find_step(told, Status.TRANSFERRING)
    proposed = step.details.get(PROPOSED) if step is not None and not step.details.get("to") else None
    return str(proposed) if proposed else None


def write_reason(told: Sequence[HistoryEntry], status: Status) -> str:
    """The reason in the words given: an office's as last edited, a reporter's with all they said since.

    What a reporter wrote against an official is left out: it is not for any group.
    """
    step = find_step(told, status)
    if step is None:
        return ""
    since = [entry for entry in told if entry.id > step.id and entry.note]
    if status == Status.DISPUTED:
        return "\n".join(entry.note for entry in disputes.list_said(told) if entry.note)
    edits = [entry.note for entry in since if entry.message_id and entry.message_id == step.message_id]
    return (edits[-1] if edits else step.note) or ""
