"""One raw event becomes one Inbound: what is odd in it is left out, what is broken is named."""

import copy
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.inbound import LONGEST_TEXT, Inbound, Undigestible, clean, read_event, read_event_id

USER = "U" + "a" * 32
GROUP = "C" + "b" * 32
Event = dict[str, Any]


def _event(**parts: Any) -> Event:
    return {
        "type": "message",
        "mode": "active",
        "timestamp": 1_788_000_000_123,
        "source": {"type": "user", "userId": USER},
        "webhookEventId": "01M80000000000000000000000",
        "deliveryContext": {"isRedelivery": False},
        "replyToken": "r" * 32,
        **parts,
    }


def _message(kind: str = "text", **parts: Any) -> Event:
    words = {"text": "ไฟดับ"} if kind == "text" else {}
    return _event(message={"id": "500000000000000001", "type": kind, "quoteToken": "q", **words, **parts})


ODD: list[Any] = [
    None,
    True,
    -1,
    10**30,
    1.5,
    float("nan"),
    float("inf"),
    "",
    "\x00",
    "\ud800",
    "a\nb",
    [],
    {},
    [[]],
]


# --- what is broken -----------------------------------------------------------------------------------------
@pytest.mark.parametrize("event", [None, 3, "event", [], [1], {}, True, 1.5])
def test_what_is_no_event_has_no_id(event: Any) -> None:
    assert read_event_id(event) is None
    with pytest.raises(Undigestible, match="webhookEventId"):
        read_event(event)


@pytest.mark.parametrize("value", [*ODD, "x" * 81, "a\u200bb"])
def test_an_id_that_cannot_be_kept_is_none(value: Any) -> None:
    assert read_event_id(_event(webhookEventId=value)) is None
    with pytest.raises(Undigestible, match="webhookEventId"):
        read_event(_event(webhookEventId=value))


@pytest.mark.parametrize("value", ODD)
def test_an_event_needs_a_type(value: Any) -> None:
    with pytest.raises(Undigestible, match="event type"):
        read_event(_event(type=value))


@pytest.mark.parametrize("value", [3, "user", [], True])
def test_a_source_is_an_object(value: Any) -> None:
    with pytest.raises(Undigestible, match="source"):
        read_event(_event(source=value))


@pytest.mark.parametrize(("chat", "name"), [("user", "userId"), ("group", "groupId"), ("room", "roomId")])
@pytest.mark.parametrize("value", [*ODD, "x" * 65])
def test_a_chat_needs_an_id_that_can_be_kept(chat: str, name: str, value: Any) -> None:
    with pytest.raises(Undigestible, match=f"source.{name}"):
        read_event(_message() | {"source": {"type": chat, name: value}})


@pytest.mark.parametrize("value", [None, 3, "text", []])
def test_a_message_event_needs_its_message(value: Any) -> None:
    with pytest.raises(Undigestible, match="message"):
        read_event(_event(message=value))


@pytest.mark.parametrize("value", ODD)
def test_a_message_needs_a_type_and_an_id(value: Any) -> None:
    with pytest.raises(Undigestible, match="type"):
        read_event(_message(type=value))
    with pytest.raises(Undigestible, match=r"message\.id"):
        read_event(_message(id=value))


@pytest.mark.parametrize("value", [None, 3, True, [], {}])
def test_a_text_needs_words(value: Any) -> None:
    with pytest.raises(Undigestible, match="text"):
        read_event(_message(text=value))


@pytest.mark.parametrize("value", [None, "13.7", True, float("nan"), float("inf"), 181, -200.0, 10**400, []])
def test_a_location_needs_degrees(value: Any) -> None:
    for latitude, longitude in ((value, 100.5), (13.7, value)):
        with pytest.raises(Undigestible, match="coordinates"):
            read_event(_message("location", latitude=latitude, longitude=longitude))


@pytest.mark.parametrize("value", [None, 3, [], {}, {"data": None}, {"data": 5}, {"params": {}}])
def test_a_postback_needs_data(value: Any) -> None:
    with pytest.raises(Undigestible, match="postback"):
        read_event(_event(type="postback", postback=value))


@pytest.mark.parametrize("value", [None, 3, {}, {"messageId": None}, {"messageId": "\x00"}])
def test_an_unsend_needs_the_id_of_what_was_taken_back(value: Any) -> None:
    with pytest.raises(Undigestible, match="unsend"):
        read_event(_event(type="unsend", unsend=value))


# --- what is odd --------------------------------------------------------------------------------------------
@pytest.mark.parametrize("value", [*ODD, 0, 32_503_680_000_000, "1788000000123"])
def test_a_time_that_is_none_is_long_ago(value: Any) -> None:
    assert read_event(_message() | {"timestamp": value}).at.year in (1970, 2999)


@pytest.mark.parametrize("value", ODD)
def test_an_odd_part_that_is_not_needed_is_left_out(value: Any) -> None:
    odd = _message("image", imageSet={"id": value, "index": value, "total": value}, quotedMessageId=value)
    odd |= {"replyToken": value, "deliveryContext": value, "mode": value}
    odd["source"] = {"type": "group", "groupId": GROUP, "userId": value}

    found = read_event(odd)

    assert (found.kind, found.chat_id, found.message_id) == ("image", GROUP, "500000000000000001")
    assert (found.user_id, found.reply_token, found.quoted_message_id) == (None, None, None)
    assert (found.album_id, found.album_index, found.album_total) == (None, None, 0)
    assert (found.redelivered, found.standby) == (False, False)


@pytest.mark.parametrize("value", ODD)
def test_an_odd_number_in_an_album_is_left_out(value: Any) -> None:
    found = read_event(_message("image", imageSet={"id": "A", "index": value, "total": value}))

    assert (found.album_id, found.album_index, found.album_total) == ("A", None, 0)


@pytest.mark.parametrize("value", [*ODD, "x" * 2001])
def test_an_external_photo_without_a_usable_address_is_still_external(value: Any) -> None:
    found = read_event(_message("image", contentProvider={"type": "external", "originalContentUrl": value}))

    assert found.source_url == ""


@pytest.mark.parametrize("value", [*ODD, ["ok", 3, None, "\x00", "thumbs\u202e up"], [["deep"]] * 1000])
def test_a_sticker_says_what_can_be_read_of_it(value: Any) -> None:
    found = read_event(_message("sticker", packageId=value, stickerId="1988", keywords=value, text=value))

    assert set(found.sticker_words) <= {"ok", "thumbs up"}
    assert found.sticker == "/1988" and found.text in ("", "ab", "a\nb")


@pytest.mark.parametrize("value", ODD)
def test_members_without_an_id_are_nobody(value: Any) -> None:
    source = {"type": "group", "groupId": GROUP}
    named = _event(type="memberJoined", source=source, joined={"members": [{"userId": value}, value, {"userId": USER}]})

    assert read_event(named).members == (USER,)
    assert read_event(_event(type="memberLeft", source=source, left=value)).members == ()


# --- what is unknown ----------------------------------------------------------------------------------------
def test_an_unknown_message_type_keeps_its_name_sender_and_token() -> None:
    found = read_event(_message("hologram", text="ไฟดับ"))

    assert (found.kind, found.chat_id, found.reply_token, found.text) == (
        "other:hologram",
        USER,
        "r" * 32,
        "",
    )


def test_an_unknown_event_type_keeps_its_name_cut_to_what_a_column_holds() -> None:
    assert read_event(_event(type="somethingNew")).kind == "other:somethingNew"
    assert read_event(_event(type="x" * 5000)).kind == "other:" + "x" * 26


@pytest.mark.parametrize("kind", ["text", "follow:", "image", "edited"])
def test_no_event_type_passes_for_a_message(kind: str) -> None:
    assert read_event(_event(type=kind)).kind == f"other:{kind}"


@pytest.mark.parametrize("source", [None, {}, {"type": "space", "spaceId": "S1"}, {"type": ["user"]}, {"type": None}])
def test_an_event_of_no_chat_we_know_is_nobodys(source: Any) -> None:
    found = read_event(_message() | {"source": source})

    assert (found.kind, found.chat_id, found.chat_kind, found.reply_token) == ("other:message", "", "", None)


# --- what is well -------------------------------------------------------------------------------------------
def test_a_text_as_line_documents_it() -> None:
    found = read_event(
        _message(text="  ไฟดับ\r\nทั้งซอย ", quotedMessageId="468789577898262530")
        | {"deliveryContext": {"isRedelivery": True}, "mode": "standby"}
    )

    assert found == Inbound(
        event_id="01M80000000000000000000000",
        kind="text",
        chat_id=USER,
        chat_kind="user",
        user_id=USER,
        at=datetime(2026, 8, 29, 10, 40, 0, 123_000, UTC),
        redelivered=True,
        standby=True,
        reply_token="r" * 32,
        message_id="500000000000000001",
        text="ไฟดับ\nทั้งซอย",
        quoted_message_id="468789577898262530",
    )


def test_an_edited_message_is_edited_whatever_its_type() -> None:
    event = _message() | {
        "type": "messageEdited",
        "source": {"type": "group", "groupId": GROUP, "userId": USER},
    }

    assert read_event(event).kind == "edited"
    event["message"]["type"] = "image"
    assert read_event(event).kind == "edited"


def test_a_location_with_its_address() -> None:
    found = read_event(_message("location", latitude=13.75, longitude=100, title="บ้าน", address="ซอย 5\x00"))

    assert (found.latitude, found.longitude, found.title, found.address) == (13.75, 100.0, "บ้าน", "ซอย 5")


def test_an_album_photo_and_an_external_one() -> None:
    found = read_event(
        _message(
            "image",
            imageSet={"id": "E5", "index": 2, "total": 5},
            contentProvider={"type": "external", "originalContentUrl": "https://example.org/a.jpg"},
        )
    )

    assert (found.album_id, found.album_index, found.album_total) == ("E5", 2, 5)
    assert found.source_url == "https://example.org/a.jpg"


def test_a_photo_kept_by_line_has_no_address() -> None:
    assert read_event(_message("image", contentProvider={"type": "line"})).source_url is None


# --- words --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("words", "cleaned"),
    [
        ("", ""),
        ("\x00\x01\x1f", ""),
        ("a\x00b\ud83dc\udc00", "abc"),
        ("ไฟ\u200bดับ\ufeff", "ไฟดับ"),
        ("\u202eดับไฟ\u2066", "ดับไฟ"),
        ("👨\u200d👩\u200d👧 ไฟ\u200bดับ", "👨\u200d👩\u200d👧 ไฟดับ"),
        ("e\u0301", "é"),
        ("หนึ่ง\tสอง\nสาม", "หนึ่ง\tสอง\nสาม"),
    ],
)
def test_words_are_cleaned_of_what_nobody_sees(words: str, cleaned: str) -> None:
    assert clean(words) == cleaned


@given(st.text(alphabet=st.characters(), max_size=200))
def test_cleaned_words_can_be_kept_and_are_clean(words: str) -> None:
    cleaned = clean(words)

    cleaned.encode()
    assert "\x00" not in cleaned and cleaned == cleaned.strip() and clean(cleaned) == cleaned


@pytest.mark.parametrize("mark", ["\u0e49", "\u0301\u0323", "ก\u0e49\u0e48"])
@pytest.mark.timeout(20)
def test_a_heap_of_marks_is_cut_and_cleaned_in_time(mark: str) -> None:
    assert len(clean(mark * 1_000_000)) <= LONGEST_TEXT


# --- any event at all ---------------------------------------------------------------------------------------
_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
VALID: list[Event] = [
    _message(),
    _message("sticker", packageId="1", stickerId="2", keywords=["ok"]),
    _message("location", latitude=13.7, longitude=100.5, title="t", address="a"),
    _message("image", imageSet={"id": "A", "index": 1, "total": 2}, contentProvider={"type": "line"}),
    _event(type="postback", postback={"data": "f:1:2", "params": {"date": "2026-11-21"}}),
    _event(type="unsend", unsend={"messageId": "5"}),
    _event(type="memberJoined", joined={"members": [{"type": "user", "userId": USER}]}),
    _event(type="follow", follow={"isUnblocked": False}),
]


@given(st.data())
def test_whatever_stands_anywhere_it_is_read_or_named_as_broken(data: st.DataObject) -> None:
    event = copy.deepcopy(data.draw(st.sampled_from(VALID)))
    for _ in range(data.draw(st.integers(1, 3))):
        spot: Any = event
        while True:
            key = data.draw(st.sampled_from(sorted(spot)))
            if isinstance(spot[key], dict) and spot[key] and data.draw(st.booleans()):
                spot = spot[key]
                continue
            break
        spot[key] = data.draw(_json)
    try:
        found = read_event(event)
    except Undigestible as why:
        assert str(why).isprintable()
        return
    kept = json.dumps([getattr(found, name) for name in Inbound.__slots__ if name != "at"], ensure_ascii=False)
    kept.encode()
    assert "\\u0000" not in kept
