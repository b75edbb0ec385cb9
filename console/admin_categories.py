"""The kinds of cases: their names, their days, and whether citizens can choose them."""

import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from flask import url_for
from werkzeug.wrappers import Response as AnyResponse

from cases.categories import Category, find_category, get_original
from cases.category_overrides import hold, keep, list_current
from console.desk import Desk
from console.pages import Pages
from console.permissions import Right
from storage import one_at_a_time
from storage.one_at_a_time import Place

pages = Pages("admin_categories")
LONGEST_NAME = 20  # letters on a button in LINE; signs above and below them take no room there
LONGEST_KEPT = 60
MOST_DAYS = 90
FEWEST_OFFERED = 4  # three are always proposed, and one that is confidential only where words speak of it
ALWAYS_OFFERED = ("official", "other")
FIELDS = ("th", "en", "resolve_days", "offered")


@pages.get("/admin/categories", Right.MANAGE_CATEGORIES)
def show_categories(desk: Desk) -> AnyResponse:
    """All of them; `change` names the one that the form is for."""
    with desk.read() as session:
        code = desk.args.get("change", "")
        current = list_current(session)
        return _show(desk, current, _write(current[code]) if code in current else {}, code)


def _show(
    desk: Desk, current: Mapping[str, Category], given: Mapping[str, str], code: str = "", problem: str = ""
) -> AnyResponse:
    return desk.show(
        "admin_categories.html",
        422 if problem else 200,
        categories=[(each, get_original(each.code), not _is_original(each)) for each in current.values()],
        changed=current.get(code),
        may_be_withheld=code not in ALWAYS_OFFERED,
        given=given,
        problem=desk.say(f"console.admin_categories.problem_{problem}") if problem else "",
        longest=LONGEST_KEPT,
        most_days=MOST_DAYS,
    )


@pages.post("/admin/categories/<code>", Right.MANAGE_CATEGORIES)
def keep_category(desk: Desk, code: str) -> AnyResponse:
    """Name it so, give it so many days, offer it or not."""
    return _change(desk, code, desk.form)


@pages.post("/admin/categories/<code>/put_back", Right.MANAGE_CATEGORIES)
def put_back(desk: Desk, code: str) -> AnyResponse:
    """That was a slip: what held before is in the address."""
    return _change(desk, code, desk.args)


@pages.post("/admin/categories/<code>/revert", Right.MANAGE_CATEGORIES)
def revert_category(desk: Desk, code: str) -> AnyResponse:
    """What came with the program holds again."""
    if find_category(code) is None:
        desk.refuse(404)
    return _change(desk, code, _write(get_original(code)))


def _change(desk: Desk, code: str, given: Mapping[str, str]) -> AnyResponse:
    with desk.begin() as session:
        one_at_a_time.hold(session, Place.CATEGORIES)
        current = list_current(session)
        if code not in current:
            desk.refuse(404)
        before = current[code]
        wanted = _read(before, given)
        problem = "days" if wanted is None else _find_problem(wanted, current)
        if wanted is None or problem:
            return _show(desk, current, given, code, problem)
        differs = _compare(before, wanted)
        if differs:
            keep(session, wanted, desk.now)
            verb = "category.reverted" if _is_original(wanted) else "category.changed"
            desk.record(session, verb, f"category:{code}", **differs)
    if differs:
        _take_up(desk)
        was: dict[str, Any] = {"code": code, **_write(before)}
        desk.tell("console.admin_categories.kept", url_for("admin_categories.put_back", **was))
    return desk.go("admin_categories.show_categories")


def _take_up(desk: Desk) -> None:
    """This process need not wait until it looks again."""
    with desk.read() as session:
        hold(session)


def _read(before: Category, given: Mapping[str, str]) -> Category | None:
    """The category as the form wants it; None where the days are no number of days."""
    days = given.get("resolve_days", "")
    if not (days.isascii() and days.isdigit() and len(days) < 4 and 1 <= int(days) <= MOST_DAYS):
        return None
    th, en = (" ".join(given.get(name, "").split()) for name in ("th", "en"))
    return replace(before, th=th, en=en, resolve_days=int(days), offered=given.get("offered") == "1")


def _find_problem(wanted: Category, current: Mapping[str, Category]) -> str:
    """What is wrong with it, as the end of a key; empty where nothing is."""
    others = [each for each in current.values() if each.code != wanted.code]
    if not all(_fits(name) for name in (wanted.th, wanted.en)):
        return "name"
    taken = {_squeeze(name) for each in others for name in (each.th, each.en)}
    if taken & {_squeeze(wanted.th), _squeeze(wanted.en)}:
        return "taken"
    if not wanted.offered and wanted.code in ALWAYS_OFFERED:
        return "always"
    if sum(each.offered and not each.confidential for each in [*others, wanted]) < FEWEST_OFFERED:
        return "fewest"
    return ""


def _fits(name: str) -> bool:
    kinds = [unicodedata.category(letter) for letter in name]
    letters = sum(kind != "Mn" for kind in kinds)
    return len(name) <= LONGEST_KEPT and 0 < letters <= LONGEST_NAME and not any(kind[0] == "C" for kind in kinds)


def _squeeze(name: str) -> str:
    return "".join(name.lower().split())


def _is_original(category: Category) -> bool:
    """But for its words, which have a page of their own."""
    return replace(category, words=()) == get_original(category.code)


def _compare(before: Category, wanted: Category) -> dict[str, list[object]]:
    was, becomes = asdict(before), asdict(wanted)
    return {name: [was[name], becomes[name]] for name in FIELDS if was[name] != becomes[name]}


def _write(category: Category) -> dict[str, str]:
    """As the form has it."""
    return {
        "th": category.th,
        "en": category.en,
        "resolve_days": str(category.resolve_days),
        "offered": "1" if category.offered else "",
    }
