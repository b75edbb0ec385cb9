"""Lists a page at a time are the whole list: held against sorting everything, whatever is asked for."""

import itertools
import random
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event

import clock
from cases import figures
from cases.open_cases import OPEN
from cases.statuses import Status
from storage import reporters
from storage.case_filters import Filters, Meant
from storage.case_list import Order, Page, list_page
from storage.case_scope import Scope
from storage.list_keys import read_key, write_key
from storage.models import Case, CaseHelper, Follower, SlaClock
from storage.session import Database
from tests.databases import OpenDatabase

ALL, DIN_DAENG = Scope(None, confidential=True), Scope("district:1026", confidential=False)
MANY = 160
NAMED = (Meant(("จระเข้",), owner="district:1001"), Meant(("ยีราฟ",), category="lighting"))
BOTH = (Meant(("ขยะ",), owner="district:1001"), Meant(("ไฟดับ",), category="lighting"))
BASE = Filters(others_turn=("answer",), open_statuses=tuple(OPEN), live_statuses=tuple(Status))


def _fill(database: Database, now: datetime) -> None:
    chance = random.Random(3)
    with database.begin(now) as session:
        people = [reporters.add_nobody(session, now) for _ in range(3)]
        for count in range(MANY):
            told = now - timedelta(hours=chance.choice([0, 0, 5]) + 9 * (MANY - count))  # some at the same moment
            case = Case(
                number=f"FT6911-{count:05d}",
                status=chance.choice(list(Status)),
                owner=chance.choice(["district:1026", "district:1001", "omb"]),
                district="district:1026",
                routed_by="pin",
                category=chance.choice(["lighting", "waste"]),
                channel=chance.choice(["line", "phone"]),
                description=chance.choice(["ไฟดับ", "ขยะ", "ไฟดับ ขยะ", "น้ำท่วม"]),
                place="ซอย",
                danger=chance.choice([[], [], ["fire"]]),
                confidential=chance.random() < 0.15,
                phone=chance.choice([None, "0812345678"]),
                phone_shared=chance.random() < 0.5,
                verdict=chance.choice([None, "yes", "no"]),
                stars=chance.choice([None, 1, 5]),
                promised_on=chance.choice([None, (now - timedelta(days=2)).date()]),
                transfer_to=chance.choice([None, None, "district:1026"]),
                reporter_id=people[0].id,
                created_at=told,
                updated_at=told + timedelta(hours=chance.randint(0, 300)),
            )
            session.add(case)
            session.flush()
            for kind in chance.choices(["resolve", "first_words", "answer"], k=chance.randint(0, 2)):
                stopped = now if chance.random() < 0.3 else None
                due = now + timedelta(hours=chance.randint(-200, 200))
                session.add(SlaClock(case_id=case.id, kind=kind, started_at=told, due_at=due, stopped_at=stopped))
            if chance.random() < 0.2:
                state = chance.choice(["helping", "left"])
                session.add(CaseHelper(case_id=case.id, organisation="district:1026", state=state, invited_at=told))
            if chance.random() < 0.2:
                session.add(Follower(case_id=case.id, reporter_id=people[1].id, since=told))


def _walk(database: Database, scope: Scope, filters: Filters, order: Order, now: datetime, size: int = 20) -> list[int]:
    ids: list[int] = []
    after, pages = None, 0
    while True:
        with database.read() as session:
            page: Page = list_page(session, scope, filters, order, now, after=after, size=size)
        ids += [case.id for case in page.cases]
        pages += 1
        assert pages < 3 * MANY, "it does not end"
        if page.after is None:
            return ids
        after = page.after


class Plain:
    """The same by looking at everything."""

    def __init__(self, database: Database, now: datetime) -> None:
        self.now = now
        with database.read() as session:
            self.cases = list(session.query(Case))
            self.clocks = [each for each in session.query(SlaClock) if each.stopped_at is None]
            self.helped = {each.case_id for each in session.query(CaseHelper) if each.state in ("invited", "helping")}
            self.followed = {each.case_id for each in session.query(Follower)}

    def due(self, case: Case) -> datetime | None:
        return min(
            (each.due_at for each in self.clocks if each.case_id == case.id and each.kind != "answer"), default=None
        )

    def ids(self, scope: Scope, filters: Filters, order: Order) -> list[int]:
        found = [case for case in self.cases if self.fits(case, scope, filters)]
        if order is Order.DUE:
            dated = [(due, case.id) for case in found if (due := self.due(case))]
            return [key for _, key in sorted(dated)]
        by = (
            (lambda case: (case.updated_at, case.id))
            if order is Order.CHANGED
            else lambda case: (case.created_at, case.id)
        )
        return [case.id for case in sorted(found, key=by, reverse=order is not Order.OLDEST)]

    def fits(self, case: Case, scope: Scope, filters: Filters) -> bool:
        mine = scope.organisation
        due = self.due(case)
        by_more: object = filters.owner or filters.category or filters.channel or filters.verdict or filters.phone
        by_more = by_more or filters.danger or filters.followed or filters.missed_before or filters.stars is not None
        return all(
            (
                not (by_more and case.confidential),
                mine is None or mine in (case.owner, case.transfer_to) or case.id in self.helped,
                scope.confidential or not case.confidential,
                not filters.statuses or case.status in filters.statuses,
                not filters.owner or case.owner == filters.owner,
                not filters.category or case.category == filters.category,
                not filters.channel or case.channel == filters.channel,
                not filters.verdict or case.verdict == filters.verdict,
                filters.stars is None or case.stars == filters.stars,
                not filters.since or case.created_at >= filters.since,
                not filters.until or case.created_at < filters.until,
                not filters.danger or bool(case.danger),
                filters.confidential is None or case.confidential == filters.confidential,
                not filters.overdue or (due is not None and due < self.now),
                not filters.followed or case.id in self.followed,
                not filters.missed_before
                or (case.promised_on and case.promised_on < filters.missed_before and case.status in OPEN),
                not filters.phone or (case.phone == filters.phone and (mine is None or case.phone_shared)),
                not filters.text
                or (not case.confidential and all(self.has(case, word, filters) for word in filters.text.split())),
            )
        )

    def has(self, case: Case, word: str, filters: Filters) -> bool:
        named = [each for each in filters.meant if word in each.terms]
        return word in case.description or any(
            case.owner == each.owner or case.category == each.category for each in named
        )


def test_pages_make_the_whole_list(
    database_url: str, open_database: OpenDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In steps so small that every way of going on is taken; some of what can be asked, another some on PostgreSQL."""
    now = clock.now()
    database = open_database(database_url)
    _fill(database, now)
    plain = Plain(database, now)
    tight = {"STEPS": (9, 15), "SHORT_STEPS": (5, 9), "FURTHEST": (9, 31), "FEW": 20, "CANDIDATES": 21}
    for name, value in tight.items():
        monkeypatch.setattr(f"storage.case_list.{name}", value)
    asked = (
        BASE,
        replace(BASE, statuses=("disputed",)),
        replace(BASE, statuses=tuple(OPEN), category="lighting"),
        replace(BASE, owner="district:1026", statuses=("closed", "new")),
        replace(BASE, since=now - timedelta(days=40), until=now - timedelta(days=15)),
        replace(BASE, overdue=True),
        replace(BASE, danger=True, channel="phone", stars=5),
        replace(BASE, confidential=True),
        replace(BASE, verdict="no", followed=True),
        replace(BASE, missed_before=now.date()),
        replace(BASE, phone="0812345678"),
        replace(BASE, text="ไฟดับ"),
        replace(BASE, text="ไฟดับ ขยะ", owner="district:1026"),
        replace(BASE, text="จระเข้"),
        replace(BASE, text="ขยะ", meant=(Meant(("ขยะ",), category="lighting"),)),
        replace(BASE, text="จระเข้ ไฟดับ", meant=(Meant(("จระเข้",), owner="district:1001"),)),
        replace(BASE, text="จระเข้ ยีราฟ", meant=NAMED),
        replace(BASE, text="จระเข้ ไฟดับ", meant=NAMED, statuses=("closed",)),
        replace(BASE, text="ขยะ ไฟดับ", meant=BOTH),
        replace(BASE, text="ยีราฟ ขยะ ไฟดับ", meant=(NAMED[1], *BOTH)),
        replace(BASE, danger=True, statuses=tuple(OPEN)),
        replace(BASE, confidential=True, statuses=tuple(OPEN)),
    )
    every = list(itertools.product((ALL, DIN_DAENG), asked, Order))
    for scope, filters, order in every[:: 3 if database.dialect == "sqlite" else 11]:
        expected = plain.ids(scope, filters, order)
        assert _walk(database, scope, filters, order, now) == expected, f"{scope} {order} {filters}"


@pytest.mark.parametrize(
    ("filters", "order", "indexes"),
    [
        (
            replace(BASE, overdue=True, statuses=tuple(OPEN)),
            Order.DUE,
            (
                "clocks USING COVERING INDEX ix_sla_clocks_due_at",
                "other USING COVERING INDEX ix_sla_clocks_running",
            ),
        ),
        (
            replace(BASE, owner="district:1026"),
            Order.NEWEST,
            ("cases USING COVERING INDEX ix_cases_owner_created_at",),
        ),
        (
            replace(BASE, category="lighting"),
            Order.NEWEST,
            ("cases USING COVERING INDEX ix_cases_category_created_at",),
        ),
    ],
)
def test_what_is_asked_of_many_cases_stands_in_an_index(
    sqlite_url: str, open_database: OpenDatabase, filters: Filters, order: Order, indexes: tuple[str, ...]
) -> None:
    """Of a thousand cases that are counted for one page no rows are read, of clocks none that are stopped."""
    now = clock.now()
    database = open_database(sqlite_url)
    asked: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, *_more: Any) -> None:
        asked.append((statement, values))

    event.listen(database.engine, "before_cursor_execute", note)
    with database.read() as session:
        list_page(session, ALL, filters, order, now)
        told = [each for each in asked if each[0].startswith("SELECT") and "LIMIT" in each[0]]
        plans = "\n".join(
            str(session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all())
            for statement, values in told
        )
    for index in indexes:
        assert index in plans


def test_a_page_says_how_many_there_are_and_how_far_it_looked(
    sqlite_url: str, open_database: OpenDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = clock.now()
    database = open_database(sqlite_url)
    _fill(database, now)
    with database.begin(now) as session:
        figures.count_anew(session, None)
    with database.read() as session:
        page = list_page(session, ALL, BASE, Order.NEWEST, now)
        assert (page.count, page.counted_all, page.looked_to) == (MANY, True, None) and page.after
        assert list_page(session, ALL, BASE, Order.NEWEST, now, after=page.after).count is None
        assert list_page(session, ALL, BASE, Order.NEWEST, now, after="nonsense").cases == page.cases
        monkeypatch.setattr("storage.case_list.STEPS", (5, 5))
        assert not list_page(session, ALL, BASE, Order.NEWEST, now, size=3).counted_all
        counted = list_page(session, ALL, replace(BASE, figure="received"), Order.NEWEST, now, size=3)
        assert counted.counted_all and counted.count and counted.count > 100  # the number that led here
        monkeypatch.setattr("storage.case_list.COUNTED", 60)
        page = list_page(session, ALL, BASE, Order.NEWEST, now)
        assert (page.count, page.counted_all) == (60, False)
        plain = Plain(database, now)
        monkeypatch.setattr("storage.case_list.COUNTED", 3)
        for filters in (BASE, replace(BASE, danger=True), replace(BASE, confidential=True)):
            opened = replace(filters, statuses=tuple(OPEN))
            page = list_page(session, ALL, opened, Order.OLDEST, now, size=3)
            expected = len(plain.ids(ALL, opened, Order.OLDEST))
            assert (page.count, page.counted_all) == (expected, True) and expected > 3, "though a page shows few"
        for name, value in {"STEPS": (2, 2), "FURTHEST": (2,)}.items():
            monkeypatch.setattr(f"storage.case_list.{name}", value)
        page = list_page(
            session, ALL, replace(BASE, stars=1, verdict="yes", danger=True, channel="line"), Order.NEWEST, now
        )
        assert page.looked_to is not None and page.after
    key = (now, 17)
    assert read_key(write_key(key)) == key
    assert read_key("7fffffffffff.ffffffffffffffff") is None
