"""Two pages to print: one for coordinators in their LINE groups, one for officers at the desk. What is counted in them
(hours, days, commands) is read from where the product itself reads it.
"""

from werkzeug.wrappers import Response as AnyResponse

from cases import clocks, service_levels
from cases.categories import list_categories
from cases.service_levels import FOR_ALL
from console.desk import Desk
from console.pages import Pages
from console.permissions import Right

pages = Pages("guides")


@pages.get("/guides/coordinators", Right.SIGNED_IN)
def show_for_coordinators(desk: Desk) -> AnyResponse:
    """How to answer in a group, on one sheet."""
    return desk.show("guide_coordinators.html", days=_list_days(desk.language), **_list_times(desk))


@pages.get("/guides/officers", Right.SIGNED_IN)
def show_for_officers(desk: Desk) -> AnyResponse:
    """How to work at the desk, on one sheet."""
    return desk.show("guide_officers.html", days=_list_days(desk.language), **_list_times(desk))


def _list_times(desk: Desk) -> dict[str, int]:
    """For cases told now, of whatever category has no times of its own."""
    with desk.read() as session:
        levels = service_levels.load(session)
    return {
        "acknowledge_hours": levels.find(FOR_ALL, "acknowledge"),
        "danger_minutes": service_levels.DANGER["acknowledge"],
        "first_words_days": levels.find(FOR_ALL, "first_words"),
        "transfer_days": levels.find(FOR_ALL, "accept"),
        "decide_days": clocks.DECIDE_DAYS,
        "confirm_days": levels.find(FOR_ALL, "confirm"),
    }


def _list_days(language: str) -> list[tuple[int, list[str]]]:
    """The categories by the days that there are to resolve them, the shortest first."""
    by_days: dict[int, list[str]] = {}
    for each in list_categories():
        if not each.confidential:
            by_days.setdefault(each.resolve_days, []).append(each.th if language == "th" else each.en)
    return sorted(by_days.items())
