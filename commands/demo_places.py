"""What the location picker of the demo offers: the khet, places of the stories, and outlines where there are any."""

import json
from pathlib import Path
from typing import Any

from places.organisations import list_organisations

CENTRE = (13.752, 100.535)


def make_places(stories: list[dict[str, Any]], outlines: Path | None) -> dict[str, Any]:
    """As simulator/browser/README.md describes `places.json`. Raises ValueError where the outlines are no JSON."""
    khet = [
        {
            "code": int(office.code.partition(":")[2]),
            "th": office.short_th,
            "en": office.short_en,
            "latitude": office.centre[0],
            "longitude": office.centre[1],
        }
        for office in list_organisations("district")
        if office.centre
    ]
    drawn = json.loads(outlines.read_text(encoding="utf-8")) if outlines else None
    return {"centre": CENTRE, "khet": khet, "places": stories, "outlines": drawn}
