"""People and chats: made silently, or coming and going with an event to the bot."""

from collections.abc import Sequence
from typing import Unpack

from simulator.operations.base import OperationsBase
from simulator.outcomes import EventOptions, GroupView, Outcome, SimulatorError, UserView
from simulator.phones import membership
from simulator.phones.chats import get_chat, get_group, get_user
from simulator.state.clock import as_datetime
from simulator.state.people import Chat

NAMELESS = "…"


class PeopleOperations(OperationsBase):
    """Who there is, and in which chat."""

    async def add_user(
        self,
        name: str = NAMELESS,
        *,
        user_id: str | None = None,
        language: str | None = "th",
        friend: bool = True,
        consented: bool = True,
        about: dict[str, str] | None = None,
        part: str | None = None,
    ) -> str:
        """A new person; no event."""
        if user_id is not None and user_id in self.platform.users:
            raise SimulatorError(f"there is a user {user_id} already")
        user = self.platform.add_user(name, user_id=user_id, language=language, friend=friend, consented=consented)
        user.about, user.part = about, part
        return user.user_id

    async def add_group(
        self,
        name: str = NAMELESS,
        members: Sequence[str] = (),
        *,
        bot_in: bool = True,
        group_id: str | None = None,
        about: dict[str, str] | None = None,
    ) -> str:
        """A new group with these members; no event."""
        chat_id = group_id or self.platform.ids.group_id()
        return self._add_chat(Chat(chat_id, "group", name, list(members), bot_in, about=about))

    async def add_room(self, members: Sequence[str] = (), *, bot_in: bool = True) -> str:
        """A new room (the legacy chat of several people); no event."""
        return self._add_chat(Chat(self.platform.ids.room_id(), "room", "", list(members), bot_in))

    async def get_user(self, user_id: str) -> UserView:
        user = get_user(self.platform, user_id)
        wrote_at = None if user.wrote_at is None else as_datetime(user.wrote_at)
        return UserView(user_id, user.name, user.language, user.friend, user.blocked, user.consented, wrote_at)

    async def get_group(self, chat: str) -> GroupView:
        found = get_group(self.platform, chat)
        return GroupView(chat, found.name, tuple(found.members), found.bot_in, found.left_by_bot)

    async def list_chats(self) -> list[str]:
        return list(self.platform.chats)

    async def follow(self, user: str, *, is_unblocked: bool = False, **options: Unpack[EventOptions]) -> Outcome:
        """Add the account as a friend (this also takes a block back)."""
        return await self._send(membership.follow(self.platform, user, is_unblocked, options), options)

    async def block(self, user: str, **options: Unpack[EventOptions]) -> Outcome:
        """Block the account: an unfollow event."""
        return await self._send(membership.block(self.platform, user, options), options)

    async def see_chat(self, chat: str, user: str) -> None:
        """This person has the chat open and has read all of it."""
        found = get_chat(self.platform, chat)
        if user not in found.members:
            raise SimulatorError(f"{user} is not in {chat} ({found.name})")
        if found.lines and found.seen.get(user) != found.lines[-1].message_id:
            found.seen[user] = found.lines[-1].message_id
            self.platform.changes.announce("chat", chat)

    async def invite_bot(self, group: str, **options: Unpack[EventOptions]) -> Outcome:
        """The bot joins."""
        return await self._send(membership.invite_bot(self.platform, group, options), options)

    async def remove_bot(self, group: str, **options: Unpack[EventOptions]) -> Outcome:
        """Somebody removes the bot: a leave event, and pushes are refused from now on."""
        return await self._send(membership.remove_bot(self.platform, group, options), options)

    async def add_members(self, group: str, users: Sequence[str], **options: Unpack[EventOptions]) -> Outcome:
        """People join: memberJoined."""
        return await self._send(membership.add_members(self.platform, group, users, options), options)

    async def remove_members(self, group: str, users: Sequence[str], **options: Unpack[EventOptions]) -> Outcome:
        """People leave: memberLeft."""
        return await self._send(membership.remove_members(self.platform, group, users, options), options)

    def _add_chat(self, chat: Chat) -> str:
        if chat.chat_id in self.platform.chats:
            raise SimulatorError(f"there is a chat {chat.chat_id} already")
        for user_id in chat.members:
            get_user(self.platform, user_id)
        return self.platform.add_chat(chat).chat_id
