"""Reply tokens: one use, about a minute, a second minute on redelivery unless used or 20 minutes old."""

from dataclasses import dataclass

REDELIVERY_SECONDS = 20 * 60
_KEPT = 50_000


@dataclass(slots=True)
class ReplyToken:
    """One token and the chat it answers."""

    token: str
    chat: str
    event_at: float
    valid_until: float
    used: bool = False


class ReplyTokens:
    """All tokens lately issued."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._tokens: dict[str, ReplyToken] = {}

    def issue(self, token: str, chat: str, now: float) -> None:
        self._tokens[token] = ReplyToken(token, chat, now, now + self.seconds)
        if len(self._tokens) > _KEPT:
            del self._tokens[next(iter(self._tokens))]

    def renew(self, token: str, now: float) -> None:
        """The webhook that carries it was sent now; too late after the event, the token stays dead."""
        found = self._tokens.get(token)
        if found and not found.used and now - found.event_at <= REDELIVERY_SECONDS:
            found.valid_until = now + self.seconds

    def find(self, token: str) -> ReplyToken | None:
        return self._tokens.get(token)

    def find_fault(self, token: str, now: float) -> str | None:
        """Why the token cannot be used, in words for the log; None if it can."""
        found = self._tokens.get(token)
        if found is None:
            return "the reply token was never issued"
        if found.used:
            return "the reply token was used before"
        if now > found.valid_until:
            return f"the reply token expired {now - found.valid_until:.1f} s ago"
        return None

    def use(self, token: str) -> None:
        self._tokens[token].used = True

    def expire(self, token: str) -> bool:
        """End a token's life early; False if there is no such token."""
        found = self._tokens.get(token)
        if found:
            found.valid_until = float("-inf")
            found.event_at = float("-inf")
        return found is not None
