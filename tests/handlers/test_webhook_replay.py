"""Another try for what failed, days later: it must not answer a question that its writer never read."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

import clock
from jobs.retention import FAILED_DAYS, forget_failed
from storage.models import Case, HistoryEntry, Reporter
from tests.chat import words_of
from tests.handlers.door import Door, Event, group, make_event, person, say

PROBLEM = "ไฟถนนดับทั้งซอย มืดมาก"
PLACE = "ซอยประชาสงเคราะห์ 5 เขตดินแดง"


@pytest.fixture
def turn_clock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    offset = tmp_path / "offset"
    offset.write_text("0")
    monkeypatch.setenv("CLOCK_OFFSET_FILE", str(offset))
    return offset


def _kept_as_failed(door: Door, event: Event) -> Event:
    """An event that failed by a fault that is mended by now; nothing came of it."""
    assert door.tell(event | {"message": {**event["message"], "text": 5}}) == 200
    door.run(
        "UPDATE inbox_events SET raw = :raw, chat_id = :chat WHERE event_id = :event",
        raw=json.dumps(event, separators=(",", ":")),
        chat=event["source"].get("groupId") or event["source"]["userId"],
        event=event["webhookEventId"],
    )
    return event


def test_where_nothing_has_happened_since_it_is_worked_on(door: Door) -> None:
    assert door.tell(say(PROBLEM)) == 200
    late = _kept_as_failed(door, say(PLACE))

    assert door.replay(late) == "done"
    assert "place" in (door.get_draft() or {})


def test_the_first_words_of_a_person_are_worked_on(door: Door) -> None:
    late = _kept_as_failed(door, say(PROBLEM))

    assert door.replay(late) == "done"
    assert words_of("report.ask_place") in door.hear()


def test_words_that_the_chat_has_gone_on_from_are_left_alone_and_told_of(door: Door) -> None:
    late = _kept_as_failed(door, say(PROBLEM))
    assert door.tell(say("ขยะกองเต็มหน้าบ้าน")) == 200
    before = door.get_draft()

    assert door.replay(late) == "late"

    assert door.get_draft() == before
    told = words_of("talk.replayed_late", when="|").split("|")
    assert all(part in door.hear()[-1] for part in told)
    assert (door.get_kept(late).state, door.get_kept(late).raw) == ("late", "")
    assert door.replay(late) == "late"
    assert len([words for words in door.hear() if told[0] in words]) == 1


def test_a_conversation_that_is_over_is_not_begun_again_by_old_words(quick_door: Door) -> None:
    late = _kept_as_failed(quick_door, say(PROBLEM))
    assert quick_door.tell(say("ขยะกองเต็มหน้าบ้าน"), say("ยกเลิก")) == 200

    assert quick_door.replay(late) == "late"
    assert not quick_door.get_draft()


def _works(door: Door, chat: str) -> None:
    """Somebody in a group does something to a case."""
    now = clock.now()
    with door.database.begin(now) as session:
        session.add(Reporter(id=1, line_user_id=None, created_at=now))
        session.flush()
        session.add(
            Case(
                id=1,
                number="FT6911-00001",
                status="dispatched",
                owner="district:1026",
                routed_by="address",
                category="other",
                description="",
                place="",
                reporter_id=1,
                created_at=now,
                updated_at=now,
            )
        )
        session.flush()
        session.add(
            HistoryEntry(case_id=1, at=now, action="start", to_status="in_progress", role="coordinator", chat_id=chat)
        )


@pytest.mark.parametrize(("worked_in", "ends"), [(group(1), "late"), (group(2), "done")])
def test_a_group_that_has_worked_on_since_is_left_alone_and_told_nothing(
    quick_door: Door, worked_in: str, ends: str
) -> None:
    assert quick_door.tell(make_event("join", group(1))) == 200
    late = _kept_as_failed(quick_door, say("FT6911-00001 เสร็จแล้ว", group(1)))
    _works(quick_door, worked_in)
    before = quick_door.hear(group(1))

    assert quick_door.replay(late) == ends
    assert quick_door.hear(group(1)) == before


def test_what_is_taken_back_is_taken_back_however_late(quick_door: Door) -> None:
    told = say(PROBLEM)
    unsent = make_event("unsend", unsend={"messageId": told["message"]["id"]})
    assert quick_door.tell(told, unsent) == 200
    quick_door.run("UPDATE inbox_events SET state = 'failed' WHERE event_id = :event", event=unsent["webhookEventId"])
    assert quick_door.tell(say("ขยะกองเต็มหน้าบ้าน")) == 200

    assert quick_door.replay(unsent) == "done"


def test_nobody_takes_back_the_words_of_another(door: Door) -> None:
    told = say(PROBLEM)
    stranger = make_event("unsend", person(2), unsend={"messageId": told["message"]["id"]})
    assert door.tell(told, stranger) == 200

    assert door.get_kept(told).raw
    assert (door.get_draft() or {})["description"]


def test_nobody_takes_back_the_words_of_another_before_they_come(quick_door: Door) -> None:
    told = say(PROBLEM)
    stranger = make_event("unsend", person(2), unsend={"messageId": told["message"]["id"]})
    assert quick_door.tell(stranger, told) == 200

    assert (quick_door.get_draft() or {})["description"]


def test_a_failed_message_that_is_taken_back_is_gone(door: Door) -> None:
    late = _kept_as_failed(door, say(PROBLEM))
    assert door.tell(make_event("unsend", unsend={"messageId": late["message"]["id"]})) == 200

    assert (door.get_kept(late).state, door.get_kept(late).raw) == ("forgotten", "")
    assert door.replay(late) == "forgotten"


def test_a_message_that_could_not_even_be_read_is_gone_too(door: Door) -> None:
    broken = say(PROBLEM)
    broken["message"]["text"] = {"words": PROBLEM}
    assert door.tell(broken, make_event("unsend", unsend={"messageId": broken["message"]["id"]})) == 200

    assert (door.get_kept(broken).state, door.get_kept(broken).raw) == ("forgotten", "")


def test_after_a_month_the_words_of_a_failed_event_are_forgotten_and_replay_says_so(
    door: Door, turn_clock: Path
) -> None:
    late = _kept_as_failed(door, say(PROBLEM))
    turn_clock.write_text(str(timedelta(days=FAILED_DAYS, minutes=-5).total_seconds()))
    forget_failed(door.database)
    assert door.get_kept(late).state == "failed"

    turn_clock.write_text(str(timedelta(days=FAILED_DAYS, minutes=5).total_seconds()))
    forget_failed(door.database)

    kept = door.get_kept(late)
    assert (kept.state, kept.raw, kept.reason) == ("forgotten", "", None)
    assert door.replay(late) == "forgotten"
