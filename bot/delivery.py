"""Sends what the outbox holds: in order within each chat, soon while a reply token lives, till LINE has it.

No transaction is open while LINE is called; the row's lease is what keeps others off meanwhile.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from queue import SimpleQueue
from threading import Event, Thread
from time import monotonic

import structlog

import clock
from bot.delivery_claimer import Claimer
from bot.delivery_holdings import Holdings
from bot.delivery_metrics import CALL_SECONDS_BY, QUOTA_GONE, RETRIED_BY
from bot.delivery_pauses import Pauses
from bot.delivery_rules import (
    KEY_LAPSED,
    Endpoint,
    bury,
    choose_endpoint,
    drop,
    give_back,
    has_lapsed,
    is_not_worth_a_push,
    is_silent,
    judge,
)
from bot.delivery_settler import Settler
from bot.line_answers import AlreadySent, Answer, QuotaGone, RateLimited, Refused, Sent, TokenSpent, TryLater
from bot.line_client import LineClient
from storage.outbox import Outgoing, Queued
from storage.outbox_claims import Settlement
from storage.session import Database

log = structlog.get_logger()
ROWS_A_THREAD = 32  # as many wait in memory at most, so that a claim is of use and its lease is not spent waiting
ONE_CALL = 1.5  # seconds kept of the time to stop, for the calls that are under way then


class Delivery:
    """The deliverer of one process. Once started, what this process commits is sent without another look.

    `on_quota_gone` is called when LINE first refuses a push because the month's messages are used up.
    """

    def __init__(
        self,
        database: Database,
        client: LineClient,
        *,
        threads: int = 6,
        lease: timedelta = timedelta(seconds=15),
        now: Callable[[], datetime] = clock.now,
        on_quota_gone: Callable[[], None] | None = None,
    ) -> None:
        if lease.total_seconds() <= client.call_seconds:
            raise ValueError(
                f"a lease of {lease.total_seconds():g} s may end during a call to LINE, which takes up to "
                f"{client.call_seconds:g} s: take the client's call_seconds from choose_call_seconds(lease)"
            )
        self.lease = lease
        self._database = database
        self._client = client
        self._now = now
        self._on_quota_gone = on_quota_gone
        self._quota_gone = False
        self._started = False
        self._needed = timedelta(seconds=client.call_seconds)
        self._call_seconds = 0.05
        self._inbox: SimpleQueue[Outgoing | None] = SimpleQueue()
        self._hurrying = Event()
        self._holdings = Holdings()
        self._pauses = Pauses()
        self._settler = Settler(database, self._holdings, now=now, on_settled=self._after_settling)
        self._claimer = Claimer(
            database, self._holdings, lease=lease, now=now, take=self._inbox.put, find_room=self._find_room
        )
        self._senders = [
            Thread(target=self._send_all, name=f"delivery-{number}", daemon=True) for number in range(threads)
        ]

    def start(self) -> None:
        """Begin to send, and be woken by what this process commits."""
        self._started = True
        self._settler.start()
        for sender in self._senders:
            sender.start()
        self._claimer.start()
        self._database.lease, self._database.after_commit = self.lease, self.wake
        self._database.join_gathering = self._settler.join_gathering

    def wake(self, queued: Queued) -> None:
        """Take what a transaction of this process wrote; its `after_commit`."""
        for row in queued.claimed:
            if self._holdings.take(row, more_behind=False):
                self._inbox.put(row)
        if queued.waiting and self._holdings.expect(queued.waiting):
            self._claimer.look()

    def stop(self, timeout: float = 10.0) -> bool:
        """Send what is in hand and give back the rest. False where something did not end in time.

        What did not end is not lost: its lease runs out, and the next deliverer takes it up.
        """
        if not self._started:
            return True
        until = monotonic() + timeout
        if self._database.after_commit == self.wake:
            self._database.lease, self._database.after_commit = None, None
            self._database.join_gathering = None
        self._claimer.stop(timeout)
        for _ in self._senders:
            self._inbox.put(None)
        self._join_senders(until - ONE_CALL)
        self._hurrying.set()
        self._join_senders(until)
        settled = self._settler.stop(max(ONE_CALL, until - monotonic()))
        return settled and not any(sender.is_alive() for sender in self._senders)

    def _join_senders(self, until: float) -> None:
        for sender in self._senders:
            sender.join(max(0.0, until - monotonic()))

    def _send_all(self) -> None:
        while (row := self._inbox.get()) is not None:
            self._settler.add(self._send(row))

    def _send(self, row: Outgoing) -> Settlement:
        now = self._now()
        endpoint = choose_endpoint(row, now)
        pause = self._pauses.find_left(endpoint)
        if pause:
            return give_back(row, now + timedelta(seconds=pause))
        if self._hurrying.is_set() or self._holdings.find_lease(row) - now <= self._needed:
            # A call that outlives its lease could meet another process that says the same.
            return give_back(row, now)
        if endpoint == "push" and is_not_worth_a_push(row):
            log.info("line.dropped", outbox=row.id)
            return drop(row, now)
        if endpoint == "push" and has_lapsed(row, now):
            log.error("line.given_up", outbox=row.id, reason=KEY_LAPSED)
            return bury(row, now, KEY_LAPSED)
        answer = self._call(row, endpoint)
        settlement = judge(row, endpoint, answer, called_at=now, now=self._now())
        self._note(row, endpoint, answer, settlement)
        return settlement

    def _call(self, row: Outgoing, endpoint: Endpoint) -> Answer:
        began = monotonic()
        try:
            if endpoint == "reply" and row.reply_token is not None:
                return self._client.reply(row.reply_token, row.messages)
            return self._client.push(row.chat_id, row.messages, row.retry_key, silent=is_silent(row))
        except Exception as problem:
            log.error("line.call_failed", endpoint=endpoint, outbox=row.id, reason=type(problem).__name__)
            return TryLater(type(problem).__name__, True, "uncertain")
        finally:
            seconds = monotonic() - began
            CALL_SECONDS_BY[endpoint].observe(seconds)
            self._call_seconds += (seconds - self._call_seconds) / 16

    def _note(self, row: Outgoing, endpoint: Endpoint, answer: Answer, settlement: Settlement) -> None:
        facts = {"endpoint": endpoint, "outbox": row.id, "request_id": answer.request_id}
        match answer:
            case Sent() | AlreadySent():
                self._pauses.end(endpoint)
                if self._quota_gone and endpoint == "push":
                    self._quota_gone = False
                    QUOTA_GONE.set(0)
                    log.warning("line.quota_back", outbox=row.id)
                return
            case RateLimited(reason=reason, whole_channel=whole_channel):
                log.warning("line.too_fast", reason=reason, **facts)
                if whole_channel:
                    self._pauses.begin(endpoint)
            case QuotaGone(reason=reason):
                log.warning("line.quota_gone", reason=reason, **facts)
                self._tell_quota_gone()
            case TokenSpent(reason=reason):
                log.info("line.token_spent", reason=reason, already_sent=settlement.state == "sent", **facts)
            case Refused(status=status, message=message, details=details):
                log.error("line.refused", status=status, reason=message, details=details, **facts)
            case TryLater(reason=reason, pace="account"):
                log.error("line.account_not_accepted", reason=reason, mend="check the LINE_ settings", **facts)
            case TryLater(reason=reason, maybe_taken=maybe_taken):
                log.warning("line.no_answer", reason=reason, maybe_taken=maybe_taken, **facts)
        if settlement.state == "ready":
            RETRIED_BY[endpoint].inc()

    def _tell_quota_gone(self) -> None:
        if self._quota_gone:
            return
        self._quota_gone = True
        QUOTA_GONE.set(1)
        try:
            if self._on_quota_gone is not None:
                self._on_quota_gone()
        except Exception as problem:
            log.error("delivery.quota_hook_failed", reason=type(problem).__name__)

    def _find_room(self) -> int:
        # What waits in memory must be sent within its lease, so a slow LINE is given less at a time.
        spare = (self.lease - self._needed).total_seconds()
        threads = len(self._senders)
        capacity = int(min(ROWS_A_THREAD, max(1.0, spare / 2 / self._call_seconds)) * threads)
        room = capacity - self._holdings.count
        return room if room * 4 >= capacity else 0

    def _after_settling(self, news: bool) -> None:
        if news or self._claimer.wants_room:
            self._claimer.look()
