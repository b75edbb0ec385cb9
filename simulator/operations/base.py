"""What all operations share: the platform, the courier, and how an event made by a person goes out."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from simulator.outcomes import EventOptions, Outcome
from simulator.state.events import EventRecord
from simulator.state.platform import Platform
from simulator.webhook.courier import Courier, as_outcome

if TYPE_CHECKING:
    from simulator.server.listener import Listener

HELD = "held"


class OperationsBase:
    """Operations run inside the simulator's loop; each is a coroutine."""

    def __init__(self, platform: Platform, courier: Courier, listener: Callable[[], "Listener"]) -> None:
        self.platform = platform
        self.courier = courier
        self._listener = listener

    async def _send(self, record: EventRecord, options: EventOptions) -> Outcome:
        await self._carry([record], options)
        return as_outcome(record)

    async def _carry(self, records: list[EventRecord], options: EventOptions) -> None:
        """One body with these events, unless they are made only, or all are being held back."""
        if not options.get("deliver", True):
            return
        director = self.platform.director
        if not director.holding:
            await self.courier.deliver(records, signature=options.get("signature", "valid"))
            return
        for record in records:
            if record.deliverable:
                record.error = HELD
                director.held.append(record.event_id)
                self.platform.changes.announce("event", record.chat, event_id=record.event_id)
        self.platform.changes.announce("director")
