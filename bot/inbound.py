"""One raw webhook event made into one `Inbound`, by plain dictionary access.

The SDK's parser turns an event with an unknown message or source type into `UnknownEvent`, and the words, the
reply token and the sender are gone; here an unknown thing stays itself and the rest is kept.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

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
LONGEST_ID = 64
LONGEST_TEXT = 10_000
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
    value = event.get("webhookEventId") if isinstance(event, dict) else None
    return value if isinstance(value, str) and 0 < len(value) <= 80 and value.isprintable() else None


def read_event(event: dict[str, Any]) -> Inbound:
    """Digest one event. Raises Undigestible. Unknown types come back with their own name as `kind`."""
    event_id = read_event_id(event)
    if event_id is None:
        raise Undigestible("no usable webhookEventId")
    kind = event.get("type")
    if not isinstance(kind, str) or not kind:
        raise Undigestible("no event type")
    source = event.get("source")
    if source is None:
        return _without_chat(event_id, kind, event)
    if not isinstance(source, dict):
        raise Undigestible("source is not an object")
    chat_kind = source.get("type")
    if chat_kind not in CHATS:
        return _without_chat(event_id, kind, event)
    chat_id = _identifier(source.get(CHATS[chat_kind]), f"source.{CHATS[chat_kind]}")
    user_id = source.get("userId")
    parts: dict[str, Any] = {}
    if kind in ("message", "messageEdited"):
        parts = _message(event)
    elif kind == "postback":
        postback = event.get("postback")
        data = postback.get("data") if isinstance(postback, dict) else None
        if not isinstance(data, str):
            raise Undigestible("postback without data")
        parts = {"postback": data[:300]}
    elif kind == "unsend":
        unsend = event.get("unsend")
        parts = {
            "message_id": _identifier(
                unsend.get("messageId") if isinstance(unsend, dict) else None, "unsend.messageId"
            )
        }
    elif kind in ("memberJoined", "memberLeft"):
        listed = event.get("joined" if kind == "memberJoined" else "left")
        members = listed.get("members") if isinstance(listed, dict) else None
        parts = {"members": tuple(_member_ids(members))}
    named = parts.pop("kind", EVENT_KINDS.get(kind, f"other:{kind}"[:32]))
    if kind == "messageEdited":
        named = "edited"
    token = event.get("replyToken")
    return Inbound(
        event_id=event_id,
        kind=named,
        chat_id=chat_id,
        chat_kind=chat_kind,
        user_id=user_id if isinstance(user_id, str) and 0 < len(user_id) <= LONGEST_ID else None,
        at=_moment(event.get("timestamp")),
        redelivered=_redelivered(event),
        standby=event.get("mode") == "standby",
        reply_token=token if isinstance(token, str) and 0 < len(token) <= 255 else None,
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
    if not isinstance(kind, str):
        raise Undigestible("message without a type")
    parts: dict[str, Any] = {
        "kind": kind if kind in MESSAGE_KINDS else f"other:{kind}"[:32],
        "message_id": _identifier(message.get("id"), "message.id"),
    }
    quoted = message.get("quotedMessageId")
    if isinstance(quoted, str) and 0 < len(quoted) <= LONGEST_ID:
        parts["quoted_message_id"] = quoted
    reader = _READERS.get(kind)
    return parts | reader(message) if reader else parts


def _text(message: dict[str, Any]) -> dict[str, Any]:
    words = message.get("text")
    if not isinstance(words, str):
        raise Undigestible("text message without text")
    return {"text": clean(words)}


def _location(message: dict[str, Any]) -> dict[str, Any]:
    latitude, longitude = message.get("latitude"), message.get("longitude")
    if not _is_number(latitude) or not _is_number(longitude):
        raise Undigestible("location without coordinates")
    return {
        "latitude": float(latitude),
        "longitude": float(longitude),
        "title": _words(message.get("title"), 100),
        "address": _words(message.get("address"), 300),
    }


def _sticker(message: dict[str, Any]) -> dict[str, Any]:
    keywords = message.get("keywords")
    words = [word for word in keywords if isinstance(word, str)] if isinstance(keywords, list) else []
    return {
        "sticker": f"{message.get('packageId', '')}/{message.get('stickerId', '')}"[:64],
        "sticker_words": tuple(words[:30]),
        "text": _words(message.get("text"), 100),
    }


def _attachment(message: dict[str, Any]) -> dict[str, Any]:
    parts: dict[str, Any] = {"file_name": _words(message.get("fileName"), 200)}
    provider = message.get("contentProvider")
    if isinstance(provider, dict) and provider.get("type") == "external":
        url = provider.get("originalContentUrl")
        parts["source_url"] = url if isinstance(url, str) and len(url) <= 2000 else ""
    album = message.get("imageSet")
    if isinstance(album, dict) and isinstance(album.get("id"), str):
        parts["album_id"] = album["id"][:LONGEST_ID]
        index = album.get("index")
        parts["album_index"] = index if isinstance(index, int) and 0 <= index < 1000 else None
        total = album.get("total")
        parts["album_total"] = total if isinstance(total, int) and 0 < total < 1000 else 0
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

    Zero-width characters inside Thai words (2 in 100 official notes hold them) would hide the words from every
    pattern; the joiner inside an emoji is left alone.
    """
    words = unicodedata.normalize("NFC", _CONTROLS.sub("", words[:LONGEST_TEXT].replace("\r\n", "\n")))
    if "\u200d" in words and _EMOJI_JOINED.search(words):
        words = re.sub("[\u200b\u200c\u2060\ufeff\u00ad]", "", words)
    else:
        words = _INVISIBLE.sub("", words)
    return words.strip()


def _words(value: Any, limit: int) -> str:
    return clean(value)[:limit] if isinstance(value, str) else ""


def _identifier(value: Any, name: str) -> str:
    if not isinstance(value, str) or not 0 < len(value) <= LONGEST_ID or not value.isprintable():
        raise Undigestible(f"{name} is missing or is no identifier")
    return value


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e6


def _moment(value: Any) -> datetime:
    if _is_timestamp(value):
        return datetime.fromtimestamp(value / 1000, UTC)
    return datetime.fromtimestamp(0, UTC)


def _is_timestamp(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 32_503_680_000_000


def _redelivered(event: dict[str, Any]) -> bool:
    context = event.get("deliveryContext")
    return isinstance(context, dict) and context.get("isRedelivery") is True


def _member_ids(members: Any) -> list[str]:
    if not isinstance(members, list):
        return []
    found = [member.get("userId") for member in members if isinstance(member, dict)]
    return [user for user in found if isinstance(user, str) and 0 < len(user) <= LONGEST_ID]
