"""Keeps in view what pushes cost: asks LINE how many people are in each group and how far the month's messages went.

What LINE tells hourly is carried on with the prices of what we sent since. Near the end pushes to groups wait, so
that danger and citizens still get through; staff hear of it once at each level.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from prometheus_client import Gauge
from sqlalchemy.orm import Session

import clock
from bot.line_client import Quota
from bot.messages.bubbles import text_bubble
from cases import bill, desk, office_hours, working_time
from jobs.looking import Looking
from storage import bill as stored
from storage import groups, once, outbox, waiting, working_days
from storage.models import LineQuota
from storage.session import Database
from texts.catalog import say

log = structlog.get_logger()
LOOK_EVERY = 5.0  # seconds
COUNT_EVERY = timedelta(days=1)
ASK_EVERY = timedelta(hours=1)
REPORT_EVERY = timedelta(minutes=5)
AT_ONCE = 20
LANGUAGE = "th"
PEOPLE = "people"  # to each by themselves, and to groups that were nobody's

MOST = Gauge("fasttrack_line_month_limit", "Messages that LINE sells us this month; 0 without a limit")
USED = Gauge("fasttrack_line_month_used", "Messages of this month that are gone, as LINE told and as we sent since")
SHORT = Gauge("fasttrack_line_month_short", "1 while pushes to groups wait for want of messages")
COST = Gauge(
    "fasttrack_line_month_cost",
    "Messages of this month that our pushes took, by the kind of message and the organisation",
    ["kind", "organisation"],
)


class BudgetWatcher(Looking):
    """One thread that asks and reckons. `count_members` and `find_quota` ask LINE: None where it cannot be asked."""

    def __init__(
        self,
        database: Database,
        count_members: Callable[[str], int | None],
        find_quota: Callable[[], Quota | None],
        *,
        reserve: int,
        look_every: float = LOOK_EVERY,
        now: Callable[[], datetime] = clock.now,
    ) -> None:
        super().__init__("budget-watcher", self._look_once, every=look_every, undone="the month's messages not counted")
        self._database = database
        self._count_members = count_members
        self._find_quota = find_quota
        self._reserve = reserve
        self._now = now
        self._asked_at: datetime | None = None
        self._reported_at: datetime | None = None

    def count_due(self) -> int:
        """Ask for the size of every group of which it is not known, or old; how many LINE told."""
        now = self._now()
        with self._database.read() as session:
            wanted = groups.list_uncounted(session, now - COUNT_EVERY, AT_ONCE)
        told = [(chat, count) for chat in wanted if (count := self._count_members(chat)) is not None]
        if told:
            with self._database.begin(now) as session:
                for chat_id, count in told:
                    groups.keep_members(session, chat_id, count or None, now)
        return len(told)

    def reckon(self) -> None:
        """Ask LINE where it is time to, decide whether pushes to groups go on, and warn."""
        now = self._now()
        told = self._ask_due(now)
        with self._database.begin(now) as session:
            quota = waiting.find_quota(session)
            if told is not None:
                quota = session.merge(
                    LineQuota(
                        id=waiting.THE_QUOTA,
                        most=told.limit,
                        used=told.used,
                        short=quota is not None and quota.short,
                        read_at=now,
                    )
                )
            if quota is None:
                return
            used = quota.used + stored.sum_prices(session, quota.read_at)
            budget = bill.Budget(quota.most, used, self._reserve)
            self._decide(session, quota, budget)
            _warn(session, budget, now)
        MOST.set(budget.most or 0)
        USED.set(budget.used)
        SHORT.set(budget.is_short)

    def report(self) -> None:
        """Show Prometheus what this month's pushes took so far."""
        begins = bill.begin_month(self._now())
        with self._database.read() as session:
            lines = stored.list_lines(session, begins, bill.end_month(begins))
        costs: dict[tuple[str, str], int] = {}
        for line in lines:
            if line.price:  # most kinds of most offices never cost anything
                costs[line.kind, line.organisation or PEOPLE] = line.price
        COST.clear()
        for (kind, organisation), price in costs.items():
            COST.labels(kind, organisation).set(price)

    def _look_once(self) -> None:
        self.count_due()
        self.reckon()
        now = self._now()
        if self._reported_at is None or abs(now - self._reported_at) >= REPORT_EVERY:
            self._reported_at = now
            self.report()

    def _ask_due(self, now: datetime) -> Quota | None:
        if self._asked_at is not None and abs(now - self._asked_at) < ASK_EVERY:
            return None
        told = self._find_quota()
        if told is not None:
            self._asked_at = now
        return told

    def _decide(self, session: Session, quota: LineQuota, budget: bill.Budget) -> None:
        if quota.short == budget.is_short:
            return
        quota.short = budget.is_short
        log.warning("line.budget", short=budget.is_short, used=budget.used, most=budget.most)


def _warn(session: Session, budget: bill.Budget, now: datetime) -> None:
    """Tell the Ombudsman's group that a level was reached: once each a month, in office hours."""
    level = budget.warning
    hours = office_hours.find(session, desk.OMB)
    if level is None or not working_time.is_working_time(now, working_days.load_exceptions(session), hours):
        return
    month = bill.name_month(bill.begin_month(now))
    passed = ["short"] * budget.is_short + [str(one) for one in bill.WARN_AT if one <= level]
    new = [once.claim(session, f"quota:{month}:{name}", now) for name in passed]
    if not new[0]:  # the gravest: whoever passed several at once hears of that alone
        return
    key = "staff.quota_short" if budget.is_short else "staff.quota"
    words = say(
        LANGUAGE,
        key,
        percent=str(budget.percent),
        used=f"{budget.used:,}",
        most=f"{budget.most:,}",
        held=str(waiting.count_waiting(session, held=True)),
        page=say(LANGUAGE, "console.menu.quota"),
    )
    for chat_id in groups.list_bound(session, desk.OMB):
        outbox.queue(session, chat_id, text_bubble(words), kind="quota", urgent=True)
