"""People come and go: follow, block, invite the bot, remove it, join a group, leave it."""

from collections.abc import Sequence

from simulator.outcomes import EventOptions, SimulatorError
from simulator.phones.chats import get_chat, get_group, get_user
from simulator.state.events import EventRecord
from simulator.state.people import Chat
from simulator.state.platform import Platform
from simulator.webhook.events import Draft, make_event


def follow(platform: Platform, user_id: str, is_unblocked: bool, options: EventOptions) -> EventRecord:
    """Add the account as a friend, or take a block back."""
    user = get_user(platform, user_id)
    user.friend = True
    user.blocked = False
    platform.changes.announce("user", user_id)
    draft = Draft("follow", {"follow": {"isUnblocked": is_unblocked}}, user_id)
    return make_event(platform, get_chat(platform, user_id), draft, options)


def block(platform: Platform, user_id: str, options: EventOptions) -> EventRecord:
    """Block the account; LINE tells the bot by an unfollow event and nothing else."""
    user = get_user(platform, user_id)
    user.blocked = True
    user.rich_menu_id = None
    platform.changes.announce("user", user_id)
    draft = Draft("unfollow", {}, user_id, answerable=False, deliverable=True)
    return make_event(platform, get_chat(platform, user_id), draft, options)


def invite_bot(platform: Platform, chat_id: str, options: EventOptions) -> EventRecord:
    """The bot joins by itself when invited; the event does not say who invited it."""
    chat = get_group(platform, chat_id)
    chat.bot_in = True
    chat.left_by_bot = False
    platform.note(chat, "bot_joined", [])
    platform.changes.announce("chat", chat_id)
    return make_event(platform, chat, Draft("join", {}), options)


def remove_bot(platform: Platform, chat_id: str, options: EventOptions) -> EventRecord:
    """Somebody removes the bot."""
    chat = get_group(platform, chat_id)
    return _leave(platform, chat, options)


def leave_as_bot(platform: Platform, chat: Chat) -> EventRecord:
    """The bot leaves by the API; LINE sends the same event."""
    chat.left_by_bot = True
    return _leave(platform, chat, {})


def add_members(platform: Platform, chat_id: str, user_ids: Sequence[str], options: EventOptions) -> EventRecord:
    chat = get_group(platform, chat_id)
    for user_id in user_ids:
        get_user(platform, user_id)
        if user_id not in chat.members:
            chat.members.append(user_id)
    platform.note(chat, "joined", list(user_ids))
    platform.changes.announce("chat", chat_id)
    joined = {"joined": {"members": _as_members(platform, user_ids)}}
    return make_event(platform, chat, Draft("memberJoined", joined), options)


def remove_members(platform: Platform, chat_id: str, user_ids: Sequence[str], options: EventOptions) -> EventRecord:
    chat = get_group(platform, chat_id)
    for user_id in user_ids:
        if user_id not in chat.members:
            raise SimulatorError(f"{user_id} is not in {chat_id} ({chat.name})")
        chat.members.remove(user_id)
    platform.note(chat, "left", list(user_ids))
    platform.changes.announce("chat", chat_id)
    left = {"left": {"members": _as_members(platform, user_ids)}}
    return make_event(platform, chat, Draft("memberLeft", left, answerable=False), options)


def _leave(platform: Platform, chat: Chat, options: EventOptions) -> EventRecord:
    heard = chat.bot_in
    chat.bot_in = False
    chat.quick_reply = None
    if heard:
        platform.note(chat, "bot_left", [])
    platform.changes.announce("chat", chat.chat_id)
    return make_event(platform, chat, Draft("leave", {}, answerable=False, deliverable=heard), options)


def _as_members(platform: Platform, user_ids: Sequence[str]) -> list[dict[str, str]]:
    """People who never consented are in the list without their id, as LINE leaves it out everywhere."""
    members = []
    for user_id in user_ids:
        seen = {"userId": user_id} if platform.users[user_id].consented else {}
        members.append({"type": "user", **seen})
    return members
