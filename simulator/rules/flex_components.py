"""The components of a Flex bubble as tables, with what each box may hold: box, button, image, text, …"""

from typing import Any

from simulator.rules.actions import FLEX_BUTTON, FLEX_OTHER, FLEX_VIDEO, action_at
from simulator.rules.flex_values import (
    BORDERS,
    FONT_SIZES,
    IMAGE_SIZES,
    KEYWORDS,
    angle,
    aspect_ratio,
    colour,
    measure,
    share,
)
from simulator.rules.report import Path, Report
from simulator.rules.shapes import (
    Deep,
    Shape,
    anything,
    boolean,
    by_type,
    examine,
    integer,
    many,
    one_of,
    text,
)
from simulator.rules.urls import media_url

_ACTION = action_at(FLEX_OTHER)
_FLEX = integer(0)
_OFFSET = measure(*KEYWORDS, percent=True, below_zero=True)
_PADDING = measure(*KEYWORDS, percent=True)
_SPACE = measure(*KEYWORDS)
_FONT = measure(*FONT_SIZES)
_SIDE = measure(percent=True)
# LINE publishes no limit for the text of a component; the 30 KB of the bubble bound it.
_WORDS = text(10_000, empty="must be non-empty text")

_PLACED = {
    "margin": _SPACE,
    "position": one_of("relative", "absolute"),
    "offsetTop": _OFFSET,
    "offsetBottom": _OFFSET,
    "offsetStart": _OFFSET,
    "offsetEnd": _OFFSET,
}
_LETTERED = {
    "size": _FONT,
    "color": colour,
    "weight": one_of("regular", "bold"),
    "style": one_of("normal", "italic"),
    "decoration": one_of("none", "underline", "line-through"),
}
_ALIGN = one_of("start", "end", "center")
_GRAVITY = one_of("top", "bottom", "center")


def _check_text(component: dict[str, Any], path: Path, report: Report) -> None:
    if component.get("text") is None and component.get("contents") is None:
        report.add((*path, "text"), "must be non-empty text")


def _check_box(box: dict[str, Any], path: Path, report: Report) -> None:
    contents = box.get("contents")
    if not isinstance(contents, list):
        report.add((*path, "contents"), "must be specified")
        return
    baseline = box.get("layout") == "baseline"
    for index, component in enumerate(contents):
        place = (*path, "contents", index)
        kind = component.get("type") if isinstance(component, dict) else None
        shape = COMPONENTS.get(kind) if isinstance(kind, str) else None
        if shape is None or kind not in (IN_BASELINE if baseline else IN_BOX):
            report.add(place, "invalid property")
            continue
        if baseline:
            for key in ("gravity", "offsetBottom"):
                if component.get(key) is not None:
                    report.add((*place, key), "unknown field")
        examine(component, shape, place, report)


GRADIENT = Shape(
    {
        "type": anything,
        "angle": angle,
        "startColor": colour,
        "endColor": colour,
        "centerColor": colour,
        "centerPosition": share,
    },
    ("type", "angle", "startColor", "endColor"),
)

BOX = Shape(
    {
        "type": anything,
        "layout": one_of("horizontal", "vertical", "baseline"),
        "flex": _FLEX,
        "contents": anything,
        "spacing": _SPACE,
        **_PLACED,
        "backgroundColor": colour,
        "borderColor": colour,
        "borderWidth": measure(*BORDERS),
        "cornerRadius": _SPACE,
        "width": _SIDE,
        "maxWidth": _SIDE,
        "height": _SIDE,
        "maxHeight": _SIDE,
        "paddingAll": _PADDING,
        "paddingTop": _PADDING,
        "paddingBottom": _PADDING,
        "paddingStart": _PADDING,
        "paddingEnd": _PADDING,
        "action": _ACTION,
        "justifyContent": one_of("center", "flex-start", "flex-end", "space-between", "space-around", "space-evenly"),
        "alignItems": one_of("center", "flex-start", "flex-end"),
        "background": by_type({"linearGradient": GRADIENT}),
    },
    ("layout",),
    (_check_box,),
)

BUTTON = Shape(
    {
        "type": anything,
        "flex": _FLEX,
        **_PLACED,
        "color": colour,
        "style": one_of("primary", "secondary", "link"),
        "action": action_at(FLEX_BUTTON),
        "gravity": _GRAVITY,
        "height": one_of("md", "sm"),
        "adjustMode": one_of("shrink-to-fit"),
        "scaling": boolean,
    },
    ("action",),
)

IMAGE = Shape(
    {
        "type": anything,
        "url": media_url,
        "flex": _FLEX,
        **_PLACED,
        "align": _ALIGN,
        "gravity": _GRAVITY,
        "size": measure(*IMAGE_SIZES, percent=True),
        "aspectRatio": aspect_ratio,
        "aspectMode": one_of("fit", "cover"),
        "backgroundColor": colour,
        "action": _ACTION,
        "animated": boolean,
    },
    ("url",),
)

ICON = Shape(
    {
        "type": anything,
        "url": media_url,
        "size": _FONT,
        "aspectRatio": aspect_ratio,
        **_PLACED,
        "scaling": boolean,
    },
    ("url",),
)

SPAN = Shape({"type": anything, "text": _WORDS, **_LETTERED})

TEXT = Shape(
    {
        "type": anything,
        "flex": _FLEX,
        "text": _WORDS,
        **_LETTERED,
        "align": _ALIGN,
        "gravity": _GRAVITY,
        "wrap": boolean,
        "lineSpacing": measure(),
        **_PLACED,
        "action": _ACTION,
        "maxLines": integer(0),
        "contents": many(by_type({"span": SPAN}), 1, None),
        "adjustMode": one_of("shrink-to-fit"),
        "scaling": boolean,
    },
    (),
    (_check_text,),
)

SEPARATOR = Shape({"type": anything, "margin": _SPACE, "color": colour})
FILLER = Shape({"type": anything, "flex": _FLEX})

VIDEO = Shape(
    {
        "type": anything,
        "url": media_url,
        "previewUrl": media_url,
        "altContent": by_type({"box": BOX, "image": IMAGE}),
        "aspectRatio": aspect_ratio,
        "action": action_at(FLEX_VIDEO),
    },
    ("url", "previewUrl", "altContent"),
)

COMPONENTS = {
    "box": BOX,
    "button": BUTTON,
    "image": IMAGE,
    "icon": ICON,
    "text": TEXT,
    "separator": SEPARATOR,
    "filler": FILLER,
}
IN_BOX = ("box", "button", "image", "text", "separator", "filler")
IN_BASELINE = ("icon", "text", "filler")

BLOCK: Deep = by_type({"box": BOX})
HERO: Deep = by_type({"box": BOX, "image": IMAGE, "video": VIDEO})
