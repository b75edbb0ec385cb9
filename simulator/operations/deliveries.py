"""Deliveries as LINE makes them on a bad day: again, twice, out of order, in one body, or garbled."""

import asyncio
from collections.abc import Mapping, Sequence

from simulator.operations.base import OperationsBase
from simulator.outcomes import Outcome, Signature, SimulatorError
from simulator.state.events import EventRecord
from simulator.webhook.courier import Attempt, as_outcome


class DeliveryOperations(OperationsBase):
    """Sending what was made before."""

    async def deliver(
        self,
        event_ids: Sequence[str],
        *,
        together: bool = False,
        redelivery: bool = False,
        signature: Signature = "valid",
    ) -> list[Outcome]:
        """In the given order, each in its own request or `together` in one."""
        records = [self._get(event_id) for event_id in event_ids]
        for batch in [records] if together else [[record] for record in records]:
            await self.courier.deliver(batch, signature=signature, redelivery=redelivery)
        return [as_outcome(record) for record in records]

    async def deliver_at_once(self, event_ids: Sequence[str], *, at_most: int = 64) -> list[Outcome]:
        """One request each, up to `at_most` of them under way at the same time."""
        records = [self._get(event_id) for event_id in event_ids]
        places = asyncio.Semaphore(at_most)

        async def deliver(record: EventRecord) -> None:
            async with places:
                await self.courier.deliver([record])

        await asyncio.gather(*(deliver(record) for record in records))
        return [as_outcome(record) for record in records]

    async def redeliver(self, event_id: str | None = None) -> Outcome:
        """The event once more, marked as a redelivery; None is the last one made."""
        record = self._get(event_id)
        await self.courier.deliver([record], redelivery=True)
        return as_outcome(record)

    async def redeliver_all(self) -> list[Outcome]:
        """Every event so far, in order, marked as redeliveries."""
        records = self.platform.events.list_all()
        for record in records:
            await self.courier.deliver([record], redelivery=True)
        return [as_outcome(record) for record in records]

    async def repeat(self, event_id: str | None = None) -> Outcome:
        """The identical request once more, as the network sometimes does."""
        record = self._get(event_id)
        await self.courier.deliver([record])
        return as_outcome(record)

    async def send_raw(
        self, body: bytes, *, signature: Signature = "valid", headers: Mapping[str, str] | None = None
    ) -> Outcome:
        """Any bytes."""
        return _as_raw(await self.courier.send_body(body, signature=signature, headers=headers))

    async def verify_webhook(self) -> Outcome:
        """The console's Verify button: no events."""
        return _as_raw(await self.courier.send_body(self.courier.write_body([])))

    async def set_redelivery(self, on: bool, *, attempts: int = 3, interval_seconds: float = 0.05) -> None:
        """LINE's own switch: whatever is not answered 2xx is sent again."""
        channel = self.platform.channel
        channel.redelivery = on
        channel.redelivery_attempts = attempts
        channel.redelivery_seconds = interval_seconds
        self.platform.changes.announce("webhook")

    async def rotate_secret(self, new_secret: str) -> None:
        """Issue a new channel secret; LINE signs with it at once."""
        self.platform.channel.rotate_secret(new_secret)

    async def set_bot_url(self, url: str | None) -> None:
        """Where the webhook is; None: events are made and kept."""
        self.platform.channel.bot_url = url
        self.platform.changes.announce("webhook")

    async def list_events(self) -> list[Outcome]:
        """Every event so far with its latest outcome."""
        return [as_outcome(record) for record in self.platform.events.list_all()]

    def _get(self, event_id: str | None) -> EventRecord:
        events = self.platform.events
        record = events.find_latest() if event_id is None else events.find(event_id)
        if record is None:
            raise SimulatorError("no event was made yet" if event_id is None else f"no event {event_id}")
        return record


def _as_raw(attempt: Attempt) -> Outcome:
    tried = 0 if attempt.error == "not sent" else 1
    return Outcome({}, "", None, None, None, attempt.status, attempt.error, attempt.seconds, tried)
