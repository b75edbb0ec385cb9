"""Writes down how messages ended, many in one transaction: a commit costs more than a call to LINE does.

Where another thread gathers units for one commit, what waits here is written with them. While the database is
away nothing is forgotten: what is known waits here, and the leases keep others off.
"""

from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import partial
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


def _take(queue: deque[Settlement]) -> list[Settlement]:
    batch: list[Settlement] = []
    with suppress(IndexError):
        while len(batch) < BATCH:
            batch.append(queue.popleft())
    return batch


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
        self._waiting: deque[Settlement] = deque()
        self._left: deque[Settlement] = deque()  # which a gathering could not write
        self._added = Event()
        self._urgent = Event()
        self._stopping = Event()
        self._joined = False
        self._giving_up = Event()
        self._thread = Thread(target=self._run, name="delivery-settler", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def add(self, settlement: Settlement) -> None:
        """Have this written within moments; at once where another waits behind it and little is under way."""
        self._waiting.append(settlement)
        if not self._added.is_set():
            self._added.set()
        if self._holdings.count <= FEW and self._holdings.is_followed(settlement.chat_id):
            self._urgent.set()

    def join_gathering(self) -> None:
        """Write what waits in the commit that the calling thread gathers for."""
        batch = _take(self._waiting)
        if not batch:
            return
        try:
            with self._database.begin() as session:
                settle(session, [self._holdings.with_lease(one) for one in batch])
        except Exception:
            self._leave(batch)
        else:
            self._database.once_durable(partial(self._end_joining, batch), otherwise=partial(self._leave, batch))

    def stop(self, timeout: float) -> bool:
        """Write what was added, then end. False where the database did not take it in time."""
        self._stopping.set()
        self._urgent.set()
        self._added.set()
        self._thread.join(timeout)
        self._giving_up.set()
        return not self._thread.is_alive()

    def _run(self) -> None:
        last = False
        while not last:
            self._added.wait()
            urgent = self._urgent.wait(GATHER_SECONDS)
            self._urgent.clear()
            if self._joined and not urgent and not self._stopping.is_set():
                self._joined = False  # others come by and take along what waits: it is left to them
                continue
            self._added.clear()  # before looking, so that nothing is added, and no end is told, unheard
            last = self._stopping.is_set()
            while batch := _take(self._left) or _take(self._waiting):
                while batch:
                    batch = self._write(batch)
                    if batch and self._giving_up.wait(AGAIN_SECONDS):
                        return

    def _end_joining(self, batch: list[Settlement]) -> None:
        self._joined = True
        self._let_go(batch)

    def _leave(self, batch: list[Settlement]) -> None:
        """To the thread, which tries one by one, and says what ails."""
        self._left.extend(batch)
        self._urgent.set()
        self._added.set()

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
        self._let_go(batch)
        return []

    def _let_go(self, batch: list[Settlement]) -> None:
        self._count(batch)
        self._on_settled(self._holdings.let_go(batch, self._now()))

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
