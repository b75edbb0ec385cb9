"""Every message of every chat, by id and in order, with the bytes of photos and files.

Bounded: the oldest lines go first, together with their bytes and quote tokens, so that a long benchmark does
not eat the machine.
"""

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from simulator.state.people import Chat

BOT = "bot"
LINE = "line"  # what the app itself says in grey: who came, who went


@dataclass(slots=True)
class Media:
    """The bytes behind a message; `waits` GETs are answered 202 first, -1 means never ready."""

    data: bytes
    content_type: str
    waits: int = 0


@dataclass(slots=True)
class Line:
    """One message on a screen. `by` is a user id, BOT or LINE; `position` counts the bot's lines over all chats."""

    message_id: str
    chat: str
    by: str
    kind: str
    message: dict[str, Any]
    at: float
    quote_token: str | None = None
    read_token: str | None = None
    media: Media | None = None
    endpoint: str = ""
    request_id: str = ""
    silent: bool = False
    position: int = 0
    unsent: bool = False
    edited: bool = False
    read: bool = False


class Screens:
    """The lines of all chats."""

    def __init__(self, limit: int, media_bytes: int = 256 * 1024 * 1024) -> None:
        self._limit = limit
        self._media_limit = media_bytes
        self._media_bytes = 0
        self._by_id: dict[str, tuple[Line, Chat]] = {}
        self._quotes: dict[str, Line] = {}
        self._reads: dict[str, Line] = {}
        self._sent: deque[Line] = deque()
        self._position = 0

    @property
    def position(self) -> int:
        """The running number of the newest line of the bot."""
        return self._position

    def add(self, line: Line, chat: "Chat") -> None:
        """Put a line at the foot of its chat."""
        self._by_id[line.message_id] = (line, chat)
        chat.lines.append(line)
        if line.quote_token:
            self._quotes[line.quote_token] = line
        if line.read_token:
            self._reads[line.read_token] = line
        if line.media:
            self._media_bytes += len(line.media.data)
        if line.by == BOT:
            self._position += 1
            line.position = self._position
            self._sent.append(line)
        while len(self._by_id) > self._limit or self._media_bytes > self._media_limit:
            self._forget_oldest()

    def renew_quote_token(self, line: Line, token: str) -> None:
        """An edited message gets a new quote token; LINE's tokens never expire, so the old one stays good."""
        line.quote_token = token
        self._quotes[token] = line

    def find(self, message_id: str) -> Line | None:
        found = self._by_id.get(message_id)
        return found[0] if found else None

    def find_by_quote_token(self, token: str) -> Line | None:
        return self._quotes.get(token)

    def find_by_read_token(self, token: str) -> Line | None:
        return self._reads.get(token)

    def list_sent(self, after: int = 0) -> list[Line]:
        """The bot's lines behind `after`, over all chats, oldest first."""
        found = []
        for line in reversed(self._sent):
            if line.position <= after:
                break
            found.append(line)
        return found[::-1]

    def drop_media(self, line: Line) -> None:
        """Forget the bytes of one line."""
        if line.media:
            self._media_bytes -= len(line.media.data)
            line.media = None

    def _forget_oldest(self) -> None:
        message_id = next(iter(self._by_id))
        line, chat = self._by_id.pop(message_id)
        self.drop_media(line)
        if chat.lines and chat.lines[0] is line:
            chat.lines.popleft()
        if self._sent and self._sent[0] is line:
            self._sent.popleft()
        if line.quote_token:
            self._quotes.pop(line.quote_token, None)
        if line.read_token:
            self._reads.pop(line.read_token, None)
