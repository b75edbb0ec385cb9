"""`fasttrack bill` says what the month's messages went for: by organisation and kind, for people and for programs."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

import clock
from commands.bill import bill
from config import load_settings
from storage import outbox, waiting
from storage.models import Group, LineQuota, OutboxMessage
from storage.outbox_claims import ASSUMED_MEMBERS, Settlement, claim_due, settle
from storage.session import Database

DIN_DAENG = "district:1026"


@pytest.fixture
def database(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    monkeypatch.setenv("SECRET_KEY", "a key that is only used in tests")
    load_settings.cache_clear()
    opened = Database(sqlite_url)
    yield opened
    opened.close()
    load_settings.cache_clear()


def send(database: Database, chat_id: str, kind: str, at: datetime, *, by: str = "push") -> None:
    with database.begin(at) as session:
        outbox.queue(session, chat_id, {"type": "text", "text": "x"}, kind=kind)
    with database.begin(at) as session:
        [row] = claim_due(session, now=at, lease=timedelta(seconds=15), limit=1)
        settle(
            session, [Settlement(row.id, chat_id, row.lease_until, "sent", 1, False, at, None, sent_by=by, sent_at=at)]
        )


def bind(database: Database, chat_id: str, members: int | None) -> None:
    now = clock.now()
    with database.begin(now) as session:
        session.add(
            Group(
                chat_id=chat_id, organisation=DIN_DAENG, members=members, members_at=now, wrong_codes=0, created_at=now
            )
        )


def ask(*options: str) -> Result:
    return CliRunner().invoke(bill, list(options))


def test_a_month_in_which_nothing_was_sent_costs_nothing(database: Database) -> None:
    told = json.loads(ask("--json").stdout)
    assert told["lines"] == [] and told["total"]["price"] == 0 and told["line"] is None


def test_what_is_no_month_is_said(database: Database) -> None:
    wrong = ask("--month", "2569-13")
    assert wrong.exit_code == 2 and "2569-11" in wrong.stderr


def test_each_kind_has_its_price_by_organisation(database: Database) -> None:
    now = clock.now()
    bind(database, "C1", 9)
    for _ in range(2):
        send(database, "C1", "card", now)
    send(database, "C1", "line", now, by="reply")
    send(database, "U1", "told_dispatch", now)
    told = json.loads(ask("--json").stdout)
    lines = {
        (line["organisation"], line["kind"]): (line["pushes"], line["replies"], line["price"]) for line in told["lines"]
    }
    assert lines == {
        (DIN_DAENG, "card"): (2, 0, 18),
        (DIN_DAENG, "line"): (0, 1, 0),
        (None, "told_dispatch"): (1, 0, 1),
    }
    assert told["total"] == {"pushes": 3, "replies": 1, "price": 19, "assumed": 0, "free_percent": 25}
    table = ask().stdout
    assert "district:1026 เขตดินแดง" in table and "25 % of all calls were free replies." in table


def test_a_size_that_line_has_not_told_is_assumed_and_said(database: Database) -> None:
    bind(database, "C1", None)
    send(database, "C1", "card", clock.now())
    assert json.loads(ask("--json").stdout)["total"]["price"] == ASSUMED_MEMBERS
    assert f"{ASSUMED_MEMBERS} members assumed" in ask().stdout


def test_another_month_is_another_bill(database: Database) -> None:
    send(database, "U1", "told_dispatch", datetime(2026, 10, 31, 16, 59, tzinfo=UTC))
    send(database, "U1", "told_dispatch", datetime(2026, 10, 31, 17, 0, tzinfo=UTC))
    october, november = (json.loads(ask("--json", "--month", month).stdout) for month in ("2569-10", "2026-11"))
    assert (october["total"]["price"], november["total"]["price"]) == (1, 1)
    assert (october["month"], november["month"]) == ("2569-10", "2569-11")


def test_what_line_says_and_what_is_held_stands_below(database: Database) -> None:
    now = clock.now()
    bind(database, "C1", 9)
    with database.begin(now) as session:
        session.add(LineQuota(id=waiting.THE_QUOTA, most=300, used=290, short=True, read_at=now))
    with database.begin(now) as session:
        outbox.queue(session, "C1", {"type": "text", "text": "x"}, kind="card")
    table = ask().stdout
    assert "290 used of 300" in table and "The last 10 %" in table and "1 messages to groups wait" in table
    with database.read() as session:
        assert list(session.scalars(select(OutboxMessage))) == []
