"""Many at once: the same event twice, one chat's events side by side, 32 chats, answers out of order."""

import random
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest

from handlers.citizen import NOTICE_VERSION
from storage.models import Case
from tests.chat import Chat, words_of
from tests.handlers.door import Door, Event, again, make_message, person, say, tap

PROBLEM = "ไฟถนนดับทั้งซอย มืดมาก"
PLACE = "ซอยประชาสงเคราะห์ 5 เขตดินแดง"


def _at_once(acts: Sequence[Callable[[], int]]) -> list[int]:
    """Everything at the same instant, each in a thread of its own; what each answered."""
    together = Barrier(len(acts))

    def run(act: Callable[[], int]) -> int:
        together.wait()
        return act()

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(run, acts))


def _tell(door: Door, *events: Event) -> Callable[[], int]:
    return lambda: door.tell(*events)


def _photo(chat: str = person()) -> Event:
    return make_message("image", chat, contentProvider={"type": "line"}, quoteToken="q")


def test_the_same_event_at_the_same_instant_is_worked_on_once(door: Door) -> None:
    events = [say(PROBLEM, person(number)) for number in range(1, 13)]

    for event in events:
        assert _at_once([_tell(door, event), _tell(door, event), _tell(door, again(event))]) == [200] * 3

    assert door.list_states() == ["done"] * len(events)
    for number in range(1, len(events) + 1):
        assert door.hear(person(number)).count(words_of("report.ask_place")) == 1
        assert len(door.list_queued(person(number))) == 1


def test_the_same_batch_at_the_same_instant_is_worked_on_once(door: Door) -> None:
    batch = [say(PROBLEM, person(number)) for number in range(1, 9)]
    shuffled = [random.Random(number).sample(batch, len(batch)) for number in range(4)]

    # In different orders two batches may wait for each other's chats: each event is its own transaction.
    assert _at_once([_tell(door, *events) for events in shuffled]) == [200] * 4

    assert door.list_states() == ["done"] * len(batch)
    assert len(door.list_queued()) == len(batch)


def test_events_of_one_chat_are_never_worked_on_side_by_side(door: Door) -> None:
    assert door.tell(say(PROBLEM)) == 200
    assert door.tell(say(PLACE)) == 200
    assert door.tell(tap(f"f:{_run(door)}:place_ok:yes")) == 200
    assert door.hear()[-1] == words_of("report.ask_photos")

    photos = [_photo() for _ in range(10)]
    assert _at_once([_tell(door, photo) for photo in photos]) == [200] * len(photos)

    # Side by side two would read the same draft, and one's photo and count would be lost.
    assert set(door.list_states()) == {"done"}
    media = (door.get_draft() or {})["media"]
    assert len(media) == len(set(media)) == 10
    counted = [words_of("report.photos_count", count=count) for count in range(1, 10)]
    assert [words for words in door.hear() if words in counted] == counted


def test_thirty_two_chats_at_once_each_get_their_own_answer(door: Door) -> None:
    for words, answer in ((PROBLEM, "report.ask_place"), (PLACE, "report.place_ok")):
        acts = [_tell(door, say(f"{words} {number}", person(number))) for number in range(32)]
        assert _at_once(acts) == [200] * 32
        known = words_of(answer).split("{")[0]
        assert all(door.hear(person(number))[-1].startswith(known) for number in range(32))

    assert door.list_states() == ["done"] * 64
    assert all(f"{PROBLEM} {number}" == (door.get_draft(person(number)) or {})["description"] for number in range(32))


def test_first_words_of_one_stranger_at_once_make_one_conversation(door: Door) -> None:
    assert _at_once([_tell(door, _photo()) for _ in range(8)]) == [200] * 8

    assert door.list_states() == ["done"] * 8
    assert len((door.get_draft() or {})["media"]) == 8
    with door.database.engine.connect() as connection:
        kept = connection.exec_driver_sql("SELECT notice_version FROM conversations").all()
    assert [tuple(row) for row in kept] == [(NOTICE_VERSION,)]


def test_answers_that_arrive_in_any_order_leave_nobody_stuck(door: Door) -> None:
    for number in range(1, 9):
        chat = person(number)
        answers = [
            say(PROBLEM, chat),
            say(PLACE, chat),
            _photo(chat),
            say("0812345678", chat),
            say("ใช่", chat),
        ]
        random.Random(number).shuffle(answers)
        for answer in answers:
            assert door.tell(answer) == 200
        assert door.tell(tap("m:cancel", chat), say(PROBLEM, chat)) == 200
        assert door.hear(chat)[-1] == words_of("report.ask_place")

    assert set(door.list_states()) == {"done"}


@pytest.mark.slow
def test_thirty_two_citizens_report_at_once_and_each_gets_one_number(chat: Chat) -> None:
    office = chat.coordinators("district:1026")
    citizens = [chat.citizen(f"Nid {number}", follows=False) for number in range(32)]

    def report(number: int) -> str:
        return citizens[number].reports(f"ไฟถนนดับทั้งซอย ต้นที่ {number}")

    with ThreadPoolExecutor(32) as threads:
        numbers = list(threads.map(report, range(32)))

    assert len(set(numbers)) == chat.count(Case) == 32
    for number in numbers:
        office.gets_card(number)
    chat.redelivers_everything().changes_nothing()


def _run(door: Door) -> str:
    with door.database.engine.connect() as connection:
        return str(connection.exec_driver_sql("SELECT run FROM conversations").scalar())


def test_a_body_of_thousands_of_scraps_is_kept_whole_and_its_few_words_are_answered(door: Door) -> None:
    scraps: list[Any] = list(range(3_000))
    scraps += [{"webhookEventId": f"E{number}", "type": "other"} for number in range(1_000)]
    scraps.insert(2_500, say(PROBLEM, person(1)))
    scraps.append(say(PROBLEM, person(2)))

    assert door.tell(*scraps) == 200
    assert door.tell(*scraps) == 200

    states = Counter(door.list_states())
    assert states == {"failed": 3_000, "ignored": 1_000, "done": 2}
    for number in (1, 2):
        assert door.hear(person(number)).count(words_of("report.ask_place")) == 1
