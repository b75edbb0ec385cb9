"""Builds webhook events as LINE words them, and gives each its id, reply token and place in the log."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from simulator.outcomes import EventOptions
from simulator.state.events import EventRecord
from simulator.state.people import Chat
from simulator.state.platform import Platform


@dataclass(frozen=True, slots=True)
class Draft:
    """What an event is about, before LINE's envelope is put around it."""

    kind: str
    payload: dict[str, Any]
    user_id: str | None = None
    answerable: bool = True
    message_id: str | None = None
    quote_token: str | None = None
    action: dict[str, Any] | None = None
    deliverable: bool | None = None  # None: where the bot is in the chat and not blocked


def make_event(platform: Platform, chat: Chat | None, draft: Draft, options: EventOptions) -> EventRecord:
    """One event from `chat` (None: an event without a source), kept in the log but not sent yet."""
    at = _find_moment(platform, options.get("at"))
    milliseconds = int(at * 1000)
    standby = options.get("standby", platform.director.standby)
    event: dict[str, Any] = {
        "type": draft.kind,
        "mode": "standby" if standby else "active",
        "timestamp": milliseconds,
    }
    if chat is not None:
        event["source"] = chat.source(_find_visible_user(platform, chat, draft.user_id, options))
    event_id = platform.ids.event_id(milliseconds)
    event["webhookEventId"] = event_id
    event["deliveryContext"] = {"isRedelivery": False}
    reply_token = None
    if draft.answerable and not standby:
        reply_token = platform.ids.reply_token()
        event["replyToken"] = reply_token
        platform.reply_tokens.issue(reply_token, chat.chat_id if chat else "", platform.clock.now())
    event |= draft.payload
    _merge(event, options.get("extra") or {})
    record = EventRecord(
        event=event,
        event_id=event_id,
        chat=chat.chat_id if chat else None,
        at=at,
        message_id=draft.message_id,
        quote_token=draft.quote_token,
        reply_token=reply_token,
        deliverable=_is_heard(platform, chat) if draft.deliverable is None else draft.deliverable,
        action=draft.action,
    )
    platform.events.add(record)
    platform.changes.announce("event", record.chat, event_id=record.event_id, type=draft.kind)
    return record


def _is_heard(platform: Platform, chat: Chat | None) -> bool:
    if chat is None:
        return True
    if chat.kind == "user":
        return not platform.users[chat.chat_id].blocked
    return chat.bot_in


def _find_visible_user(platform: Platform, chat: Chat, user_id: str | None, options: EventOptions) -> str | None:
    if user_id is None or not options.get("with_user_id", True):
        return None
    if chat.kind != "user" and user_id in platform.users and not platform.users[user_id].consented:
        return None
    return user_id


def _find_moment(platform: Platform, at: datetime | None) -> float:
    return platform.clock.now() if at is None else at.timestamp()


def _merge(event: dict[str, Any], extra: dict[str, Any]) -> None:
    for key, value in extra.items():
        if value is None:
            event.pop(key, None)
        elif isinstance(value, dict) and isinstance(event.get(key), dict):
            event[key] = {**event[key]}
            _merge(event[key], value)
        else:
            event[key] = value
