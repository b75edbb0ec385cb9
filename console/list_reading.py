"""What a search may find for those who may not read all that was told: only what the page of the case shows them.

The index knows all that a reporter said but telephone numbers: also what is said to officers alone, and what was said
while the case was confidential. Being found by it would tell it, letter by letter.
"""

from collections.abc import Callable, Sequence

from sqlalchemy.orm import Session

from cases.on_behalf import ON_BEHALF
from cases.statuses import Role
from console.case_reader import Reader
from console.desk import Desk
from console.permissions import Right
from storage import case_file, case_list
from storage.case_filters import Recheck
from storage.models import Case
from storage.models.case_words_sql import SAID_BY_REPORTER


def find_recheck(desk: Desk) -> Recheck | None:
    """For this reader; None where they may read all that can be found."""
    if desk.staff.of_omb and desk.may(Right.SEE_PHONE):
        return None
    return lambda session, ids, fits: _recheck(desk, session, ids, fits)


def _recheck(desk: Desk, session: Session, ids: Sequence[int], fits: Callable[[str], bool]) -> set[int]:
    cases = case_list.load(session, ids)
    found = {case.id for case in cases if fits(_read_told(Reader(desk, case, ())))}
    others = [case for case in cases if case.id not in found]
    theirs = [case for case in others if desk.staff.of_omb or Reader(desk, case, ()).owns]
    told = case_file.list_histories(session, [case.id for case in theirs])
    return found | {case.id for case in theirs if fits(_read_all(Reader(desk, case, told[case.id])))}


def _read_told(reader: Reader) -> str:
    case: Case = reader.case
    return f"{reader.hide(case.description)} {reader.hide(case.place)}"


def _read_all(reader: Reader) -> str:
    """With what the reporter said later, as far as it stands on the page."""
    later = (
        reader.hide(entry.note)
        for entry in reader.told
        if entry.action in SAID_BY_REPORTER
        and (entry.role == Role.REPORTER or entry.details.get(ON_BEHALF))
        and reader.sees_words(entry)
    )
    return " ".join([_read_told(reader), *later])
