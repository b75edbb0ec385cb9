"""What is said within a transaction becomes calls to LINE: packed, in order, and only if it commits."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from storage import outbox
from storage.models import OutboxMessage, SentMessage
from storage.outbox import Queued
from storage.session import Database

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
LEASE = timedelta(seconds=15)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A database of a process that delivers what it writes."""
    opened = Database(database_url)
    opened.lease = LEASE
    yield opened
    opened.close()


def say(number: int) -> dict[str, object]:
    """A message that can be told from others."""
    return {"type": "text", "text": f"no. {number}"}


def list_rows(database: Database) -> list[OutboxMessage]:
    """The whole outbox, oldest first."""
    with database.read() as session:
        return list(session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)))


def put_in_state(database: Database, state: str) -> None:
    """Whatever the outbox holds is now in this state."""
    with database.begin(NOW) as session:
        session.execute(update(OutboxMessage).values(state=state, last_error="told so"))


def test_a_transaction_that_fails_says_nothing(database: Database) -> None:
    woken: list[Queued] = []
    database.after_commit = woken.append
    with pytest.raises(ZeroDivisionError), database.begin(NOW) as session:
        outbox.queue(session, "U1", say(1), kind="prompt")
        raise ZeroDivisionError
    assert list_rows(database) == []
    assert woken == []


def test_a_transaction_that_says_nothing_wakes_nobody(database: Database) -> None:
    woken: list[Queued] = []
    database.after_commit = woken.append
    with database.begin(NOW) as session:
        outbox.offer_reply(session, chat_id="U1", token="token", event_id="e1", until=NOW)
    assert list_rows(database) == []
    assert woken == []


def test_half_an_emoji_is_mended_and_does_not_spoil_the_rest(database: Database) -> None:
    with database.begin(NOW) as session:
        outbox.queue(session, "U1", {"type": "text", "text": "น้ำท่วม \ud83d จบ 😀"}, kind="prompt")
    assert json.loads(list_rows(database)[0].messages)[0]["text"] == "น้ำท่วม � จบ 😀"


def test_what_is_said_to_one_chat_goes_five_to_a_call_in_order(database: Database) -> None:
    with database.begin(NOW) as session:
        for number in range(7):
            outbox.queue(session, "U1", say(number), kind=f"kind{number}", case_id=number)
    first, second = list_rows(database)
    assert [m["text"] for m in json.loads(first.messages)] == [f"no. {n}" for n in range(5)]
    assert [m["text"] for m in json.loads(second.messages)] == ["no. 5", "no. 6"]
    assert second.ties == [{"case": 5, "kind": "kind5"}, {"case": 6, "kind": "kind6"}]
    assert first.retry_key != second.retry_key


def test_the_reply_token_goes_with_the_first_call_to_its_own_chat_alone(database: Database) -> None:
    with database.begin(NOW) as session:
        outbox.queue(session, "C1", say(0), kind="card")
        outbox.offer_reply(session, chat_id="U1", token="token", event_id="e1", until=NOW + LEASE)
        for number in range(6):
            outbox.queue(session, "U1", say(number), kind="prompt")
    rows = list_rows(database)
    assert [(row.chat_id, row.reply_token) for row in rows] == [("C1", None), ("U1", "token"), ("U1", None)]
    assert rows[1].reply_until == NOW + LEASE


def test_what_nothing_waits_before_is_born_claimed(database: Database) -> None:
    woken: list[Queued] = []
    database.after_commit = woken.append
    with database.begin(NOW) as session:
        outbox.queue(session, "U1", say(1), kind="prompt")
    (queued,) = woken
    (claimed,) = queued.claimed
    (row,) = list_rows(database)
    assert (row.state, row.lease_until) == ("sending", NOW + LEASE)
    assert (claimed.id, claimed.chat_id, claimed.messages) == (row.id, "U1", row.messages)
    assert claimed.lease_until == row.lease_until
    assert queued.waiting == []


@pytest.mark.parametrize(
    ("older", "state"),
    [
        ("ready", "ready"),
        ("sending", "ready"),
        ("held", "sending"),
        ("dead", "sending"),
        ("sent", "sending"),
        ("dropped", "sending"),
    ],
)
def test_what_is_older_and_still_to_be_sent_goes_first(database: Database, older: str, state: str) -> None:
    with database.begin(NOW) as session:
        outbox.queue(session, "U1", say(1), kind="prompt")
    put_in_state(database, older)
    woken: list[Queued] = []
    database.after_commit = woken.append
    with database.begin(NOW) as session:
        outbox.queue(session, "U1", say(2), kind="prompt")
        outbox.queue(session, "U2", say(3), kind="prompt")
    assert [row.state for row in list_rows(database)] == [older, state, "sending"]
    assert woken[0].waiting == (["U1"] if state == "ready" else [])


def test_a_process_that_does_not_deliver_leaves_it_to_others(database: Database) -> None:
    database.lease = None
    woken: list[Queued] = []
    database.after_commit = woken.append
    with database.begin(NOW) as session:
        outbox.queue(session, "U1", say(1), kind="prompt")
    (row,) = list_rows(database)
    assert (row.state, row.lease_until) == ("ready", None)
    assert (woken[0].claimed, woken[0].waiting) == ([], ["U1"])


def test_a_redelivered_event_lends_its_token_to_what_is_unsent(database: Database) -> None:
    with database.begin(NOW) as session:
        outbox.offer_reply(session, chat_id="U1", token="old", event_id="e1", until=NOW)
        outbox.queue(session, "U1", say(1), kind="prompt")
        outbox.queue(session, "C1", say(2), kind="card")
    put_in_state(database, "ready")
    later = NOW + timedelta(minutes=5)
    with database.begin(later) as session:
        outbox.refresh_reply(session, event_id="e1", token="new", until=later)
    reply, push = list_rows(database)
    assert (reply.reply_token, reply.reply_until) == ("new", later)
    assert push.reply_token is None


@pytest.mark.parametrize("state", ["sent", "dead"])
def test_a_redelivered_event_changes_nothing_that_is_done_with(database: Database, state: str) -> None:
    with database.begin(NOW) as session:
        outbox.offer_reply(session, chat_id="U1", token="old", event_id="e1", until=NOW)
        outbox.queue(session, "U1", say(1), kind="prompt")
    put_in_state(database, state)
    with database.begin(NOW) as session:
        outbox.refresh_reply(session, event_id="e1", token="new", until=NOW + LEASE)
    assert list_rows(database)[0].reply_token == "old"


def test_a_message_that_was_pushed_is_never_replied_by_a_new_token(database: Database) -> None:
    with database.begin(NOW) as session:
        outbox.offer_reply(session, chat_id="U1", token="old", event_id="e1", until=NOW)
        outbox.queue(session, "U1", say(1), kind="prompt")
    with database.begin(NOW) as session:
        session.execute(update(OutboxMessage).values(state="ready", reply_token=None, first_push_at=NOW))
    with database.begin(NOW) as session:
        outbox.refresh_reply(session, event_id="e1", token="new", until=NOW + LEASE)
    assert list_rows(database)[0].reply_token is None


def test_dead_messages_are_listed_newest_first_and_sent_again_under_a_new_key(database: Database) -> None:
    with database.begin(NOW) as session:
        for number in range(3):
            outbox.queue(session, f"U{number}", say(number), kind="prompt")
    put_in_state(database, "dead")
    before = {row.id: row.retry_key for row in list_rows(database)}
    with database.read() as session:
        dead = [row.id for row in outbox.list_dead(session, limit=2)]
    assert dead == sorted(before, reverse=True)[:2]
    with database.begin(NOW) as session:
        assert outbox.resend(session, dead, NOW) == 2
    rows = {row.id: row for row in list_rows(database)}
    assert [rows[one].state for one in dead] == ["ready", "ready"]
    assert all(rows[one].retry_key != before[one] for one in dead)
    assert rows[min(before)].state == "dead"


def test_what_was_sent_is_not_sent_again(database: Database) -> None:
    with database.begin(NOW) as session:
        outbox.queue(session, "U1", say(1), kind="prompt")
    put_in_state(database, "sent")
    with database.begin(NOW) as session:
        assert outbox.resend(session, [row.id for row in list_rows(database)], NOW) == 0
    with database.read() as session:
        assert outbox.count_states(session) == {"sent": 1}


def test_a_bubble_is_found_in_its_own_chat_only(database: Database) -> None:
    with database.begin(NOW) as session:
        session.add(SentMessage(message_id="9", chat_id="C1", case_id=7, kind="card", outbox_id=1, sent_at=NOW))
    with database.read() as session:
        found = outbox.find_sent(session, "9", "C1")
        assert found is not None
        assert found.case_id == 7
        assert outbox.find_sent(session, "9", "C2") is None
        assert outbox.find_sent(session, "10", "C1") is None
