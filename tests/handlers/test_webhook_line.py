"""Bodies that share a commit: each gets its own answer, and no 200 where anything of it is not on the disk."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from time import monotonic
from typing import Any

import pytest

from handlers.webhook import Webhook
from handlers.webhook_line import MOST_TOGETHER, USUAL_BODY, WebhookLine
from tests.chat import words_of
from tests.handlers.door import Door, again, body_of, person, say, sign

PROBLEM = "ไฟถนนดับทั้งซอย มืดมาก"


class HeldUp(Webhook):
    """Waits before the first body until all are there, so that they are sure to be worked on together."""

    def __init__(self, door: Door) -> None:
        super().__init__(door.parts.dispatcher, door.settings)
        self.all_there = Event()

    def take(self, raw: bytes, signature: str, since: float | None = None) -> int:
        """As every webhook does, but for one body that our code breaks on."""
        self.all_there.wait(30)
        if b"breaks" in raw:
            raise LookupError("what was to be found is not there")
        return super().take(raw, signature, since)


def _run_apart(work: Coroutine[Any, Any, Any]) -> Any:
    """In a thread of its own, for tests in a browser leave an event loop running in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


def _take_all(door: Door, *bodies: bytes, threads: int = 2) -> list[Any]:
    """Give these to a line together; what each is answered, or what broke."""
    webhook = HeldUp(door)
    line = WebhookLine(webhook, threads)

    async def take_all() -> list[Any]:
        first = line.take(body_of([]), sign(body_of([])), monotonic())  # holds up the others
        answers = [line.take(body, sign(body), monotonic()) for body in bodies]
        webhook.all_there.set()
        return (await asyncio.gather(first, *answers, return_exceptions=True))[1:]

    try:
        answers: list[Any] = _run_apart(take_all())
        return answers
    finally:
        line.close()


def _must_be_answered_once(door: Door, *chats: str) -> None:
    for chat in chats:
        assert door.hear(chat).count(words_of("report.ask_place")) == 1
        assert len(door.list_queued(chat)) == 1


def test_more_bodies_than_share_a_commit_are_each_answered(quick_door: Door) -> None:
    people = [person(number) for number in range(MOST_TOGETHER + 10)]
    assert _take_all(quick_door, *(body_of([say(PROBLEM, chat)]) for chat in people)) == [200] * len(people)
    _must_be_answered_once(quick_door, *people)


def test_a_body_that_breaks_our_code_costs_the_others_nothing(quick_door: Door) -> None:
    good = [body_of([say(PROBLEM, person(number))]) for number in (1, 2)]
    breaks = body_of([say("breaks", person(3))])

    first, broken, second = _take_all(quick_door, good[0], breaks, good[1])

    assert (first, second) == (200, 200)
    assert isinstance(broken, LookupError)
    _must_be_answered_once(quick_door, person(1), person(2))
    assert quick_door.list_queued(person(3)) == []


def test_where_the_shared_transaction_is_undone_none_of_those_before_gets_200(quick_door: Door) -> None:
    """As a full disk undoes it. What LINE sends again then is worked on once."""
    events = [say(PROBLEM, person(number)) for number in range(1, 5)]
    quick_door.run(
        f"CREATE TRIGGER fill_disk BEFORE INSERT ON outbox WHEN NEW.chat_id = '{person(3)}'"
        " BEGIN SELECT RAISE(ROLLBACK, 'the disk is full'); END"
    )

    answers = _take_all(quick_door, *(body_of([event]) for event in events))

    assert answers[2] == 500
    kept = {event.chat_id for event in quick_door.list_kept()}
    assert kept == {person(number) for number in range(1, 5) if answers[number - 1] == 200}
    assert person(3) not in kept

    quick_door.run("DROP TRIGGER fill_disk")
    assert _take_all(quick_door, *(body_of([again(event)]) for event in events)) == [200] * 4
    _must_be_answered_once(quick_door, *(person(number) for number in range(1, 5)))


def test_a_large_body_holds_up_nobody_behind_it(quick_door: Door) -> None:
    crowd = body_of([say(PROBLEM, person(number)) for number in range(100, 140)])
    assert len(crowd) > USUAL_BODY

    assert _take_all(quick_door, crowd, body_of([say(PROBLEM, person(1))])) == [200, 200]
    _must_be_answered_once(quick_door, person(1), *(person(number) for number in range(100, 140)))


@pytest.mark.parametrize("hangs_up", [True, False])
def test_who_hangs_up_before_the_answer_is_worked_on_all_the_same(quick_door: Door, hangs_up: bool) -> None:
    webhook = HeldUp(quick_door)
    line = WebhookLine(webhook, 1)
    body = body_of([say(PROBLEM, person(1))])

    async def leave() -> None:
        answer = asyncio.ensure_future(line.take(body, sign(body), monotonic()))
        if hangs_up:
            answer.cancel()

    _run_apart(leave())  # the event loop is gone before the answer
    webhook.all_there.set()
    line.close()
    _must_be_answered_once(quick_door, person(1))


def test_pages_and_commands_write_while_webhooks_are_worked_on(quick_door: Door) -> None:
    def check(_: int) -> None:
        with quick_door.database.begin():
            pass

    with ThreadPoolExecutor(4) as threads:
        checks = [threads.submit(check, number) for number in range(20)]
        bodies = [body_of([say(PROBLEM, person(number))]) for number in range(20)]
        assert _take_all(quick_door, *bodies) == [200] * 20
        for one in checks:
            one.result(30)
