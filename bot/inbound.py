"""One raw webhook event made into one `Inbound`, by plain dictionary access.

The SDK's parser turns an event with an unknown message or source type into `UnknownEvent`, and the words, the
reply token and the sender are gone; here an unknown thing stays itself and the rest is kept.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeGuard

MESSAGE_KINDS = frozenset({"text", "image", "video", "audio", "file", "location", "sticker"})
EVENT_KINDS = {
    "message": "message",
    "messageEdited": "edited",
    "postback": "postback",
    "follow": "follow",
    "unfollow": "unfollow",
    "join": "join",
    "leave": "leave",
    "memberJoined": "member_joined",
    "memberLeft": "member_left",
    "unsend": "unsend",
}
CHATS = {"user": "userId", "group": "groupId", "room": "roomId"}
LONGEST_EVENT_ID = 80
LONGEST_ID = 64
LONGEST_TOKEN = 255
LONGEST_URL = 2000
LONGEST_TEXT = 10_000
LATEST_MOMENT = 32_503_680_000_000  # the year 3000
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
_INVISIBLE = re.compile("[\u200b-\u200d\u2060\ufeff\u00ad]")
_EMOJI_JOINED = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\ufe0f]\u200d")


class Undigestible(ValueError):
    """An event that is not of the form LINE documents; says which part."""


@dataclass(frozen=True, slots=True)
class Inbound:
    """What happened in a chat, in our words. Absent parts are empty, None, or False."""

    event_id: str
    kind: str
    chat_id: str
    chat_kind: str
    user_id: str | None
    at: datetime
    redelivered: bool = False
    standby: bool = False
    reply_token: str | None = None
    message_id: str = ""
    text: str = ""
    quoted_message_id: str | None = None
    postback: str = ""
    latitude: float | None = None
    longitude: float | None = None
    title: str = ""
    address: str = ""
    album_id: str | None = None
    album_index: int | None = None
    album_total: int = 0
    source_url: str | None = None
    file_name: str = ""
    sticker: str = ""
    sticker_words: tuple[str, ...] = ()
    members: tuple[str, ...] = ()


def read_event_id(event: Any) -> str | None:
    """LINE's id of an event, or None where it has none that can be kept."""
    return _find_plain(event.get("webhookEventId"), LONGEST_EVENT_ID) if isinstance(event, dict) else None


def read_event(event: dict[str, Any]) -> Inbound:
    """Digest one event. Raises Undigestible. Unknown types come back with their own name as `kind`."""
    event_id = read_event_id(event)
    if event_id is None:
        raise Undigestible("no usable webhookEventId")
    kind = event.get("type")
    if not _is_plain(kind):
        raise Undigestible("no usable event type")
    source = event.get("source")
    if source is None:
        return _without_chat(event_id, kind, event)
    if not isinstance(source, dict):
        raise Undigestible("source is not an object")
    chat_kind = source.get("type")
    if not isinstance(chat_kind, str) or chat_kind not in CHATS:
        return _without_chat(event_id, kind, event)
    chat_id = _identifier(source.get(CHATS[chat_kind]), f"source.{CHATS[chat_kind]}")
    parts: dict[str, Any] = {}
    if kind in ("message", "messageEdited"):
        parts = _message(event)
    elif kind == "postback":
        postback = event.get("postback")
        data = postback.get("data") if isinstance(postback, dict) else None
        if not isinstance(data, str):
            raise Undigestible("postback without data")
        parts = {"postback": clean(data[:300])}
    elif kind == "unsend":
        unsend = event.get("unsend")
        parts = {
            "message_id": _identifier(unsend.get("messageId") if isinstance(unsend, dict) else None, "unsend.messageId")
        }
    elif kind in ("memberJoined", "memberLeft"):
        listed = event.get("joined" if kind == "memberJoined" else "left")
        members = listed.get("members") if isinstance(listed, dict) else None
        parts = {"members": tuple(_member_ids(members))}
    named = parts.pop("kind", None)
    if named is None or kind == "messageEdited":
        named = EVENT_KINDS.get(kind, f"other:{kind}"[:32])
    return Inbound(
        event_id=event_id,
        kind=named,
        chat_id=chat_id,
        chat_kind=chat_kind,
        user_id=_find_plain(source.get("userId"), LONGEST_ID),
        at=_moment(event.get("timestamp")),
        redelivered=_redelivered(event),
        standby=event.get("mode") == "standby",
        reply_token=_find_plain(event.get("replyToken"), LONGEST_TOKEN),
        **parts,
    )


def _without_chat(event_id: str, kind: str, event: dict[str, Any]) -> Inbound:
    return Inbound(
        event_id=event_id,
        kind=f"other:{kind}"[:32],
        chat_id="",
        chat_kind="",
        user_id=None,
        at=_moment(event.get("timestamp")),
        redelivered=_redelivered(event),
    )


def _message(event: dict[str, Any]) -> dict[str, Any]:
    message = event.get("message")
    if not isinstance(message, dict):
        raise Undigestible("message event without a message")
    kind = message.get("type")
    if not _is_plain(kind):
        raise Undigestible("message without a usable type")
    parts: dict[str, Any] = {
        "kind": kind if kind in MESSAGE_KINDS else f"other:{kind}"[:32],
        "message_id": _identifier(message.get("id"), "message.id"),
    }
    parts["quoted_message_id"] = _find_plain(message.get("quotedMessageId"), LONGEST_ID)
    reader = _READERS.get(kind)
    return parts | reader(message) if reader else parts


def _text(message: dict[str, Any]) -> dict[str, Any]:
    words = message.get("text")
    if not isinstance(words, str):
        raise Undigestible("text message without text")
    return {"text": clean(words)}


def _location(message: dict[str, Any]) -> dict[str, Any]:
    return {
        "latitude": _degrees(message.get("latitude")),
        "longitude": _degrees(message.get("longitude")),
        "title": _words(message.get("title"), 100),
        "address": _words(message.get("address"), 300),
    }


def _sticker(message: dict[str, Any]) -> dict[str, Any]:
    keywords = message.get("keywords")
    words = [_words(word, 100) for word in keywords[:30]] if isinstance(keywords, list) else []
    numbers = [_find_plain(message.get(name), 30) or "" for name in ("packageId", "stickerId")]
    return {
        "sticker": "/".join(numbers),
        "sticker_words": tuple(word for word in words if word),
        "text": _words(message.get("text"), 100),
    }


def _attachment(message: dict[str, Any]) -> dict[str, Any]:
    parts: dict[str, Any] = {"file_name": _words(message.get("fileName"), 200)}
    provider = message.get("contentProvider")
    if isinstance(provider, dict) and provider.get("type") == "external":
        parts["source_url"] = _find_plain(provider.get("originalContentUrl"), LONGEST_URL) or ""
    album = message.get("imageSet")
    if isinstance(album, dict) and (album_id := _find_plain(album.get("id"), LONGEST_ID)):
        parts["album_id"] = album_id
        parts["album_index"] = _find_count(album.get("index"))
        parts["album_total"] = _find_count(album.get("total")) or 0
    return parts


_READERS = {
    "text": _text,
    "location": _location,
    "sticker": _sticker,
    "image": _attachment,
    "video": _attachment,
    "audio": _attachment,
    "file": _attachment,
}


def clean(words: str) -> str:
    """Text as it may be kept and shown: NFC, no control, direction or invisible characters, no stray edges.

    Zero-width characters inside Thai words (2 in 100 official notes hold them) would hide the words from
    every pattern; the joiner inside an emoji is left alone.
    """
    words = unicodedata.normalize("NFC", _CONTROLS.sub("", words[:LONGEST_TEXT].replace("\r\n", "\n")))
    if "\u200d" in words and _EMOJI_JOINED.search(words):
        words = re.sub("[\u200b\u200c\u2060\ufeff\u00ad]", "", words)
    else:
        words = _INVISIBLE.sub("", words)
    return words.strip()


def _words(value: Any, limit: int) -> str:
    return clean(value)[:limit] if isinstance(value, str) else ""


def _is_plain(value: Any) -> TypeGuard[str]:
    """A word that may be kept and looked up: not empty, no control characters, no halves of characters."""
    return isinstance(value, str) and value != "" and value.isprintable()


def _find_plain(value: Any, longest: int) -> str | None:
    return value if _is_plain(value) and len(value) <= longest else None


def _identifier(value: Any, name: str) -> str:
    found = _find_plain(value, LONGEST_ID)
    if found is None:
        raise Undigestible(f"{name} is missing or is no identifier")
    return found


def _degrees(value: Any) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool) or not abs(value) <= 180:
        raise Undigestible("location without coordinates")
    return float(value)


def _find_count(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1000 else None


def _moment(value: Any) -> datetime:
    known = isinstance(value, int) and not isinstance(value, bool) and 0 <= value < LATEST_MOMENT
    return datetime.fromtimestamp(value / 1000 if known else 0, UTC)


def _redelivered(event: dict[str, Any]) -> bool:
    context = event.get("deliveryContext")
    return isinstance(context, dict) and context.get("isRedelivery") is True


def _member_ids(members: Any) -> list[str]:
    if not isinstance(members, list):
        return []
    found = [_find_plain(member.get("userId"), LONGEST_ID) for member in members if isinstance(member, dict)]
    return [user for user in found if user]
