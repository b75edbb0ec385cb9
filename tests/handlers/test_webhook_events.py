"""Events one by one: the odd, the broken, the doubled; each ends well, and none holds up another."""

import json
from typing import Any

import pytest

from bot.webhook_body import read_events
from tests.chat import Chat, words_of
from tests.handlers.door import (
    Door,
    Event,
    again,
    body_of,
    group,
    make_event,
    make_message,
    person,
    say,
    tap,
)

PROBLEM = "ไฟถนนดับทั้งซอย มืดมาก"


def _refuse(door: Door, what: str, table: str) -> list[str]:
    """A database that will not take it: a cause of failure that is neither the event's nor an outage."""
    if door.database.dialect == "sqlite":
        raised = "BEGIN SELECT RAISE(ABORT, 'not today'); END"
        return [f"CREATE TRIGGER refuse BEFORE {what} ON {table} {raised}"]
    return [
        "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'not today'; END $$",
        f"CREATE TRIGGER refuse BEFORE {what} ON {table} FOR EACH ROW EXECUTE FUNCTION refuse()",
    ]


def _allow(door: Door, table: str) -> str:
    return "DROP TRIGGER refuse" + ("" if door.database.dialect == "sqlite" else f" ON {table}")


def _photo(chat: str = person()) -> Event:
    return make_message("image", chat, contentProvider={"type": "line"}, quoteToken="q")


# --- one poisoned event among many --------------------------------------------------------------------------
def test_one_poisoned_event_in_a_batch_of_many_chats_costs_only_itself(door: Door) -> None:
    events: list[Any] = [say(PROBLEM, person(number)) for number in range(1, 10)]
    events[4] = make_message("text", person(5), text=None)
    events.insert(7, "not an event")

    assert door.tell(*events) == 200

    assert door.list_states() == ["done"] * 4 + ["failed"] + ["done"] * 2 + ["failed"] + ["done"] * 2
    poisoned = door.get_kept(events[4])
    assert poisoned.reason == "text message without text"
    assert json.loads(poisoned.raw) == events[4]
    assert door.hear(person(5)) == []
    assert all(words_of("report.ask_place") in door.hear(person(number)) for number in (1, 4, 6, 9))


@pytest.mark.parametrize("poison", ["9" * 5000, "[" * 5000 + "]" * 5000, "01", "tru"])
def test_an_event_that_no_parser_reads_costs_only_itself(quick_door: Door, poison: str) -> None:
    before, after, poisoned = say(PROBLEM, person(1)), say(PROBLEM, person(2)), say("HERE", person(3))
    body = body_of([before, poisoned, after]).replace(b'"HERE"', poison.encode())

    assert quick_door.post(body) == 200

    assert quick_door.list_states() == ["done", "failed", "done"]
    kept = quick_door.list_kept()[1]
    assert poison in json.loads(kept.raw)["unreadable"]
    assert read_events(body)[1][1] == kept.raw


# --- what no database takes ---------------------------------------------------------------------------------
HOSTILE = ["\x00", "a\x00b", "\ud800", "ก\udfff", "\x00" * 5000, "\ud83d" * 300, "' OR 1=1 --", "\x1b[2J\x07"]


@pytest.mark.parametrize("odd", HOSTILE, ids=range(len(HOSTILE)))
def test_characters_that_no_database_takes_end_well_wherever_they_stand(door: Door, odd: str) -> None:
    assert door.tell(say(PROBLEM), say(f"น้ำท่วม{odd}ขัง", person(2))) == 200
    assert door.tell(say(odd), tap(odd), tap(f"f:{odd}:place:{odd}"), tap(f"c:1:{odd}"), tap(f"m:{odd}")) == 200
    places: list[dict[str, Any]] = [
        {"type": odd},
        {"webhookEventId": odd},
        {"replyToken": odd},
        {"mode": odd},
        {"source": {"type": odd, "userId": person()}},
        {"source": {"type": "user", "userId": odd}},
        {"source": {"type": "group", "groupId": group(), "userId": odd}},
        {"source": {"type": "group", "groupId": odd}},
        {"deliveryContext": {"isRedelivery": odd}},
    ]
    assert door.tell(*(say(PROBLEM) | place for place in places)) == 200
    for kind in ("text", "image", "location", "sticker", "file"):
        parts: dict[str, Any] = {
            "text": odd,
            "title": odd,
            "address": odd,
            "keywords": [odd],
            "fileName": odd,
        }
        parts |= {"latitude": 13.7, "longitude": 100.5, "quotedMessageId": odd, "packageId": odd}
        parts |= {"contentProvider": {"type": "external", "originalContentUrl": odd}}
        parts |= {"imageSet": {"id": odd, "index": 1, "total": 2}}
        in_person, in_group = make_message(kind, **parts), make_message(kind, group(), **parts)
        without_id = make_message(kind, **parts)
        without_id["message"]["id"] = odd
        assert door.tell(in_person, in_group, without_id) == 200
    assert door.tell(make_event("unsend", unsend={"messageId": odd})) == 200

    reasons = {kept.reason for kept in door.list_kept() if kept.state == "failed"}
    assert all("Error" not in (reason or "") for reason in reasons), reasons
    for row in door.list_queued():
        row.messages.encode()
        assert "\x00" not in json.dumps(json.loads(row.messages), ensure_ascii=False)


@pytest.mark.parametrize("length", [5_000, 10_000, 400_000])
def test_a_text_longer_than_line_allows_is_taken_as_far_as_it_goes(door: Door, length: int) -> None:
    assert door.tell(say(PROBLEM + "ก" * length)) == 200
    assert door.list_states() == ["done"]


# --- what is unknown ----------------------------------------------------------------------------------------
def test_what_is_unknown_is_kept_as_ignored_and_answered_with_nothing(door: Door) -> None:
    unknown = [
        make_event("somethingNew", something={"new": True}),
        make_event("videoPlayComplete", videoPlayComplete={"trackingId": "t"}),
        make_event("beacon", beacon={"hwid": "d41d8cd98f", "type": "enter"}),
        make_event("membership", membership={"type": "joined", "membershipId": 3}),
        make_message("hologram", group(), depth=3),
        say(PROBLEM) | {"source": {"type": "space", "spaceId": "S1"}},
        {key: part for key, part in make_event("accountLink", link={"result": "failed"}).items() if key != "source"},
    ]

    assert door.tell(*unknown) == 200

    assert door.list_states() == ["ignored"] * len(unknown)
    assert {kept.raw for kept in door.list_kept()} == {""}, "what asks nothing of us is not ours to store"
    assert door.list_queued() == []


@pytest.mark.parametrize(
    ("missing", "reason"),
    [
        (("webhookEventId",), "no usable webhookEventId"),
        (("type",), "no usable event type"),
        (("source", "userId"), "source.userId is missing or is no identifier"),
        (("message",), "message event without a message"),
        (("message", "id"), "message.id is missing or is no identifier"),
        (("message", "type"), "message without a usable type"),
        (("message", "text"), "text message without text"),
    ],
)
def test_a_text_lacking_a_needed_part_is_kept_with_what_it_lacks(
    quick_door: Door, missing: tuple[str, ...], reason: str
) -> None:
    event = say(PROBLEM)
    holder = event
    for name in missing[:-1]:
        holder = holder[name]
    del holder[missing[-1]]

    assert quick_door.tell(event, event) == 200

    (kept,) = quick_door.list_kept()
    assert (kept.state, kept.reason, json.loads(kept.raw)) == ("failed", reason, event)


@pytest.mark.parametrize("name", ["mode", "timestamp", "deliveryContext", "replyToken"])
def test_a_text_lacking_what_is_not_needed_is_worked_on(quick_door: Door, name: str) -> None:
    event = say(PROBLEM)
    del event[name]

    assert quick_door.tell(event) == 200
    assert quick_door.list_states() == ["done"]
    assert words_of("report.ask_place") in quick_door.hear()


def test_in_standby_another_tool_holds_the_chat_and_we_are_silent(quick_door: Door) -> None:
    standby = say(PROBLEM) | {"mode": "standby"}
    del standby["replyToken"]

    assert quick_door.tell(standby) == 200

    assert quick_door.list_states() == ["ignored"]
    assert quick_door.get_kept(standby).raw == ""
    assert quick_door.list_queued() == []


# --- what comes again ---------------------------------------------------------------------------------------
def test_an_event_that_comes_again_changes_nothing(door: Door) -> None:
    event = say(PROBLEM)

    assert door.tell(event) == 200
    before = [row.messages for row in door.list_queued()]
    assert door.tell(event, event) == 200
    assert door.tell(again(event), again(event)) == 200

    assert [row.messages for row in door.list_queued()] == before
    assert door.list_states() == ["done"]


def test_a_redelivered_event_brings_a_token_that_its_unsent_answer_may_use(door: Door) -> None:
    event, other = say(PROBLEM), say(PROBLEM, person(2))
    assert door.tell(event, other) == 200
    (before,) = door.list_queued(person())

    assert door.tell(again(event, replyToken="a-new-token")) == 200

    (after,) = door.list_queued(person())
    assert (before.reply_token, after.reply_token) == (event["replyToken"], "a-new-token")
    assert before.reply_until and after.reply_until and after.reply_until > before.reply_until
    assert after.retry_key == before.retry_key
    assert door.list_queued(person(2))[0].reply_token == other["replyToken"]


def test_an_answer_of_a_redelivered_event_goes_by_the_redelivered_token(chat: Chat) -> None:
    nid = chat.citizen()
    chat.line.refuse_connections()
    told = nid.says(PROBLEM).outcome
    chat.waits(seconds=40)
    assert told and chat.line.redeliver(told.event_id).ok
    chat.waits(seconds=30)  # the minute of the first delivery is over, that of the second is not
    chat.line.accept_connections()

    nid.sees("report.ask_place")

    assert nid.last and nid.last.endpoint == "reply"
    (answer,) = chat.line.received(nid.id, after=nid.since)
    assert answer == nid.last


def test_the_same_token_again_is_good_for_longer(door: Door) -> None:
    event = say(PROBLEM)
    assert door.tell(event) == 200
    (before,) = door.list_queued(person())

    assert door.tell(again(event)) == 200

    (after,) = door.list_queued(person())
    assert after.reply_token == before.reply_token == event["replyToken"]
    assert before.reply_until and after.reply_until and after.reply_until > before.reply_until


def test_an_answer_that_was_sent_or_pushed_takes_no_new_token(door: Door) -> None:
    sent, pushed = say(PROBLEM), say(PROBLEM, person(2))
    assert door.tell(sent, pushed) == 200
    door.run("UPDATE outbox SET state = 'sent' WHERE event_id = :event", event=sent["webhookEventId"])
    door.run("UPDATE outbox SET reply_token = NULL WHERE event_id = :event", event=pushed["webhookEventId"])

    assert door.tell(again(sent, replyToken="new"), again(pushed, replyToken="new")) == 200

    assert [row.reply_token for row in door.list_queued()] == [sent["replyToken"], None]


def test_the_same_bytes_once_more_without_a_word_of_redelivery_keep_the_token(door: Door) -> None:
    event = say(PROBLEM)

    assert door.tell(event) == 200
    assert door.tell(event | {"replyToken": "of-somebody-else"}) == 200

    assert door.list_queued()[0].reply_token == event["replyToken"]


# --- what fails ---------------------------------------------------------------------------------------------
def test_an_event_that_fails_is_kept_whole_told_of_and_can_be_replayed(door: Door) -> None:
    photo, words = _photo(), say(PROBLEM, person(2))
    assert door.tell(say(PROBLEM)) == 200
    door.run(*_refuse(door, "INSERT", "media"))

    assert door.tell(photo, words) == 200

    kept = door.get_kept(photo)
    assert (kept.state, kept.kind, kept.chat_id) == ("failed", "image", person())
    assert json.loads(kept.raw) == photo
    assert kept.reason and "not today" in kept.reason
    assert door.hear()[-1] == words_of("talk.failed")
    assert door.list_queued(person())[-1].reply_token == photo["replyToken"]
    assert door.get_kept(words).state == "done"
    assert door.replay(photo) == "failed"
    assert door.get_kept(photo).state == "failed"

    door.run(_allow(door, "media"))
    assert door.replay(photo) == "done"

    assert door.get_kept(photo).state == "done"
    assert len((door.get_draft() or {})["media"]) == 1
    assert door.list_queued(person())[-1].reply_token is None, "its token is long dead"
    assert door.replay(photo) == "absent"
    assert door.replay(words) == "absent"


def test_a_failed_event_that_comes_again_is_not_told_of_twice(door: Door) -> None:
    photo = _photo()
    door.run(*_refuse(door, "INSERT", "media"))
    assert door.tell(photo, photo, again(photo)) == 200

    assert door.hear().count(words_of("talk.failed")) == 1


def test_a_failure_in_a_group_is_kept_and_not_talked_about(door: Door) -> None:
    assert door.tell(make_event("join", group())) == 200
    asked = door.hear(group())
    door.run(*_refuse(door, "UPDATE", "groups"))
    code = say("ผูกกลุ่ม ABCDEFGH", group())

    assert door.tell(code) == 200

    assert door.get_kept(code).state == "failed"
    assert door.hear(group()) == asked


def test_an_event_of_no_usable_form_fails_again_when_replayed(quick_door: Door) -> None:
    broken = say(PROBLEM)
    del broken["message"]["text"]
    assert quick_door.tell(broken, 5) == 200

    assert quick_door.replay(broken) == "failed"
    assert [quick_door.parts.dispatcher.replay(kept.event_id) for kept in quick_door.list_kept()] == [
        "failed",
        "failed",
    ]


DRAFTS = [
    '{"slots": 5}',
    '{"slots": {"place": "x"}}',
    '{"slots": {"description": 5, "category": "no-such", "place": [], "media": 3, "words": []}}',
    '{"slots": {}, "asked": 7, "trail": 5, "sources": 5}',
    "[1, 2]",
    '"words"',
    "5",
    "{}",
    "null",
]


def _overwrite_draft(door: Door, flow: str, draft: str) -> None:
    cast = "CAST(:draft AS JSONB)" if door.database.dialect == "postgresql" else ":draft"
    door.run(f"UPDATE conversations SET flow = :flow, draft = {cast}", flow=flow, draft=draft)


@pytest.mark.parametrize("draft", DRAFTS)
@pytest.mark.parametrize("flow", ["report", "a-flow-of-tomorrow"])
def test_a_report_that_nobody_can_read_is_dropped_and_the_person_goes_on(door: Door, flow: str, draft: str) -> None:
    assert door.tell(say(PROBLEM)) == 200
    _overwrite_draft(door, flow, draft)
    said = len(door.hear())

    assert door.tell(say(PROBLEM)) == 200

    assert door.list_states() == ["done", "done"]
    assert door.hear()[-1] == words_of("report.ask_place")
    assert len(door.hear()) - said <= 4, "what is said goes by the one free reply"


@pytest.mark.parametrize("draft", DRAFTS)
@pytest.mark.parametrize("out", ["ยกเลิก", "m:cancel", "m:restart"])
def test_the_way_out_works_however_broken_a_conversation_is(quick_door: Door, draft: str, out: str) -> None:
    assert quick_door.tell(say(PROBLEM)) == 200
    _overwrite_draft(quick_door, "addition", draft)
    assert quick_door.tell(say("น้ำท่วมขังหน้าบ้านมาก")) == 200
    said = len(quick_door.hear())

    way_out = tap(out) if ":" in out else say(out)
    assert quick_door.tell(way_out, tap("m:cancel")) == 200

    assert quick_door.get_kept(way_out).state == "done"
    assert len(quick_door.hear()) > said
    assert quick_door.tell(say(PROBLEM)) == 200
    assert quick_door.hear()[-1] == words_of("report.ask_place")
