"""The month's messages are kept in view: what groups cost, how much is gone, who is warned, what waits then."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from prometheus_client import REGISTRY
from sqlalchemy import select

from bot.line_client import Quota
from cases import bill
from jobs.budget import BudgetWatcher
from storage import outbox, waiting
from storage.models import Group, OutboxMessage
from storage.session import Database

MONDAY = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
STAFF, OFFICE = "C0", "C1"


class Line:
    """LINE, as far as it is asked here."""

    def __init__(self) -> None:
        self.members: dict[str, int | None] = {STAFF: 4, OFFICE: 9}
        self.quota: Quota | None = Quota(1000, 0)
        self.asked: list[str] = []

    def count_members(self, chat_id: str) -> int | None:
        self.asked.append(chat_id)
        return self.members[chat_id]

    def find_quota(self) -> Quota | None:
        self.asked.append("quota")
        return self.quota


class Watch:
    """A watcher, its clock and what became of it."""

    def __init__(self, database: Database) -> None:
        self.database, self.line, self.now = database, Line(), MONDAY
        self.watcher = self.another()
        with database.begin(MONDAY) as session:
            for chat_id, organisation in ((STAFF, "omb"), (OFFICE, "district:1026")):
                session.add(Group(chat_id=chat_id, organisation=organisation, wrong_codes=0, created_at=MONDAY))

    def another(self) -> BudgetWatcher:
        return BudgetWatcher(
            self.database, self.line.count_members, self.line.find_quota, reserve=10, now=lambda: self.now
        )

    def uses(self, used: int, **later: float) -> None:
        self.now += timedelta(**(later or {"hours": 1}))
        self.line.quota = Quota(1000, used)
        self.watcher.reckon()

    def list_warnings(self) -> list[str]:
        with self.database.read() as session:
            rows = session.scalars(select(OutboxMessage).where(OutboxMessage.chat_id == STAFF))
            return [row.messages for row in rows if row.ties[0]["kind"] == "quota"]

    def is_short(self) -> bool:
        with self.database.read() as session:
            return waiting.is_short(session)


@pytest.fixture
def watch(database_url: str) -> Iterator[Watch]:
    database = Database(database_url)
    yield Watch(database)
    database.close()


def find_members(watch: Watch) -> int | None:
    with watch.database.read() as session:
        return session.scalars(select(Group.members).where(Group.chat_id == OFFICE)).one()


def test_while_line_does_not_answer_nothing_is_known_and_nothing_waits(watch: Watch) -> None:
    watch.line.members[OFFICE] = watch.line.quota = None
    watch.watcher.count_due()
    watch.watcher.reckon()
    assert find_members(watch) is None and not watch.is_short()
    watch.line.members[OFFICE] = 7
    watch.watcher.count_due()
    assert find_members(watch) == 7


def test_a_group_that_line_does_not_know_is_not_asked_for_again_all_day(watch: Watch) -> None:
    watch.line.members[OFFICE] = 0
    watch.watcher.count_due()
    watch.watcher.count_due()
    assert watch.line.asked.count(OFFICE) == 1 and find_members(watch) is None


def test_members_are_counted_once_a_day_and_when_somebody_came_or_went(watch: Watch) -> None:
    assert watch.watcher.count_due() == 2
    assert watch.watcher.count_due() == 0
    with watch.database.begin(watch.now) as session:
        session.get_one(Group, OFFICE).members_at = None
    watch.line.members[OFFICE] = 10
    assert watch.watcher.count_due() == 1 and find_members(watch) == 10
    watch.now += timedelta(days=1, minutes=1)
    assert watch.watcher.count_due() == 2


def test_staff_are_warned_at_each_level_once_a_month_by_whichever_worker(watch: Watch) -> None:
    watch.uses(699)
    assert watch.list_warnings() == []
    watch.uses(700)
    watch.uses(750)
    watch.another().reckon()
    assert len(watch.list_warnings()) == 1 and not watch.is_short()
    watch.uses(900)
    watch.uses(950)
    assert len(watch.list_warnings()) == 2 and watch.is_short()
    watch.uses(720, days=15)
    assert len(watch.list_warnings()) == 3, "another month"


def test_who_passes_both_levels_at_once_hears_of_the_graver_alone(watch: Watch) -> None:
    watch.uses(1000)
    watch.uses(1001)
    [words] = watch.list_warnings()
    assert "100%" in words


def test_at_night_nobody_is_warned(watch: Watch) -> None:
    watch.uses(950, hours=14)
    assert watch.list_warnings() == [] and watch.is_short()
    watch.uses(950, hours=9)
    assert len(watch.list_warnings()) == 1


def test_what_we_sent_since_line_told_counts_too(watch: Watch) -> None:
    watch.uses(899)
    assert not watch.is_short()
    with watch.database.begin(watch.now) as session:
        outbox.queue(session, OFFICE, {"type": "text", "text": "x"}, kind="card")
    with watch.database.begin(watch.now) as session:
        row = session.scalars(select(OutboxMessage).where(OutboxMessage.chat_id == OFFICE)).one()
        row.state, row.sent_by, row.price, row.sent_at = "sent", "push", 9, watch.now + timedelta(minutes=1)
    watch.now += timedelta(minutes=2)
    watch.watcher.reckon()
    assert watch.is_short() and watch.line.asked.count("quota") == 1, "LINE is asked hourly"


def test_without_a_limit_nothing_is_short(watch: Watch) -> None:
    watch.line.quota = Quota(None, 10**6)
    watch.watcher.reckon()
    assert watch.list_warnings() == [] and not watch.is_short()


def test_the_cost_is_shown_by_kind_and_organisation(watch: Watch) -> None:
    for _ in range(4):
        with watch.database.begin(watch.now) as session:
            outbox.queue(session, OFFICE, {"type": "text", "text": "x"}, kind="card")
    sent = [(9, "district:1026"), (3, "district:1026"), (4, "district:1017"), (1, None)]
    with watch.database.begin(watch.now) as session:
        for row, (price, organisation) in zip(session.scalars(select(OutboxMessage)), sent, strict=True):
            row.state, row.sent_by, row.price, row.sent_at = "sent", "push", price, watch.now
            row.organisation = organisation
    watch.watcher.report()
    for organisation, cost in (("district:1026", 12), ("district:1017", 4), ("people", 1), ("district", None)):
        labels = {"kind": "card", "organisation": organisation}
        assert REGISTRY.get_sample_value("fasttrack_line_month_cost", labels) == cost


@pytest.mark.parametrize(
    ("most", "used", "reserve", "short", "warning"),
    [(None, 9, 10, False, None), (0, 0, 10, True, 90), (300, 269, 10, False, 70), (300, 270, 10, True, 90)],
)
def test_a_budget(most: int | None, used: int, reserve: int, short: bool, warning: int | None) -> None:
    budget = bill.Budget(most, used, reserve)
    assert (budget.is_short, budget.warning) == (short, warning)


@pytest.mark.parametrize("words", ["2569-11", "2026-11"])
def test_a_month_is_read_in_either_calendar(words: str) -> None:
    begins = bill.read_month(words)
    assert begins == datetime(2026, 10, 31, 17, 0, tzinfo=UTC) and bill.name_month(begins) == "2569-11"
    assert bill.end_month(begins) == datetime(2026, 11, 30, 17, 0, tzinfo=UTC)
    assert bill.end_month(bill.read_month("2569-12")) == datetime(2026, 12, 31, 17, 0, tzinfo=UTC)


@pytest.mark.parametrize("words", ["", "11", "2569-13", "2569-0", "พฤศจิกายน"])
def test_what_is_no_month_is_told(words: Any) -> None:
    with pytest.raises(ValueError, match="no month"):
        bill.read_month(words)
