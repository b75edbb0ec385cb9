"""Text in its two kinds: `text` with $ for LINE emoji, and `textV2` with {braces} for emoji and mentions."""

import re
from typing import Any

from simulator.rules.report import Path, Report
from simulator.rules.shapes import Deep, Shape, anything, by_type, examine, integer, text

TEXT_MOST = 5000
EMOJI_MOST = 20
MENTION_MOST = 20
SUBSTITUTION_MOST = 100
_KEY = re.compile(r"[0-9A-Za-z_]{1,20}")
_BRACES = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")
_USER = re.compile(r"U[0-9a-f]{32}")

BODY = text(TEXT_MOST, empty="May not be empty")
_ID = text(100, least=1)
EMOJI = Shape({"index": integer(0), "productId": _ID, "emojiId": _ID}, ("index", "productId", "emojiId"))


def check_emojis(message: dict[str, Any], path: Path, report: Report) -> None:
    """Each LINE emoji must sit on a `$` of the text, counted in UTF-16 units."""
    emojis = message.get("emojis")
    words = message.get("text")
    if not isinstance(emojis, list) or not isinstance(words, str):
        return
    units = words.encode("utf-16-le", "surrogatepass")
    for number, emoji in enumerate(emojis):
        index = emoji.get("index") if isinstance(emoji, dict) else None
        if isinstance(index, int) and units[2 * index : 2 * index + 2] != b"$\x00":
            report.add((*path, "emojis", number, "index"), "index must be the position of a $")


def _user_id(value: Any) -> str | None:
    return None if isinstance(value, str) and _USER.fullmatch(value) else "invalid userId"


USER_TARGET = Shape({"type": anything, "userId": _user_id}, ("userId",))
ALL_TARGET = Shape({"type": anything})
MENTION = Shape({"type": anything, "mentionee": by_type({"user": USER_TARGET, "all": ALL_TARGET})}, ("mentionee",))
EMOJI_SUBSTITUTE = Shape({"type": anything, "productId": _ID, "emojiId": _ID}, ("productId", "emojiId"))
SUBSTITUTES = {"mention": MENTION, "emoji": EMOJI_SUBSTITUTE}


def _check_substitution(value: Any, path: Path, report: Report) -> None:
    if not isinstance(value, dict):
        report.add(path, "invalid property")
        return
    if len(value) > SUBSTITUTION_MOST:
        report.add(path, f"Size must be between 0 and {SUBSTITUTION_MOST}")
    for key, substitute in value.items():
        if not _KEY.fullmatch(key):
            report.add((*path, key), "invalid key")
        kind = substitute.get("type") if isinstance(substitute, dict) else None
        shape = SUBSTITUTES.get(kind) if isinstance(kind, str) else None
        if shape is None:
            report.add((*path, key, "type"), "Must be one of the following values: [mention, emoji]")
        else:
            examine(substitute, shape, (*path, key), report)


substitution = Deep(_check_substitution)


def check_braces(message: dict[str, Any], path: Path, report: Report) -> None:
    """Braces come in pairs, are doubled to be shown, and name a substitute that is there."""
    words = message.get("text")
    given = message.get("substitution") or {}
    if not isinstance(words, str) or not isinstance(given, dict):
        return
    counts = {"mention": 0, "emoji": 0}
    for found in _BRACES.finditer(words):
        if found[0] in ("{{", "}}"):
            continue
        if found[1] is None:
            report.add((*path, "text"), "braces must be in pairs, or doubled to be shown")
            return
        if not _KEY.fullmatch(found[1]) or found[1] not in given:
            report.add((*path, "text"), f"no substitution for {{{found[1]}}}")
            return
        kind = given[found[1]].get("type") if isinstance(given[found[1]], dict) else None
        if isinstance(kind, str) and kind in counts:
            counts[kind] += 1
    if counts["mention"] > MENTION_MOST:
        report.add((*path, "substitution"), f"no more than {MENTION_MOST} mentions in a message")
    if counts["emoji"] > EMOJI_MOST:
        report.add((*path, "substitution"), f"no more than {EMOJI_MOST} emoji in a message")


def list_mentioned(message: dict[str, Any]) -> list[str]:
    """User ids mentioned by a textV2 message, "all" among them."""
    found = []
    for substitute in (message.get("substitution") or {}).values():
        if substitute.get("type") == "mention":
            target = substitute["mentionee"]
            found.append("all" if target["type"] == "all" else target["userId"])
    return found
