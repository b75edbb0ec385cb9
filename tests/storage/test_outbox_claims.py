"""Claims are leases: one call a chat, in order, never one row to two, and nothing is lost with its holder."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest
from sqlalchemy import select, update

from storage import outbox
from storage.models import OutboxMessage, SentMessage
from storage.outbox import Outgoing
from storage.outbox_claims import (
    FURTHEST_HELD,
    FURTHEST_READY,
    Bubble,
    Settlement,
    claim_due,
    count_unsent,
    find_oldest_unsent,
    has_due,
    release_held,
    settle,
)
from storage.session import Database

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
LATER = NOW + timedelta(minutes=1)
LEASE = timedelta(seconds=15)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A database whose messages others deliver."""
    opened = Database(database_url)
    yield opened
    opened.close()


def queue(database: Database, *chats: str) -> list[int]:
    """One message to each chat named, in this order; gives their rows."""
    ids = []
    for chat_id in chats:
        with database.begin(NOW) as session:
            outbox.queue(session, chat_id, {"type": "text", "text": "hello"}, kind="card", case_id=5)
        with database.read() as session:
            ids.append(max(session.scalars(select(OutboxMessage.id))))
    return ids


def change(database: Database, row: int, **values: object) -> None:
    """Bring a row into some condition."""
    with database.begin(NOW) as session:
        session.execute(update(OutboxMessage).where(OutboxMessage.id == row).values(**values))


def claim(database: Database, now: datetime = NOW, limit: int = 100, chats: list[str] | None = None) -> list[Outgoing]:
    """What falls to us."""
    with database.begin(now) as session:
        return claim_due(session, now=now, lease=LEASE, limit=limit, chats=chats)


def end(row: Outgoing, **how: object) -> Settlement:
    """A settlement of this row; sent if nothing else is said."""
    settled = Settlement(
        row.id,
        row.chat_id,
        row.lease_until,
        "sent",
        row.attempts + 1,
        row.maybe_taken,
        NOW,
        row.first_push_at,
    )
    return replace(settled, **how)  # type: ignore[arg-type]


def get(database: Database, row: int) -> OutboxMessage:
    """The row as it stands."""
    with database.read() as session:
        return session.get_one(OutboxMessage, row)


def test_the_oldest_of_each_chat_is_claimed(database: Database) -> None:
    a, _, b = queue(database, "U1", "U1", "U2")
    assert [row.id for row in claim(database)] == [a, b]
    assert claim(database) == []


def test_what_backs_off_blocks_its_chat(database: Database) -> None:
    first, _, other = queue(database, "U1", "U1", "U2")
    change(database, first, next_at=LATER)
    assert [row.id for row in claim(database)] == [other]
    assert first in [row.id for row in claim(database, LATER)]


@pytest.mark.parametrize("state", ["held", "dead", "sent", "dropped"])
def test_what_is_put_aside_blocks_nobody(database: Database, state: str) -> None:
    first, second = queue(database, "U1", "U1")
    change(database, first, state=state, next_at=LATER)
    assert [row.id for row in claim(database)] == [second]


def test_a_lease_that_ran_out_is_taken_over_as_doubtful(database: Database) -> None:
    queue(database, "U1")
    (lost,) = claim(database)
    assert not lost.maybe_taken
    assert claim(database, NOW + LEASE - timedelta(microseconds=1)) == []
    (found,) = claim(database, NOW + LEASE)
    assert (found.id, found.maybe_taken) == (lost.id, True)
    assert found.retry_key == lost.retry_key
    assert found.messages == lost.messages


def test_two_dead_leases_in_one_chat_do_not_wait_for_each_other(database: Database) -> None:
    first, second = queue(database, "U1", "U1")
    for row in (first, second):
        change(database, row, state="sending", lease_until=NOW)
    assert [row.id for row in claim(database)] == [first]
    change(database, first, state="sent")
    assert [row.id for row in claim(database)] == [second]


def test_an_older_message_put_in_line_again_waits_for_what_is_under_way(database: Database) -> None:
    first, second = queue(database, "U1", "U1")
    change(database, first, state="dead")
    (under_way,) = claim(database)
    with database.begin(NOW) as session:
        assert outbox.resend(session, [first], NOW) == 1
    assert claim(database) == []
    with database.begin(NOW) as session:
        settle(session, [end(under_way)])
    assert [row.id for row in claim(database)] == [first]
    assert get(database, second).state == "sent"


def test_a_claim_may_be_limited_in_number_and_to_chats(database: Database) -> None:
    a, b, c = queue(database, "U1", "U2", "U3")
    assert [row.id for row in claim(database, limit=1)] == [a]
    assert [row.id for row in claim(database, chats=["U3", "U1", "nobody"])] == [c]
    assert [row.id for row in claim(database, chats=[])] == []
    assert [row.id for row in claim(database)] == [b]


def test_who_lost_the_lease_may_not_write_what_comes_next(database: Database) -> None:
    (row,) = queue(database, "U1")
    (lost,) = claim(database)
    (found,) = claim(database, LATER)
    with database.begin(NOW) as session:
        settle(session, [end(lost, state="ready", next_at=NOW), end(lost, state="dead")])
    assert (get(database, row).state, get(database, row).lease_until) == ("sending", found.lease_until)


def test_who_lost_the_lease_may_still_say_that_line_has_it(database: Database) -> None:
    (row,) = queue(database, "U1")
    (lost,) = claim(database)
    (found,) = claim(database, LATER)
    with database.begin(NOW) as session:
        settle(session, [end(lost, sent_by="push", sent_at=NOW)])
    with database.begin(NOW) as session:
        settle(session, [end(found, state="ready", next_at=NOW)])
    assert (get(database, row).state, get(database, row).sent_by) == ("sent", "push")


def test_ids_told_twice_are_kept_once(database: Database) -> None:
    (row,) = queue(database, "U1")
    (mine,) = claim(database)
    bubble = Bubble("468", "U1", 5, "card", row, "quote", NOW)
    for _ in range(2):
        with database.begin(NOW) as session:
            settle(session, [end(mine, bubbles=(bubble,))])
    with database.read() as session:
        (kept,) = session.scalars(select(SentMessage))
    assert (kept.message_id, kept.case_id, kept.kind, kept.outbox_id) == ("468", 5, "card", row)


def test_held_messages_come_back_when_their_time_has_come(database: Database) -> None:
    first, second = queue(database, "U1", "U2")
    for row, until in ((first, NOW), (second, LATER)):
        change(database, row, state="held", next_at=until)
    with database.read() as session:
        assert has_due(session, NOW)
    with database.begin(NOW) as session:
        release_held(session, NOW)
    assert (get(database, first).state, get(database, second).state) == ("ready", "held")


def test_a_clock_set_back_by_an_hour_holds_up_no_chat(database: Database) -> None:
    """What was put off by the clock as it was lies further ahead than anybody puts a message off."""
    put_off, _, held = queue(database, "U1", "U1", "U2")
    change(database, put_off, next_at=NOW + timedelta(hours=1, seconds=3))
    change(database, held, state="held", next_at=NOW + timedelta(hours=2))
    with database.read() as session:
        assert has_due(session, NOW)
    with database.begin(NOW) as session:
        release_held(session, NOW)
    assert sorted(row.id for row in claim(database)) == [put_off, held]


def test_what_is_put_off_or_held_for_as_long_as_it_may_be_waits(database: Database) -> None:
    put_off, held = queue(database, "U1", "U2")
    change(database, put_off, next_at=NOW + FURTHEST_READY)
    change(database, held, state="held", next_at=NOW + FURTHEST_HELD)
    with database.read() as session:
        assert not has_due(session, NOW)
    with database.begin(NOW) as session:
        release_held(session, NOW)
    assert claim(database) == []


def test_nothing_due_is_seen_without_claiming(database: Database) -> None:
    first, _ = queue(database, "U1", "U1")
    change(database, first, next_at=LATER)
    with database.read() as session:
        assert not has_due(session, NOW)
        assert has_due(session, LATER)
        assert find_oldest_unsent(session) == NOW
        assert count_unsent(session) == {"ready": 2, "sending": 0, "held": 0, "dead": 0}


def test_many_claimers_at_once_never_get_the_same_message(database: Database) -> None:
    queue(database, *(f"U{number % 40}" for number in range(80)))
    claimed: list[Outgoing] = []

    def claim_some() -> None:
        for _ in range(10):
            claimed.extend(claim(database, limit=7))

    claimers = [Thread(target=claim_some) for _ in range(4)]
    for claimer in claimers:
        claimer.start()
    for claimer in claimers:
        claimer.join()
    assert len({row.id for row in claimed}) == len(claimed) == 40
    assert len({row.chat_id for row in claimed}) == 40
