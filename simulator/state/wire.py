"""What went over the wire: every request to the LINE API, up to a cap, and apart those LINE would refuse.

Refusals are kept apart so that a long run cannot push an early mistake out of sight.
"""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(slots=True)
class WireEntry:
    """One request; headers stay as the server gave them until somebody looks."""

    at: float
    method: str
    path: str
    endpoint: str
    status: int
    headers: Mapping[str, str]
    body: Any
    answer: Any
    refused: str | None
    fault: str | None
    request_id: str
    seconds: float


class Wire:
    """The log of requests."""

    def __init__(self, limit: int) -> None:
        self.entries: deque[WireEntry] = deque(maxlen=limit)
        self.refusals: deque[WireEntry] = deque(maxlen=limit)
        self.last_call_at = 0.0

    def add(self, entry: WireEntry) -> None:
        self.entries.append(entry)
        if entry.refused is not None:
            self.refusals.append(entry)

    def clear(self) -> None:
        self.entries.clear()
        self.refusals.clear()
