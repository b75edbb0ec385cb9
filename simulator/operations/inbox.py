"""What can be seen: the bot's messages, the screens, and the log of the wire."""

from simulator.operations.base import OperationsBase
from simulator.outcomes import BotMessage, ChatLine, WireRecord
from simulator.phones.chats import get_chat, get_user
from simulator.state.clock import as_datetime
from simulator.state.screens import BOT, Line
from simulator.state.wire import WireEntry


class InboxOperations(OperationsBase):
    """Looking."""

    async def received(self, chat: str, *, after: int = 0) -> list[BotMessage]:
        """The bot's messages in a chat, oldest first."""
        found = []
        for line in reversed(get_chat(self.platform, chat).lines):
            if line.by == BOT:
                if line.position <= after:
                    break
                found.append(_as_message(line))
        return found[::-1]

    async def received_anywhere(self, *, after: int = 0) -> list[BotMessage]:
        """The bot's messages in all chats, oldest first."""
        return [_as_message(line) for line in self.platform.screens.list_sent(after)]

    async def position(self) -> int:
        """The running number of the bot's newest message."""
        return self.platform.screens.position

    async def conversation(self, chat: str) -> list[ChatLine]:
        """The whole screen."""
        return [
            ChatLine(
                line.message_id,
                line.by,
                line.kind,
                line.message,
                as_datetime(line.at),
                line.unsent,
                line.edited,
            )
            for line in get_chat(self.platform, chat).lines
        ]

    async def loading(self, user: str) -> bool:
        """Whether the three dots are on this person's screen."""
        get_user(self.platform, user)
        return self.platform.chats[user].loading_until > self.platform.clock.now()

    async def read_up_to(self, chat: str) -> str | None:
        """The message up to which the bot marked the chat as read."""
        return get_chat(self.platform, chat).read_up_to

    async def wire(self, endpoint: str | None = None) -> list[WireRecord]:
        """Requests to the LINE API, oldest first."""
        return [
            _as_record(entry) for entry in self.platform.wire.entries if endpoint is None or entry.endpoint == endpoint
        ]

    async def list_refusals(self) -> list[WireRecord]:
        """Requests that LINE would refuse."""
        return [_as_record(entry) for entry in self.platform.wire.refusals]

    async def clear_wire(self) -> None:
        """Forget the log and the refusals."""
        self.platform.wire.clear()
        self.platform.changes.announce("wire_cleared")


def _as_message(line: Line) -> BotMessage:
    return BotMessage(
        message_id=line.message_id,
        chat=line.chat,
        message=line.message,
        endpoint=line.endpoint,
        at=as_datetime(line.at),
        quote_token=line.quote_token,
        request_id=line.request_id,
        silent=line.silent,
        position=line.position,
    )


def _as_record(entry: WireEntry) -> WireRecord:
    return WireRecord(
        at=as_datetime(entry.at),
        method=entry.method,
        path=entry.path,
        endpoint=entry.endpoint,
        status=entry.status,
        request_headers={name.lower(): value for name, value in entry.headers.items()},
        body=entry.body,
        answer=entry.answer,
        refused=entry.refused,
        fault=entry.fault,
        request_id=entry.request_id,
        seconds=entry.seconds,
    )
