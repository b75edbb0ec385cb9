"""The load: chats in closed loops; each says a text, waits until its answer stands in the chat, and says it again."""

import asyncio
import time
from dataclasses import dataclass

from simulator.server.assembly import Assembly
from simulator.state.changes import Change
from simulator.state.platform import Platform

PATIENCE = 20.0  # seconds after which an answer counts as missing


@dataclass(frozen=True, slots=True)
class Measured:
    """What one round gave: seconds from saying to standing in the chat, and what went wrong."""

    seconds: float
    latencies: tuple[float, ...]
    failures: int
    refused: int


class Load:
    """A LINE platform with people in it, in this process."""

    def __init__(self, *, secret: str, token: str, chats: int) -> None:
        self._platform = Platform(
            channel_secret=secret,
            access_token=token,
            bot_url=None,
            seed=1,
            reply_token_seconds=60.0,
            webhook_timeout_seconds=PATIENCE,
            wire_limit=200,
            clock_offset_file=None,
            plain_media=False,
        )
        self._assembly = Assembly(self._platform, host="127.0.0.1", port=0)
        self._chats = chats
        self._answered: dict[str, asyncio.Event] = {}

    async def open(self) -> str:
        """Start listening; the address of the API."""
        await self._assembly.start()
        self._platform.changes.subscribe(self._notice)
        return f"http://127.0.0.1:{self._assembly.listener.port}"

    async def close(self) -> None:
        """Stop listening."""
        await self._assembly.stop()

    async def run(self, bot_url: str, *, text: str, seconds: float) -> Measured:
        """One round against the bot at `bot_url`."""
        operations = self._assembly.operations
        await operations.set_bot_url(bot_url)
        people = [await operations.add_user(f"load {number}") for number in range(self._chats)]
        await operations.clear_wire()
        latencies: list[float] = []
        failures = 0

        async def converse(chat: str, until: float) -> None:
            nonlocal failures
            answered = self._answered[chat] = asyncio.Event()
            while time.perf_counter() < until:
                answered.clear()
                began = time.perf_counter()
                outcome = await operations.say(chat, text)
                try:
                    await asyncio.wait_for(answered.wait(), PATIENCE)
                except TimeoutError:
                    failures += 1
                    continue
                failures += not outcome.ok
                latencies.append(time.perf_counter() - began)

        began = time.perf_counter()
        await asyncio.gather(*(converse(chat, began + seconds) for chat in people))
        took = time.perf_counter() - began
        refused = len(await operations.list_refusals())
        return Measured(took, tuple(latencies), failures, refused)

    def _notice(self, change: Change) -> None:
        if change.kind == "line" and change.chat in self._answered and change.detail.get("by") == "bot":
            self._answered[change.chat].set()
