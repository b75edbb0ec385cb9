"""A walk through the desk: what each page is for, with a link into it and to a case that shows it."""

from dataclasses import dataclass, field
from typing import Any

from werkzeug.wrappers import Response as AnyResponse

from cases.figure_times import find_before, find_period
from console.desk import Desk
from console.pages import Pages
from console.permissions import Right
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
    """The walk, without what this person may not open and what no case shows."""
    with desk.read() as session:
        is_empty = not stored.has_any(session)
        numbers = stored_tour.find_newest(session, desk.scope, [stop.shows for stop in STOPS if stop.shows])
    stops = [_see(desk, stop, numbers.get(stop.shows)) for stop in STOPS if _may_open(desk, stop, numbers)]
    return desk.show("tour.html", stops=stops, is_empty=is_empty)


def _may_open(desk: Desk, stop: Stop, numbers: dict[str, str]) -> bool:
    return desk.may(stop.right) and desk.has_page(stop.endpoint) and (not stop.shows or stop.shows in numbers)


def _see(desk: Desk, stop: Stop, number: str | None) -> dict[str, Any]:
    values = {name: desk.say(key) for name, key in stop.values.items()}
    if stop.name == "summary":
        last_month = find_before(find_period("month", desk.today))
        values = {"owner": desk.scope.organisation or EXAMPLE, "period": last_month.name}
    return {"name": stop.name, "endpoint": stop.endpoint, "values": values | ({"number": number} if number else {})}
