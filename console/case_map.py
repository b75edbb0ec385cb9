"""Where a case lies, for its map: the pin, and the outlines of the khet that it may lie in, in few points."""

import json
from dataclasses import dataclass

from sqlalchemy.orm import Session

from cases import views
from console.khet_outlines import find_layer
from places.layer import Ring
from storage import boundaries
from storage.models import Case

MOST_POINTS = 300  # of one outline: enough for a picture of this size
DISTRICT = "district:"


@dataclass(frozen=True, slots=True)
class Map:
    """What the page itself holds of it."""

    latitude: float
    longitude: float


def see_map(case: Case) -> Map | None:
    """The pin; None where the case has none."""
    if case.latitude is None or case.longitude is None:
        return None
    return Map(case.latitude, case.longitude)


def write_outlines(session: Session, case: Case, language: str) -> str:
    """JSON: the pin, and the outlines by khet, the likelier first; none where no layer was imported."""
    newest = boundaries.find_newest_id(session)
    codes = [code for code in (case.district, *case.alternatives) if code and str(code).startswith(DISTRICT)]
    drawn = [
        {
            "name": views.name_khet(code, language),
            "main": place == 0,
            "rings": _draw(session, newest, int(str(code).removeprefix(DISTRICT))),
        }
        for place, code in enumerate(dict.fromkeys(codes))
        if newest is not None
    ]
    pin = [case.latitude, case.longitude] if case.latitude is not None else None
    return json.dumps({"pin": pin, "khet": drawn}, ensure_ascii=False)


def _draw(session: Session, layer_id: int, dcode: int) -> list[list[tuple[float, float]]]:
    return [_thin(ring) for ring in find_layer(session, layer_id).rings.get(dcode, ())]


def _thin(ring: Ring) -> list[tuple[float, float]]:
    """Latitude before longitude, as maps in browsers have it."""
    step = max(1, len(ring) // MOST_POINTS)
    return [(round(lat, 5), round(lng, 5)) for lng, lat in ring[::step]]
