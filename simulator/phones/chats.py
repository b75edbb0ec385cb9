"""Finds the chat and the person that a test names, and says plainly when there is none."""

from simulator.outcomes import EventOptions, SimulatorError
from simulator.state.people import Chat, User
from simulator.state.platform import Platform
from simulator.state.screens import Line


def get_chat(platform: Platform, chat_id: str) -> Chat:
    chat = platform.chats.get(chat_id)
    if chat is None:
        raise SimulatorError(f"no chat {chat_id}: make it with add_user(), add_group() or add_room()")
    return chat


def get_group(platform: Platform, chat_id: str) -> Chat:
    chat = get_chat(platform, chat_id)
    if chat.kind == "user":
        raise SimulatorError(f"{chat_id} is a 1:1 chat; this needs a group or room")
    return chat


def get_user(platform: Platform, user_id: str) -> User:
    user = platform.users.get(user_id)
    if user is None:
        raise SimulatorError(f"no user {user_id}: make one with add_user()")
    return user


def get_line(platform: Platform, message_id: str) -> Line:
    line = platform.screens.find(message_id)
    if line is None:
        raise SimulatorError(f"no message {message_id} on any screen")
    return line


def get_actor(platform: Platform, chat: Chat, options: EventOptions) -> str:
    """Who acts: the person of a 1:1 chat, or whom `by` names among the members."""
    if chat.kind == "user":
        return chat.chat_id
    by = options.get("by")
    if by is None:
        raise SimulatorError(f"say who does it in {chat.chat_id} ({chat.name}): by=<user id>")
    if by not in chat.members:
        raise SimulatorError(f"{by} is not in {chat.chat_id} ({chat.name}): call add_members() first")
    get_user(platform, by)
    return by
