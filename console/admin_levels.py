"""How long each step of a case may take, for all cases or those of one category: tried, set, and given up again.

What is set holds for cases told from then on; clocks that run, and the figures of the past, stay as they are.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from cases import category_overrides, clocks, escalation_times, service_levels
from cases.categories import find_category, list_categories
from cases.service_levels import FOR_ALL, LEVELS, Level, Levels
from cases.views import name_category
from cases.working_time import add_days, add_working_days, add_working_time
from console import seen
from console.desk import Desk
from console.pages import Pages
from console.permissions import Right
from storage import audit, working_days
from storage import clocks as stored_clocks
from texts.digits import read_thai_digits

pages = Pages("admin_levels")
VERB = "level.changed"
LOOK = "levels look"
MOST_CHANGES = 20
LONGEST = 3  # digits

# What is the same for all and set in the program, in the order of a case's life.
FIXED = (
    ("danger", service_levels.DANGER["acknowledge"], "minutes"),
    ("danger_accept", service_levels.DANGER["accept"], "minutes"),
    ("danger_answer", service_levels.DANGER["answer"], "minutes"),
    ("danger_first_words", service_levels.DANGER["first_words"], "minutes"),
    ("danger_decide", service_levels.DANGER["decide"], "minutes"),
    ("decide", clocks.DECIDE_DAYS, "working_days"),
    ("foretold", 1, "working_days"),
    ("escalate", escalation_times.ESCALATE_HOURS, "working_hours"),
    ("escalate_danger", int(escalation_times.ESCALATE_DANGER.total_seconds() // 60), "minutes"),
    ("escalate_other", escalation_times.ESCALATE_DAYS, "working_days"),
    ("confirm_nudge", clocks.NUDGE_AHEAD_DAYS, "days"),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One level: what holds for all, what the program comes with, and the categories that have their own."""

    level: Level
    amount: int | None
    original: int | None
    own: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One level that would be another: what holds, what would, and when a case told now would be due, both ways.

    `given`: as the form has it; `running`: how many clocks run by what held when their cases were told.
    """

    level: Level
    given: str
    was: int
    becomes: int
    due_was: datetime
    due: datetime
    running: int


class _Bad(ValueError):
    """A number that is none, or beyond what may be set."""


@pages.get("/admin/levels", Right.MANAGE_CATEGORIES)
def show_levels(desk: Desk) -> AnyResponse:
    """What holds; `category` names the one that the form is for."""
    code = _check(desk, desk.args.get("category", FOR_ALL))
    with desk.read() as session:
        return _show(desk, session, code, _fill_in(service_levels.load(session), code))


@pages.post("/admin/levels", Right.MANAGE_CATEGORIES)
def set_levels(desk: Desk) -> AnyResponse:
    """Look first at what would change; then keep it."""
    code = _check(desk, desk.form.get("category", FOR_ALL))
    given = {} if desk.form.get("do") == "revert" else desk.form
    keeps = desk.form.get("do") == "keep"
    with desk.read() as session:
        try:
            wanted = _read(code, given)
        except _Bad as bad:
            if keeps:  # no page of ours has it in its form
                desk.refuse(400)
            level = LEVELS[str(bad)]
            name = desk.say(f"console.admin_categories.level_{level.name}")
            words = desk.say("console.admin_levels.problem", level=name, least=level.least, most=level.most)
            return _show(desk, session, code, given, problem=words)
        told = _list_told(session, code, wanted)
        if not (keeps and seen.is_marked(desk, LOOK, told)):
            mark = seen.mark(desk, LOOK, told)
            return _show(desk, session, code, given, _try(desk, session, code, wanted), mark=mark)
    return _keep(desk, code, given)


@pages.post("/admin/levels/put_back", Right.MANAGE_CATEGORIES)
def put_back(desk: Desk) -> AnyResponse:
    """That was a slip: what held before is in the address."""
    return _keep(desk, _check(desk, desk.args.get("category", FOR_ALL)), desk.args)


def _keep(desk: Desk, code: str, given: Mapping[str, str]) -> AnyResponse:
    try:
        wanted = _read(code, given)
    except _Bad:
        desk.refuse(400)
    with desk.begin() as session:
        levels = service_levels.load(session)
        before = {name: levels.find_own(code, name) for name in wanted}
        held = {name: levels.find(code, name) for name in wanted}
        changed = [name for name in wanted if service_levels.keep(session, code, name, wanted[name], desk.now)]
        if changed:
            holds = service_levels.load(session)
            amounts = {name: [held[name], holds.find(code, name)] for name in changed}
            desk.record(session, VERB, f"level:{code or 'all'}", **amounts)
    if changed:
        with desk.read() as session:
            category_overrides.hold(session)
        was: dict[str, Any] = {name: "" if amount is None else str(amount) for name, amount in before.items()}
        desk.tell("console.admin_levels.kept", url_for("admin_levels.put_back", category=code, **was))
    return desk.go("admin_levels.show_levels", category=code or None)


def _list_told(session: Session, code: str, wanted: Mapping[str, int | None]) -> list[str]:
    """What a trial tells of: these amounts in place of those that hold."""
    levels = service_levels.load(session)
    return [code, *(f"{name}:{levels.find(code, name)}:{amount}" for name, amount in wanted.items())]


def _check(desk: Desk, code: str) -> str:
    if code != FOR_ALL and find_category(code) is None:
        desk.refuse(404)
    return code


def _list_levels(code: str) -> list[Level]:
    return [level for level in LEVELS.values() if code != FOR_ALL or level.amount is not None]


def _read(code: str, given: Mapping[str, str]) -> dict[str, int | None]:
    """What is wanted of each level; None where what lies below it is to hold."""
    wanted: dict[str, int | None] = {}
    for level in _list_levels(code):
        words = read_thai_digits(given.get(level.name, "").strip())
        number = int(words) if words.isascii() and words.isdigit() and len(words) <= LONGEST else 0
        if words and not level.least <= number <= level.most:
            raise _Bad(level.name)
        wanted[level.name] = number if words else None
    return wanted


def _fill_in(levels: Levels, code: str) -> dict[str, str]:
    own = {level.name: levels.find_own(code, level.name) for level in _list_levels(code)}
    return {name: "" if amount is None else str(amount) for name, amount in own.items()}


def _try(desk: Desk, session: Session, code: str, wanted: Mapping[str, int | None]) -> list[Change]:
    levels = service_levels.load(session)
    changes: list[Change] = []
    for name, amount in wanted.items():
        level, was = LEVELS[name], levels.find(code, name)
        becomes = amount if amount is not None else _find_below(levels, code, name)
        if becomes != was:
            own = [] if code else [each.code for each in list_categories() if levels.find_own(each.code, name)]
            running = stored_clocks.count_running(session, name, category=code or None, but=own)
            due_was, due = (_find_due(desk, session, level, much) for much in (was, becomes))
            changes.append(Change(level, "" if amount is None else str(amount), was, becomes, due_was, due, running))
    return changes


def _find_below(levels: Levels, code: str, name: str) -> int:
    """What holds where nothing is set for the category itself."""
    common = levels.find_own(FOR_ALL, name) if code != FOR_ALL else None
    return service_levels.find_original(code, name) if common is None else common


def _find_due(desk: Desk, session: Session, level: Level, amount: int) -> datetime:
    """When a step that begins now would be due at an office with the usual hours."""
    exceptions = working_days.load_exceptions(session)
    if level.unit == "working_hours":
        return add_working_time(desk.now, amount, exceptions)
    if level.unit == "working_days":
        return add_working_days(desk.now, amount, exceptions)
    if level.name == "resolve":
        return add_days(desk.now, amount, exceptions)
    return desk.now + timedelta(days=amount)


def _show(
    desk: Desk,
    session: Session,
    code: str,
    given: Mapping[str, str],
    changes: list[Change] | None = None,
    *,
    mark: str = "",
    problem: str = "",
) -> AnyResponse:
    levels = service_levels.load(session)
    rows = []
    for level in LEVELS.values():
        set_here = ((each.code, levels.find_own(each.code, level.name)) for each in list_categories())
        own = tuple((name_category(each, desk.language), amount) for each, amount in set_here if amount is not None)
        by_category = level.amount is None
        rows.append(Row(level, None if by_category else levels.find(FOR_ALL, level.name), level.amount, own))
    wanted = audit.Wanted(verb=VERB, about=f"level:{code or 'all'}")
    names = {level.name for level in LEVELS.values()}
    history = [
        (entry.at, entry.who, [(LEVELS[name], *pair) for name, pair in entry.details.items() if name in names])
        for entry in audit.list_entries(session, wanted, limit=MOST_CHANGES)
    ]
    return desk.show(
        "admin_levels.html",
        422 if problem else 200,
        rows=rows,
        fixed=FIXED,
        code=code,
        chosen=name_category(code, desk.language) if code else desk.say("console.admin_levels.for_all"),
        categories=[(each.code, name_category(each.code, desk.language)) for each in list_categories()],
        fields=[(level, _find_below(levels, code, level.name)) for level in _list_levels(code)],
        given=given,
        is_changed=any(_fill_in(levels, code).values()),
        changes=changes or [],
        mark=mark,
        history=history,
        problem=problem,
    )
