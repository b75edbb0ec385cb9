"""Which steps can be made for many cases at once, which of the chosen cases can make one, and why the others cannot."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from cases import office_updates
from cases.statuses import Status
from console import bulk_reminder, case_steps
from console.case_steps import Step
from console.desk import Desk
from console.list_query import read_asked
from console.permissions import Right
from storage import case_list
from storage.case_scope import find_case
from storage.models import Case

MOST = 100
FOR_OFFICE = ("acknowledge", "start", "promise", "transfer")
FOR_DESK = ("place", "send_back", "acknowledge", "promise", "transfer", "close", bulk_reminder.NAME)
Skipped = list[list[str]]


@dataclass(frozen=True, slots=True)
class Sorted:
    """The chosen cases that can make the step, as it is for each of them, and the others with why not."""

    able: list[tuple[str, Step]]
    skipped: Skipped


def list_names(desk: Desk) -> list[tuple[str, str]]:
    """The steps that can be made for many, for the list to choose from."""
    names = FOR_DESK if desk.may(Right.DECIDE) else FOR_OFFICE if desk.may(Right.ACT) else ()
    return [(name, name_step(desk, name)) for name in names]


def name_step(desk: Desk, name: str) -> str:
    """The step in words."""
    return desk.say("console.bulk.remind" if name == bulk_reminder.NAME else f"console.case.do_{name}")


def read_choice(desk: Desk) -> tuple[str, list[str]]:
    """The step that a form names, empty where it may not be asked for, and the cases that are chosen on it."""
    name = desk.form.get("do", "")
    if name not in [known for known, _ in list_names(desk)]:
        name = ""
    if desk.form.get("all") != "1":
        return name, list(dict.fromkeys(desk.form.getlist("case")))[:MOST]
    asked = read_asked(desk, MultiDict(parse_qsl(desk.form.get("query", ""))))
    with desk.read() as session:
        found = case_list.list_keys(session, desk.scope, asked.filters, asked.order, desk.now, after=None, most=MOST)
        return name, [case.number for case in case_list.load(session, [key for _, key in found.keys])]


def sort(desk: Desk, session: Session, name: str, numbers: Sequence[str]) -> Sorted:
    """Who of them can make this step; what is none of theirs is left out without a word."""
    found = Sorted([], [])
    for case in _find(desk, session, numbers):
        step = find_step(desk, session, case, name)
        if step is not None:
            found.able.append((case.number, step))
        else:
            found.skipped.append([case.number, _say_why(desk, case, name)])
    return found


def list_possible(desk: Desk, session: Session, numbers: Sequence[str]) -> list[tuple[str, str, int]]:
    """The steps that at least one of the chosen cases can make: name, words, how many of them."""
    counted = dict.fromkeys((name for name, _ in list_names(desk)), 0)
    for case in _find(desk, session, numbers):
        for name in _list_open(desk, session, case):
            counted[name] = counted.get(name, 0) + 1
    return [(name, words, counted[name]) for name, words in list_names(desk) if counted[name]]


def find_step(desk: Desk, session: Session, case: Case, name: str) -> Step | None:
    """The step as it is for this case; None where it cannot make it, or is looked at by itself, with a reason."""
    if case.confidential:
        return None
    if name == bulk_reminder.NAME:
        return bulk_reminder.STEP if bulk_reminder.can_remind(session, case) else None
    return case_steps.find_step(session, case, desk, name)


def _find(desk: Desk, session: Session, numbers: Sequence[str]) -> Iterator[Case]:
    for number in numbers:
        case = find_case(session, desk.scope, number)
        if case is not None:
            yield case


def _list_open(desk: Desk, session: Session, case: Case) -> set[str]:
    if case.confidential:
        return set()
    known = {name for name, _ in list_names(desk)}
    names = {step.name for step in case_steps.list_steps(session, case, desk)} & known
    if bulk_reminder.NAME in known and bulk_reminder.can_remind(session, case):
        names.add(bulk_reminder.NAME)
    return names


def _say_why(desk: Desk, case: Case, name: str) -> str:
    if case.confidential:
        return desk.say("console.bulk.why_confidential")
    if name == bulk_reminder.NAME and Status(case.status) in bulk_reminder.WITH_OFFICE:
        return desk.say("console.bulk.why_no_group")
    if not desk.staff.of_omb and not office_updates.is_with(case, desk.staff.organisation):
        return desk.say("console.bulk.why_not_yours")
    return desk.say("console.bulk.why_standing", status=desk.say(f"status.{case.status}"))
