"""Template messages: buttons, confirm, carousel and image carousel."""

from typing import Any

from simulator.rules.actions import IMAGE_CAROUSEL, TEMPLATE, action_at
from simulator.rules.flex_values import colour
from simulator.rules.report import Path, Report
from simulator.rules.shapes import Across, Deep, Shape, anything, by_type, many, one, one_of, text
from simulator.rules.urls import media_url

_ACTION = action_at(TEMPLATE)
_TITLE = text(40, graphemes=True)
_RATIO = one_of("rectangle", "square")
_FIT = one_of("cover", "contain")


def _text_limit(plain: int, decorated: int) -> Across:
    """The text may be longer where neither picture nor title stands above it."""
    rules = {
        False: text(plain, least=1, graphemes=True),
        True: text(decorated, least=1, graphemes=True),
    }

    def check(template: dict[str, Any], path: Path, report: Report) -> None:
        words = template.get("text")
        if words is None:
            return
        problem = rules[bool(template.get("thumbnailImageUrl") or template.get("title"))](words)
        if problem:
            report.add((*path, "text"), problem)

    return check


def _check_columns(carousel: dict[str, Any], path: Path, report: Report) -> None:
    given = carousel.get("columns")
    columns = [column for column in given if isinstance(column, dict)] if isinstance(given, list) else []
    actions = [column["actions"] for column in columns if isinstance(column.get("actions"), list)]
    if len({len(each) for each in actions}) > 1:
        report.add((*path, "columns"), "the number of actions must be the same in all columns")
    for key in ("thumbnailImageUrl", "title"):
        if len({bool(column.get(key)) for column in columns}) > 1:
            report.add((*path, "columns"), f"{key} must be in all columns or in none")


BUTTONS = Shape(
    {
        "type": anything,
        "thumbnailImageUrl": media_url,
        "imageAspectRatio": _RATIO,
        "imageSize": _FIT,
        "imageBackgroundColor": colour,
        "title": _TITLE,
        "text": anything,
        "defaultAction": _ACTION,
        "actions": many(_ACTION, 1, 4),
    },
    ("text", "actions"),
    (_text_limit(160, 60),),
)
CONFIRM = Shape(
    {"type": anything, "text": text(240, least=1, graphemes=True), "actions": many(_ACTION, 2, 2)},
    ("text", "actions"),
)
COLUMN = Shape(
    {
        "thumbnailImageUrl": media_url,
        "imageBackgroundColor": colour,
        "title": _TITLE,
        "text": anything,
        "defaultAction": _ACTION,
        "actions": many(_ACTION, 1, 3),
    },
    ("text", "actions"),
    (_text_limit(120, 60),),
)
CAROUSEL = Shape(
    {"type": anything, "columns": many(one(COLUMN), 1, 10), "imageAspectRatio": _RATIO, "imageSize": _FIT},
    ("columns",),
    (_check_columns,),
)
IMAGE_COLUMN = Shape({"imageUrl": media_url, "action": action_at(IMAGE_CAROUSEL)}, ("imageUrl", "action"))
IMAGES = Shape({"type": anything, "columns": many(one(IMAGE_COLUMN), 1, 10)}, ("columns",))

TEMPLATES = {"buttons": BUTTONS, "confirm": CONFIRM, "carousel": CAROUSEL, "image_carousel": IMAGES}
TEMPLATE_OBJECT: Deep = by_type(TEMPLATES)
