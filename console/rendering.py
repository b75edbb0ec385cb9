"""What every template may say: words, moments, numbers, addresses, the menu and what was told."""

from datetime import date, datetime
from typing import Any

from flask import Flask, g, get_flashed_messages, url_for

from console import menu
from console.assets import asset
from console.desk import Desk, Visit
from console.permissions import Right, may
from console.verbs import name_verb
from places.organisations import find_organisation
from texts.catalog import say
from texts.moments import say_date, say_moment

# The first that is in what a browser says of itself: most of them also say that they are others.
BROWSERS = (
    ("LINE", "Line/"),
    ("Edge", "Edg"),
    ("Opera", "OPR/"),
    ("Samsung Internet", "SamsungBrowser"),
    ("Firefox", "Firefox/"),
    ("Firefox", "FxiOS"),
    ("Chrome", "Chrome/"),
    ("Chrome", "CriOS"),
    ("Safari", "Safari/"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac", "Macintosh"),
    ("Linux", "Linux"),
)


def set_up_templates(app: Flask) -> None:
    """Give the templates their words."""
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        t=_say,
        moment=_say_moment,
        day=_say_day,
        number=_say_number,
        office=_name_office,
        verb=_name_verb,
        url=url_for,
        asset=asset,
        can=_can,
        menu_of=_list_menu,
        told=_list_told,
        Right=Right,
    )
    app.jinja_env.filters["device"] = name_device
    app.context_processor(_see_reader)


def name_device(agent: str) -> str:
    """A browser as its owner would know it again: `Chrome · Android`; as it calls itself where we do not know it."""
    browser = next((name for name, mark in BROWSERS if mark in agent), "")
    system = next((name for name, mark in SYSTEMS if mark in agent), "")
    return " · ".join(each for each in (browser, system) if each) or agent[:40]


def _see_reader() -> dict[str, Any]:
    visit: Visit = g.visit
    staff = visit.staff if isinstance(visit, Desk) else None
    return {"visit": visit, "staff": staff, "language": visit.language, "now": visit.now}


def _say(key: str, **values: object) -> str:
    return say(g.visit.language, key, **values)


def _say_moment(at: datetime | None) -> str:
    """A day and a time as people say them; nothing for none."""
    return say_moment(g.visit.language, at, now=g.visit.now) if at else ""


def _say_day(on: date | None) -> str:
    return say_date(g.visit.language, on, today=g.visit.today) if on else ""


def _say_number(count: float) -> str:
    return f"{count:,}"


def _name_office(code: str | None, *, short: bool = True) -> str:
    """An organisation by its name in the reader's language; its code where we know it no more."""
    found = find_organisation(code) if code else None
    if found is None:
        return code or ""
    if g.visit.language == "en":
        return found.short_en if short else found.name_en
    return found.short_th if short else found.name_th


def _name_verb(verb: str) -> str:
    return name_verb(g.visit.language, verb)


def _can(right: str) -> bool:
    visit = g.visit
    return isinstance(visit, Desk) and may(visit.staff.role, Right(right))


def _list_menu(part: str) -> list[menu.Entry]:
    visit = g.visit
    if not isinstance(visit, Desk):
        return []
    return [each for each in menu.PARTS[part] if may(visit.staff.role, each.right) and visit.has_page(each.endpoint)]


def _list_told() -> list[dict[str, Any]]:
    """What was told since the last page, in the language of this one."""
    kept: Any = get_flashed_messages(with_categories=True)  # what `Visit.tell` put there, by its tone
    return [
        {"words": _say(each["key"], **each["values"]), "undo_url": each["undo_url"], "tone": tone}
        for tone, each in kept
    ]
