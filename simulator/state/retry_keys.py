"""Retry keys of accepted requests, held for 24 hours with the answer that was given."""

from dataclasses import dataclass
from typing import Any

HELD_SECONDS = 24 * 3600
_KEPT = 50_000


@dataclass(frozen=True, slots=True)
class Accepted:
    """One accepted request: a digest of what it asked, and what was answered."""

    fingerprint: bytes
    request_id: str
    sent_messages: list[dict[str, Any]] | None
    at: float


class RetryKeys:
    """Accepted requests by key."""

    def __init__(self) -> None:
        self._accepted: dict[str, Accepted] = {}

    def find(self, key: str, now: float) -> Accepted | None:
        found = self._accepted.get(key.lower())
        if found and now - found.at > HELD_SECONDS:
            del self._accepted[key.lower()]
            return None
        return found

    def keep(self, key: str, accepted: Accepted) -> None:
        self._accepted[key.lower()] = accepted
        if len(self._accepted) > _KEPT:
            del self._accepted[next(iter(self._accepted))]
