"""What may wait joins a call that is made anyway; what there is no budget for is held, and never lost."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from storage import outbox, waiting
from storage.models import Group, LineQuota, OutboxMessage
from storage.outbox_claims import ASSUMED_MEMBERS, Settlement, claim_due, settle
from storage.session import Database

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
LEASE = timedelta(seconds=15)
GROUP = "C1"


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database(database_url)
    yield opened
    opened.close()


def say(number: int, **more: object) -> dict[str, object]:
    return {"type": "text", "text": f"no. {number}"} | more


def let_wait(database: Database, *numbers: int, chat_id: str = GROUP, **more: object) -> None:
    with database.begin(NOW) as session:
        for number in numbers:
            outbox.queue(session, chat_id, say(number), kind="line", case_id=number, waits=True, **more)  # type: ignore[arg-type]


def answer(database: Database, *numbers: int, chat_id: str = GROUP) -> None:
    """Somebody wrote in the chat, and this is said by the free reply."""
    with database.begin(NOW) as session:
        outbox.offer_reply(session, chat_id=chat_id, token="token", event_id="e1", until=NOW + timedelta(seconds=50))
        for number in numbers:
            outbox.queue(session, chat_id, say(number), kind="talk")


def run_short(database: Database, short: bool = True) -> None:
    with database.begin(NOW) as session:
        session.merge(LineQuota(id=waiting.THE_QUOTA, most=300, used=280, short=short, read_at=NOW))


def list_calls(database: Database) -> list[tuple[list[int], bool]]:
    """Each call: the numbers of its bubbles, and whether it is a free reply."""
    with database.read() as session:
        rows = session.scalars(select(OutboxMessage).order_by(OutboxMessage.id))
        return [
            (
                [int(bubble["text"].rsplit(" ", 1)[1]) for bubble in json.loads(row.messages)],
                row.reply_token is not None,
            )
            for row in rows
        ]


def count_left(database: Database, *, held: bool = False) -> int:
    with database.read() as session:
        return waiting.count_waiting(session, held=held)


def test_a_transaction_that_fails_takes_nothing_that_waits(database: Database) -> None:
    let_wait(database, 1)
    with pytest.raises(ZeroDivisionError), database.begin(NOW) as session:
        outbox.say_waiting(session, GROUP)
        raise ZeroDivisionError
    assert (list_calls(database), count_left(database)) == ([], 1)


def test_what_became_untrue_is_not_said(database: Database) -> None:
    let_wait(database, 1, 2)
    with database.begin(NOW) as session:
        outbox.queue(session, GROUP, say(1), kind="reminder", case_id=1, waits=True)
        outbox.queue(session, GROUP, say(2), kind="reminder", case_id=2, waits=True)
        assert outbox.drop_waiting(session, GROUP, 1) == 2
        assert outbox.drop_waiting(session, None, 2, "line") == 1
    answer(database, 9)
    assert list_calls(database) == [([9, 2], True)]


def test_nothing_hides_the_quick_replies_of_an_answer(database: Database) -> None:
    let_wait(database, 1, chat_id="U1")
    with database.begin(NOW) as session:
        outbox.queue(session, "U1", say(9, quickReply={"items": []}), kind="talk")
    assert (list_calls(database), count_left(database)) == ([([9], False)], 1)


def test_what_waits_is_never_said_twice_by_two_at_once(database: Database) -> None:
    let_wait(database, *range(8))
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda number: answer(database, 10 + number), range(8)))
    said = sorted(number for call, _ in list_calls(database) for number in call)
    assert said == sorted({*said}), "a bubble went out twice"
    assert len(said) + count_left(database) == 16


def test_what_may_wait_costs_no_call_of_its_own(database: Database) -> None:
    let_wait(database, 1)
    assert (list_calls(database), count_left(database)) == ([], 1)


def test_the_answer_comes_first_then_what_waited_as_far_as_a_call_has_room(database: Database) -> None:
    let_wait(database, *range(6))
    answer(database, 8, 9)
    assert (list_calls(database), count_left(database)) == ([([8, 9, 0, 1, 2], True)], 3)


def test_any_call_to_the_chat_takes_along_what_waits_there_alone(database: Database) -> None:
    let_wait(database, 1)
    let_wait(database, 2, chat_id="C2")
    with database.begin(NOW) as session:
        outbox.queue(session, GROUP, say(9), kind="card")
    assert (list_calls(database), count_left(database)) == ([([9, 1], False)], 1)


def test_what_is_written_with_a_free_reply_need_not_wait(database: Database) -> None:
    with database.begin(NOW) as session:
        outbox.offer_reply(session, chat_id=GROUP, token="token", event_id="e1", until=NOW + timedelta(seconds=50))
        outbox.queue(session, GROUP, say(1), kind="line", waits=True)
    assert (list_calls(database), count_left(database)) == ([([1], True)], 0)


def test_where_nobody_is_answered_what_waits_keeps_still(database: Database) -> None:
    let_wait(database, 1)
    answer(database)
    assert (list_calls(database), count_left(database)) == ([], 1)


def test_at_night_what_waits_sleeps_on(database: Database) -> None:
    database.may_fold = lambda _session, _chat, _now: False
    let_wait(database, 1)
    answer(database, 9)
    assert (list_calls(database), count_left(database)) == ([([9], True)], 1)


def test_while_an_office_is_shut_only_danger_is_pushed_with_what_waits_of_its_case(database: Database) -> None:
    database.may_fold = lambda _session, _chat, _now: False
    database.is_quiet = lambda _session, chat, _now: chat == GROUP
    database.quiet_nights = True
    with database.begin(NOW) as session:
        for number in (1, 2):
            outbox.queue(session, GROUP, say(number), kind="card", case_id=number)
        outbox.queue(session, "C2", say(3), kind="card", case_id=1)
        outbox.queue(session, "U1", say(4), kind="told_dispatch", case_id=1)
    assert (list_calls(database), count_left(database)) == ([([3], False), ([4], False)], 2)
    with database.begin(NOW) as session:
        outbox.queue(session, GROUP, say(5), kind="line", case_id=1, urgent=True)
    assert (list_calls(database)[2:], count_left(database)) == ([([1, 5], False)], 1)
    answer(database, 6)
    assert list_calls(database)[3:] == [([6], True)]


def test_what_was_done_at_a_desk_comes_with_any_free_answer_and_in_front_of_quick_replies(database: Database) -> None:
    database.may_fold = lambda _session, _chat, _now: False
    let_wait(database, 1)
    with database.begin(NOW) as session:
        for chat_id in (GROUP, "C2"):
            outbox.queue(session, chat_id, say(2), kind=waiting.AT_DESK, case_id=2, waits=True)
    answer(database)  # to nobody
    with database.begin(NOW) as session:
        outbox.queue(session, GROUP, say(7), kind="card")  # at night nothing joins what is pushed
    assert list_calls(database) == [([7], False)]
    with database.begin(NOW) as session:
        outbox.offer_reply(session, chat_id=GROUP, token="token", event_id="e1", until=NOW + timedelta(seconds=50))
        outbox.queue(session, GROUP, say(8), kind="talk")
        outbox.queue(session, GROUP, say(9, quickReply={"items": []}), kind="talk")
    answer(database, 6, chat_id="C2")
    assert (list_calls(database)[1:], count_left(database)) == ([([8, 2, 9], True), ([6, 2], True)], 1)


def test_without_budget_a_group_is_not_pushed_to_and_a_person_is(database: Database) -> None:
    run_short(database)
    with database.begin(NOW) as session:
        outbox.queue(session, GROUP, say(1), kind="card", case_id=1)
        outbox.queue(session, "U1", say(2), kind="told_dispatch", case_id=1)
    assert (list_calls(database), count_left(database, held=True)) == ([([2], False)], 1)


def test_without_budget_danger_goes_out_and_takes_the_held_along(database: Database) -> None:
    run_short(database)
    with database.begin(NOW) as session:
        outbox.queue(session, GROUP, say(1), kind="card", case_id=1)
    with database.begin(NOW) as session:
        outbox.queue(session, GROUP, say(2), kind="card", case_id=2, urgent=True)
    assert (list_calls(database), count_left(database, held=True)) == ([([2, 1], False)], 0)


def test_any_word_in_a_group_brings_what_was_held_for_free(database: Database) -> None:
    database.may_fold = lambda _session, _chat, _now: False  # it was never meant to wait
    run_short(database)
    with database.begin(NOW) as session:
        outbox.queue(session, GROUP, say(1), kind="card", case_id=1)
    let_wait(database, 2)
    answer(database)
    assert (list_calls(database), count_left(database), count_left(database, held=True)) == ([([1], True)], 1, 0)


@pytest.mark.parametrize(
    ("chat_id", "members", "sent_by", "price"),
    [("U1", None, "push", 1), (GROUP, 7, "push", 7), (GROUP, None, "push", ASSUMED_MEMBERS), (GROUP, 7, "reply", 0)],
)
def test_a_call_knows_its_price(
    database: Database, chat_id: str, members: int | None, sent_by: str, price: int
) -> None:
    with database.begin(NOW) as session:
        session.add(Group(chat_id=GROUP, organisation="district:1026", members=members, wrong_codes=0, created_at=NOW))
        outbox.queue(session, chat_id, say(1), kind="card")
    with database.begin(NOW) as session:
        [row] = claim_due(session, now=NOW, lease=LEASE, limit=9)
        done = Settlement(row.id, chat_id, row.lease_until, "sent", 1, False, NOW, None, sent_by=sent_by, sent_at=NOW)
        settle(session, [done])
    with database.read() as session:
        kept = session.scalars(select(OutboxMessage)).one()
    office = "district:1026" if chat_id == GROUP else None
    assert (kept.price, kept.members, kept.organisation) == (price, members if chat_id == GROUP else None, office)


def test_a_try_that_failed_has_no_price(database: Database) -> None:
    with database.begin(NOW) as session:
        outbox.queue(session, "U1", say(1), kind="card")
    with database.begin(NOW) as session:
        [row] = claim_due(session, now=NOW, lease=LEASE, limit=9)
        settle(session, [Settlement(row.id, "U1", row.lease_until, "ready", 1, True, NOW, None)])
    with database.read() as session:
        assert session.scalars(select(OutboxMessage)).one().price is None
