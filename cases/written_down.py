"""What somebody without LINE told and showed: staff wrote it down, or it came by mail, so no chat says whose it is.

It is theirs still, to be copied for them and to be erased: also once the case is in their LINE.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from cases.on_behalf import ON_BEHALF
from cases.statuses import Action, Role
from storage import case_file, followers, own_data, reporters
from storage.models import Case, HistoryEntry, Reporter

LINE = "line"


@dataclass(frozen=True, slots=True)
class WrittenDown:
    """Lines of history in which they are named; those that say something for them; and attachments. All by key."""

    lines: Collection[int] = ()
    said: Sequence[HistoryEntry] = ()
    files: Collection[int] = ()


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
    files.update({item.id for item in own_data.list_written_down(session, mine)} - of_others)
    return WrittenDown(lines, said, files)


def _is_of_reporter(entry: HistoryEntry) -> bool:
    """Whether it came by mail from whoever was the case's reporter then."""
    return entry.role == Role.REPORTER and reporters.is_caller(entry.actor_id or "")
