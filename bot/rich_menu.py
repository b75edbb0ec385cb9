"""The menu at the foot of a citizen's chat: six tiles, what each does, as LINE's rich menu object.

There is one for each language. The tile of the other language switches the menu by its alias, and its postback
tells us, so that what we say changes with it.
"""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from texts.catalog import LANGUAGES, say

WIDTH, HEIGHT = 2500, 1686
COLUMNS, ROWS = 3, 2
DEFAULT = "th"  # shown to whoever chose no language
OURS = "fasttrack-"  # with it begin the names and aliases of our menus; other menus of the account are left alone
LOOKS = 1  # raise it when the picture is drawn differently, so that `doctor` knows an older one
PHONE = "tel:1676"


@dataclass(frozen=True, slots=True)
class Tile:
    """One tile: its icon, its label, and what it occupies in pixels."""

    icon: str
    label: str
    left: int
    top: int
    width: int
    height: int


def list_tiles(language: str) -> list[Tile]:
    """The six tiles, row by row."""
    labels = (
        ("report", say(language, "menu.report")),
        ("track", say(language, "menu.track")),
        ("call", say(language, "menu.call")),
        ("events", say(language, "menu.events")),
        ("my_data", say(language, "menu.my_data")),
        ("language", say(language, "menu.language")),
    )
    columns = [round(WIDTH * edge / COLUMNS) for edge in range(COLUMNS + 1)]
    rows = [round(HEIGHT * edge / ROWS) for edge in range(ROWS + 1)]
    tiles = []
    for place, (icon, label) in enumerate(labels):
        row, column = divmod(place, COLUMNS)
        left, top = columns[column], rows[row]
        tiles.append(Tile(icon, label, left, top, columns[column + 1] - left, rows[row + 1] - top))
    return tiles


def name_alias(language: str) -> str:
    """The alias that always stands for the newest menu of a language."""
    return f"{OURS}{language}"


def is_ours(name: str) -> bool:
    """Whether a menu or an alias of this name was made by this program."""
    return name.startswith(OURS)


def define_menu(language: str) -> dict[str, Any]:
    """LINE's rich menu object of a language. Its name changes whenever anything in it does."""
    menu: dict[str, Any] = {
        "size": {"width": WIDTH, "height": HEIGHT},
        "selected": True,
        "chatBarText": say(language, "menu.bar"),
        "areas": [_define_area(tile, language) for tile in list_tiles(language)],
    }
    told = json.dumps([LOOKS, menu], sort_keys=True)
    return {"name": f"{OURS}{language}-{hashlib.sha256(told.encode()).hexdigest()[:12]}", **menu}


def _define_area(tile: Tile, language: str) -> dict[str, Any]:
    bounds = {"x": tile.left, "y": tile.top, "width": tile.width, "height": tile.height}
    return {"bounds": bounds, "action": _define_action(tile, language)}


def _define_action(tile: Tile, language: str) -> dict[str, Any]:
    if tile.icon == "call":
        return {"type": "uri", "label": tile.label, "uri": PHONE}
    if tile.icon == "language":
        other = next(one for one in LANGUAGES if one != language)
        switch = {"th": "m:thai", "en": "m:english"}[other]
        return {
            "type": "richmenuswitch",
            "label": tile.label,
            "richMenuAliasId": name_alias(other),
            "data": switch,
        }
    # The label appears as the person's own words, so that the chat reads as it went.
    return {"type": "postback", "label": tile.label, "data": f"m:{tile.icon}", "displayText": tile.label}
