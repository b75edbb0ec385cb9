"""Message objects, one table a type: the check every request with messages passes, here as at LINE."""

import re
from collections.abc import Mapping
from typing import Any

from simulator.rules.actions import QUICK_REPLY, action_at
from simulator.rules.flex import check_container
from simulator.rules.imagemap import IMAGEMAP
from simulator.rules.lengths import has_half_pair, utf16_length
from simulator.rules.report import Path, Report
from simulator.rules.shapes import (
    Across,
    Rule,
    Shape,
    anything,
    examine,
    integer,
    many,
    number,
    one,
    one_of,
    text,
)
from simulator.rules.templates import TEMPLATE_OBJECT
from simulator.rules.text_messages import (
    BODY,
    EMOJI,
    EMOJI_MOST,
    TEXT_MOST,
    check_braces,
    check_emojis,
    substitution,
)
from simulator.rules.urls import media_url

MESSAGES_MOST = 5
_TRACKING = re.compile(r"[a-zA-Z0-9\-.=,+*()%$&;:@{}!?<>\[\]]{1,100}")
_LINE = re.compile(r"\bline\b", re.IGNORECASE)
_TAG = re.compile(r"[a-zA-Z0-9_]{1,30}")
_ID = text(100, least=1)
_QUOTE = text(1000, least=1)
_EMPTY = "May not be empty"


def _matching(pattern: re.Pattern[str]) -> Rule:
    def rule(value: Any) -> str | None:
        return None if isinstance(value, str) and pattern.fullmatch(value) else "invalid property"

    return rule


def _sender_name(value: Any) -> str | None:
    problem = text(20, least=1)(value)
    return problem or ("may not contain LINE" if _LINE.search(value) else None)


def _between(least: float, most: float) -> Rule:
    def rule(value: Any) -> str | None:
        return number(value) or (None if least <= value <= most else f"Must be between {least} and {most}")

    return rule


QUICK_REPLY_ITEM = Shape(
    {"type": one_of("action"), "imageUrl": media_url, "action": action_at(QUICK_REPLY)}, ("type", "action")
)
QUICK_REPLY_BAR = Shape({"items": many(one(QUICK_REPLY_ITEM), 1, 13)}, ("items",))
SENDER = Shape({"name": _sender_name, "iconUrl": media_url})
_ALT_TEXT = text(1500, empty=_EMPTY)
_COMMON: Mapping[str, Rule] = {"type": anything, "quickReply": one(QUICK_REPLY_BAR), "sender": one(SENDER)}


def _message(own: Mapping[str, Rule], required: tuple[str, ...], *across: Across) -> Shape:
    return Shape({**_COMMON, **own}, required, across, missing=_EMPTY)


MESSAGES: Mapping[str, Shape] = {
    "text": _message(
        {"text": BODY, "emojis": many(one(EMOJI), 0, EMOJI_MOST), "quoteToken": _QUOTE},
        ("text",),
        check_emojis,
    ),
    "textV2": _message({"text": BODY, "substitution": substitution, "quoteToken": _QUOTE}, ("text",), check_braces),
    "sticker": _message({"packageId": _ID, "stickerId": _ID, "quoteToken": _QUOTE}, ("packageId", "stickerId")),
    "image": _message(
        {"originalContentUrl": media_url, "previewImageUrl": media_url},
        ("originalContentUrl", "previewImageUrl"),
    ),
    "video": _message(
        {
            "originalContentUrl": media_url,
            "previewImageUrl": media_url,
            "trackingId": _matching(_TRACKING),
        },
        ("originalContentUrl", "previewImageUrl"),
    ),
    "audio": _message({"originalContentUrl": media_url, "duration": integer(1)}, ("originalContentUrl", "duration")),
    "location": _message(
        {
            "title": text(100, empty=_EMPTY),
            "address": text(100, empty=_EMPTY),
            "latitude": _between(-90, 90),
            "longitude": _between(-180, 180),
        },
        ("title", "address", "latitude", "longitude"),
    ),
    "imagemap": _message(IMAGEMAP, ("baseUrl", "altText", "baseSize", "actions")),
    "template": _message({"altText": _ALT_TEXT, "template": anything}, ("altText", "template")),
    "flex": _message({"altText": _ALT_TEXT, "contents": anything}, ("altText", "contents")),
    "coupon": _message({"couponId": _ID, "deliveryTag": _matching(_TAG)}, ("couponId",)),
}
_TYPES = ", ".join(MESSAGES)
QUOTABLE = ("text", "textV2", "sticker", "image", "video", "template", "flex")


def check_messages(messages: Any, report: Report, *, body_bytes: int) -> None:
    """Everything LINE can say about `messages` without knowing where they go."""
    if messages is None:
        report.add(("messages",), _EMPTY)
        return
    if not isinstance(messages, list):
        report.add(("messages",), "invalid property")
        return
    if not 1 <= len(messages) <= MESSAGES_MOST:
        report.add(("messages",), f"Size must be between 1 and {MESSAGES_MOST}")
        return
    for index, message in enumerate(messages):
        if not _is_plain_text(message):
            _check_message(message, index, report, body_bytes)


def _is_plain_text(message: Any) -> bool:
    """The commonest message by far needs no table: `type` and a short enough text, nothing else."""
    if not isinstance(message, dict) or len(message) != 2 or message.get("type") != "text":
        return False
    words = message.get("text")
    return (
        isinstance(words, str)
        and len(words) > 0
        and (len(words) <= TEXT_MOST // 2 or utf16_length(words) <= TEXT_MOST)
        and not has_half_pair(words)
    )


def _check_message(message: Any, index: int, report: Report, body_bytes: int) -> None:
    path: Path = ("messages", index)
    kind = message.get("type") if isinstance(message, dict) else None
    shape = MESSAGES.get(kind) if isinstance(kind, str) else None
    if shape is None:
        report.add((*path, "type"), f"Must be one of the following values: [{_TYPES}]")
        return
    examine(message, shape, path, report)
    inside = Report(plain_media=report.plain_media)
    if kind == "flex" and message.get("contents") is not None:
        check_container(message["contents"], inside, body_bytes=body_bytes)
    elif kind == "template" and message.get("template") is not None:
        TEMPLATE_OBJECT.run(message["template"], ("template",), inside)
    report.add_inside(index, inside.problems)
