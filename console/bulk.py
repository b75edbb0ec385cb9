"""One step for many cases of the list, in two: what will happen is told first, then it is done, case by case.

Every case goes through the same doors as alone. What was not done is said with why; what can be taken back can be for
a quarter of an hour, case by case, where nothing has happened since.
"""

import secrets
from collections.abc import Sequence
from datetime import timedelta
from urllib.parse import parse_qsl, urlencode

from flask import url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from console import bulk_example, bulk_reminder, bulk_undo, case_doing, case_steps, case_undo, case_wishes
from console.bulk_example import FORM, say_refused
from console.bulk_sorting import Sorted, find_step, list_names, list_possible, name_step, read_choice, sort
from console.case_doing import Doing
from console.case_wishes import Refused, Wish
from console.day_off import say_day_off
from console.desk import Desk
from console.list_rows import see_rows
from console.pages import Pages
from console.permissions import Right
from storage import case_views, once
from storage.case_scope import find_case
from storage.models import Case
from texts.moments import say_date

pages = Pages("bulk")
UNDO_WITHIN = timedelta(minutes=15)


@pages.post("/cases/bulk/choices", Right.ACT)
def show_choices(desk: Desk) -> AnyResponse:
    """What can be done with the cases that are ticked so far; nothing is done."""
    name, numbers = read_choice(desk)
    with desk.read() as session:
        steps = [(each, words) for each, words, _ in list_possible(desk, session, numbers)]
    return desk.piece(
        "cases_bulk_choice.html",
        bulk_steps=steps if numbers else list_names(desk),
        bulk_chosen=name,
        bulk_count=len(numbers),
    )


@pages.post("/cases/bulk", Right.ACT)
def preview(desk: Desk) -> AnyResponse:
    """What the step needs to be told; where that is nothing, what will happen."""
    name, numbers = read_choice(desk)
    query = desk.form.get("query", "")
    if not name or not numbers:
        desk.tell("console.bulk.no_step" if numbers else "console.bulk.no_cases", tone="warning")
        return desk.go_to(f"/console/cases?{urlencode(parse_qsl(query))}")
    return _show(desk, name, numbers)


@pages.post("/cases/bulk/look", Right.ACT)
def foretell(desk: Desk) -> AnyResponse:
    """What will happen to which cases, and what will be read, before anything is done."""
    name, numbers = read_choice(desk)
    if not name or not numbers:
        desk.refuse(400)
    return _show(desk, name, numbers, told=True)


def _show(desk: Desk, name: str, numbers: Sequence[str], problem: str = "", *, told: bool = False) -> AnyResponse:
    """The form, or what will happen by what it holds (`told`)."""
    with desk.read() as session:
        found = sort(desk, session, name, numbers)
        step = found.able[0][1] if found.able else None
        asks_office = step is not None and case_steps.RECEIVER in step.fields
        owners = {case.owner for number, _ in found.able if (case := find_case(session, desk.scope, number))}
        offices = bulk_example.list_reachable(desk, session, owners) if asks_office else []
        others = [] if found.able else list_possible(desk, session, numbers)
    fields = [field for field in FORM if step is not None and field in step.fields]
    foreseen, token = bulk_example.Foreseen(tuple(number for number, _ in found.able), []), ""
    if step is not None and not problem and (told or not fields):
        try:
            foreseen = bulk_example.foresee(desk, name, found.able)
            token = secrets.token_hex(8)
        except Refused as why:
            problem = say_refused(desk, why)
    with desk.read() as session:
        cases = [case for number in foreseen.able if (case := find_case(session, desk.scope, number)) is not None]
        rows = see_rows(desk, session, cases)
        day_off = say_day_off(desk, session, [case.owner for case in cases], foreseen.wish.day)
    return desk.show(
        "cases_bulk.html",
        name=name,
        words=name_step(desk, name),
        rows=rows,
        chosen=numbers,
        foreseen=foreseen,
        skipped=[*foreseen.skipped, *found.skipped],
        fields=fields,
        needed=step.needs if step else (),
        grave=step is not None and step.grave,
        given=desk.form,
        day_words=say_date(desk.language, day, today=desk.today) if (day := foreseen.wish.day) else "",
        day_off=day_off,
        offices=offices,
        others=others,
        can_undo=step is not None and (step in case_steps.OF_OFFICE or step.name == "place"),
        problem=problem,
        query=desk.form.get("query", ""),
        token=token,
        seen=bulk_example.sign(desk, name, foreseen.able, token, desk.form) if token else "",
    )


@pages.post("/cases/bulk/do", Right.ACT)
def make(desk: Desk) -> AnyResponse:
    """Do it, case by case."""
    name, numbers = read_choice(desk)
    token = desk.form.get("token", "")[:32]
    if not name or not numbers:
        desk.refuse(400)
    if not bulk_example.is_seen(desk, name, numbers, token):
        return _show(desk, name, numbers, told=True)
    with desk.read() as session:
        sent = case_views.find_sent(session, desk.staff.id, token)
        if sent is not None:
            return desk.go("bulk.show_done", bulk_id=sent.id)
        found = sort(desk, session, name, numbers)
        made = _list_made(desk, session, found, token)
    if found.able:
        try:
            wish = case_wishes.read(found.able[0][1], desk.form, desk.today, (), {})
        except Refused as why:
            return _show(desk, name, numbers, say_refused(desk, why))
        for number, _ in found.able:
            try:
                line = _make_one(desk, number, name, wish, token)
            except Refused as why:
                found.skipped.append([number, say_refused(desk, why)])
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
        step = find_step(desk, session, case, name)
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
    latest = case_undo.find_latest(session, case, desk)
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
        words=name_step(desk, bulk.step),
        undo=url_for("bulk.undo", bulk_id=bulk.id) if fresh and any(each[1] for each in bulk.made) else "",
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
        made = [(str(number), int(line)) for number, line in bulk.made]
        desk.record(session, "bulk.undo", f"bulk:{bulk_id}")
    came = [[number, line, bulk_undo.take_back(desk, number, line)] for number, line in made]
    with desk.begin() as session:
        case_views.keep_undone(session, bulk_id, came)
    late = sum(bool(why) for _, _, why in came)
    desk.tell("console.bulk.undone", tone="warning" if late else "success", count=len(came) - late, late=late)
    return desk.go("bulk.show_done", bulk_id=bulk_id)
