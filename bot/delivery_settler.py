"""Writes down how messages ended, many in one transaction: a commit costs more than a call to LINE does.

While the database is away nothing is forgotten: what is known waits here, and the leases keep others off.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from queue import Empty, SimpleQueue
from threading import Event, Thread

import structlog
from sqlalchemy.exc import DataError, IntegrityError, ProgrammingError

from bot.delivery_holdings import Holdings
from bot.delivery_metrics import DEAD, HELD, SENT_BY
from storage.outbox_claims import Settlement, settle
from storage.session import Database

log = structlog.get_logger()
GATHER_SECONDS = 0.02
BATCH = 100
FEW = 8
AGAIN_SECONDS = 0.5
THE_ROWS_OWN_FAULT = (DataError, IntegrityError, ProgrammingError)


class Settler:
    """One thread that settles. `on_settled` is told of each commit, and whether it left a chat to look at."""

    def __init__(
        self,
        database: Database,
        holdings: Holdings,
        *,
        now: Callable[[], datetime],
        on_settled: Callable[[bool], None],
    ) -> None:
        self._database = database
        self._holdings = holdings
        self._now = now
        self._on_settled = on_settled
        self._results: SimpleQueue[Settlement | None] = SimpleQueue()
        self._urgent = Event()
        self._giving_up = Event()
        self._thread = Thread(target=self._run, name="delivery-settler", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def add(self, settlement: Settlement) -> None:
        """Have this written within moments; at once where another waits behind it and little is under way."""
        self._results.put(settlement)
        if self._holdings.count <= FEW and self._holdings.is_followed(settlement.chat_id):
            self._urgent.set()

    def stop(self, timeout: float) -> bool:
        """Write what was added, then end. False where the database did not take it in time."""
        self._results.put(None)
        self._urgent.set()
        self._thread.join(timeout)
        self._giving_up.set()
        return not self._thread.is_alive()

    def _run(self) -> None:
        last = False
        while not last:
            batch, last = self._gather()
            while batch:
                batch = self._write(batch)
                if batch and self._giving_up.wait(AGAIN_SECONDS):
                    return

    def _gather(self) -> tuple[list[Settlement], bool]:
        batch: list[Settlement] = []
        found = self._results.get()
        self._urgent.wait(GATHER_SECONDS)
        self._urgent.clear()
        while found is not None:
            batch.append(found)
            try:
                if len(batch) == BATCH:
                    return batch, False
                found = self._results.get_nowait()
            except Empty:
                return batch, False
        return batch, True

    def _write(self, batch: list[Settlement]) -> list[Settlement]:
        """Commit; what comes back is to be tried again."""
        try:
            with self._database.begin() as session:
                settle(session, [self._holdings.with_lease(one) for one in batch])
        except THE_ROWS_OWN_FAULT as problem:
            return self._write_apart(batch, problem)
        except Exception as problem:
            log.error("delivery.not_settled", rows=len(batch), reason=type(problem).__name__)
            return batch
        self._count(batch)
        self._on_settled(self._holdings.let_go(batch, self._now()))
        return []

    def _write_apart(self, batch: list[Settlement], problem: Exception) -> list[Settlement]:
        if len(batch) > 1:
            return [left for one in batch for left in self._write([one])]
        one = batch[0]
        log.error("delivery.not_settled", outbox=one.id, reason=type(problem).__name__)
        if one.bubbles or one.last_error:
            return self._write([replace(one, bubbles=(), last_error=None)])
        self._holdings.let_go(batch, self._now())  # its lease will run out, and it is tried anew
        return []

    def _count(self, batch: list[Settlement]) -> None:
        sent = [one for one in batch if one.state == "sent"]
        for one in sent:
            SENT_BY[one.sent_by or "push"].inc()
        HELD.inc(sum(one.state == "held" for one in batch))
        DEAD.inc(sum(one.state == "dead" for one in batch))
        if sent:
            # One line a batch: LINE keeps no logs for us and asks for the request id when we ask it anything.
            log.info("line.sent", calls=[(one.id, one.sent_by, one.request_id) for one in sent])
