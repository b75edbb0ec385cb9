"""Two cases that are one matter: one of them goes on, the people of the other follow it, and everyone is told once.

Only the Ombudsman's officers do it. A confidential case is never joined with one that is not: its people and its
words would come before an office. What was joined by mistake can be parted again within a day.
"""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from bot.messages.bubbles import text_bubble
from cases import audience, lifecycle, reporter_mail, telling
from cases.desk import OMB
from cases.statuses import OVER, Action, Actor, Role, Status
from storage import cases as stored
from storage import followers, groups, outbox, reporters
from storage.models import Case, HistoryEntry
from texts.catalog import say

PARTED_WITHIN = timedelta(days=1)
JOINED = "told_joined"


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
    words = say(telling.GROUP_LANGUAGE, "group.merged", number=case.number, into=into.number)
    _tell_office(session, case, words, into, waits=True)  # it need not look for it any more: not worth a push
    _tell_other(session, case, into, now)
    return entry


def _tell_office(session: Session, case: Case, words: str, about: Case, *, waits: bool = False) -> None:
    """The office whose case ended, or goes on after all."""
    for chat_id in groups.list_bound(session, case.owner) if case.owner != OMB else ():
        outbox.queue(session, chat_id, text_bubble(words), kind="line", case_id=about.id, waits=waits)


def _tell_other(session: Session, case: Case, into: Case, now: datetime) -> None:
    """The reporter of the case that goes on, once however many are joined to it. It asks nothing, so it can wait.

    Whoever is behind both has heard it with those of the other.
    """
    reporter = reporters.get_reporter(session, into.reporter_id)
    told = stored.list_history(session, into.id)
    joined = sum("merged" in one.details for one in told) - sum("split" in one.details for one in told)
    heard = any(one.chat_id == reporter.line_user_id for one in audience.list_told(session, case))
    if heard or joined > 1:
        return
    words = say(into.language, "told.joined", number=into.number)
    if reporter.line_user_id is None:
        reporter_mail.write(session, into, reporter, words, now)
    elif audience.find_reporter(session, into) is not None:
        outbox.queue(session, reporter.line_user_id, text_bubble(words), kind=JOINED, case_id=into.id, waits=True)


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
    words = say(telling.GROUP_LANGUAGE, "group.split", number=case.number)
    _tell_office(session, case, words, case)
    outbox.drop_waiting(session, None, into.id, JOINED)  # its reporter has not heard yet that it was joined
    return entry


def find_surviving(session: Session, case: Case) -> Case | None:
    """The case that goes on for one that went into another, however often."""
    into: Case | None = case
    while into is not None and into.status == Status.MERGED and into.merged_into is not None:
        into = stored.find_case(session, into.merged_into)
    return into if into is not None and into.id != case.id else None


def find_parting(session: Session, case: Case, now: datetime) -> HistoryEntry | None:
    """The step that joined this case to another, where it can still be taken back."""
    if lifecycle.find_rule(Status(case.status), Action.SPLIT, Role.STAFF) is None:
        return None
    last = stored.find_last_change(session, case.id)
    fresh = last is not None and last.action == Action.MERGE and now - last.at <= PARTED_WITHIN
    return last if fresh else None
