"""What the director of a demonstration does to LINE: named troubles, events held back, standby."""

import random
from collections.abc import Sequence
from typing import Any

from simulator.operations.turning import TurningOperations
from simulator.outcomes import Outcome, SimulatorError
from simulator.state.director import TROUBLES
from simulator.state.faults import MESSAGES
from simulator.webhook.courier import as_outcome

ORDERS = ("kept", "reversed", "shuffled")
# Each trouble that is a fault of the API: at which endpoints, and how.
_FAULTS: dict[str, tuple[str, dict[str, Any]]] = {
    "slow": ("*", {"kind": "slow", "times": None, "seconds": 4.0}),
    "down": ("*", {"kind": "drop", "times": None}),
    "rate_limited": (MESSAGES, {"kind": "rate_limit", "times": None}),
    "answer_lost": (MESSAGES, {"kind": "lost", "times": 1}),
}


class DirectingOperations(TurningOperations):
    """The director's switches."""

    async def set_trouble(self, trouble: str, on: bool) -> None:
        """Switch one of the named troubles on or off; a second time it changes nothing."""
        if trouble not in TROUBLES:
            raise SimulatorError(f"no trouble {trouble!r}; there are {', '.join(TROUBLES)}")
        if on:
            await self._begin(trouble)
        else:
            await self._end(trouble)
        self.platform.changes.announce("director")

    async def mend_everything(self) -> None:
        """All troubles off, nothing held back, no standby."""
        for trouble in TROUBLES:
            await self._end(trouble)
        await self.clear_faults()
        await self.set_standby(False)
        await self.hold_events(False)

    async def set_standby(self, on: bool) -> None:
        """Events are made in standby mode, as where another module has the chat."""
        self.platform.director.standby = on
        self.platform.changes.announce("director")

    async def hold_events(self, on: bool) -> list[Outcome]:
        """Keep events back from now on; switched off, they go out newest first."""
        director = self.platform.director
        director.holding = on
        self.platform.changes.announce("director")
        return [] if on else await self.release_events(order="reversed")

    async def release_events(self, *, order: str = "kept") -> list[Outcome]:
        """Send what was held back, one request each: `kept`, `reversed` or `shuffled`."""
        if order not in ORDERS:
            raise SimulatorError(f"no order {order!r}; there are {', '.join(ORDERS)}")
        director = self.platform.director
        held, director.held = _put_in_order(director.held, order), []
        self.platform.changes.announce("director")
        records = [record for record in map(self.platform.events.find, held) if record is not None]
        for record in records:
            await self.courier.deliver([record])
        return [as_outcome(record) for record in records]

    async def _begin(self, trouble: str) -> None:
        director, quota = self.platform.director, self.platform.quota
        if trouble == "quota_gone":
            if trouble not in director.troubles:
                director.quota_before, director.troubles[trouble] = quota.limit, ""
            quota.limit = quota.used(self.platform.clock.now())
        elif not self.platform.faults.is_on(director.troubles.get(trouble, "")):
            endpoint, how = _FAULTS[trouble]
            director.troubles[trouble] = await self.add_fault(endpoint, **how)

    async def _end(self, trouble: str) -> None:
        director = self.platform.director
        fault_id = director.troubles.pop(trouble, None)
        if fault_id:
            await self.clear_faults(fault_id)
        elif fault_id is not None:
            self.platform.quota.limit = director.quota_before


def _put_in_order(held: Sequence[str], order: str) -> list[str]:
    if order == "reversed":
        return list(reversed(held))
    return random.sample(held, len(held)) if order == "shuffled" else list(held)
