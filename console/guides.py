"""Two pages to print: one for coordinators in their LINE groups, one for officers at the desk. What is counted in them
(hours, days, commands) is read from where the product itself reads it.
"""

from werkzeug.wrappers import Response as AnyResponse

from cases import clocks
from cases.categories import list_categories
from console.desk import Desk
from console.pages import Pages
from console.permissions import Right

pages = Pages("guides")


@pages.get("/guides/coordinators", Right.SIGNED_IN)
def show_for_coordinators(desk: Desk) -> AnyResponse:
    """How to answer in a group, on one sheet."""
    return desk.show("guide_coordinators.html", days=_list_days(desk.language), **_list_times())


@pages.get("/guides/officers", Right.SIGNED_IN)
def show_for_officers(desk: Desk) -> AnyResponse:
    """How to work at the desk, on one sheet."""
    return desk.show("guide_officers.html", days=_list_days(desk.language), **_list_times())


def _list_times() -> dict[str, int]:
    return {
        "acknowledge_hours": clocks.ACKNOWLEDGE_HOURS,
        "danger_minutes": clocks.DANGER_MINUTES,
        "first_words_days": clocks.FIRST_WORDS_DAYS,
        "transfer_days": clocks.TRANSFER_DAYS,
        "decide_days": clocks.DECIDE_DAYS,
        "confirm_days": clocks.ANSWER_DAYS,
    }


def _list_days(language: str) -> list[tuple[int, list[str]]]:
    """The categories by the days that there are to resolve them, the shortest first."""
    by_days: dict[int, list[str]] = {}
    for each in list_categories():
        if not each.confidential:
            by_days.setdefault(each.resolve_days, []).append(each.th if language == "th" else each.en)
    return sorted(by_days.items())
