"""Who works on webhooks: one thread where all is written through one connection, several where each has its own.

On SQLite threads side by side only get in each other's way. One takes all the bodies that wait, works on them one
after the other, makes one commit for all, and answers them together.
"""

import asyncio
from collections.abc import Awaitable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Thread

from handlers.webhook import Webhook
from storage.shared_commit import Pledge

MOST_TOGETHER = 32  # bodies: nobody's answer waits for more than these,
MOST_BYTES = 65_536  # or for more events than fit into so many bytes
USUAL_BODY = 16_384  # bytes: LINE's bodies are smaller; a larger one holds up nobody behind it


@dataclass(slots=True)
class Call:
    """A body that waits for its answer."""

    body: bytes
    signature: str
    since: float
    answer: asyncio.Future[int]


@dataclass(slots=True)
class Worked:
    """A body that was worked on: its status, as far as what it wrote becomes durable, or what broke."""

    call: Call
    pledge: Pledge
    status: int = 500
    error: Exception | None = None


class WebhookLine:
    """Takes bodies from the event loop and gives their statuses back to it."""

    def __init__(self, webhook: Webhook, threads: int) -> None:
        """`threads`: that work side by side where the database lets them, and on bodies of unusual size."""
        self._webhook = webhook
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="webhook")
        self._calls: SimpleQueue[Call | None] = SimpleQueue()
        self._worker: Thread | None = None
        if webhook.database.has_one_writer:
            self._worker = Thread(target=self._run, name="webhook-line", daemon=True)
            self._worker.start()

    def take(self, body: bytes, signature: str, since: float) -> Awaitable[int]:
        """Have one body worked on; the status to answer with. `since`: the monotonic moment at which it came."""
        loop = asyncio.get_running_loop()
        if self._worker is None or len(body) > USUAL_BODY:
            return loop.run_in_executor(self._threads, self._webhook.take, body, signature, since)
        call = Call(body, signature, since, loop.create_future())
        self._calls.put(call)
        return call.answer

    def close(self) -> None:
        """Finish what was taken."""
        if self._worker is not None:
            self._calls.put(None)
            self._worker.join()
        self._threads.shutdown()

    def _run(self) -> None:
        last = False
        while not last:
            calls, last = self._take_waiting()
            if calls:
                try:
                    worked = self._work(calls)
                except Exception as error:  # whatever breaks, nobody waits for ever
                    worked = [Worked(call, Pledge(), error=error) for call in calls]
                with suppress(RuntimeError):  # the loop has ended, and nobody waits any more
                    calls[0].answer.get_loop().call_soon_threadsafe(_answer, worked)

    def _take_waiting(self) -> tuple[list[Call], bool]:
        """All that wait, and whether they are the last."""
        calls: list[Call] = []
        size = 0
        found = self._calls.get()
        while found is not None:
            calls.append(found)
            size += len(found.body)
            if len(calls) == MOST_TOGETHER or size >= MOST_BYTES:
                return calls, False
            try:
                found = self._calls.get_nowait()
            except Empty:
                return calls, False
        return calls, True

    def _work(self, calls: list[Call]) -> list[Worked]:
        worked: list[Worked] = []
        with self._webhook.database.gather(calls[0].since) as open_pledge:
            for call in calls:
                one = Worked(call, open_pledge())
                worked.append(one)
                try:
                    one.status = self._webhook.take(call.body, call.signature, call.since)
                except Exception as error:
                    one.error = error
        for one in worked:
            if not one.pledge.redeem():
                one.status = 500
        return worked


def _answer(worked: list[Worked]) -> None:
    for one in worked:
        if one.call.answer.cancelled():
            continue
        if one.error is not None:
            one.call.answer.set_exception(one.error)
        else:
            one.call.answer.set_result(one.status)
