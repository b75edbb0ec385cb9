"""What of a case the person before the screen may read: an office less than the Ombudsman's officers, and of what was
said while the case was kept from it, nothing at all.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from cases import keeping, office_updates, telling
from cases.on_behalf import ON_BEHALF
from cases.statuses import Action, Role, Status
from cases.writing import WRITTEN
from console.desk import Desk
from console.permissions import Right
from storage.models import Case, HistoryEntry


@dataclass(frozen=True)
class Reader:
    """One person and one case, with all that happened to it."""

    desk: Desk
    case: Case
    told: Sequence[HistoryEntry]

    @property
    def of_omb(self) -> bool:
        """Whether they are of the Ombudsman's office."""
        return self.desk.staff.of_omb

    @cached_property
    def owns(self) -> bool:
        """Whether their office has the case."""
        return office_updates.is_with(self.case, self.desk.staff.organisation)

    @property
    def sees_phone(self) -> bool:
        """Whether they may know how to call the reporter: an office only where the reporter let it."""
        return self.desk.may(Right.SEE_PHONE) and (self.of_omb or (self.owns and self.case.phone_shared))

    def hide(self, words: str | None) -> str:
        """Words as they may be read, without numbers to call where those are not for this reader."""
        return (words or "") if self.sees_phone else telling.hide_numbers(words or "")

    def sees(self, entry: HistoryEntry) -> bool:
        """Whether they may know of this line of the history."""
        if self.of_omb:
            return True
        if entry.id in self._kept or entry.action in (Action.SHIELD, Action.LIFT):
            return False
        if entry.role == Role.FOLLOWER and entry.action == Action.NOTE:
            return False
        if entry.role == Role.STAFF and entry.action == Action.NOTE and not _is_for_offices(entry):
            return False
        return self.owns or entry.organisation == self.desk.staff.organisation or entry.action != Action.NOTE

    def sees_words(self, entry: HistoryEntry) -> bool:
        """Whether they may read what was said with it."""
        if self.of_omb:
            return True
        if not self.sees(entry) or entry.role == Role.FOLLOWER:
            return False
        theirs = entry.role == Role.REPORTER or entry.details.get(ON_BEHALF)
        if theirs and Status.DISPUTED in (entry.to_status, entry.from_status):
            return False  # why it is not done goes to the officers, who put it into an instruction
        mine = entry.organisation == self.desk.staff.organisation
        return self.owns or mine or entry.action == Action.TRANSFER

    def sees_time(self, moment: datetime) -> bool:
        """Whether what was said to the reporter at that moment is theirs to know."""
        return self.of_omb or not any(start <= moment <= end for start, end in self._secret_times)

    @cached_property
    def _secret_times(self) -> list[tuple[datetime, datetime]]:
        kept = [entry.at for entry in self.told if entry.action == Action.SHIELD]
        lifted = [entry.at for entry in self.told if entry.action == Action.LIFT]
        if len(lifted) > len(kept):  # confidential from the first
            kept.insert(0, self.case.created_at)
        return list(zip(kept, lifted, strict=False))

    @cached_property
    def _kept(self) -> frozenset[int]:
        """What was against officials, and all that happened while the case was confidential."""
        kept = keeping.list_kept(self.told)
        turns = [entry.action for entry in self.told if entry.action in (Action.SHIELD, Action.LIFT)]
        since: int | None = 0 if turns[:1] == [Action.LIFT] else None  # confidential from the first
        for entry in self.told:
            if entry.action == Action.SHIELD:
                since = entry.id
            elif entry.action == Action.LIFT:
                kept |= {one.id for one in self.told if since is not None and since <= one.id <= entry.id}
                since = None
        return frozenset(kept)


def _is_for_offices(entry: HistoryEntry) -> bool:
    return bool(entry.details.get(WRITTEN) or "helper" in entry.details)
