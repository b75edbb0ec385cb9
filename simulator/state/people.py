"""Users, groups and rooms as LINE keeps them: who is a friend, who blocked the bot, who sits where.

`about` (words by language) and `part` are for the phones in the browser; LINE knows nothing of them.
"""

from collections import deque
from dataclasses import dataclass, field
from typing import Any, Literal

from simulator.state.screens import Line


@dataclass(slots=True)
class User:
    """One person with LINE on a phone."""

    user_id: str
    name: str
    language: str | None
    friend: bool
    consented: bool
    blocked: bool = False
    wrote_at: float | None = None
    rich_menu_id: str | None = None
    about: dict[str, str] | None = None
    part: str | None = None


@dataclass(slots=True)
class Chat:
    """A 1:1 chat with the bot (its id is the user's), a group or a room; `lines` is what the screen shows."""

    chat_id: str
    kind: Literal["user", "group", "room"]
    name: str
    members: list[str]
    bot_in: bool = True
    left_by_bot: bool = False
    lines: deque[Line] = field(default_factory=deque)
    quick_reply: tuple[str, list[dict[str, Any]]] | None = None
    loading_until: float = 0.0
    read_up_to: str | None = None
    about: dict[str, str] | None = None
    seen: dict[str, str] = field(default_factory=dict)

    def source(self, user_id: str | None) -> dict[str, str]:
        """The `source` object of an event from here; `user_id` None leaves the person out."""
        found: dict[str, str] = {"type": self.kind}
        if self.kind != "user":
            found[f"{self.kind}Id"] = self.chat_id
        if user_id is not None:
            found["userId"] = user_id
        return found
