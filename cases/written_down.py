"""What somebody without LINE told and showed: staff wrote it down, or it came by mail, so no chat says whose it is.

It is theirs still, to be copied for them and to be erased: also once the case is in their LINE. Which mails are theirs
is known by the cases that were made of these, or that they were added to: an address is only what somebody said.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from cases.case_numbers import find_case_number
from cases.on_behalf import ON_BEHALF
from cases.statuses import Action, Role
from storage import case_file, followers, inbound_mails, own_data, reporters
from storage import cases as stored
from storage.models import Case, HistoryEntry, InboundMail, Reporter

LINE = "line"


@dataclass(frozen=True, slots=True)
class WrittenDown:
    """Lines of history in which they are named (by key); those that say something for them; attachments (by key).

    `mails`: those that went into cases for them. `loose`: those that went into none, from their address, if it is known
    to be theirs and they name no case of somebody else; all else from there is only counted (`left_out`).
    """

    lines: Collection[int] = ()
    said: Sequence[HistoryEntry] = ()
    files: Collection[int] = ()
    mails: Sequence[InboundMail] = ()
    loose: Sequence[InboundMail] = ()
    left_out: int = 0


def find(session: Session, reporter: Reporter | None, told: Sequence[Case]) -> WrittenDown:
    """What is theirs in the cases that they told, and in those of others that they joined by telephone."""
    if reporter is None:
        return WrittenDown()
    mine = [case.id for case in told if case.channel != LINE]
    name = reporters.name_caller(reporter.id)
    joined = [] if reporter.line_user_id else followers.list_ever_followed(session, reporter.id)
    history = case_file.list_histories(session, {*mine, *joined})
    lines, said, of_others, files = [], [], set(), set()
    for case_id, entries in history.items():
        for entry in entries:
            named = entry.actor_id == name or (case_id in mine and _is_of_reporter(entry))
            if named:
                lines.append(entry.id)
            if named or (case_id in mine and ON_BEHALF in entry.details):
                said.append(entry)
                files.update(entry.details.get("media", ()))
            elif entry.action == Action.FOLLOW:
                of_others.update(entry.details.get("media", ()))
    mails, foreign = _sort_mails(session, told, history, said)
    own, others = ({inbound_mails.name_chat(one.id) for one in sorted_out} for sorted_out in (mails, foreign))
    written = own_data.list_written_down(session, list(history))
    brought = {item.id for item in written if item.case_id in mine and item.chat_id not in others}
    files.update((brought - of_others) | {item.id for item in written if item.chat_id in own})
    from_there = inbound_mails.list_loose_from(session, reporter.email)
    known = reporter.email_proved_at is not None
    loose = [one for one in from_there if known and not _names_another(session, one, reporter)]
    return WrittenDown(lines, said, files, mails, loose, len(from_there) - len(loose))


def _names_another(session: Session, mail: InboundMail, reporter: Reporter) -> bool:
    """Whether it is about a case that somebody else told: they may have named the same address."""
    number = find_case_number(mail.subject)
    named = stored.find_case_by_number(session, number) if number else None
    joined = stored.find_case(session, mail.case_id) if mail.case_id is not None else None
    return any(case is not None and case.reporter_id != reporter.id for case in (named, joined))


def _sort_mails(
    session: Session, told: Sequence[Case], history: Collection[int], said: Sequence[HistoryEntry]
) -> tuple[list[InboundMail], list[InboundMail]]:
    """The mails of these cases: theirs, and those of others, who joined by one.

    One that an officer took in is of whoever it was taken in for at that moment; one that was added to a case came from
    an address that was known to be the reporter's.
    """
    keys = {case.id for case in told}
    moments = {(entry.case_id, entry.at) for entry in said} | {(case.id, case.created_at) for case in told}
    mails: list[InboundMail] = []
    foreign: list[InboundMail] = []
    for one in inbound_mails.list_of_cases(session, keys | set(history)):
        came_by_itself = one.state == inbound_mails.ADDED and one.case_id in keys
        theirs = came_by_itself or (one.case_id, one.settled_at) in moments
        (mails if theirs else foreign).append(one)
    return mails, foreign


def _is_of_reporter(entry: HistoryEntry) -> bool:
    """Whether it came by mail from whoever was the case's reporter then."""
    return entry.role == Role.REPORTER and reporters.is_caller(entry.actor_id or "")
