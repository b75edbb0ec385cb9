"""Imagemap messages: one picture with areas that can be tapped, and perhaps a video on it."""

from collections.abc import Mapping

from simulator.rules.report import Path, Report
from simulator.rules.shapes import Rule, Shape, anything, by_type, integer, many, one, text
from simulator.rules.urls import action_uri, media_url

WIDTH = 1040


def _check_video(video: dict[str, object], path: Path, report: Report) -> None:
    for key in ("originalContentUrl", "previewImageUrl", "area"):
        if video.get(key) is None:
            report.add((*path, key), "May not be empty")


AREA = Shape(
    {"x": integer(0), "y": integer(0), "width": integer(1), "height": integer(1)},
    ("x", "y", "width", "height"),
)
_LABEL = text(100, graphemes=True)
ACTIONS = {
    "uri": Shape(
        {"type": anything, "label": _LABEL, "linkUri": action_uri(1000), "area": one(AREA)},
        ("linkUri", "area"),
    ),
    "message": Shape(
        {"type": anything, "label": _LABEL, "text": text(400, least=1), "area": one(AREA)}, ("text", "area")
    ),
    "clipboard": Shape(
        {"type": anything, "label": _LABEL, "clipboardText": text(1000, least=1), "area": one(AREA)},
        ("clipboardText", "area"),
    ),
}
EXTERNAL_LINK = Shape({"linkUri": action_uri(1000), "label": text(30, least=1)}, ("linkUri", "label"))
VIDEO = Shape(
    {
        "originalContentUrl": media_url,
        "previewImageUrl": media_url,
        "area": one(AREA),
        "externalLink": one(EXTERNAL_LINK),
    },
    (),
    (_check_video,),
)
BASE_SIZE = Shape({"width": integer(WIDTH, WIDTH), "height": integer(1)}, ("width", "height"))
IMAGEMAP: Mapping[str, Rule] = {
    "baseUrl": media_url,
    "altText": text(1500, least=1),
    "baseSize": one(BASE_SIZE),
    "video": one(VIDEO),
    "actions": many(by_type(ACTIONS), 1, 50),
}
