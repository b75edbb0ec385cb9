"""LINE is asked once who the account is, and asked again only with another token."""

from collections.abc import Callable
from datetime import UTC, datetime

from jobs.account import RESTS, AccountReader
from storage import line_account
from storage.session import Database
from tests.databases import OpenDatabase

NOW = datetime(2026, 11, 23, 3, tzinfo=UTC)


def _reader(database: Database, ask: Callable[[], str | None], token: str = "t") -> AccountReader:
    return AccountReader(database, ask, token, now=lambda: NOW)


def test_the_account_is_asked_for_once(sqlite_url: str, open_database: OpenDatabase) -> None:
    database = open_database(sqlite_url)
    asked: list[str] = []

    def away() -> None:
        asked.append("away")

    assert _reader(database, away).look() is None, "asked again soon"
    with database.read() as session:
        assert line_account.find_basic_id(session) == ""
    assert _reader(database, lambda: "@ombtest").look() == RESTS
    assert _reader(database, away).look() == RESTS and asked == ["away"]
    with database.read() as session:
        assert line_account.find_basic_id(session) == "@ombtest"
    assert _reader(database, lambda: "@another", token="of another account").look() == RESTS
    with database.read() as session:
        assert line_account.find_basic_id(session) == "@another"
