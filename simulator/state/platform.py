"""The whole state of one LINE platform; it knows no HTTP and no test, and is touched by one thread only."""

from pathlib import Path
from typing import Any

from simulator.state.changes import Changes
from simulator.state.channel import Channel
from simulator.state.clock import Clock
from simulator.state.director import Director
from simulator.state.events import EventLog
from simulator.state.faults import Faults
from simulator.state.identifiers import Identifiers
from simulator.state.people import Chat, User
from simulator.state.quota import Quota
from simulator.state.rate_limits import RateLimits
from simulator.state.reply_tokens import ReplyTokens
from simulator.state.retry_keys import RetryKeys
from simulator.state.rich_menus import RichMenus
from simulator.state.screens import BOT, LINE, Line, Screens
from simulator.state.wire import Wire

HISTORY = 20_000


class Platform:
    """People, chats and the channel, with everything LINE remembers about them."""

    def __init__(
        self,
        *,
        channel_secret: str,
        access_token: str,
        bot_url: str | None = None,
        seed: int | None = None,
        reply_token_seconds: float = 60.0,
        webhook_timeout_seconds: float = 2.0,
        wire_limit: int = 5000,
        clock_offset_file: Path | None = None,
        plain_media: bool = False,
        name: str = "Simulated account",
    ) -> None:
        self.clock = Clock(clock_offset_file)
        self.ids = Identifiers(seed)
        self.changes = Changes()
        self.channel = Channel(
            bot_user_id=self.ids.user_id(),
            basic_id="@000simul",
            name=name,
            channel_id=self.ids.channel_id(),
            secret=channel_secret,
            tokens={access_token: None},
            bot_url=bot_url,
            webhook_seconds=webhook_timeout_seconds,
        )
        self.plain_media = plain_media
        self.users: dict[str, User] = {}
        self.chats: dict[str, Chat] = {}
        self.screens = Screens(HISTORY)
        self.events = EventLog(HISTORY)
        self.reply_tokens = ReplyTokens(reply_token_seconds)
        self.retry_keys = RetryKeys()
        self.quota = Quota()
        self.rate_limits = RateLimits()
        self.rich_menus = RichMenus()
        self.faults = Faults()
        self.director = Director()
        self.notes: list[dict[str, str]] = []  # what every browser shows beside the phones; words by language
        self.wire = Wire(wire_limit)

    def add_user(self, name: str, *, user_id: str | None, language: str | None, friend: bool, consented: bool) -> User:
        """A new person, with an empty 1:1 chat."""
        user = User(user_id or self.ids.user_id(), name, language, friend, consented)
        self.users[user.user_id] = user
        self.chats[user.user_id] = Chat(user.user_id, "user", name, [user.user_id])
        self.changes.announce("user", user.user_id)
        return user

    def add_chat(self, chat: Chat) -> Chat:
        """A new group or room."""
        self.chats[chat.chat_id] = chat
        self.changes.announce("chat", chat.chat_id)
        return chat

    def find_group(self, chat_id: str) -> Chat | None:
        """A group or room the bot sits in; None as LINE would have it for any other."""
        chat = self.chats.get(chat_id)
        return chat if chat and chat.kind != "user" and chat.bot_in else None

    def note(self, chat: Chat, notice: str, who: list[str]) -> None:
        """What LINE itself says in a chat; nobody posted, so quick replies stay."""
        message_id = self.ids.message_id()
        message = {"type": "notice", "notice": notice, "who": who}
        self.screens.add(Line(message_id, chat.chat_id, LINE, "notice", message, self.clock.now()), chat)
        self.changes.announce("line", chat.chat_id, message_id=message_id, by=LINE)

    def show(self, line: Line, quick_reply: list[dict[str, Any]] | None = None) -> None:
        """Put a line on a screen; whoever posts, the quick replies there vanish or are replaced."""
        chat = self.chats[line.chat]
        self.screens.add(line, chat)
        chat.quick_reply = (line.message_id, quick_reply) if quick_reply else None
        if line.by == BOT:
            chat.loading_until = 0.0
        elif chat.kind == "user":
            self.users[chat.chat_id].wrote_at = line.at
        self.changes.announce("line", line.chat, message_id=line.message_id, by=line.by)
