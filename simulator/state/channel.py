"""The official account itself: who it is, its secret and tokens, and where and how its webhook is called."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Channel:
    """One Messaging API channel. `tokens` maps each access token to the moment it ends (None: never)."""

    bot_user_id: str
    basic_id: str
    name: str
    channel_id: str
    secret: str
    tokens: dict[str, float | None]
    bot_url: str | None = None
    old_secret: str | None = None
    webhook_seconds: float = 2.0
    redelivery: bool = False
    redelivery_attempts: int = 3
    redelivery_seconds: float = 0.05
    link_tokens: set[str] = field(default_factory=set)

    def accepts(self, token: str, now: float) -> bool:
        """Whether this access token is good now."""
        if token not in self.tokens:
            return False
        ends = self.tokens[token]
        return ends is None or now < ends

    def rotate_secret(self, secret: str) -> None:
        self.old_secret = self.secret
        self.secret = secret
