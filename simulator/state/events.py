"""Every event made for the bot, with what became of it, so that any of them can be sent again."""

from dataclasses import dataclass
from itertools import islice
from typing import Any


@dataclass(slots=True)
class EventRecord:
    """One webhook event; not `deliverable` where LINE would not send it (the bot is not in the group)."""

    event: dict[str, Any]
    event_id: str
    chat: str | None
    at: float
    message_id: str | None = None
    quote_token: str | None = None
    reply_token: str | None = None
    deliverable: bool = True
    action: dict[str, Any] | None = None
    status: int | None = None
    error: str | None = "not sent"
    seconds: float = 0.0
    attempts: int = 0


class EventLog:
    """The events by id, in the order they were made; the oldest go when there are too many."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._by_id: dict[str, EventRecord] = {}

    def add(self, record: EventRecord) -> None:
        self._by_id[record.event_id] = record
        if len(self._by_id) > self._limit:
            del self._by_id[next(iter(self._by_id))]

    def find(self, event_id: str) -> EventRecord | None:
        return self._by_id.get(event_id)

    def find_latest(self) -> EventRecord | None:
        return next(reversed(self._by_id.values()), None)

    def list_newest(self, most: int) -> list[EventRecord]:
        """The newest `most`, oldest first."""
        return list(islice(reversed(self._by_id.values()), most))[::-1]

    def list_all(self) -> list[EventRecord]:
        return list(self._by_id.values())
