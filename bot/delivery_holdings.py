"""What this process holds: the leases in its hands, the chats they block, when to look at a chat again."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from heapq import heappop, heappush
from threading import Lock
from time import monotonic

from storage.outbox import Outgoing
from storage.outbox_claims import Settlement

TIMER_SLACK = 0.002  # a claim one microsecond early finds nothing and waits for the next sweep


class Holdings:
    """Shared by the threads of one delivery; every method is safe to call from any of them."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._leases: dict[int, datetime] = {}
        self._chats: dict[str, int] = {}
        self._behind: set[str] = set()
        self._asked: dict[str, None] = {}
        self._later: list[tuple[float, str]] = []

    @property
    def count(self) -> int:
        """How many rows are claimed and not settled yet."""
        return len(self._leases)

    def take(self, row: Outgoing, *, more_behind: bool) -> bool:
        """Note a claim. False where the row is here already: its lease ran out and was simply renewed."""
        with self._lock:
            is_new = row.id not in self._leases
            self._leases[row.id] = row.lease_until
            if is_new:
                self._chats[row.chat_id] = self._chats.get(row.chat_id, 0) + 1
            if more_behind:
                self._behind.add(row.chat_id)
            return is_new

    def expect(self, chats: Iterable[str]) -> bool:
        """Something was written behind others in these chats. True if one can be looked at now."""
        with self._lock:
            before = len(self._asked)
            for chat_id in chats:
                if chat_id in self._chats:
                    self._behind.add(chat_id)
                else:
                    self._asked[chat_id] = None
            return len(self._asked) > before

    def is_followed(self, chat_id: str) -> bool:
        """Whether something may wait behind what is under way in this chat."""
        return chat_id in self._behind

    def find_lease(self, row: Outgoing) -> datetime:
        """Until when the row is ours."""
        return self._leases.get(row.id, row.lease_until)

    def with_lease(self, settlement: Settlement) -> Settlement:
        """The same settlement, under the lease as it is now."""
        lease_until = self._leases.get(settlement.id, settlement.lease_until)
        return settlement if lease_until == settlement.lease_until else replace(settlement, lease_until=lease_until)

    def let_go(self, settlements: Iterable[Settlement], now: datetime) -> bool:
        """These are settled and committed. True if that leaves something to look at soon."""
        with self._lock:
            news = False
            for settlement in settlements:
                if self._leases.pop(settlement.id, None) is None:
                    continue
                chat_id = settlement.chat_id
                left = self._chats[chat_id] - 1
                if left:
                    self._chats[chat_id] = left
                    continue
                del self._chats[chat_id]
                if settlement.state == "ready":
                    seconds = max(0.0, (settlement.next_at - now).total_seconds())
                    heappush(self._later, (monotonic() + seconds + TIMER_SLACK, chat_id))
                    news = True
                elif chat_id in self._behind:
                    self._asked[chat_id] = None
                    news = True
                self._behind.discard(chat_id)
            return news

    def take_asked(self, limit: int) -> list[str]:
        """Chats that may have something to send now, each named once."""
        with self._lock:
            moment = monotonic()
            while self._later and self._later[0][0] <= moment:
                self._asked[heappop(self._later)[1]] = None
            chosen = list(self._asked)[:limit]
            for chat_id in chosen:
                del self._asked[chat_id]
            return chosen

    def get_wait(self, longest: float) -> float:
        """Seconds until there is a chat to look at, at most `longest`."""
        with self._lock:
            if self._asked:
                return 0.0
            return max(0.0, min(longest, self._later[0][0] - monotonic())) if self._later else longest
