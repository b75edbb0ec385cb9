"""Finds what is due: at once in chats it is asked to look at, and everywhere in a sweep twice a second.

The sweep is what makes delivery certain: rows of dead processes, of other processes, and of every wake-up
that was missed are found by it.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Event, Thread
from time import monotonic

import structlog

from bot.delivery_holdings import Holdings
from bot.delivery_metrics import OLDEST, UNSENT
from storage.outbox import Outgoing
from storage.outbox_claims import claim_due, count_unsent, find_oldest_unsent, has_due, release_held
from storage.session import Database

log = structlog.get_logger()
SWEEP_SECONDS = 0.5
COUNT_SECONDS = 5.0
CHATS_AT_ONCE = 200


class Claimer:
    """One thread that claims. `find_room` tells how many rows more can be sent before their lease ends."""

    def __init__(
        self,
        database: Database,
        holdings: Holdings,
        *,
        lease: timedelta,
        now: Callable[[], datetime],
        take: Callable[[Outgoing], None],
        find_room: Callable[[], int],
    ) -> None:
        self._database = database
        self._holdings = holdings
        self._lease = lease
        self._now = now
        self._take = take
        self._find_room = find_room
        self._signal = Event()
        self._stopping = Event()
        self._counted_at = -COUNT_SECONDS
        self.wants_room = False
        self._thread = Thread(target=self._run, name="delivery-claimer", daemon=True)

    def start(self) -> None:
        """Begin, with a sweep."""
        self._thread.start()

    def look(self) -> None:
        """Something may be due."""
        self._signal.set()

    def stop(self, timeout: float) -> None:
        """Claim nothing more. A database that does not answer is not waited for longer than this."""
        self._stopping.set()
        self._signal.set()
        self._thread.join(timeout)

    def _run(self) -> None:
        swept_at = -SWEEP_SECONDS
        left_over = False
        while not self._stopping.is_set():
            self.wants_room = True
            room = self._find_room()
            due_in = swept_at + SWEEP_SECONDS - monotonic()
            try:
                if room > 0:
                    room -= self._claim_asked(room)
                if room > 0 and (due_in <= 0 or left_over):
                    swept_at, due_in = monotonic(), SWEEP_SECONDS
                    left_over = self._sweep(room)
                self._count()
            except Exception as problem:
                log.error("delivery.cannot_claim", reason=type(problem).__name__)
                self._stopping.wait(SWEEP_SECONDS)
            self.wants_room = left_over or room <= 0
            self._signal.wait(SWEEP_SECONDS if self.wants_room else self._holdings.get_wait(max(due_in, 0.0)))
            self._signal.clear()

    def _claim_asked(self, room: int) -> int:
        chats = self._holdings.take_asked(min(room, CHATS_AT_ONCE))
        if not chats:
            return 0
        now = self._now()
        with self._database.begin(now) as session:
            rows = claim_due(session, now=now, lease=self._lease, limit=room, chats=chats)
        return self._hand_on(rows)

    def _sweep(self, room: int) -> bool:
        """Claim what is due anywhere. True if there may be more of it than there is room for."""
        now = self._now()
        with self._database.read() as session:
            if not has_due(session, now):
                return False
        with self._database.begin(now) as session:
            release_held(session, now)
            rows = claim_due(session, now=now, lease=self._lease, limit=room)
        self._hand_on(rows)
        return len(rows) >= room

    def _hand_on(self, rows: list[Outgoing]) -> int:
        for row in rows:
            if self._holdings.take(row, more_behind=True):
                self._take(row)
        return len(rows)

    def _count(self) -> None:
        if monotonic() - self._counted_at < COUNT_SECONDS:
            return
        self._counted_at = monotonic()
        with self._database.read() as session:
            oldest = find_oldest_unsent(session)
            for state, count in count_unsent(session).items():
                UNSENT.labels(state).set(count)
        OLDEST.set((self._now() - oldest).total_seconds() if oldest else 0)
