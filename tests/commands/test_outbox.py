"""`fasttrack outbox list` and `fasttrack replay` say what an operator cannot see in LINE."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner, Result

import clock
from commands.outbox import outbox
from commands.replay import replay
from config import load_settings
from storage import inbox
from storage import outbox as kept
from storage.models import OutboxMessage
from storage.session import Database

LIMIT = "You have reached your monthly limit."
SINCE = datetime(2026, 11, 20, 3, 5, tzinfo=UTC)


@pytest.fixture
def database(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    monkeypatch.setenv("SECRET_KEY", "a key that is only used in tests")
    load_settings.cache_clear()
    opened = Database(sqlite_url)
    yield opened
    opened.close()
    load_settings.cache_clear()


def _list() -> Result:
    return CliRunner().invoke(outbox, ["list"])


def _hold(database: Database, at: datetime) -> None:
    with database.begin(at) as session:
        kept.queue(session, "C1", {"type": "text", "text": "card"}, kind="card")
    with database.begin(at) as session:
        for row in session.query(OutboxMessage).filter_by(created_at=at):
            row.state, row.last_error = "held", LIMIT


def test_nothing_held_is_nothing_said(database: Database) -> None:
    assert "held" not in _list().stdout


def test_the_month_s_messages_used_up_are_told_with_the_day(database: Database) -> None:
    _hold(database, SINCE)
    _hold(database, SINCE.replace(day=21))

    told = _list().stdout.splitlines()

    assert told == ["held\t2", f"held since 2026-11-20 03:05 UTC\tthe month's messages are used up\t{LIMIT}"]


def test_events_whose_words_are_forgotten_are_counted_and_left_alone(database: Database) -> None:
    with database.begin(SINCE) as session:
        inbox.record(session, event_id="E1", chat_id="U1", kind="text", raw="{}", received_at=SINCE, state="failed")
        assert inbox.forget_failed(session, clock.now(), 10) == 1

    told = CliRunner().invoke(replay, ["--list"])
    tried = CliRunner().invoke(replay, ["--event", "E1"])

    assert (told.exit_code, told.stdout) == (0, "")
    assert told.stderr.startswith("1 older ones cannot be replayed")
    assert (tried.exit_code, tried.stdout) == (1, "E1\tforgotten\n")
