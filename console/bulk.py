"""One step for many cases of the list: first a look at how many can make it, then each in a transaction of its own.

Every case goes through the same doors as alone. What was not done is said with why; what can be taken back can be for
a quarter of an hour, case by case, where nothing has happened since.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import parse_qsl, urlencode

from flask import url_for
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from cases import office_updates
from cases.statuses import Status
from console import bulk_example, bulk_reminder, case_choices, case_doing, case_steps, case_wishes
from console.case_doing import Doing
from console.case_steps import Step
from console.case_wishes import Refused, Wish
from console.desk import Desk
from console.list_query import read_asked
from console.pages import Pages
from console.permissions import Right
from storage import case_list, case_views, once
from storage.case_scope import find_case
from storage.models import Case

pages = Pages("bulk")
MOST = 100
UNDO_WITHIN = timedelta(minutes=15)
FOR_OFFICE = ("acknowledge", "start", "promise", "transfer")
FOR_DESK = ("place", "send_back", "acknowledge", "promise", "transfer", "close", bulk_reminder.NAME)
FORM = ("words", "day", "receiver")
Skipped = list[list[str]]


@dataclass(frozen=True, slots=True)
class Sorted:
    """The chosen cases that can make the step, as it is for each of them, and the others with why not."""

    able: list[tuple[str, Step]]
    skipped: Skipped


def list_names(desk: Desk) -> list[tuple[str, str]]:
    """The steps that can be made for many, for the list to choose from."""
    names = FOR_DESK if desk.may(Right.DECIDE) else FOR_OFFICE if desk.may(Right.ACT) else ()
    return [(name, _name(desk, name)) for name in names]


def _name(desk: Desk, name: str) -> str:
    return desk.say("console.bulk.remind" if name == bulk_reminder.NAME else f"console.case.do_{name}")


@pages.post("/cases/bulk", Right.ACT)
def preview(desk: Desk) -> AnyResponse:
    """How many of the chosen cases can make the step, and what it needs to be told."""
    name, numbers = _read_choice(desk)
    query = desk.form.get("query", "")
    if not name or not numbers:
        desk.tell("console.bulk.no_step" if numbers else "console.bulk.no_cases", tone="warning")
        return desk.go_to(f"/console/cases?{urlencode(parse_qsl(query))}")
    return _show(desk, name, numbers, query)


def _read_choice(desk: Desk) -> tuple[str, list[str]]:
    name = desk.form.get("do", "")
    if name not in [known for known, _ in list_names(desk)]:
        name = ""
    if desk.form.get("all") != "1":
        return name, list(dict.fromkeys(desk.form.getlist("case")))[:MOST]
    asked = read_asked(desk, MultiDict(parse_qsl(desk.form.get("query", ""))))
    with desk.read() as session:
        found = case_list.list_keys(session, desk.scope, asked.filters, asked.order, desk.now, after=None, most=MOST)
        return name, [case.number for case in case_list.load(session, [key for _, key in found.keys])]


def _show(
    desk: Desk, name: str, numbers: Sequence[str], query: str, problem: str = "", *, look: bool = False
) -> AnyResponse:
    with desk.read() as session:
        found = _sort(desk, session, name, numbers)
        step = found.able[0][1] if found.able else None
        asks_office = step is not None and case_steps.RECEIVER in step.fields
        offices = bulk_example.list_reachable(desk, session) if asks_office else []
        others = [] if found.able else _list_possible(desk, session, numbers)
    heard = None
    if step is not None and not problem and (look or not step.needs):
        try:
            heard = bulk_example.show_words(desk, found.able[0][0], step)
        except Refused as why:
            problem = _say_refused(desk, why)
    return desk.show(
        "cases_bulk.html",
        name=name,
        words=_name(desk, name),
        able=[number for number, _ in found.able],
        skipped=found.skipped,
        fields=[field for field in FORM if step is not None and field in step.fields],
        needed=step.needs if step else (),
        given=desk.form,
        offices=offices,
        others=others,
        heard=heard,
        example=found.able[0][0] if found.able else "",
        days=case_choices.list_days(desk),
        can_undo=step is not None and step in case_steps.OF_OFFICE,
        problem=problem,
        query=query,
        token=secrets.token_hex(8),
    )


@pages.post("/cases/bulk/look", Right.ACT)
def show_example(desk: Desk) -> AnyResponse:
    """What will be read, by the first of the cases, before anything is done."""
    name, numbers = _read_choice(desk)
    if not name or not numbers:
        desk.refuse(400)
    return _show(desk, name, numbers, desk.form.get("query", ""), look=True)


def _list_possible(desk: Desk, session: Session, numbers: Sequence[str]) -> list[tuple[str, str, int]]:
    """What can be done with the chosen cases instead, and with how many of them."""
    counted = [(name, words, len(_sort(desk, session, name, numbers).able)) for name, words in list_names(desk)]
    return [each for each in counted if each[2]]


def _sort(desk: Desk, session: Session, name: str, numbers: Sequence[str]) -> Sorted:
    found = Sorted([], [])
    for number in numbers:
        case = find_case(session, desk.scope, number)
        step = _find_step(desk, session, case, name) if case else None
        if case is not None and step is not None:
            found.able.append((number, step))
        elif case is not None:
            found.skipped.append([number, _say_why(desk, case, name)])
    return found


def _find_step(desk: Desk, session: Session, case: Case, name: str) -> Step | None:
    if case.confidential:
        return None  # looked at one by one, with a reason
    if name == bulk_reminder.NAME:
        return bulk_reminder.STEP if bulk_reminder.can_remind(session, case) else None
    return case_steps.find_step(session, case, desk, name)


def _say_why(desk: Desk, case: Case, name: str) -> str:
    if case.confidential:
        return desk.say("console.bulk.why_confidential")
    if name == bulk_reminder.NAME and Status(case.status) in bulk_reminder.WITH_OFFICE:
        return desk.say("console.bulk.why_no_group")
    return desk.say("console.bulk.why_standing", status=desk.say(f"status.{case.status}"))


@pages.post("/cases/bulk/do", Right.ACT)
def make(desk: Desk) -> AnyResponse:
    """Do it, case by case."""
    name, numbers = _read_choice(desk)
    token, query = desk.form.get("token", "")[:32], desk.form.get("query", "")
    if not name or not numbers or not token.isalnum():
        desk.refuse(400)
    with desk.read() as session:
        sent = case_views.find_sent(session, desk.staff.id, token)
        if sent is not None:
            return desk.go("bulk.show_done", bulk_id=sent.id)
        found = _sort(desk, session, name, numbers)
        made = _list_made(desk, session, found, token)
    if found.able:
        try:
            wish = case_wishes.read(found.able[0][1], desk.form, desk.today, (), {})
        except Refused as why:
            return _show(desk, name, numbers, query, _say_refused(desk, why))
        for number, _ in found.able:
            try:
                line = _make_one(desk, number, name, wish, token)
            except Refused as why:
                found.skipped.append([number, _say_refused(desk, why)])
                continue
            if line is None:
                found.skipped.append([number, desk.say("console.bulk.why_meanwhile")])
            else:
                made.append([number, line])
    with desk.begin() as session:
        if not once.claim(session, f"bulk:{desk.staff.id}:{token}", desk.now):  # sent twice, the other was quicker
            sent = case_views.find_sent(session, desk.staff.id, token)
            return desk.go("bulk.show_done", bulk_id=sent.id) if sent else desk.refuse(409)
        if name == bulk_reminder.NAME:
            bulk_reminder.remind(session, [str(number) for number, _ in made], desk.now)
        bulk = case_views.add_bulk(session, desk.staff.id, token, name, made, list(found.skipped), desk.now)
        desk.record(session, f"bulk.{name}", f"bulk:{bulk.id}", made=len(made), skipped=len(found.skipped))
        bulk_id = bulk.id
    return desk.go("bulk.show_done", bulk_id=bulk_id)


def _make_one(desk: Desk, number: str, name: str, wish: Wish, token: str) -> int | None:
    """The line of history that an undo would take back, 0 where none can; None where somebody was quicker."""
    with desk.begin() as session:
        case = desk.get_case(session, number, lock=True)
        form = _name_form(desk, token, case)
        if once.find_when(session, form) is not None:
            return _find_line(desk, session, case, form)
        step = _find_step(desk, session, case, name)
        if step is None or not once.claim(session, form, desk.now):
            return None
        if step is bulk_reminder.STEP:
            return 0
        actor = case_steps.act_as(desk)
        case_doing.do(Doing(session, case, step, wish, actor, desk.now, form, desk.staff.name))
        desk.record(session, f"case.{name}", f"case:{number}", together=token)
        return _find_line(desk, session, case, form)


def _name_form(desk: Desk, token: str, case: Case) -> str:
    return f"bulk:{desk.staff.id}:{token}:{case.id}"


def _find_line(desk: Desk, session: Session, case: Case, form: str) -> int:
    latest = office_updates.find_latest_step(session, case, case_steps.act_as(desk))
    return latest.id if latest is not None and latest.message_id == form else 0


def _list_made(desk: Desk, session: Session, found: Sorted, token: str) -> list[list[object]]:
    """What the same form, sent at the same time, has done meanwhile: it is not skipped."""
    made: list[list[object]] = []
    for skipped in list(found.skipped):
        case = find_case(session, desk.scope, skipped[0])
        form = _name_form(desk, token, case) if case else ""
        if case is not None and once.find_when(session, form) is not None:
            made.append([case.number, _find_line(desk, session, case, form)])
            found.skipped.remove(skipped)
    return made


def _say_refused(desk: Desk, why: Refused) -> str:
    return desk.say(why.key, **case_choices.name_values(desk, why))


@pages.get("/cases/bulk/<int:bulk_id>", Right.ACT)
def show_done(desk: Desk, bulk_id: int) -> AnyResponse:
    """What was done, and what not."""
    with desk.read() as session:
        bulk = case_views.find_bulk(session, bulk_id, desk.staff.id)
        if bulk is None:
            desk.refuse(404)
    fresh = bulk.undone_at is None and desk.now - bulk.at < UNDO_WITHIN
    return desk.show(
        "cases_bulk_done.html",
        bulk=bulk,
        words=_name(desk, bulk.step),
        undo=url_for("bulk.undo", bulk_id=bulk.id) if fresh and any(line for _, line in bulk.made) else "",
    )


@pages.post("/cases/bulk/<int:bulk_id>/undo", Right.ACT)
def undo(desk: Desk, bulk_id: int) -> AnyResponse:
    """Take back what nobody has built on since."""
    with desk.begin() as session:
        bulk = case_views.find_bulk(session, bulk_id, desk.staff.id)
        if bulk is None:
            desk.refuse(404)
        if bulk.undone_at is not None or desk.now - bulk.at >= UNDO_WITHIN:
            desk.tell("console.bulk.undo_late", tone="warning")
            return desk.go("bulk.show_done", bulk_id=bulk_id)
        bulk.undone_at = desk.now
        made = [(str(number), int(line)) for number, line in bulk.made if line]
        desk.record(session, "bulk.undo", f"bulk:{bulk_id}")
    undone = sum(_undo_one(desk, number, line) for number, line in made)
    late = len(made) - undone
    desk.tell("console.bulk.undone", tone="warning" if late else "success", count=undone, late=late)
    return desk.go("bulk.show_done", bulk_id=bulk_id)


def _undo_one(desk: Desk, number: str, line: int) -> bool:
    with desk.begin() as session:
        case = find_case(session, desk.scope, number, lock=True)
        mine = case is not None and (desk.staff.of_omb or office_updates.is_with(case, desk.staff.organisation))
        if case is None or not mine or case.confidential:
            return False
        actor = case_steps.act_as(desk)
        if office_updates.undo(session, case, line, actor, desk.now) is None:
            return False
        case_doing.tell_group(session, case, actor, desk.staff.name)
        desk.record(session, "case.undo", f"case:{number}")
        return True
