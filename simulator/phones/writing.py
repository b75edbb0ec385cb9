"""What a person posts: text, stickers, places, photos and files; and what they edit or take back."""

from collections.abc import Sequence
from typing import Any

from simulator.outcomes import EventOptions, Mention, SimulatorError
from simulator.phones.chats import get_actor, get_chat, get_line
from simulator.rules.lengths import utf16_length
from simulator.state.events import EventRecord
from simulator.state.people import Chat
from simulator.state.platform import Platform
from simulator.state.screens import Line, Media
from simulator.webhook.events import Draft, make_event

QUOTABLE = ("text", "sticker", "image", "video")


def post(
    platform: Platform,
    chat_id: str,
    kind: str,
    content: dict[str, Any],
    options: EventOptions,
    *,
    media: Media | None = None,
    action: dict[str, Any] | None = None,
) -> EventRecord:
    """Put a message of a person on the screen and make its event."""
    chat = get_chat(platform, chat_id)
    by = get_actor(platform, chat, options)
    ids = platform.ids
    quote_token = ids.quote_token() if kind in QUOTABLE else None
    read_token = ids.read_token()
    message: dict[str, Any] = {"type": kind, "id": ids.message_id()}
    if quote_token:
        message["quoteToken"] = quote_token
    message["markAsReadToken"] = read_token
    message |= content
    line = Line(
        message["id"],
        chat_id,
        by,
        kind,
        message,
        platform.clock.now(),
        quote_token=quote_token,
        read_token=read_token,
        media=media,
    )
    platform.show(line)
    draft = Draft(
        "message",
        {"message": message},
        by,
        message_id=line.message_id,
        quote_token=quote_token,
        action=action,
    )
    return make_event(platform, chat, draft, options)


def show_only(platform: Platform, chat: Chat, by: str, words: str) -> None:
    """A bubble that LINE shows as the person's without telling the bot (`displayText`)."""
    message_id = platform.ids.message_id()
    message = {"type": "text", "id": message_id, "text": words}
    platform.show(Line(message_id, chat.chat_id, by, "postback", message, platform.clock.now(), read=True))


def say(
    platform: Platform,
    chat_id: str,
    words: str,
    *,
    quotes: str | None,
    mentions: Sequence[Mention],
    emojis: Sequence[dict[str, Any]],
    options: EventOptions,
    action: dict[str, Any] | None = None,
) -> EventRecord:
    """A text, perhaps a reply to a message, perhaps naming people."""
    content: dict[str, Any] = {"text": words}
    if emojis:
        content["emojis"] = list(emojis)
    if mentions:
        content["mention"] = {"mentionees": _as_mentionees(platform, words, mentions)}
    content |= _as_quote(platform, chat_id, quotes)
    return post(platform, chat_id, "text", content, options, action=action)


def send_sticker(
    platform: Platform, chat_id: str, content: dict[str, Any], *, quotes: str | None, options: EventOptions
) -> EventRecord:
    return post(platform, chat_id, "sticker", content | _as_quote(platform, chat_id, quotes), options)


def edit(platform: Platform, message_id: str, words: str, options: EventOptions) -> EventRecord:
    """Change a text that was sent; LINE tells the bot of it in groups only."""
    line = get_line(platform, message_id)
    chat = get_chat(platform, line.chat)
    if chat.kind != "group" or line.kind != "text":
        raise SimulatorError(f"message {message_id} is no text in a group; LINE sends no edit for it")
    quote_token = platform.ids.quote_token()
    line.message = {**line.message, "text": words, "quoteToken": quote_token}
    line.edited = True
    platform.screens.renew_quote_token(line, quote_token)
    platform.changes.announce("line_changed", line.chat, message_id=message_id)
    edited = {"type": "text", "id": message_id, "quoteToken": quote_token, "text": words}
    draft = Draft("messageEdited", {"message": edited}, line.by, message_id=message_id, quote_token=quote_token)
    return make_event(platform, chat, draft, options)


def unsend(platform: Platform, message_id: str, options: EventOptions) -> EventRecord:
    """Take a message back; its bytes are gone for the bot too."""
    line = get_line(platform, message_id)
    line.unsent = True
    platform.screens.drop_media(line)
    platform.changes.announce("line_changed", line.chat, message_id=message_id)
    draft = Draft("unsend", {"unsend": {"messageId": message_id}}, line.by, answerable=False, message_id=message_id)
    return make_event(platform, get_chat(platform, line.chat), draft, options)


def _as_quote(platform: Platform, chat_id: str, quotes: str | None) -> dict[str, str]:
    if quotes is None:
        return {}
    if get_line(platform, quotes).chat != chat_id:
        raise SimulatorError(f"message {quotes} is in another chat; people quote within one chat only")
    return {"quotedMessageId": quotes}


def _as_mentionees(platform: Platform, words: str, mentions: Sequence[Mention]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    start = 0
    for shown, whom in mentions:
        at = words.find(shown, start)
        if at < 0:
            raise SimulatorError(f"{shown!r} does not stand in the text {words!r}")
        start = at + len(shown)
        mentionee: dict[str, Any] = {
            "index": utf16_length(words[:at]),
            "length": utf16_length(shown),
            "type": "all" if whom == "all" else "user",
        }
        if whom != "all":
            user = platform.users.get(whom)
            if whom == platform.channel.bot_user_id or (user is not None and user.consented):
                mentionee["userId"] = whom
            mentionee["isSelf"] = whom == platform.channel.bot_user_id
        found.append(mentionee)
    return found
