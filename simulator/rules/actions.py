"""What a tap may do, and where: the same actions everywhere, but labels and kinds differ by place.

`camera`, `cameraRoll` and `location` live in quick replies only, `richmenuswitch` in rich menus only.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from simulator.rules.report import Path, Report
from simulator.rules.shapes import Deep, Rule, Shape, anything, by_type, one, one_of, text
from simulator.rules.urls import action_uri

DATA = text(300)
SPOKEN = text(300, graphemes=True)
MODES = ("date", "time", "datetime")
_FORMS = {
    "date": (re.compile(r"\d{4}-\d\d-\d\d"), "%Y-%m-%d"),
    "time": (re.compile(r"\d\d:\d\d"), "%H:%M"),
    "datetime": (re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d"), "%Y-%m-%dT%H:%M"),
}


@dataclass(frozen=True)
class Place:
    """Where an action hangs."""

    label_most: int
    label_required: bool
    kinds: tuple[str, ...]


EVERYWHERE = ("postback", "message", "uri", "datetimepicker", "clipboard")
QUICK_REPLY = Place(20, True, (*EVERYWHERE, "camera", "cameraRoll", "location"))
RICH_MENU = Place(20, False, (*EVERYWHERE, "richmenuswitch"))
TEMPLATE = Place(20, True, EVERYWHERE)
IMAGE_CAROUSEL = Place(12, False, EVERYWHERE)
FLEX_BUTTON = Place(40, True, EVERYWHERE)
FLEX_OTHER = Place(40, False, EVERYWHERE)
FLEX_VIDEO = Place(40, False, ("uri",))


def _check_postback(action: dict[str, Any], path: Path, report: Report) -> None:
    if action.get("displayText") is not None and action.get("text") is not None:
        report.add((*path, "displayText"), "displayText and text can't both be used at the same time")
    if action.get("fillInText") is not None and action.get("inputOption") != "openKeyboard":
        report.add((*path, "fillInText"), "fillInText needs inputOption openKeyboard")


def _read_moment(mode: str, written: Any) -> datetime | None:
    pattern, form = _FORMS[mode]
    if not isinstance(written, str) or not pattern.fullmatch(written.replace("t", "T")):
        return None
    try:
        read = datetime.strptime(written.replace("t", "T"), form)  # noqa: DTZ007  the picker knows no time zone
    except ValueError:
        return None
    return read if mode == "time" or 1900 <= read.year <= 2100 else None


def _check_picker(action: dict[str, Any], path: Path, report: Report) -> None:
    mode = action.get("mode")
    if mode not in MODES:
        return
    read: dict[str, datetime] = {}
    for key in ("initial", "min", "max"):
        written = action.get(key)
        if written is None:
            continue
        moment = _read_moment(mode, written)
        if moment is None:
            report.add((*path, key), "invalid date or time format")
        else:
            read[key] = moment
    if "min" in read and "max" in read and read["min"] >= read["max"]:
        report.add((*path, "max"), "max must be greater than min")
    initial = read.get("initial")
    if initial and not read.get("min", initial) <= initial <= read.get("max", initial):
        report.add((*path, "initial"), "initial must be between min and max")


ALT_URI = Shape({"desktop": action_uri(1000)})

# Properties beside `type` and `label`, and which of them must be there.
OWN: Mapping[str, tuple[Mapping[str, Rule], tuple[str, ...]]] = {
    "postback": (
        {
            "data": DATA,
            "displayText": SPOKEN,
            "text": SPOKEN,
            "inputOption": one_of("closeRichMenu", "openRichMenu", "openKeyboard", "openVoice"),
            "fillInText": SPOKEN,
        },
        ("data",),
    ),
    "message": ({"text": text(300, least=1, graphemes=True)}, ("text",)),
    "uri": ({"uri": action_uri(1000), "altUri": one(ALT_URI)}, ("uri",)),
    "datetimepicker": (
        {"data": DATA, "mode": one_of(*MODES), "initial": anything, "max": anything, "min": anything},
        ("data", "mode"),
    ),
    "clipboard": ({"clipboardText": text(1000, least=1)}, ("clipboardText",)),
    "camera": ({}, ()),
    "cameraRoll": ({}, ()),
    "location": ({}, ()),
    "richmenuswitch": (
        {"data": DATA, "richMenuAliasId": text(32, least=1)},
        ("data", "richMenuAliasId"),
    ),
}
_ACROSS = {"postback": (_check_postback,), "datetimepicker": (_check_picker,)}


def action_at(place: Place) -> Deep:
    """The rule for an action that hangs at this place."""
    label = text(place.label_most, least=1 if place.label_required else 0, graphemes=True)
    shapes = {}
    for kind in place.kinds:
        properties, required = OWN[kind]
        shapes[kind] = Shape(
            {"type": anything, "label": label, **properties},
            ("label", *required) if place.label_required else required,
            _ACROSS.get(kind, ()),
        )
    return by_type(shapes)
