"""A walk through the desk: what each page is for, with a link into it and to a case that shows it."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from cases.figure_times import find_before, find_period
from console.desk import Desk
from console.list_query import read_asked
from console.pages import Pages
from console.permissions import Right
from storage import case_list
from storage import cases as stored
from storage import tour as stored_tour

pages = Pages("tour")
EXAMPLE = "district:1026"  # whose figures are shown to those who may see everybody's


@dataclass(frozen=True, slots=True)
class Stop:
    """One page of the walk. `shows`: the status of the case that it leads to; `values`: of its address."""

    name: str
    endpoint: str
    right: Right
    shows: str = ""
    values: dict[str, str] = field(default_factory=dict)


STOPS = (
    Stop("today", "today.show_today", Right.SEE_TODAY),
    Stop("find", "cases.show_cases", Right.SEE_CASES, values={"q": "console.tour.find_words"}),
    Stop("disputed", "case.show_case", Right.SEE_CASES, shows="disputed"),
    Stop("transferring", "case.show_case", Right.SEE_CASES, shows="transferring"),
    Stop("asked", "case.show_case", Right.SEE_CASES, shows="needs_info"),
    Stop("merged", "case.show_case", Right.SEE_FOLLOWERS, shows="merged"),
    Stop("map", "map.show_map", Right.SEE_MAP),
    Stop("summary", "summary.show_summary", Right.SEE_SUMMARY),
    Stop("intake", "intake.show_form", Right.TAKE_IN),
)


@pages.get("/tour", Right.SIGNED_IN)
def show_tour(desk: Desk) -> AnyResponse:
    """The walk, without what this person may not open; what no case shows yet says so, and how to get some."""
    with desk.read() as session:
        is_empty = not stored.has_any(session)
        numbers = stored_tour.find_newest(session, desk.scope, [stop.shows for stop in STOPS if stop.shows])
        stops = [
            _see(desk, session, stop, numbers.get(stop.shows))
            for stop in STOPS
            if desk.may(stop.right) and desk.has_page(stop.endpoint) and not (is_empty and stop.shows)
        ]
    lacks = not is_empty and any(stop["lacks"] for stop in stops)
    return desk.show("tour.html", stops=stops, is_empty=is_empty, lacks=lacks)


def _see(desk: Desk, session: Session, stop: Stop, number: str | None) -> dict[str, Any]:
    """`lacks`: it shows nothing here. An empty page can be opened all the same; a case that is not there cannot."""
    values = {name: desk.say(key) for name, key in stop.values.items()}
    lacks = bool(stop.shows) and number is None
    if stop.name == "find":
        asked = read_asked(desk, MultiDict(values))
        found = case_list.list_keys(session, desk.scope, asked.filters, asked.order, desk.now, after=None, most=1)
        lacks = not found.keys
    if stop.name == "summary":
        owner = desk.scope.organisation or EXAMPLE
        last_month = find_before(find_period("month", desk.today))
        values = {"owner": owner, "period": last_month.name}
        lacks = not stored_tour.was_any_told(session, desk.scope, owner, last_month.begins, last_month.ends)
    if number is not None:
        values["number"] = number
    is_open = number is not None or not stop.shows
    return {"name": stop.name, "endpoint": stop.endpoint, "values": values, "lacks": lacks, "is_open": is_open}
