"""Carries events to the bot as LINE does: signed, with two seconds' patience, redelivered if switched on."""

import asyncio
import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import aiohttp

from simulator.outcomes import Outcome, Signature
from simulator.state.events import EventRecord
from simulator.state.platform import Platform
from simulator.webhook.signature import sign_as


@dataclass(frozen=True, slots=True)
class Attempt:
    """What the bot said to one request."""

    status: int | None
    error: str | None
    seconds: float

    @property
    def ok(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


NOT_SENT = Attempt(None, "not sent", 0.0)


class Courier:
    """Sends bodies to the webhook over kept connections; belongs to one event loop."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self._session: aiohttp.ClientSession | None = None

    async def deliver(
        self, records: Sequence[EventRecord], *, signature: Signature = "valid", redelivery: bool = False
    ) -> None:
        """One body with these events; with redelivery switched on, again until the bot says 2xx."""
        records = [record for record in records if record.deliverable]
        if not records:
            return
        attempt = await self._try(records, signature, redelivery)
        channel = self._platform.channel
        for _ in range(channel.redelivery_attempts if channel.redelivery else 0):
            if attempt.ok or attempt is NOT_SENT:
                break
            await asyncio.sleep(channel.redelivery_seconds)
            attempt = await self._try(records, signature, True)

    async def send_body(
        self, body: bytes, *, signature: Signature = "valid", headers: Mapping[str, str] | None = None
    ) -> Attempt:
        """Any bytes at all, signed as asked."""
        channel = self._platform.channel
        if channel.bot_url is None:
            return NOT_SENT
        return await self.send_to(channel.bot_url, body, signature=signature, headers=headers)

    async def send_to(
        self,
        url: str,
        body: bytes,
        *,
        signature: Signature = "valid",
        headers: Mapping[str, str] | None = None,
    ) -> Attempt:
        """The same to any address, as the test of a webhook endpoint needs it."""
        sent = {"Content-Type": "application/json; charset=utf-8", "User-Agent": "LineBotWebhook/2.0"}
        signed = sign_as(body, self._platform.channel, signature)
        if signed is not None:
            sent["x-line-signature"] = signed
        sent.update(headers or {})
        started = time.perf_counter()
        status, error = await self._post(url, body, sent)
        return Attempt(status, error, time.perf_counter() - started)

    def write_body(self, events: Sequence[Mapping[str, Any]]) -> bytes:
        """The request body LINE makes of these events."""
        body = {"destination": self._platform.channel.bot_user_id, "events": events}
        return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()

    async def _try(self, records: Sequence[EventRecord], signature: Signature, redelivery: bool) -> Attempt:
        now = self._platform.clock.now()
        events = []
        for record in records:
            first = record.attempts == 0
            if record.reply_token and (first or redelivery):
                self._platform.reply_tokens.renew(record.reply_token, now)
            again = {"deliveryContext": {"isRedelivery": True}} if redelivery else {}
            events.append({**record.event, **again})
        attempt = await self.send_body(self.write_body(events), signature=signature)
        for record in records:
            record.status, record.error, record.seconds = attempt.status, attempt.error, attempt.seconds
            record.attempts += 0 if attempt is NOT_SENT else 1
            self._mark_read(record, attempt)
            self._platform.changes.announce(
                "delivery", record.chat, event_id=record.event_id, status=attempt.status, error=attempt.error
            )
        return attempt

    def _mark_read(self, record: EventRecord, attempt: Attempt) -> None:
        """An account that answers by its webhook has read whatever the webhook took."""
        line = self._platform.screens.find(record.message_id) if record.message_id and attempt.ok else None
        if line is not None:
            line.read = True

    async def _post(self, url: str, body: bytes, headers: Mapping[str, str]) -> tuple[int | None, str | None]:
        session = self._open_session()
        patience = aiohttp.ClientTimeout(total=self._platform.channel.webhook_seconds)
        try:
            async with session.post(url, data=body, headers=headers, timeout=patience, allow_redirects=False) as answer:
                await answer.read()
                return answer.status, None
        except TimeoutError:
            return None, "timeout"
        except (aiohttp.ClientError, OSError):
            return None, "connection"

    def _open_session(self) -> aiohttp.ClientSession:
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=0, keepalive_timeout=30)
            self._session = aiohttp.ClientSession(connector=connector, auto_decompress=True)
        return self._session


def as_outcome(record: EventRecord) -> Outcome:
    """What a test is told of an event."""
    return Outcome(
        event=record.event,
        event_id=record.event_id,
        message_id=record.message_id,
        quote_token=record.quote_token,
        reply_token=record.reply_token,
        status=record.status,
        error=record.error,
        seconds=record.seconds,
        attempts=record.attempts,
        action=record.action,
    )
