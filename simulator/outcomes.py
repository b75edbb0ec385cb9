"""What the simulator tells those who drive it: plain, frozen values that may cross threads and become JSON.

The state behind them is never handed out, so a test cannot change the platform by accident.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, TypedDict

from simulator.phones.buttons import list_actions, list_words

Signature = Literal["valid", "wrong", "missing", "old"]
FaultKind = Literal["error", "rate_limit", "quota", "hang", "lost", "drop", "slow", "garbage"]
Mention = tuple[str, str]  # the words in the text, and whom they mean: a user id, "all" or the bot's user id


class SimulatorError(Exception):
    """The simulator was used wrongly: an unknown chat, a button that is not there, a person missing."""


class EventOptions(TypedDict, total=False):
    """What every event method takes beside its own arguments."""

    by: str | None
    with_user_id: bool
    standby: bool
    at: datetime | None
    deliver: bool
    extra: dict[str, Any] | None
    signature: Signature


@dataclass(frozen=True)
class Outcome:
    """One event (or one raw body) and what became of it at the bot."""

    event: dict[str, Any]
    event_id: str
    message_id: str | None
    quote_token: str | None
    reply_token: str | None
    status: int | None
    error: str | None
    seconds: float
    attempts: int
    action: dict[str, Any] | None = None

    @property
    def ok(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


@dataclass(frozen=True)
class BotMessage:
    """One message object that the bot sent into a chat."""

    message_id: str
    chat: str
    message: dict[str, Any]
    endpoint: str
    at: datetime
    quote_token: str | None
    request_id: str
    silent: bool
    position: int

    @property
    def text(self) -> str:
        return str(self.message.get("text") or self.message.get("altText") or "")

    @property
    def words(self) -> str:
        return "\n".join(list_words(self.message))

    @property
    def labels(self) -> list[str]:
        return [label for _, label, _ in list_actions(self.message) if label]


@dataclass(frozen=True)
class Tappable:
    """Something on a person's screen that can be tapped."""

    label: str
    action: dict[str, Any]
    message_id: str | None
    place: str


@dataclass(frozen=True)
class ChatLine:
    """One line on the screen of a chat, whoever wrote it. `by` is a user id, or "bot"."""

    message_id: str
    by: str | None
    kind: str
    message: dict[str, Any]
    at: datetime
    unsent: bool
    edited: bool


@dataclass(frozen=True)
class UserView:
    """A person as LINE knows them."""

    user_id: str
    name: str
    language: str | None
    friend: bool
    blocked: bool
    consented: bool
    wrote_at: datetime | None


@dataclass(frozen=True)
class GroupView:
    """A group or room and who is in it (the bot not counted)."""

    chat: str
    name: str
    members: tuple[str, ...]
    bot_in: bool
    left_by_bot: bool


@dataclass(frozen=True)
class StoryState:
    """Where a story stands: ready for its next step, acting, done, or failed with what did not come."""

    story: str
    step: int
    steps: int
    status: str
    said: dict[str, str] | None
    error: str | None


@dataclass(frozen=True)
class WireRecord:
    """One HTTP request to the LINE API and what was answered."""

    at: datetime
    method: str
    path: str
    endpoint: str
    status: int
    request_headers: dict[str, str]
    body: Any
    answer: Any
    refused: str | None
    fault: str | None
    request_id: str
    seconds: float
