"""A case that was closed too long ago to come back is told anew: its kind and its place are known already."""

from typing import Any

from cases.statuses import Status
from handlers import conversing
from handlers.turn import Turn
from storage.conversations import Standing
from storage.models import Case


def begin(turn: Turn, standing: Standing, case: Case) -> None:
    """Begin a report that goes on from this case; one that is half told already goes first."""
    if case.status != Status.CLOSED:
        conversing.say_old_button(turn, standing)
        return
    if conversing.is_talking(standing) and conversing.load(standing)[1].slots:
        go_on = conversing.tap(standing, "talk.go_on", f"f:{standing.run}:resume:")
        conversing.tell(turn, standing, "talk.draft_waits", go_on)
        return
    place: dict[str, Any] = {
        "org": case.district or "outside",
        "how": case.routed_by,
        "words": case.place,
        "alternatives": list(case.alternatives),
    }
    if case.latitude is not None and case.longitude is not None:
        place |= {"lat": case.latitude, "lng": case.longitude}
    known = {"category": case.category, "category_chosen": True, "place": place, "place_agreed": True}
    conversing.begin(turn, standing, "report", {**known, "earlier": case.id})
