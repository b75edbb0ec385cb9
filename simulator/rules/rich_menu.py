"""Rich menu objects and their pictures: sizes, areas, texts, and what kind of file may be hung up."""

import struct
from typing import Any

from simulator.rules.actions import RICH_MENU, action_at
from simulator.rules.report import Path, Report
from simulator.rules.shapes import Shape, boolean, examine, integer, many, one, text

IMAGE_BYTES = 1024 * 1024
ALIAS_PATTERN = r"[a-z0-9_-]{1,32}"


def _check_size(size: dict[str, Any], path: Path, report: Report) -> None:
    width, height = size.get("width"), size.get("height")
    if isinstance(width, int) and isinstance(height, int) and height > 0 and width / height < 1.45:
        report.add(path, "width / height must be 1.45 or more")


def _check_areas(menu: dict[str, Any], path: Path, report: Report) -> None:
    size = menu.get("size")
    areas = menu.get("areas")
    if report.problems or not isinstance(size, dict) or not isinstance(areas, list):
        return
    for index, area in enumerate(areas):
        bounds = area["bounds"]
        if bounds["x"] + bounds["width"] > size["width"] or bounds["y"] + bounds["height"] > size["height"]:
            report.add((*path, "areas", index, "bounds"), "must be inside the rich menu")


SIZE = Shape({"width": integer(800, 2500), "height": integer(250)}, ("width", "height"), (_check_size,))
BOUNDS = Shape(
    {"x": integer(0), "y": integer(0), "width": integer(1), "height": integer(1)},
    ("x", "y", "width", "height"),
)
AREA = Shape({"bounds": one(BOUNDS), "action": action_at(RICH_MENU)}, ("bounds", "action"))
RICH_MENU_OBJECT = Shape(
    {
        "size": one(SIZE),
        "selected": boolean,
        "name": text(300, least=1, graphemes=True),
        "chatBarText": text(14, least=1, graphemes=True),
        "areas": many(one(AREA), 0, 20),
    },
    ("size", "selected", "name", "chatBarText", "areas"),
    (_check_areas,),
)


def check_rich_menu(menu: Any, report: Report) -> None:
    """Everything LINE says about a rich menu object."""
    examine(menu, RICH_MENU_OBJECT, (), report)


def find_image_size(data: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG or JPEG, read from its header; None if it is neither."""
    if data[:8] == b"\x89PNG\r\n\x1a\n" and data[12:16] == b"IHDR" and len(data) >= 24:
        width, height = struct.unpack(">II", data[16:24])
        return width, height
    if data[:2] == b"\xff\xd8":
        return _find_jpeg_size(data)
    return None


def _find_jpeg_size(data: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 2 + int(struct.unpack(">H", data[at + 2 : at + 4])[0])
    return None
