"""Somebody blocked the account: what was still to go to them will not, and says why."""

from datetime import UTC, datetime

from sqlalchemy import select

from storage import outbox
from storage.models import OutboxMessage
from tests.databases import OpenDatabase

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


def test_what_waits_for_one_chat_is_dropped_and_nothing_else(database_url: str, open_database: OpenDatabase) -> None:
    database = open_database(database_url)
    with database.begin(NOW) as session:
        for chat_id in ("U-nid", "U-dao"):
            outbox.queue(session, chat_id, {"type": "text", "text": "x"}, kind="talk")
    with database.begin(NOW) as session:
        assert outbox.drop(session, "U-nid", "blocked") == 1
        assert outbox.drop(session, "U-nid", "blocked") == 0
    with database.read() as session:
        rows = {row.chat_id: (row.state, row.last_error) for row in session.scalars(select(OutboxMessage))}
    assert rows == {"U-nid": ("dropped", "blocked"), "U-dao": ("ready", None)}
