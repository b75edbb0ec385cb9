"""What all operations share: the platform, the courier, and how an event made by a person goes out."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from simulator.outcomes import EventOptions, Outcome
from simulator.state.events import EventRecord
from simulator.state.platform import Platform
from simulator.webhook.courier import Courier, as_outcome

if TYPE_CHECKING:
    from simulator.server.listener import Listener


class OperationsBase:
    """Operations run inside the simulator's loop; each is a coroutine."""

    def __init__(self, platform: Platform, courier: Courier, listener: Callable[[], "Listener"]) -> None:
        self.platform = platform
        self.courier = courier
        self._listener = listener

    async def _send(self, record: EventRecord, options: EventOptions) -> Outcome:
        if options.get("deliver", True):
            await self.courier.deliver([record], signature=options.get("signature", "valid"))
        return as_outcome(record)
