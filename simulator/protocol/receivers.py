"""Who can be reached: where a push may go, how many people it reaches, and what is billed for it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from simulator.protocol.calls import Refused, refuse_property
from simulator.rules.text_messages import list_mentioned
from simulator.state.people import Chat, User
from simulator.state.platform import Platform

WROTE_SECONDS = 7 * 24 * 3600
_ANY_ID = re.compile(r"[UCR][0-9a-f]{32}")
_USER_ID = re.compile(r"U[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Reach:
    """A chat to send to, whether it arrives, and how many people see it."""

    chat: Chat
    arrives: bool
    people: int


def is_user_id(value: Any) -> bool:
    return isinstance(value, str) and _USER_ID.fullmatch(value) is not None


def reach_chat(platform: Platform, to: Any, now: float) -> Reach:
    """The receiver of a push, or LINE's refusal."""
    if not isinstance(to, str) or not _ANY_ID.fullmatch(to):
        raise refuse_property("to")
    chat = platform.chats.get(to)
    if chat is None:
        raise Refused(400, "Failed to send messages", reason=f"{to} does not exist in this channel")
    if chat.kind == "user":
        user = platform.users[to]
        arrives = can_receive(user, now)
        return Reach(chat, arrives, 1 if arrives else 0)
    if not chat.bot_in:
        raise Refused(400, "Failed to send messages", reason=f"the bot is not in {to} ({chat.name})")
    return Reach(chat, True, len(chat.members))


def can_receive(user: User, now: float) -> bool:
    """Friends, and people who wrote within seven days; LINE answers 200 for the others and sends nothing."""
    if user.blocked:
        return False
    return user.friend or (user.wrote_at is not None and now - user.wrote_at <= WROTE_SECONDS)


def check_for_chat(platform: Platform, chat: Chat | None, messages: Sequence[dict[str, Any]]) -> None:
    """Rules about where messages go: mentions, quotes and tracked videos (`chat` None: to many people)."""
    for index, message in enumerate(messages):
        mentioned = list_mentioned(message) if message["type"] == "textV2" else []
        if mentioned and (chat is None or chat.kind == "user"):
            raise _refuse_at(index, "substitution", "mentions can be sent to groups and rooms only")
        for user_id in mentioned:
            if chat and user_id != "all" and user_id not in chat.members:
                raise _refuse_at(index, "substitution", f"{user_id} is not a member of the chat")
        token = message.get("quoteToken")
        if token is not None:
            quoted = platform.screens.find_by_quote_token(token)
            if chat is None or quoted is None or quoted.chat != chat.chat_id:
                raise _refuse_at(index, "quoteToken", "Invalid quote token")
        if message.get("trackingId") and chat and chat.kind != "user":
            raise _refuse_at(index, "trackingId", "can't be sent to groups and rooms")


def _refuse_at(index: int, name: str, said: str) -> Refused:
    details = [{"message": said, "property": f"messages[{index}].{name}"}]
    return Refused(400, "The request body has 1 error(s)", details)
