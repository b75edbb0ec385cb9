"""Two cases that are one matter: one of them goes on, the people of the other follow it, and everyone is told once.

Only the Ombudsman's officers do it. A confidential case is never joined with one that is not: its people and its
words would come before an office. What was joined by mistake can be parted again within a day.
"""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from cases import lifecycle, telling
from cases.statuses import OVER, Action, Actor, Role, Status
from storage import cases as stored
from storage import followers
from storage.models import Case, HistoryEntry

PARTED_WITHIN = timedelta(days=1)


class CannotMerge(Exception):
    """These two cannot be joined; `key` names the words that say why."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def check(case: Case, into: Case) -> None:
    """Raises CannotMerge where `case` cannot go into `into`."""
    if case.id == into.id:
        raise CannotMerge("merging.same")
    if case.confidential or into.confidential:
        raise CannotMerge("merging.confidential")
    if Status(case.status) in OVER or Status(into.status) in OVER:
        raise CannotMerge("merging.over")


def merge(session: Session, case: Case, into: Case, actor: Actor, now: datetime) -> HistoryEntry:
    """`case` ends here; who told it and who followed it follow `into` from now on. Raises CannotMerge.

    The caller holds both rows. Whoever is behind both hears it once, like everybody else.
    """
    check(case, into)
    for person in dict.fromkeys([case.reporter_id, *followers.list_people(session, case.id)]):
        if person != into.reporter_id:
            followers.join(session, into.id, person, now, merged_from=case.id)
    case.merged_into = into.id
    details = {"into": into.id, "number": into.number}
    entry = lifecycle.apply(session, case, Action.MERGE, actor, now, details=details)
    lifecycle.apply(session, into, Action.NOTE, actor, now, details={"merged": case.id, "number": case.number})
    telling.tell_merged(session, case, into, entry)
    return entry


def split(session: Session, case: Case, actor: Actor, now: datetime) -> HistoryEntry | None:
    """Part again what was joined within a day; None where it is too late, or they are not joined."""
    joined = find_parting(session, case, now)
    into = stored.find_case(session, case.merged_into, lock=True) if joined and case.merged_into else None
    if joined is None or into is None:
        return None
    followers.leave_merged(session, into.id, case.id, now)
    case.merged_into = None
    entry = lifecycle.apply(session, case, Action.SPLIT, actor, now, details={"number": into.number})
    lifecycle.apply(session, into, Action.NOTE, actor, now, details={"split": case.id, "number": case.number})
    telling.tell_split(session, case)
    return entry


def find_parting(session: Session, case: Case, now: datetime) -> HistoryEntry | None:
    """The step that joined this case to another, where it can still be taken back."""
    if lifecycle.find_rule(Status(case.status), Action.SPLIT, Role.STAFF) is None:
        return None
    last = stored.find_last_change(session, case.id)
    fresh = last is not None and last.action == Action.MERGE and now - last.at <= PARTED_WITHIN
    return last if fresh else None
