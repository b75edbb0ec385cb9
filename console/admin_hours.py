"""The hours that an office keeps: shown, tried on the clocks that run, and set; the usual ones can hold again."""

from dataclasses import dataclass
from itertools import groupby

from flask import url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from cases import clocks, office_hours
from cases.clocks import Moved
from cases.office_hours import DAYS, BadWeek
from cases.views import name_office
from cases.working_time import USUAL, Hours
from console import seen
from console.desk import Desk
from console.pages import Pages
from console.permissions import Right
from places.organisations import find_organisation
from storage import audit

pages = Pages("admin_hours")
EXAMPLES = 5
LOOK = "hours look"
VERB = "office.hours_set"
MOST_CHANGES = 10
LONGEST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Trial:
    """What other hours would do."""

    week: str
    words: str
    moved: tuple[Moved, ...]
    mark: str


class _Over(Exception):
    """Ends the transaction, so that nothing of it is kept."""


@pages.get("/admin/offices/<code>/hours", Right.MANAGE_ORGANISATIONS)
def show_hours(desk: Desk, code: str) -> AnyResponse:
    """The week as it holds."""
    with desk.read() as session:
        held = office_hours.find(session, _check(desk, code))
    return _show(desk, code, _fill_in(held))


@pages.post("/admin/offices/<code>/hours", Right.MANAGE_ORGANISATIONS)
def set_hours(desk: Desk, code: str) -> AnyResponse:
    """Look first at what would change; then keep it."""
    _check(desk, code)
    if desk.form.get("do") == "keep":
        wanted = _read(desk, desk.form.get("week", ""))
        if seen.is_marked(desk, LOOK, _list_told(desk, code, wanted)):
            return _keep(desk, code, wanted)
        return _show(desk, code, _fill_in(wanted), _foresee(desk, code, wanted))
    given = [
        (desk.form.get(f"opens_{day}", "").strip(), desk.form.get(f"closes_{day}", "").strip()) for day in range(DAYS)
    ]
    try:
        wanted = USUAL if desk.form.get("do") == "usual" else office_hours.check(given)
    except BadWeek as bad:
        return _show(desk, code, given, problem=_say_problem(desk, bad))
    return _show(desk, code, _fill_in(wanted), _foresee(desk, code, wanted))


@pages.post("/admin/offices/<code>/hours/put_back", Right.MANAGE_ORGANISATIONS)
def put_back(desk: Desk, code: str) -> AnyResponse:
    """That was a slip: what held before is in the address."""
    try:
        wanted = office_hours.read(desk.args.get("week", ""))
    except BadWeek:
        desk.refuse(400)
    with desk.read() as session:
        if wanted not in office_hours.list_held(session, _check(desk, code)):
            desk.refuse(400)
    return _keep(desk, code, wanted)


def _read(desk: Desk, week: str) -> Hours:
    try:
        wanted = office_hours.read(week)
        office_hours.check_enough(wanted)
    except BadWeek:
        desk.refuse(400)
    return wanted


def _foresee(desk: Desk, code: str, wanted: Hours) -> Trial:
    mark = seen.mark(desk, LOOK, _list_told(desk, code, wanted))
    return Trial(office_hours.write(wanted), say_hours(desk, wanted), tuple(_try(desk, code, wanted)), mark)


def _list_told(desk: Desk, code: str, wanted: Hours) -> list[str]:
    """What a trial tells of: these hours in place of those that hold."""
    with desk.read() as session:
        held = office_hours.find(session, code)
    return [code, office_hours.write(held), office_hours.write(wanted)]


def _keep(desk: Desk, code: str, wanted: Hours) -> AnyResponse:
    with desk.begin() as session:
        before = office_hours.find(session, code)
        moved = _set(session, desk, code, wanted)
        if wanted != before:
            hours = [office_hours.write(before), office_hours.write(wanted)]
            desk.record(session, VERB, code, hours=hours, clocks=len(moved))
    if wanted != before:
        undo = url_for("admin_hours.put_back", code=code, week=office_hours.write(before))
        desk.tell("console.admin_hours.kept", undo, count=len(moved))
    return desk.go("admin_hours.show_hours", code=code)


def _set(session: Session, desk: Desk, code: str, wanted: Hours) -> list[Moved]:
    before = office_hours.find(session, code)
    if wanted == before:
        return []
    office_hours.keep(session, code, wanted, desk.now)
    return clocks.count_office_anew(session, code, before, desk.now)


def _try(desk: Desk, code: str, wanted: Hours) -> list[Moved]:
    """Set them, see which clocks that moves, and take all of it back."""
    moved: list[Moved] = []
    try:
        with desk.begin() as session:
            moved += _set(session, desk, code, wanted)
            raise _Over
    except _Over:
        return moved


def _say_problem(desk: Desk, bad: BadWeek) -> str:
    if bad.weekday is None:
        days, hours = office_hours.FEWEST_DAYS, office_hours.FEWEST_HOURS
        return desk.say(f"console.admin_hours.problem_{bad.problem}", days=days, hours=hours)
    day = desk.say(f"console.admin_hours.day_{bad.weekday}")
    return desk.say(f"console.admin_hours.problem_{bad.problem}", day=day, given=bad.given[:LONGEST_SHOWN])


def _check(desk: Desk, code: str) -> str:
    if find_organisation(code) is None:
        desk.refuse(404)
    return code


def _show(
    desk: Desk, code: str, given: list[tuple[str, str]], trial: Trial | None = None, problem: str = ""
) -> AnyResponse:
    with desk.read() as session:
        held = office_hours.find(session, code)
        wanted = audit.Wanted(verb=VERB, about=code)
        changes = [
            (entry.at, entry.who, *(say_hours(desk, office_hours.read(week)) for week in entry.details["hours"]))
            for entry in audit.list_entries(session, wanted, limit=MOST_CHANGES)
        ]
    return desk.show(
        "admin_hours.html",
        422 if problem else 200,
        code=code,
        name=name_office(code, desk.language),
        held=say_hours(desk, held),
        usual=say_hours(desk, USUAL),
        is_usual=held == USUAL,
        given=[(day, *span) for day, span in enumerate(given)],
        trial=trial,
        examples=trial.moved[:EXAMPLES] if trial else (),
        changes=changes,
        problem=problem,
    )


def _fill_in(hours: Hours) -> list[tuple[str, str]]:
    """As the form has them."""
    return [("", "") if span is None else (f"{span[0]:%H:%M}", f"{span[1]:%H:%M}") for span in hours.week]


def say_hours(desk: Desk, hours: Hours) -> str:
    """Days that follow each other with the same hours together: Mon–Fri 08:30–16:30, Sat 09:00–12:00."""
    parts: list[str] = []
    for span, of_span in groupby(range(DAYS), key=hours.week.__getitem__):
        days = list(of_span)
        if span is not None:
            names = [desk.say(f"console.admin_hours.day_{day}") for day in (days[0], days[-1])]
            named = names[0] if len(days) == 1 else "–".join(names)
            parts.append(f"{named} {span[0]:%H:%M}–{span[1]:%H:%M}")
    return ", ".join(parts)
